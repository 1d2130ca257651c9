"""The commands. The only place that parses arguments, prints and exits.

Exit codes: 0 all is well, 1 there are problems, 2 wrong usage, 75 another build holds the lock.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ballardwiki import __version__

BUSY = 75
"""EX_TEMPFAIL of sysexits.h: try again later."""

_FORMATS = click.Choice(["text", "json", "sarif", "github"])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
                "--out", type=click.Path(path_type=Path), default=None, help="Where to publish. [default: site]"
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
@_building
def build(root: Path, *, no_wait: bool, **given: Any) -> None:
    """Bring the site up to date: only what changed is made anew."""
    _run(root, wait=not no_wait, publish=True, **given)


@main.command()
@click.option("--fix", is_flag=True, help="First mend what can't be meant otherwise.")
@_building
def check(root: Path, *, fix: bool, **given: Any) -> None:
    """Report all problems; publish nothing."""
    if fix:
        _fix(root, now=given["now"], quiet=given["format_"] != "text")
    _run(root, wait=True, publish=False, **given)


@main.command()
@click.option("--update", is_flag=True, help="Note the present addresses as published.")
@click.option("--forget", metavar="ADDRESS", multiple=True, help="With --update: drop a lost one.")
@_building
def urls(root: Path, *, update: bool, forget: tuple[str, ...], format_: str, **given: Any) -> None:
    """Compare the site's addresses with those that were published."""
    from ballardwiki import addresses, report  # noqa: PLC0415
    from ballardwiki.build import build as run  # noqa: PLC0415  # costly, and only for this command
    from ballardwiki.cache import Cache  # noqa: PLC0415

    result = run(_options(root, wait=True, publish=False, **given), Cache(root / ".ballardwiki"))
    if not result.addresses:
        report.problems(result.problems, format_)  # type: ignore[arg-type]  # click has checked it
        sys.exit(1)
    for line in addresses.described(addresses.known(root)[0], result.addresses, result.closed):
        click.echo(report.safe(line))
    if update and addresses.update(root, result.addresses, result.closed, forget):
        click.echo("Noted in content/.published.json. Commit it.")


@main.command()
@click.argument("path")
@_building
def why(root: Path, path: str, **given: Any) -> None:
    """Tell why a page of the site would be made anew, or what it was made from."""
    from ballardwiki import report  # noqa: PLC0415
    from ballardwiki.build import build as run  # noqa: PLC0415  # costly, and only for this command
    from ballardwiki.cache import Cache  # noqa: PLC0415

    options = _options(root, wait=True, publish=False, **given)
    result = run(options, Cache(root / ".ballardwiki"))
    comparison = result.comparison
    path = _page(path)
    if comparison is None:
        report.problems(result.problems, "text")
        sys.exit(1)
    if path in comparison.stale:
        click.echo(f"{path} is stale:")
        reasons: Any = comparison.stale[path]
    elif path in comparison.ledger:
        click.echo(f"{path} is up to date. It was made from:")
        reasons = comparison.ledger.reads(path)
    else:
        from ballardwiki.values import suggest  # noqa: PLC0415

        raise click.UsageError(f"The site has no page {path}. {suggest(path, list(comparison.ledger))}".rstrip())
    for reason in reasons:
        click.echo(f"  {report.safe(reason)}")


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--no-drafts", is_flag=True, help="Leave out drafts and what is scheduled for later.")
@click.pass_obj
def serve(root: Path, port: int, host: str, *, no_drafts: bool) -> None:
    """Show the site in a browser and keep it up to date while you write."""
    from ballardwiki import serve as server  # noqa: PLC0415  # costly, and only for this command

    sys.exit(server.run(root, host=host, port=port, drafts=not no_drafts, jobs=cores(), clock=lambda: _now(None)))


@main.command()
@click.argument("type_", metavar="TYPE")
@click.argument("title")
@click.option("--id", "id_", default=None, help="The id. [default: made from the title]")
@click.pass_obj
def new(root: Path, type_: str, title: str, id_: str | None) -> None:
    """Begin a page: write a skeleton for TYPE (person, article, …) with all its fields explained."""
    from ballardwiki import skeleton  # noqa: PLC0415

    try:
        path = skeleton.new(root, type_, title, id_, _now(None))
    except skeleton.NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Wrote {path}. Fill it in, then: ballardwiki build")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="My wiki", show_default=True)
def init(folder: Path, title: str) -> None:
    """Begin a site: write a small working one into FOLDER."""
    from ballardwiki import skeleton  # noqa: PLC0415

    try:
        skeleton.init(folder, title, _now(None))
    except skeleton.NotPossibleError as error:
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
    import json  # noqa: PLC0415

    from ballardwiki import desk, report, sourcing  # noqa: PLC0415

    try:
        found = sourcing.survey(desk.lay_out(root, _now(None), cores()).graph)
    except desk.NotPossibleError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    if format_ == "json":
        click.echo(json.dumps(found.data(only), indent=2, ensure_ascii=False))
        return
    for each in found.chosen(only):
        click.echo(report.safe(f"{each.at}: {each.kind}: {each.message}"))
    click.echo(found.closing())


@main.command()
@click.option("--fix", is_flag=True, help="Show what linking them changes, ask, and write all files or none.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--in", "files", multiple=True, metavar="FILE", help="Only in this file. Can be given more than once.")
@click.option("--name", "names", multiple=True, help="Only of the page with this name. Can be given more than once.")
@click.pass_obj
def mentions(root: Path, files: tuple[str, ...], names: tuple[str, ...], *, fix: bool, yes: bool) -> None:
    """List names of pages that a text holds without a link; with --fix, link the first of each."""
    from ballardwiki import desk, mentions as search, report  # noqa: PLC0415

    laid = _laid_out(root)
    try:
        found = search.unlinked(laid, laid.paths(files, Path.cwd()), search.meant(laid, names))
    except desk.NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    if not fix or not found:
        for each in found:
            click.echo(
                report.safe(f"{each.path}:{each.line}:{each.column} {each.name} -> [[{each.name}]] {each.target}")
            )
        hint = " Link them with: ballardwiki mentions --fix" if found else ""
        click.echo(f"{report.count(len(found), 'unlinked mention')}.{hint}")
        return
    _change(laid, laid.changes((each.path, each.edit) for each in found), [], ask=not yes)


@main.command()
@click.argument("id_", metavar="ID")
@click.argument("new_id", metavar="NEW-ID")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.pass_obj
def rename(root: Path, id_: str, new_id: str, *, dry_run: bool) -> None:
    """Give a record another id (person/maggie-q, or maggie-q if no other type has it) and mend all that names it."""
    from ballardwiki import desk, renaming  # noqa: PLC0415

    laid = _laid_out(root)
    try:
        outcome = renaming.rename(laid, id_, new_id)
    except desk.NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    _change(laid, outcome.changes, outcome.notes, dry_run=dry_run)


@main.command()
@click.argument("id_", metavar="ID")
@click.argument("title")
@click.option("--no-alias", is_flag=True, help="Don't keep the old title as an alias.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.pass_obj
def retitle(root: Path, id_: str, title: str, *, no_alias: bool, dry_run: bool) -> None:
    """Give a record another title and mend all links by the old one."""
    from ballardwiki import desk, retitling  # noqa: PLC0415

    laid = _laid_out(root)
    try:
        outcome = retitling.retitle(laid, id_, title, alias=not no_alias)
    except desk.NotPossibleError as error:
        raise click.UsageError(str(error)) from None
    _change(laid, outcome.changes, outcome.notes, dry_run=dry_run)


def _laid_out(root: Path) -> Any:
    """The project's content for editing; exits when a file of it can't be read."""
    from ballardwiki import desk  # noqa: PLC0415

    try:
        return desk.lay_out(root, _now(None), cores())
    except desk.NotPossibleError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _change(laid: Any, changes: Any, notes: Any, *, dry_run: bool = False, ask: bool = False) -> None:
    """Show changes, and write them unless a check would find more problems than before."""
    from ballardwiki import edits, report  # noqa: PLC0415
    from ballardwiki.problems import stopping  # noqa: PLC0415

    for line in edits.diff(changes):
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
    if ask and not (sys.stdin.isatty() and click.confirm(f"Write {what}?", err=True)):
        click.echo("Nothing was written. --yes writes without asking.", err=True)
        sys.exit(0 if sys.stdin.isatty() else 1)
    try:
        edits.write(laid.project.root, changes)
    except (edits.ChangedError, OSError) as error:
        click.echo(f"Nothing was written: {error}", err=True)
        sys.exit(1)
    click.echo(f"Wrote {what}. A check finds no new problem.", err=True)


def _fix(root: Path, *, now: str | None, quiet: bool) -> None:
    """Write all sure mends and show them, or none and say why."""
    from ballardwiki import desk, edits, mending, report  # noqa: PLC0415

    try:
        changes = mending.mend(root, _now(now), cores())
    except (desk.NotPossibleError, edits.ChangedError, OSError) as error:
        click.echo(f"Nothing was mended: {error}", err=True)
        sys.exit(1)
    for line in edits.diff(changes):
        click.echo(report.safe(line), err=quiet)
    what = f"Mended {report.count(len(changes), 'file')}." if changes else "Nothing can be mended for certain."
    click.echo(what, err=quiet)


def _run(root: Path, *, format_: str, **given: Any) -> None:
    from ballardwiki import report  # noqa: PLC0415  # imports below are costly and not needed for --help
    from ballardwiki.build import build as run  # noqa: PLC0415
    from ballardwiki.cache import Cache  # noqa: PLC0415
    from ballardwiki.problems import stopping  # noqa: PLC0415
    from ballardwiki.publish import Locked, PublishError, Refused  # noqa: PLC0415

    options = _options(root, **given)
    try:
        with report.progress(shown=format_ == "text") as progress:
            result = run(options, Cache(root / ".ballardwiki"), progress)
    except Locked:
        click.echo("Another build is running; try again when it is done.", err=True)
        sys.exit(BUSY)
    except Refused as error:
        raise click.UsageError(str(error)) from None
    except PublishError as error:
        click.echo(f"The site could not be published: {error} It is as it was before.", err=True)
        sys.exit(1)
    if result.notice:
        click.echo(result.notice, err=True)
    report.problems(result.problems, format_, notes=not options.publish)  # type: ignore[arg-type]  # click has checked it
    failed = bool(stopping(result.problems, strict=options.strict))
    ending = report.closing(result, published=options.publish, strict=options.strict)
    click.echo(ending, err=format_ != "text" or failed)
    sys.exit(1 if failed else 0)


def _options(
    root: Path, *, out: Path | None, jobs: int | None, now: str | None, links: str | None, **given: Any
) -> Any:
    from ballardwiki.job import Options  # noqa: PLC0415

    given.pop("format_", None)
    return Options(
        root=root,
        out=(out or root / "site").absolute(),
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
    if text:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise click.BadParameter(
                f"{text!r} is not a moment such as 2025-07-09T12:00.", param_hint="--now"
            ) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)


def _page(path: str) -> str:
    """`/people/maggie-q/`, `site/people/maggie-q/index.html` and `people/maggie-q` all mean one page."""
    path = path.removeprefix("./").removeprefix("site/").strip("/")
    if not path:
        return "index.html"
    return path if "." in path.rsplit("/", 1)[-1] else f"{path}/index.html"


if __name__ == "__main__":
    main()
