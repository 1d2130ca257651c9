"""Tables that are none, and rows with more cells than their table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.expressions import expression
from ballardwiki.problems import Problem

RULE = "table-complete"
MOST = 20
"""Faults told of one text."""

_RULE = expression(
    r"^[ \t>]*+(?=[^\n]*\|)(?:[-*+][ \t]++)?\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$",
    re.MULTILINE,
)
_RUN = expression(r"(?:^[ \t>]*+\|[^\n]*+(?:\n|\Z)){2,}+", re.MULTILINE)
"""Lines right below each other that begin with a bar."""
_ROW = expression(r"[ \t>]*+\|(?: |[^\n]*\|[ \t]*$)")
_NO_RULE = expression(r"[ \t>]*+\|[-–—=_:|\s]*+$")
_LEAD = expression(r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+")
_HELD = expression(r"\\.|\[\[[^\[\]\n]*+\]\]|(?<!\|)\|\|(?![\s|])[^|\n]*+(?<!\s)\|\|(?!\|)")
_BLANK = expression(r"\n[ \t>]*+(?:\n|\Z)")


def faults(source: NumberedText, made: int) -> Iterator[Problem]:
    """What is wrong with the tables of a text of which the engine made `made`."""
    text = source.prose
    if "|" not in text:
        return
    tables = [*_tables(text)]
    told = 0
    for found in _RUN.finditer(text):
        fault = _ruleless(source, found) if told < MOST else None
        if fault:
            told += 1
            yield fault
    lost = len(tables) - made
    for head, rule, end in tables:
        columns = _cells(_line(text, head))
        if told >= MOST:
            return
        if columns != _cells(_line(text, rule)):
            told += 1
            lost -= 1
            yield _uneven(source, rule, columns, _cells(_line(text, rule)))
            continue
        at = text.find("\n", rule, end) + 1
        while 0 < at < end and told < MOST:
            row = _line(text, at)
            if row.strip(" \t>") and _cells(row) > columns:
                told += 1
                yield _too_long(source, at, columns, _cells(row))
            at = text.find("\n", at, end) + 1
    if lost > 0:
        for head, _, _ in tables:
            above = text[max(0, head - 500) : max(0, head - 1)].rpartition("\n")[2]
            if above.strip(" \t>") and lost > 0:
                lost -= 1
                yield _crowded(source, head)


def _tables(text: str) -> Iterator[tuple[int, int, int]]:
    """What seems to be a table: where the line of its head begins, that of its rule, and where it ends."""
    done = 0
    for rule in _RULE.finditer(text):
        at = rule.start()
        head = text.rfind("\n", 0, at - 1) + 1 if at else 0
        if at <= head or head < done or "|" not in text[head:at] or _RULE.match(text, head):
            continue
        blank = _BLANK.search(text, rule.end())
        done = blank.start() + 1 if blank else len(text)
        yield head, at, done


def _ruleless(source: NumberedText, run: re.Match[str]) -> Problem | None:
    """What is wrong with rows of which none is a rule, or has a head above it."""
    rows = run[0].rstrip("\n").split("\n")
    columns = _cells(rows[0])
    above = source.prose[max(0, run.start() - 500) : max(0, run.start() - 1)].rpartition("\n")[2]
    if rows[0].startswith(("    ", "\t")) or "|" in above or any(map(_RULE.match, rows[1:])):
        return None
    if min(columns, _cells(rows[1])) < 2 or not all(map(_ROW.match, rows[:2])):
        return None
    line = f"|{'---|' * min(columns, 12)}"
    if _RULE.match(rows[0]):
        message = "this table has no head above its line of hyphens, so it is no table."
        return source.problem(run.start(), RULE, message, f"Write a head of {columns} cells above it.", "warning")
    message = "below the head of this table there is no line of hyphens, so it is no table."
    instead = " in place of the line below it" if _NO_RULE.match(rows[1]) else " on a line below it"
    return source.problem(run.start(), RULE, message, f"Write {line}{instead}.", "warning")


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _cells(row: str) -> int:
    """How many cells a row has."""
    row = _LEAD.sub("", row, count=1).strip()
    row = _HELD.sub("x", row)
    return row.count("|") + 1 - row.startswith("|") - (row.endswith("|") and len(row) > 1)


def _uneven(source: NumberedText, at: int, head: int, rule: int) -> Problem:
    message = f"the head of this table has {head} cells and the line below it {rule}, so it is no table."
    return source.problem(at, RULE, message, f"Write |{'---|' * min(head, 12)}", "warning")


def _too_long(source: NumberedText, at: int, columns: int, cells: int) -> Problem:
    message = f"this row has {cells} cells, and the table's head {columns}: the last of them would not be seen."
    return source.problem(
        at, RULE, message, "Add cells to the head and the line below it, or write \\| for a bar.", "warning"
    )


def _crowded(source: NumberedText, at: int) -> Problem:
    message = "this table stands right below other text, so it is no table."
    return source.problem(at, RULE, message, "Leave an empty line before it.", "warning")
