"""Footnotes: their definitions are taken out of the source, alike for every engine."""

from __future__ import annotations

import re

from ballardwiki.markup.tokens import BLOCK, DEFINITION, DIGITS, add
from ballardwiki.markup.wikisyntax import Marked
from ballardwiki.model import Mark

_BLOCK_START = rf"[ \t]*(?:[#>|:<]|```|~~~|[-*+][ \t]|\d+[.)][ \t]|={{3}}|\ue000{DIGITS}[{DEFINITION}])"
_DEFINITION = re.compile(
    rf"^[ ]{{0,3}}(\ue000{DIGITS}{DEFINITION})"
    rf"([^\n]*(?:\n(?!{_BLOCK_START})[ \t]*[^\s][^\n]*)*(?:\n(?:[ \t]*\n)*+(?:[ ]{{4}}|\t)[^\n]*\S[^\n]*)*)",
    re.MULTILINE,
)
_INDENT = re.compile(r"\n(?: {1,4}|\t)")
DROPPED = re.compile(rf"<p>\s*+(?:\ue000{DIGITS}{BLOCK}\s*+)++</p>\n*")
"""A paragraph of nothing but taken-out blocks."""

_CODE = re.compile(r"<(pre|code)\b[^>]*>.*?</\1>", re.DOTALL)


def in_code(html: str, token: str) -> bool:
    """Whether the taken-out block stood in code, where it defines nothing."""
    return any(token in code[0] for code in _CODE.finditer(html))


def take_definitions(marked: Marked) -> list[tuple[Mark, str, str]]:
    """Take the definitions out of `marked`: for each its mark, its text, and the token left in its place."""
    definitions: list[tuple[Mark, str, str]] = []

    def take(match: re.Match[str]) -> str:
        head = marked.tokens[match[1]][1]
        token = add(marked.tokens, match[0], head, BLOCK)
        definitions.append((head, _INDENT.sub("\n", match[2]).strip("\n").lstrip(" \t"), token))
        return token

    if marked.definitions:
        marked.text = _DEFINITION.sub(take, marked.text)
    return definitions
