"""A text as its editor wrote it, before anything of it is understood: what is code, what is a remark, where is what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from ballardwiki.expressions import expression
from ballardwiki.problems import Location, Problem, Severity

_LEAD = r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++[ \t>]*+)*+"
_EDGE = expression(
    rf"(?=[\\`%<]|^)(?:\\.|^{_LEAD}(`{{3,}}+|~{{3,}}+)([^\n]*)$|(`++)|(%%++)|(<!--))",  # elsewhere none is tried
    re.MULTILINE,
)
_FENCE_END = expression(r"^[ \t>]*+(`{3,}+|~{3,}+)[ \t]*+$", re.MULTILINE)
_TICKS = expression("``*+")
_REMARK_END = expression("%%++")
_PARAGRAPH_END = expression(r"\n[ \t>]*+(?=\n)")
_NOT_LINE_END = expression(r"[^\n]")
_SIGNS = ("`", "~~~", "%%", "<!--")
"""Without any of these a text is prose from end to end."""

STAND_IN = "\x1a"
"""Stands for each character that is no prose."""


class Region(Struct, frozen=True):
    """From `start` to `end`: a `fence`, inline `code`, a `remark` or a `comment`. `closed`: whether it is ended."""

    kind: str
    start: int
    end: int
    closed: bool = True


class NumberedText(Struct, frozen=True, dict=True):
    """`text`, whose first line is number `line` of the file `path`."""

    text: str
    path: str = ""
    line: int = 1

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """All that is no prose, in its order. Linear in the text."""
        return tuple(_regions(self.text)) if any(sign in self.text for sign in _SIGNS) else ()

    @cached_property
    def remarks(self) -> dict[int, int]:
        """Where remarks and comments begin, and where they end: -1 where nothing ends one."""
        unseen = (each for each in self.regions if each.kind in ("remark", "comment"))
        return {each.start: each.end if each.closed else -1 for each in unseen}

    @cached_property
    def prose(self) -> str:
        """The text with a stand-in for each character that is no prose; lines and columns stay.

        What is code is guessed: headings and lists end inline code too, and engines differ.
        """
        return self._without(self.regions)

    @cached_property
    def seen(self) -> str:
        """The text with a stand-in for each character of a remark or comment."""
        return self._without([each for each in self.regions if each.kind in ("remark", "comment")])

    def _without(self, regions: Sequence[Region]) -> str:
        if not regions:
            return self.text
        pieces: list[str] = []
        done = 0
        for region in regions:
            pieces += self.text[done : region.start], _NOT_LINE_END.sub(STAND_IN, self.text[region.start : region.end])
            done = region.end
        return "".join((*pieces, self.text[done:]))

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of a character of the text."""
        number = bisect_right(self._lines, offset)
        return self.line + number - 1, offset - self._lines[number - 1] + 1

    def problem(self, offset: int, rule: str, message: str, hint: str, severity: Severity = "error") -> Problem:
        """A problem at a character of the text."""
        return Problem(Location(self.path, *self.place(offset)), rule, message, hint, severity)


def _regions(text: str) -> Iterator[Region]:
    at = 0
    runs: dict[int, list[int]] | None = None
    paragraphs: list[int] = []
    while match := _EDGE.search(text, at):
        at = match.end()
        fence, info, ticks, remark, comment = match.groups()
        start = match.start(match.lastindex or 0)
        if fence and not (fence[0] == "`" and "`" in info):
            start = match.start(1)
            at, closed = _end_of_fence(text, match.end(), fence)
            yield Region("fence", start, at, closed)
        elif fence or ticks:
            if fence:
                start, ticks = match.start(1), fence
                at = match.end(1)
            if runs is None:
                runs, paragraphs = _runs(text), [each.start() for each in _PARAGRAPH_END.finditer(text)]
            if end := _end_of_code(runs.get(len(ticks), []), paragraphs, start, len(ticks)):
                at = end
                yield Region("code", start, end)
        elif remark and quoted(text, start, at):
            yield Region("remark", start, at, closed=False)
        elif remark or comment:
            found = _REMARK_END.search(text, at) if remark else None
            end = found.end() if found else text.find("-->", at - 2) + 3 if comment else 0
            closed = end > 2
            at = end if closed else at
            yield Region("remark" if remark else "comment", start, at, closed)


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a sign stands alone in quotation marks, as where somebody speaks of it."""
    return text[start - 1 : start] in {'"', "“", "„", "«"} and text[end : end + 1] in {'"', "”", "“", "»"}


def _end_of_fence(text: str, at: int, fence: str) -> tuple[int, bool]:
    """Where fenced code ends that is begun before `at`, and whether it is closed."""
    for match in _FENCE_END.finditer(text, at):
        if match[1][0] == fence[0] and len(match[1]) >= len(fence):
            return match.end(), True
    return len(text), False


def _runs(text: str) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length."""
    runs: dict[int, list[int]] = {}
    for match in _TICKS.finditer(text):
        runs.setdefault(len(match[0]), []).append(match.start())
    return runs


def _end_of_code(runs: list[int], paragraphs: list[int], start: int, length: int) -> int:
    """Where inline code ends that begins at `start`; 0 where nothing in its paragraph ends it."""
    number = bisect_right(runs, start)
    if number == len(runs):
        return 0
    paragraph = bisect_right(paragraphs, start)
    if paragraph < len(paragraphs) and paragraphs[paragraph] < runs[number]:
        return 0
    return runs[number] + length
