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

_FORMATS = click.Choice(["text", "json", "github"])


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
@_building
def check(root: Path, **given: Any) -> None:
    """Report all problems; publish nothing."""
    _run(root, wait=True, publish=False, **given)


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


def _run(root: Path, *, format_: str, **given: Any) -> None:
    from ballardwiki import report  # noqa: PLC0415  # imports below are costly and not needed for --help
    from ballardwiki.build import build as run  # noqa: PLC0415
    from ballardwiki.cache import Cache  # noqa: PLC0415
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
    report.problems(result.problems, format_)  # type: ignore[arg-type]  # click has checked it
    failed = result.failed or (options.strict and bool(result.problems))
    click.echo(report.closing(result, published=options.publish), err=format_ != "text" or failed)
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
