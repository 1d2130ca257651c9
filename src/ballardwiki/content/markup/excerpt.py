"""The excerpt of a text: its first open paragraph, as plain as can be."""

from __future__ import annotations

from ballardwiki.content.markup.meanings import ClosingBars, HeadingAttributes, NextLine, OwnSign
from ballardwiki.content.markup.splitting import VOID, shown_text
from ballardwiki.content.markup.tokens import TOKEN, Tokens, typed_html
from ballardwiki.expressions import expression
from ballardwiki.marks import NameLink, Part, Spoiler

LONGEST = 300
"""An excerpt has at most about this many characters."""

_PIECE = expression(rf"<(/?)([a-z0-9]++)[^<>]*+>|{TOKEN}")
_WITHIN = expression(rf"<code[^<>]*+>([^<]*+)</code>|<[^<>]*+>|{TOKEN}")
_SPACES = expression(r"[ \n]+")


def excerpt(html: str, tokens: Tokens) -> tuple[Part, ...]:
    """The parts of the first paragraph of `html` that stands by itself and is not in a hidden section."""
    depth = 0
    level = hidden = 9
    for piece in _PIECE.finditer(html):
        closing, name = piece.groups()
        if not name:
            meaning = tokens[piece[0]][1] if piece[0] in tokens else None
            if isinstance(meaning, HeadingAttributes) and meaning.hidden and level < 9:
                hidden = level
        elif closing:
            depth -= 1
        elif name not in VOID:
            if depth == 0 and name[0] == "h" and name[1:].isdigit():
                level = int(name[1])
                if level <= hidden:
                    hidden = 9
            elif depth == 0 and name == "p" and hidden == 9:
                parts = _paragraph(html[piece.end() : html.find("</p>", piece.end())], tokens)
                if parts:
                    return parts
            depth += 1
    return ()


def _paragraph(html: str, tokens: Tokens) -> tuple[Part, ...]:
    """Plain text and mentions of a paragraph, without what is hidden (when in doubt, more is left out)."""
    parts: list[Part] = []
    length = 0
    hidden = False
    done = 0

    def add(text: str) -> bool:
        nonlocal length
        room = LONGEST - length
        if len(text) > room:
            cut = text[: room + 1].rpartition(" ")[0].rstrip(" ,;:")
            parts.append(f"{cut}…")
            return True
        length += len(text)
        parts.append(text)
        return False

    for match in _WITHIN.finditer(html):
        code, token = match[1], match[0]
        text = html[done : match.start()] + (typed_html(code, tokens) if code else "")
        done = match.end()
        meaning = tokens[token][1] if token in tokens else None
        if isinstance(meaning, NextLine) and text.isspace():
            continue
        if text and not hidden and add(text):
            return _joined(parts)
        if isinstance(meaning, (Spoiler, ClosingBars)):
            hidden = isinstance(meaning, Spoiler)
        elif isinstance(meaning, OwnSign) and not hidden:
            parts.append("\ue000")
        elif isinstance(meaning, NameLink) and not hidden:
            length += len(shown_text(meaning))
            parts.append(meaning)
    if not hidden:
        add(html[done:])
    return _joined(parts)


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    joined: list[Part] = []
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            joined.append(_SPACES.sub(" ", text))
            text = ""
        joined.append(part)
    if text:
        joined.append(_SPACES.sub(" ", text))
    if len(joined) == 1 and isinstance(joined[0], str) and not joined[0].strip():
        return ()
    return tuple(joined)
