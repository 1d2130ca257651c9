"""Tokens: what stands for a wiki construct while the Markdown engine runs, because no engine knows it.

A token is U+E000, digits written as U+E010..U+E019, and a closing character that tells its class. None of these are
letters, punctuation or spaces to any Markdown engine, and abbreviations cannot match the digits. A U+E000 that the
editor typed (or wrote as a character reference) becomes a token for itself, so tokens cannot be forged.

Where a token means nothing (in code, in attributes) it is given back as the editor typed it.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from ballardwiki.content.markup.meanings import Meaning
from ballardwiki.expressions import expression

INLINE, DEFINITION, CALLOUT, GAP, BLOCK = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
"""The closing characters: any construct, head of a note, head of a callout, the end of that head, block taken out."""

DIGITS = "[\ue010-\ue019]+"
TOKEN = f"\ue000{DIGITS}[\ue001-\ue005]"

Tokens = dict[str, tuple[str, Meaning]]
"""For each token what the editor typed, and what it means."""

_ANY = expression(TOKEN)
_NUMERALS = str.maketrans("0123456789", "".join(map(chr, range(0xE010, 0xE01A))))
_NAMES = tuple("\ue000" + str(number).translate(_NUMERALS) + INLINE for number in range(512))
_GAP_LINE = expression(f"\ue000{DIGITS}{GAP}(?:\\n(?:[ \\t]|&gt;|>)*+(?=\\n|$|<))?")
_QUOTED = expression("%EE%80%80(?:%EE%80%9[0-9])+%EE%80%8[1-5]", re.IGNORECASE)


def add(tokens: Tokens, typed: str, meaning: Meaning, closing: str = INLINE) -> str:
    """A new token in `tokens`."""
    number = len(tokens)
    token = _NAMES[number] if number < 512 else "\ue000" + str(number).translate(_NUMERALS) + INLINE
    if closing is not INLINE:
        token = token[:-1] + closing
    tokens[token] = typed, meaning
    return token


def after_gap(html: str, position: int) -> int:
    """Where to go on after the end of a callout's head at `position`: after the line that came with it, too."""
    gap = _GAP_LINE.match(html, position)
    return gap.end() if gap else position


def typed(text: str, tokens: Tokens) -> str:
    """`text` with every token replaced by its source, unescaped."""
    if "\ue000" not in text:
        return text
    return _ANY.sub(lambda match: _source(match[0], tokens), _GAP_LINE.sub("", text))


def typed_html(html: str, tokens: Tokens) -> str:
    """`html` (text or an attribute's value) with every token replaced by its source, escaped."""
    if "\ue000" not in html:
        return html
    return _ANY.sub(lambda match: escape(_source(match[0], tokens)), _GAP_LINE.sub("", html))


def typed_address(attributes: str, tokens: Tokens) -> str:
    """As `typed_html`, for attributes with addresses in which the engine may have percent-encoded the tokens."""
    if "%EE%80%80" in attributes:
        attributes = _QUOTED.sub(lambda match: quote(_source(_decoded(match[0]), tokens), safe="/#"), attributes)
    return typed_html(attributes, tokens)


def _decoded(quoted: str) -> str:
    return bytes.fromhex(quoted.replace("%", "")).decode()


def _source(token: str, tokens: Tokens) -> str:
    source = tokens[token][0] if token in tokens else ""
    return typed(source, tokens) if len(source) > 1 else source
