"""Footnotes: their definitions are taken out of the source, alike for every engine."""

from __future__ import annotations

import re

from ballardwiki.content.markup.meanings import NoteHead
from ballardwiki.content.markup.tokens import BLOCK, DEFINITION, DIGITS, add
from ballardwiki.content.markup.wikisyntax import Marked
from ballardwiki.expressions import expression

_BLOCK_START = rf"[ \t]*(?:[#>|:<]|```|~~~|[-*+][ \t]|\d+[.)][ \t]|={{3}}|\ue000{DIGITS}[{DEFINITION}])"
_DEFINITION = expression(
    rf"^[ ]{{0,3}}(\ue000{DIGITS}{DEFINITION})"
    rf"([^\n]*(?:\n(?!{_BLOCK_START})[ \t]*[^\s][^\n]*)*(?:\n(?:[ \t]*\n)*+(?:[ ]{{4}}|\t)[^\n]*\S[^\n]*)*)",
    re.MULTILINE,
)
_INDENT = expression(r"\n(?: {1,4}|\t)")
DROPPED = expression(rf"<p>\s*+(?:\ue000{DIGITS}{BLOCK}\s*+)++</p>\n*")
"""A paragraph of nothing but taken-out blocks."""

_CODE = expression(rf"<(/?)(?:pre|code)\b[^<>]*+>|\ue000{DIGITS}{BLOCK}")


def in_code(html: str) -> set[str]:
    """The taken-out blocks that stood in code, where they define nothing."""
    depth = 0
    found = set()
    for match in _CODE.finditer(html):
        if match[0][0] != "<":
            if depth:
                found.add(match[0])
        else:
            depth += -1 if match[1] else 1
    return found


def take_definitions(marked: Marked) -> list[tuple[NoteHead, str, str]]:
    """Take the definitions out of `marked`: for each its head, its text, and the token left in its place."""
    definitions: list[tuple[NoteHead, str, str]] = []

    def take(match: re.Match[str]) -> str:
        head = marked.tokens[match[1]][1]
        assert isinstance(head, NoteHead)  # noqa: S101  # its closing character says so
        token = add(marked.tokens, match[0], head, BLOCK)
        definitions.append((head, _INDENT.sub("\n", match[2]).strip("\n").lstrip(" \t"), token))
        return token

    if marked.definitions:
        marked.text = _DEFINITION.sub(take, marked.text)
    return definitions
