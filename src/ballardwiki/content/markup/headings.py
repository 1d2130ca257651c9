"""Ids for headings, made from their text, and which heading a link means."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ballardwiki.expressions import expression
from ballardwiki.model import Heading
from ballardwiki.slugs import fold

_NOT_WORD = expression(r"[^\w]+")
_LONGEST = 80
_PAGE = ("content", "references")
_REFERENCE = expression(r"(?:ref|cite)-\d")


def heading_id(text: str) -> str:
    """The id of a heading that reads `text`: lower case, hyphens, letters without accents; never empty."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text)
    return _NOT_WORD.sub("-", text.casefold()).strip("-_")[:_LONGEST].rstrip("-_") or "section"


def own_ids(wanted: Sequence[tuple[str, bool]], taken: dict[str, int]) -> list[str]:
    """Ids for the headings of a text: for each what it wants, and whether an editor gave that as its id.

    What editors gave goes first, then what headings read: so no number made for one heading is the name of another.
    Never one of the ids that pages use for their references. Writes into `taken` which number was given last.
    """
    order = sorted(range(len(wanted)), key=lambda place: not wanted[place][1])
    found: dict[int, str] = {}
    for place in order:
        own = _free(wanted[place][0])
        if own not in taken:
            taken[own] = 1
            found[place] = own
    for place in order:
        if place not in found:
            found[place] = _numbered(_free(wanted[place][0]), taken)
    return [found[place] for place in range(len(wanted))]


class Headings:
    """The headings of a text by what links may call them."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.rows = headings
        self._ids: dict[str, Heading] = {}
        self._words: dict[str, Heading] = {}
        self._made: dict[str, Heading] = {}
        for each in headings:
            self._ids.setdefault(each.id, each)
            self._words.setdefault(fold(each.text), each)
            self._made.setdefault(heading_id(each.text), each)

    def meant(self, typed: str) -> Heading | None:
        """The heading that the part of a link names: by its id, its words, or the id that its words would make."""
        if not typed:
            return None
        exact = self._ids.get(typed) or self._words.get(fold(typed))
        made = heading_id(typed)
        return exact or self._ids.get(made) or self._made.get(made)


def _free(wanted: str) -> str:
    return f"{wanted}-section" if wanted in _PAGE or _REFERENCE.match(wanted) else wanted


def _numbered(wanted: str, taken: dict[str, int]) -> str:
    number = taken[wanted] + 1
    while f"{wanted}-{number}" in taken:
        number += 1
    taken[wanted] = number
    taken[f"{wanted}-{number}"] = 1
    return f"{wanted}-{number}"
