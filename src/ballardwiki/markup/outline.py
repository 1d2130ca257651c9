"""The headings of a text as an outline: without holes, below the title of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ballardwiki.model import Heading
from ballardwiki.problems import Location, Problem

_FENCED = re.compile(r"^[ >]*(`{3,9}|~{3,9})(?:.*?^[ >]*\1|.*\Z)", re.MULTILINE | re.DOTALL)
_NOT_LINE_ENDS = re.compile(r"[^\n]")

MOST = 20
"""Faults told of one text: finding the place of each reads the text once more."""


def faults(path: str, text: str, line: int, headings: Sequence[Heading]) -> Iterator[Problem]:
    """Headings of the first level, which is the page's own, and those more than one level below the one before."""
    before, told = 1, 0
    for number, heading in enumerate(headings):
        message = hint = ""
        if heading.level == 1:
            message, hint = f"the heading {heading.text} is as high as the page's title.", f"Write ## {heading.text}."
        elif heading.level > before + 1:
            hint = f"Write {'#' * (before + 1)} {heading.text}."
            message = f"the heading {heading.text} is of level {heading.level}; above it there is none of {before + 1}."
        if message and told < MOST:
            told += 1
            at = Location(path, *_place(text, line, headings, number))
            yield Problem(at, "heading-ordered", message, hint, "warning")
        before = heading.level


def _place(text: str, line: int, headings: Sequence[Heading], number: int) -> tuple[int, int]:
    """Line and column of a heading, after the words it begins with; the first line of the text if they don't tell."""
    text = _FENCED.sub(lambda code: _NOT_LINE_ENDS.sub(" ", code[0]), text)
    wanted = [
        each.text.split(maxsplit=1)[:1] for each in headings[: number + 1] if each.level == headings[number].level
    ]
    at = 0
    found = None
    for words in wanted:
        marks = rf"^[ >]*(#{{{headings[number].level}}})[ \t].*?{re.escape(words[0]) if words else ''}"
        found = re.compile(marks, re.MULTILINE).search(text, at)
        if found is None:
            return line, 1
        at = found.end()
    if found is None:
        return line, 1
    return line + text.count("\n", 0, found.start(1)), found.start(1) - text.rfind("\n", 0, found.start(1))
