"""The headings of a text as an outline: without holes, below the title of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.expressions import expression
from ballardwiki.model import Heading
from ballardwiki.problems import Problem

_MARKED = expression(r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++[ \t>]*+)*+(#{1,6})(?!#)")
"""The beginning of a line that begins with signs of a heading; the blank behind them may be missing."""
_UNDERLINE = expression(r"[ \t>]*+(=++|-++)[ \t]*+")
_INDENT = expression(r"[ \t>]*+")
_AHEAD = 50
"""How many lines that look like headings are searched for the words of one."""


def faults(source: NumberedText, headings: Sequence[Heading]) -> Iterator[Problem]:
    """Headings of the first level, which is the page's own, and those more than one level below the one before."""
    before = 1
    found: list[int] = []
    for number, heading in enumerate(headings):
        message = hint = ""
        if heading.level == 1:
            message, hint = f"the heading {heading.text} is as high as the page's title.", f"Write ## {heading.text}."
        elif heading.level > before + 1:
            hint = f"Write {'#' * (before + 1)} {heading.text}."
            message = f"the heading {heading.text} is of level {heading.level}; above it there is none of {before + 1}."
        if message:
            found = found or places(source, headings)
            yield source.problem(found[number], "heading-ordered", message, hint, "warning")
        before = heading.level


def places(source: NumberedText, headings: Sequence[Heading]) -> list[int]:
    """Where each heading begins: the next line of its level that holds its first word, or else of its level at all."""
    lines = list(_candidates(source))
    found = []
    at = 0
    for heading in headings:
        word = (heading.text.split(maxsplit=1) or [""])[0]
        ahead = [each for each in range(at, min(at + _AHEAD, len(lines))) if lines[each][1] == heading.level]
        exact = (each for each in ahead if word in lines[each][2])
        place = next(exact, ahead[0] if ahead else None)
        found.append(0 if place is None else lines[place][0])
        at = at if place is None else place + 1
    return found


def _candidates(source: NumberedText) -> Iterator[tuple[int, int, str]]:
    """Lines that look like headings: the character at which each begins, its level and its text."""
    start, above, before = 0, 0, ""
    for line in source.prose.split("\n"):
        if found := _MARKED.match(line):
            yield start + found.start(1), len(found[1]), source.text[start : start + len(line)]
        elif before.strip(" \t>") and not _MARKED.match(before) and (found := _UNDERLINE.fullmatch(line)):
            indent = _INDENT.match(before)
            begin = above + (indent.end() if indent else 0)
            yield begin, 1 if found[1][0] == "=" else 2, source.text[begin : above + len(before)]
        above, before = start, line
        start += len(line) + 1
