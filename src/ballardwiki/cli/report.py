"""Problems and progress for people, programs and continuous integration."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Literal, TextIO

from ballardwiki.cli.listing import RANKS, listing
from ballardwiki.expressions import expression
from ballardwiki.problems import Problem, stopping

if TYPE_CHECKING:
    from ballardwiki.build.options import Progress, Result

Format = Literal["text", "json", "sarif", "github"]
SOME = 20
"""Records named in one sentence."""

_CONTROL = expression("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_TINTS = {"error": "31", "warning": "33", "info": "36"}
_SLOW = 200
"""Pieces of work above which progress is shown."""


def safe(text: str) -> str:
    """Text that can't steer a terminal: control characters stand as escapes."""
    return _CONTROL.sub(lambda hit: hit[0].encode("unicode_escape").decode(), text)


def problems(found: Iterable[Problem], format_: Format, *, notes: bool = True) -> None:
    """Write problems, ordered by place. `notes`: whether people see those that are mere information."""
    ordered = sorted(found)
    if format_ == "sarif":
        from ballardwiki.cli import sarif  # noqa: PLC0415  # only wanted by programs

        print(json.dumps(sarif.log(ordered), indent=2, ensure_ascii=False))
    elif format_ == "json":
        print(json.dumps([as_data(each) for each in ordered], indent=2, ensure_ascii=False))
    elif format_ == "github":
        follow = listing(ordered).follow
        for each in (each for each in ordered if not each.cause):
            print(_annotation(each, follow.pop(str(each.at), 0)))
    else:
        _text([each for each in ordered if notes or each.severity != "info"], sys.stderr)


def as_data(problem: Problem) -> dict[str, str | int]:
    """A problem as JSON has it."""
    return {
        "path": problem.at.path,
        "line": problem.at.line,
        "column": problem.at.column,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
        "cause": problem.cause,
    }


def _text(found: Sequence[Problem], stream: TextIO) -> None:
    colours = stream.isatty() and "NO_COLOR" not in os.environ
    listed = listing(found)
    if len(listed.groups) > 1 or (listed.groups and listed.groups[0].rule):
        print("How many of which kind:", file=stream)
        for group in listed.groups:
            print(f"  {group.number:>6} {group.severity:<7} {group.rule}", file=stream)
    for group in listed.groups:
        if group.rule:
            print(file=stream)
        for each in group.shown:
            print(_line(each, colours=colours), file=stream)
            if follow := listed.follow.get(str(each.at)):
                print(f"  {follow} more {'follows' if follow == 1 else 'follow'} from this.", file=stream)
                listed.follow.pop(str(each.at))
        if group.number > len(group.shown):
            print(f"  … and {group.number - len(group.shown)} more {group.severity}[{group.rule}].", file=stream)
    if any(group.number > len(group.shown) for group in listed.groups):
        print("--format json lists them all; ballardwiki explain RULE says what a rule means.", file=stream)


def _line(problem: Problem, *, colours: bool) -> str:
    where, severity, rule = safe(str(problem.at)), str(problem.severity), problem.rule
    if colours:
        tint = _TINTS[severity]
        where, severity, rule = f"\033[1m{where}\033[0m", f"\033[{tint}m{severity}\033[0m", f"\033[2m{rule}\033[0m"
    hint = f" {safe(problem.hint)}" if problem.hint else ""
    return f"{where}: {severity}[{rule}]: {safe(problem.message)}{hint}"


def _annotation(problem: Problem, follow: int) -> str:
    def value(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: str) -> str:
        return value(text).replace(":", "%3A").replace(",", "%2C")

    at = problem.at
    place = f"file={attribute(at.path)},line={max(at.line, 1)}" + (f",col={at.column}" if at.column else "")
    text = f"{problem.message} {problem.hint}".strip()
    text += f" {follow} more {'follows' if follow == 1 else 'follow'} from this." if follow else ""
    command = "notice" if problem.severity == "info" else problem.severity
    return f"::{command} {place},title={attribute(problem.rule)}::{value(text)}"


def closing(result: Result, *, published: bool, strict: bool = False, notes: bool = True) -> str:
    """The line that ends a build or a check. Notes are a check's: `notes` says whether it listed them."""
    ranks = [rank for rank in RANKS if rank != "info" or not published]
    alone = [each for each in result.problems if not each.cause]
    rows = [(sum(each.severity == rank for each in alone), rank) for rank in ranks]
    counts = ", ".join(count(number, "note" if rank == "info" else rank) for number, rank in rows if number)
    if rows[-1][0] and not published and not notes:
        counts += " (ballardwiki check --notes lists them)"
    follow = sum(bool(each.cause) and (notes or each.severity != "info") for each in result.problems)
    counts += (
        f" ({follow} more {'follows' if follow == 1 else 'follow'} from {'it' if len(alone) == 1 else 'them'})"
        if follow
        else ""
    )
    seconds = f"{result.seconds:.2f} s"
    if stopping(result.problems, strict=strict) and not result.published:
        kept = "Nothing was published; the site is as it was." if published else "See above."
        return f"{counts}. {kept} ({seconds})"
    what = f"{counts}. " if counts else ""
    if not published:
        return f"{what or 'No problems. '}{count(result.outputs, 'page')} would be made. ({seconds})"
    written, removed = len(result.written), len(result.removed)
    gone = f", {removed} removed" if removed else ""
    later = f", {result.left} to follow" if result.left else ""
    unchanged = result.outputs - written - result.left
    return f"{what}{count(written, 'page')} written{later}, {unchanged} unchanged{gone}. ({seconds})"


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
    import click  # noqa: PLC0415  # only wanted at a terminal

    with ExitStack() as shown_now:
        bars: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if total < _SLOW:
                return
            if what not in bars:
                shown_now.close()  # what came before is done
                bar = click.progressbar(length=total, label=f"{what:>10}", show_pos=True, file=sys.stderr)
                bars[what] = shown_now.enter_context(bar)
            if done % 20 == 0 or done == total:
                bars[what].update(done - bars[what].pos)

        yield tell
