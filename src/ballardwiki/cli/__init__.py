"""The commands and their options. This package is the only one that parses arguments, prints and exits.

What they do is imported when it is wanted: help, and a build that changes nothing, should not wait for the rest.
Exit codes: 0 all is well, 1 there are problems, 2 wrong usage, 75 another build is at it, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ballardwiki import __version__, edit
from ballardwiki.cli.ending import Commands

if TYPE_CHECKING:
    from ballardwiki.build.options import Options
    from ballardwiki.edit.workspace import Desk

_FORMATS = click.Choice(["text", "json", "sarif", "github"])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ballardwiki")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The folder of site.yaml.",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Make a fan wiki from a folder of Markdown and YAML."""
    context.obj = root.resolve()


def _building(command: Any) -> Any:
    """The options of all commands that build."""
    for option in reversed(
        (
            click.option(
                "--out",
                type=click.Path(path_type=Path),
                default=None,
                help="Where to publish. [default: site; site-drafts with --drafts]",
            ),
            click.option(
                "--jobs", type=click.IntRange(1, 64), default=None, help="Worker processes. [default: one per core]"
            ),
            click.option("--drafts", is_flag=True, help="Include drafts and what is scheduled for later."),
            click.option("--now", default=None, help="Build as if it were this moment (ISO 8601)."),
            click.option("--strict", is_flag=True, help="Treat warnings as errors."),
            click.option(
                "--links", type=click.Choice(["files", "folders"]), default=None, help="How pages link; see site.yaml."
            ),
            click.option("--format", "format_", type=_FORMATS, default="text", help="How to report problems."),
        )
    ):
        command = option(command)
    return click.pass_obj(command)


@main.command()
@click.option("--no-wait", is_flag=True, help="Exit with 75 at once when another build is running.")
@click.option("--keep-going", is_flag=True, help="Leave out what has errors, publish the rest, and exit with 1.")
@_building
def build(root: Path, *, no_wait: bool, keep_going: bool, **given: Any) -> None:
    """Bring the site up to date: only what changed is made anew."""
    from ballardwiki.cli import building

    building.run(_options(root, wait=not no_wait, publish=True, keep_going=keep_going, **given), given["format_"])


@main.command()
@click.option("--notes", is_flag=True, help="List notes, too, which never fail a check.")
@click.option("--fix", is_flag=True, help="First mend what can't be meant otherwise.")
@_building
def check(root: Path, *, notes: bool, fix: bool, **given: Any) -> None:
    """Report all problems; publish nothing."""
    from ballardwiki.cli import building

    options = _options(root, wait=True, publish=False, **given)
    if fix:
        from ballardwiki.cli import editing

        editing.mend(root, options.now, cores(), quiet=given["format_"] != "text")
    building.run(options, given["format_"], notes=notes)


@main.command()
@click.option("--update", is_flag=True, help="Note the present addresses as published.")
@click.option("--forget", metavar="ADDRESS", multiple=True, help="With --update: drop a lost one.")
@_building
def urls(root: Path, *, update: bool, forget: tuple[str, ...], **given: Any) -> None:
    """Compare the site's addresses with those that were published."""
    from ballardwiki.cli import building

    building.urls(_options(root, wait=True, publish=False, **given), forget, given["format_"], update=update)


@main.command()
@click.argument("path")
@_building
def why(root: Path, path: str, **given: Any) -> None:
    """Tell why a page of the site would be made anew, or what it was made from."""
    from ballardwiki.cli import building

    building.why(_options(root, wait=True, publish=False, compare=True, **given), path)


@main.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Show what a RULE means and how to mend what it reports; without one, list all rules."""
    from ballardwiki.cli import explaining, report, sarif
    from ballardwiki.similarity import suggest

    if not rule:
        click.echo("\n".join(explaining.overview()))
        return
    name = explaining.asked(rule)
    found = "\n".join(explaining.lines(name))
    if not found:
        hint = suggest(name, sarif.explained()) or "ballardwiki explain lists them all."
        click.echo(f"Error: There is no rule {report.safe(rule)}. {hint}", err=True)
        sys.exit(2)
    click.echo(found)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--no-drafts", is_flag=True, help="Leave out drafts and what is scheduled for later.")
@click.pass_obj
def serve(root: Path, port: int, host: str, *, no_drafts: bool) -> None:
    """Show the site in a browser and keep it up to date while you write."""
    from ballardwiki.cli.serve import Endpoint, run

    sys.exit(run(root, Endpoint(host, port), drafts=not no_drafts, jobs=cores(), clock=lambda: _now(None)))


@main.command()
@click.argument("type_", metavar="TYPE")
@click.argument("title")
@click.option("--id", "id_", default=None, help="The id. [default: made from the title]")
@click.pass_obj
def new(root: Path, type_: str, title: str, id_: str | None) -> None:
    """Begin a page: write a skeleton for TYPE (person, article, …) with all its fields explained."""
    from ballardwiki.edit import scaffold

    try:
        path = scaffold.new(root, type_, title, id_, _now(None))
    except edit.NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Wrote {path}. Fill it in, then: ballardwiki build")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="My wiki", show_default=True)
def init(folder: Path, title: str) -> None:
    """Begin a site: write a small working one into FOLDER."""
    from ballardwiki.edit import scaffold

    try:
        scaffold.init(folder, title, _now(None))
    except edit.NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Wrote a small site into {folder}. Look at it with:\n\n  cd {folder}\n  ballardwiki serve")


@main.command()
@click.option(
    "--only",
    type=click.Choice(["no-source", "one-source", "address", "archive"]),
    multiple=True,
    help="List only these. Can be given more than once.",
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="For people or programs."
)
@click.pass_obj
def sources(root: Path, *, only: tuple[str, ...], format_: str) -> None:
    """List facts with no source or a single one, and sources that may be lost. Fetches nothing."""
    from ballardwiki.cli import editing

    editing.sources(_laid_out(root), only, format_)


@main.command()
@click.option("--fix", is_flag=True, help="Show what linking them changes, ask, and write all files or none.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--in", "files", multiple=True, metavar="FILE", help="Only in this file. Can be given more than once.")
@click.option("--name", "names", multiple=True, help="Only of the page with this name. Can be given more than once.")
@click.pass_obj
def mentions(root: Path, files: tuple[str, ...], names: tuple[str, ...], *, fix: bool, yes: bool) -> None:
    """List names of pages that a text holds without a link; with --fix, link the first of each."""
    from ballardwiki.cli import editing

    editing.mentions(_laid_out(root), files, names, fix=fix, ask=not yes)


@main.command()
@click.argument("id_", metavar="ID")
@click.argument("new_id", metavar="NEW-ID")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.pass_obj
def rename(root: Path, id_: str, new_id: str, *, dry_run: bool) -> None:
    """Give a record another id (person/ada-lane, or ada-lane if no other type has it) and mend all that names it."""
    from ballardwiki.cli import editing

    editing.rename(_laid_out(root), id_, new_id, dry_run=dry_run)


@main.command()
@click.argument("id_", metavar="ID")
@click.argument("title")
@click.option("--no-alias", is_flag=True, help="Don't keep the old title as an alias.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.pass_obj
def retitle(root: Path, id_: str, title: str, *, no_alias: bool, dry_run: bool) -> None:
    """Give a record another title and mend all links by the old one."""
    from ballardwiki.cli import editing

    editing.retitle(_laid_out(root), id_, title, alias=not no_alias, dry_run=dry_run)


def _laid_out(root: Path) -> Desk:
    from ballardwiki.cli import editing

    return editing.lay_out(root, _now(None), cores())


def _options(
    root: Path, *, out: Path | None, jobs: int | None, now: str | None, links: str | None, **given: Any
) -> Options:
    from ballardwiki.build.options import Options

    given.pop("format_", None)
    usual = "site-drafts" if given.get("drafts") else "site"  # a folder that may be published has no drafts
    return Options(
        root=root,
        out=(out or root / usual).absolute(),
        now=_now(now),
        jobs=jobs or cores(),
        links=links or "",
        **given,
    )


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _now(text: str | None) -> datetime:
    """The build's clock: `--now`, else SOURCE_DATE_EPOCH (reproducible-builds.org), else the present."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if text:
            moment = datetime.fromisoformat(text)
        else:
            moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
        if not 1900 <= moment.year <= 9000:
            raise ValueError  # noqa: TRY301  # one answer to all that is no moment of a wiki
    except (ValueError, OverflowError, OSError):
        name = "--now" if text else "SOURCE_DATE_EPOCH"
        message = f"{(text or epoch)!r} is not a moment such as {'2025-07-09T12:00' if text else '1752062400'}."
        raise click.BadParameter(message, param_hint=name) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
