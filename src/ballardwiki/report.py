"""Problems and progress for people, programs and continuous integration."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TextIO

from ballardwiki.problems import Problem, stopping

if TYPE_CHECKING:
    from ballardwiki.job import Result
    from ballardwiki.reading import Progress

Format = Literal["text", "json", "sarif", "github"]
SHOWN = 100
"""Problems shown to people at once; programs get all."""

SOME = 20
"""Records named in one sentence."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_RANKS = ("error", "warning", "info")
_TINTS = {"error": "31", "warning": "33", "info": "36"}
_SLOW = 200
"""Pieces of work above which progress is shown."""


def safe(text: str) -> str:
    """Text that can't steer a terminal: control characters stand as escapes."""
    return _CONTROL.sub(lambda hit: hit[0].encode("unicode_escape").decode(), text)


def problems(found: Iterable[Problem], format_: Format, stream: TextIO | None = None, *, notes: bool = True) -> None:
    """Write problems, ordered by place. `notes`: whether people see those that are mere information."""
    ordered = sorted(found)
    if format_ == "sarif":
        from ballardwiki import sarif  # noqa: PLC0415  # only wanted by programs

        print(json.dumps(sarif.log(ordered), indent=2, ensure_ascii=False), file=stream or sys.stdout)
    elif format_ == "json":
        print(json.dumps([as_data(each) for each in ordered], indent=2, ensure_ascii=False), file=stream or sys.stdout)
    elif format_ == "github":
        for each in ordered:
            print(_annotation(each), file=stream or sys.stdout)
    else:
        _text([each for each in ordered if notes or each.severity != "info"], stream or sys.stderr)


def as_data(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    return {
        "path": problem.at.path,
        "line": problem.at.line,
        "column": problem.at.column,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }


def _text(ordered: Sequence[Problem], stream: TextIO) -> None:
    colours = stream.isatty() and "NO_COLOR" not in os.environ
    worst = sorted(ordered, key=lambda each: _RANKS.index(each.severity))[:SHOWN]
    for each in sorted(worst):
        where, severity, rule = safe(str(each.at)), str(each.severity), each.rule
        if colours:
            tint = _TINTS[each.severity]
            where, severity, rule = f"\033[1m{where}\033[0m", f"\033[{tint}m{severity}\033[0m", f"\033[2m{rule}\033[0m"
        hint = f" {safe(each.hint)}" if each.hint else ""
        print(f"{where}: {severity}[{rule}]: {safe(each.message)}{hint}", file=stream)
    if len(ordered) > SHOWN:
        print(f"… and {len(ordered) - SHOWN} more; --format json lists them all.", file=stream)


def _annotation(problem: Problem) -> str:
    def value(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: str) -> str:
        return value(text).replace(":", "%3A").replace(",", "%2C")

    at = problem.at
    place = f"file={attribute(at.path)},line={max(at.line, 1)}" + (f",col={at.column}" if at.column else "")
    text = f"{problem.message} {problem.hint}".strip()
    command = "notice" if problem.severity == "info" else problem.severity
    return f"::{command} {place},title={attribute(problem.rule)}::{value(text)}"


def closing(result: Result, *, published: bool, strict: bool = False, notes: bool = True) -> str:
    """The line that ends a build or a check. Notes are a check's: `notes` says whether it listed them."""
    ranks = [rank for rank in _RANKS if rank != "info" or not published]
    rows = [(sum(each.severity == rank for each in result.problems), rank) for rank in ranks]
    counts = ", ".join(count(number, "note" if rank == "info" else rank) for number, rank in rows if number)
    if rows[-1][0] and not published and not notes:
        counts += " (ballardwiki check --notes lists them)"
    seconds = f"{result.seconds:.2f} s"
    if stopping(result.problems, strict=strict) and not result.published:
        kept = "Nothing was published; the site is as it was." if published else "See above."
        return f"{counts}. {kept} ({seconds})"
    what = f"{counts}. " if counts else ""
    if not published:
        return f"{what or 'No problems. '}{count(result.outputs, 'page')} would be made. ({seconds})"
    written, removed = len(result.written), len(result.removed)
    gone = f", {removed} removed" if removed else ""
    return f"{what}{count(written, 'page')} written, {result.outputs - written} unchanged{gone}. ({seconds})"


def missing(result: Result) -> str:
    """What a site lacks that was published in spite of errors; "" when it lacks nothing."""
    if not result.left_out:
        return ""
    listed = ", ".join(map(safe, result.left_out[:SOME]))
    more = f" and {len(result.left_out) - SOME} more" if len(result.left_out) > SOME else ""
    verb = "it is" if len(result.left_out) == 1 else "they are"
    them = "it" if len(result.left_out) == 1 else "them"
    return f"Left out because of errors: {listed}{more}. Links to {them} are red until {verb} mended."


def count(number: int, word: str) -> str:
    """A number of things in words: `1 page`, `2 pages`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


@contextmanager
def progress(*, shown: bool) -> Iterator[Progress]:
    """Shows long work while it lasts, if standard error is a terminal."""
    if not (shown and sys.stderr.isatty()):
        yield lambda *_: None
        return
    from rich.console import Console  # noqa: PLC0415  # only wanted at a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bars, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if total < _SLOW:
                return
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            if done % 20 == 0 or done == total:
                bars.update(tasks[what], completed=done)

        yield tell
