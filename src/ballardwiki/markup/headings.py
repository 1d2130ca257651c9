"""Ids for headings, made from their text."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w]+")
_LONGEST = 80
_PAGE = ("content", "references")
_REFERENCE = re.compile(r"(?:ref|cite)-\d")


def heading_id(text: str) -> str:
    """The id of a heading that reads `text`: lower case, hyphens, letters without accents; never empty."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text)
    return _NOT_WORD.sub("-", text.casefold()).strip("-_")[:_LONGEST].rstrip("-_") or "section"


def unique(wanted: str, taken: dict[str, int]) -> str:
    """An id of its own for a heading: never one of those that pages use for their references.

    `wanted`, or `wanted-2`, `wanted-3` and so on when taken. Writes into `taken` which number was given last.
    """
    if wanted in _PAGE or _REFERENCE.match(wanted):
        wanted = f"{wanted}-section"
    if wanted not in taken:
        taken[wanted] = 1
        return wanted
    number = taken[wanted] + 1
    while f"{wanted}-{number}" in taken:
        number += 1
    taken[wanted] = number
    taken[f"{wanted}-{number}"] = 1
    return f"{wanted}-{number}"
