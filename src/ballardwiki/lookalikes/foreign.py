"""How other programs hide words: HTML, Reddit, forums, MediaWiki and their like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki.expressions import expression
from ballardwiki.lookalikes.words import CODE, letters, means_spoiler

_BANG = "!！¡ǃ❗"
_TAG = expression(r"<(/?)!?([A-Za-z][\w:-]{0,40})([^<>]{0,400})")
_QUOTED = expression(r"\"[^\"]*\"|'[^']*'")
_HIDING = expression(
    r"\s(?:hidden|since|data-since|data-spoiler)(?=[\s=/]|$)|spoil|display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden"
    r"|(?:opacity|font-size)\s{0,3}:\s{0,3}0(?![.\d])"
    r"|background(?:-color)?\s{0,3}:\s{0,3}([\w#]{3,9})\s{0,3};\s{0,3}color\s{0,3}:\s{0,3}\1",
    re.IGNORECASE,
)
_BLOCK = expression(r"^[ \t>]*+(?::{3,}|[!?]{3}\+?|\.\.|\\)[ \t]*+[{.]?([^\W\d]{4,12})", re.MULTILINE)
_QUOTE = expression(
    rf"^[ \t]*+>[ \t>]*+[(*_]{{0,3}}(?:([{_BANG}])[ \t]?+)?([^\W\d]{{5,12}})(?=[^\w\n]([^\n]{{0,80}}))", re.MULTILINE
)
_TITLED = expression(r"^[ \t>]*+([!?]{3}\+?)[ \t]++[^\W\d]\w{0,30}[ \t]++[\"“]([^\n]{0,200})", re.MULTILINE)
OPENING = expression(
    r"^[ \t>]*+(?:[-*+][ \t]++)?+[*_(]{0,3}(spoilers?(?:[ \t](?:alert|warning|ahead))?+)(?!\w)([^\n:：]{0,60})([:：])"
    r"([^\n]{0,60})",
    re.MULTILINE | re.IGNORECASE,
)
"""A paragraph that says of itself that it is a spoiler: `SPOILER: …`."""
_OPEN_QUOTE = expression(r"^[ \t]*+(>!)(?=[^\n])", re.MULTILINE)
_OLD_REDDIT = expression(r"\]\([/#]s(?:poiler)?[ \t]++\"")


def tags(text: str) -> Iterator[tuple[int, int]]:
    """HTML that seems to hide: by its name, by an attribute, or details that speak of spoilers or name a moment."""
    for match in _TAG.finditer(text):
        if match[1]:
            continue
        name, attributes = match[2].casefold(), match[3]
        classes = re.search(r"class\s{0,3}=\s{0,3}[\"']?[^\"'>]{0,100}\bhidden\b", attributes)
        hiding = _HIDING.search(attributes if "style" in attributes or "class" in attributes else _unquoted(attributes))
        folded = name == "details" and text[match.end() : match.end() + 300]
        if (
            means_spoiler(name)
            or classes
            or hiding
            or (folded and ("spoil" in folded.casefold() or CODE.search(folded)))
        ):
            end = match.end()
            yield match.start(), end + (text[end : end + 1] == ">")


def _unquoted(attributes: str) -> str:
    return _QUOTED.sub('""', attributes)


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """`:::spoiler`, `!!! spoiler`, `.. spoiler::`, `> !spoiler`, `> Spoiler: s01e05`."""
    for match in _BLOCK.finditer(text):
        if means_spoiler(match[1]):
            yield match.start() + len(match[0]) - len(match[0].lstrip(" \t>")), match.end()
    for match in _QUOTE.finditer(text):
        if "spoil" in letters(match[2]) and (match[1] or CODE.search(match[3])):
            yield match.start(1 if match[1] else 2), match.end(2)


def openings(text: str) -> Iterator[tuple[int, int]]:
    """`Spoiler: s01e05 …`, `SPOILERS for s01e05: …`, `??? note "Spoiler"` and `!!! note "Up to s01e05"`."""
    for match in OPENING.finditer(text):
        if CODE.search(match[2]) or (not match[2].strip("*_) ") and CODE.search(match[4])):
            yield match.start(1), match.end(3)
    for match in _TITLED.finditer(text):
        if "spoil" in letters(match[2]) or CODE.search(match[2]):
            yield match.start(1), match.end()


def pairs(text: str) -> Iterator[tuple[int, int]]:
    """`>!words!<` and `[words](/spoiler "…")`."""
    if ">!" not in text and "](" not in text:
        return
    opened = -1
    for match in re.finditer(r">!|!<|\n[ \t]*+\n", text):
        if match[0] == ">!":
            opened = match.start() if opened < 0 else opened
        elif match[0] == "!<" and opened >= 0:
            yield opened, opened + 2
            opened = -1
        elif match[0][0] == "\n":
            opened = -1
    for match in _OPEN_QUOTE.finditer(text):
        yield match.start(1), match.end()
    for match in _OLD_REDDIT.finditer(text):
        yield match.start(), match.end()
