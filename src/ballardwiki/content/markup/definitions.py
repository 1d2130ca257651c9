"""Link definitions and abbreviations in hidden sections: they hold for the whole text, also for what all may read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.content.markup.outline import places
from ballardwiki.expressions import expression
from ballardwiki.lookalikes import RULE
from ballardwiki.model import Heading
from ballardwiki.problems import Problem

MOST = 50
"""Faults told of one text."""

_DEFINITION = expression(
    r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++[ \t>]*+)*+(\*?+)\[(?!\^)((?:\\.|[^\[\]\\]){1,300}+)\]:", re.MULTILINE
)
_BRACKETS = expression(r"\\.|\[((?:\\.|[^\[\]\\]){1,300}+)\](?!\()", re.DOTALL)
_QUOTED = expression(r"[ \t]*+>")


def faults(source: NumberedText, headings: Sequence[Heading], html: str) -> Iterator[Problem]:
    """Definitions in a hidden section that text uses which may be known earlier."""
    if "]:" not in source.text or not any(each.since for each in headings):
        return
    parts = _Parts(source, headings)
    defined = [each for each in _DEFINITION.finditer(source.prose) if parts.since(each.start())]
    starts = {each.start(2) - 1 for each in _DEFINITION.finditer(source.prose)}
    uses = _uses(source.prose, starts) if defined else {}
    yield from islice(_told(source, parts, defined, uses, abbreviates="<abbr" in html), MOST)


def _told(
    source: NumberedText,
    parts: _Parts,
    defined: Sequence[re.Match[str]],
    uses: dict[str, list[int]],
    *,
    abbreviates: bool,
) -> Iterator[Problem]:
    searched = 0
    for match in defined:
        at, label, hidden = match.start(1), match[2], parts.since(match.start())
        if match[1]:
            searched += 1
            if not abbreviates or (searched <= MOST and not _spoken(source.prose, label, at, parts, hidden)):
                continue
        elif all(hidden <= parts.since(use) for use in uses.get(_folded(label), ())):
            continue
        typed = f"{match[1]}[{label}]:"
        message = f"{typed} holds for the whole text, and is used outside of the hidden section in which it stands."
        hint = f"Move the line above the heading {parts.heading(at)}, or use it in that section alone."
        yield source.problem(at, RULE, message, hint)


def _uses(text: str, definitions: set[int]) -> dict[str, list[int]]:
    """Where words stand in brackets that may be the label of a definition, by these words."""
    found: dict[str, list[int]] = defaultdict(list)
    for match in _BRACKETS.finditer(text):
        if match[1] and match.start() not in definitions:
            found[_folded(match[1])].append(match.start())
    return found


def _spoken(text: str, label: str, definition: int, parts: _Parts, hidden: frozenset[str]) -> bool:
    """Whether an abbreviation is used where what it stands for may not be known."""
    word = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)")
    inside = range(definition, definition + len(label) + 3)
    return any(each.start() not in inside and not hidden <= parts.since(each.start()) for each in word.finditer(text))


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


class _Parts:
    """A text by its headings: what hides the section that a character stands in."""

    def __init__(self, source: NumberedText, headings: Sequence[Heading]) -> None:
        begins = [source.text.rfind("\n", 0, each) + 1 for each in places(source, headings)]
        rows = zip(begins, headings, strict=True)
        own = [(begin, each) for begin, each in rows if not _QUOTED.match(source.text, begin)]
        self._begins = [begin for begin, _ in own]
        self._headings = [each for _, each in own]
        self._since = [frozenset(each.since) for each in self._headings]

    def since(self, at: int) -> frozenset[str]:
        """The moments of the hidden sections around a character."""
        number = bisect_right(self._begins, at)
        return self._since[number - 1] if number else frozenset()

    def heading(self, at: int) -> str:
        """The heading of the hidden section that a character stands in."""
        number = bisect_right(self._begins, at) - 1
        while number and self._since[number - 1] >= self._since[number]:
            number -= 1
        found = self._headings[number]
        return f"{'#' * found.level} {found.text}"
