"""The commands that read or change all content: sources, mentions, rename, retitle, check --fix."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from ballardwiki.cli import ending, report
from ballardwiki.edit import NotPossibleError, autolink as search, fixing, renaming, retitling, text_edits, workspace
from ballardwiki.edit.text_edits import Change, ChangedError
from ballardwiki.edit.workspace import Desk
from ballardwiki.graph import citations
from ballardwiki.problems import stopping


def lay_out(root: Path, now: datetime, jobs: int) -> Desk:
    """The project's content for editing; exits when a file of it can't be read."""
    try:
        return workspace.lay_out(root, now, jobs)
    except NotPossibleError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def sources(laid: Desk, only: tuple[str, ...], format_: str) -> None:
    """List what facts rest on, and sources that may be lost."""
    found = citations.survey(laid.graph)
    if format_ == "json":
        click.echo(json.dumps(found.data(only), indent=2, ensure_ascii=False))
        return
    for each in found.chosen(only):
        click.echo(report.safe(f"{each.at}: {each.kind}: {each.message}"))
    click.echo(found.closing())


def mentions(laid: Desk, files: tuple[str, ...], names: tuple[str, ...], *, fix: bool, ask: bool) -> None:
    """List unlinked mentions, or link them."""
    try:
        found = search.unlinked(laid, laid.paths(files, Path.cwd()), search.meant(laid, names))
    except NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    if not fix or not found:
        rows = [f"{each.path}:{each.line}:{each.column} {each.name} -> [[{each.name}]] {each.target}" for each in found]
        hint = " Link them with: ballardwiki mentions --fix" if found else ""
        click.echo("\n".join([*map(report.safe, rows), f"{report.count(len(found), 'unlinked mention')}.{hint}"]))
        return
    _change(laid, laid.changes((each.path, each.edit) for each in found), [], ask=ask)


def rename(laid: Desk, given: str, new_id: str, *, dry_run: bool) -> None:
    """Give a record another id."""
    try:
        outcome = renaming.rename(laid, given, new_id)
    except NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    _change(laid, outcome.changes, outcome.notes, dry_run=dry_run)


def retitle(laid: Desk, given: str, title: str, *, alias: bool, dry_run: bool) -> None:
    """Give a record another title."""
    try:
        outcome = retitling.retitle(laid, given, title, alias=alias)
    except NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    _change(laid, outcome.changes, outcome.notes, dry_run=dry_run)


def mend(root: Path, now: datetime, jobs: int, *, quiet: bool) -> None:
    """Write all sure mends and show them, or none and say why."""
    try:
        changes = fixing.mend(root, now, jobs)
    except (NotPossibleError, ChangedError, OSError) as error:
        click.echo(f"Nothing was mended: {_reason(error)}", err=True)
        sys.exit(1)
    for line in text_edits.diff(changes):
        click.echo(report.safe(line), err=quiet)
    what = f"Mended {report.count(len(changes), 'file')}." if changes else "Nothing can be mended for certain."
    click.echo(what, err=quiet)


def _change(
    laid: Desk, changes: Sequence[Change], notes: Sequence[str], *, dry_run: bool = False, ask: bool = False
) -> None:
    """Show changes, and write them unless a check would find more problems than before."""
    for line in text_edits.diff(changes):
        click.echo(report.safe(line))
    problems = laid.new_problems(changes)
    report.problems(problems, "text")
    for note in notes:
        click.echo(report.safe(note), err=True)
    if stopping(problems, strict=True):
        click.echo("Nothing was written: a check would find what stands above, and does not now.", err=True)
        sys.exit(1)
    what = report.count(len(changes), "file")
    if dry_run:
        click.echo(f"{what} would change; a check would find no new problem. Nothing was written.", err=True)
        return
    if ask and not _agreed(f"Write {what}?"):
        click.echo("Nothing was written.", err=True)
        return
    try:
        text_edits.write(laid.project.root, changes)
    except (ChangedError, OSError) as error:
        click.echo(f"Nothing was written: {_reason(error)}", err=True)
        sys.exit(1)
    click.echo(f"Wrote {what}. A check finds no new problem.", err=True)


def _reason(error: Exception) -> str:
    return ending.reason(error).removeprefix(ending.STOPPED) if isinstance(error, OSError) else str(error)


def _agreed(question: str) -> bool:
    """What the editor answers at the terminal; exits where there is no answer."""
    if not sys.stdin.isatty():
        click.echo("Nothing was written. --yes writes without asking.", err=True)
        sys.exit(1)
    try:
        return click.confirm(question, err=True)
    except click.Abort:  # the end of the input, or an interrupt
        click.echo("\nNothing was written.", err=True)
        sys.exit(1)
