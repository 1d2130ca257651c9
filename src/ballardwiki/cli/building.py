"""The commands that build: build and check, urls, why."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ballardwiki import report
from ballardwiki.build import build
from ballardwiki.cache import FOLDER, Cache
from ballardwiki.problems import stopping
from ballardwiki.publish import Locked, PublishError, Refused

if TYPE_CHECKING:
    from ballardwiki.job import Options

BUSY = 75
"""EX_TEMPFAIL of sysexits.h: try again later."""


def run(options: Options, format_: report.Format, *, notes: bool = False) -> None:
    """Build, report the problems and exit. `notes`: whether people see those that are mere information."""
    try:
        with report.progress(shown=format_ == "text") as progress:
            result = build(options, _cache(options), progress)
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
    report.problems(result.problems, format_, notes=notes)
    failed = bool(stopping(result.problems, strict=options.strict))
    listed = notes or format_ != "text"
    ending = report.closing(result, published=options.publish, strict=options.strict, notes=listed)
    click.echo(ending, err=format_ != "text" or failed)
    sys.exit(1 if failed else 0)


def urls(options: Options, forget: tuple[str, ...], format_: report.Format, *, update: bool) -> None:
    """Tell which addresses are new and which are lost; note them as published."""
    from ballardwiki import addresses  # noqa: PLC0415  # costly, and not needed by a build that changes nothing

    result = build(options, _cache(options))
    before, unreadable = addresses.known(options.root)
    if unreadable or not result.addresses:
        report.problems(unreadable or result.problems, format_, notes=False)
        sys.exit(1)
    for line in addresses.described(before, result.addresses, result.closed):
        click.echo(report.safe(line))
    if update and addresses.update(options.root, result.addresses, result.closed, forget):
        click.echo("Noted in content/.published.json. Commit it.")


def why(options: Options, path: str) -> None:
    """Tell why a page is stale, or what it was made from."""
    result = build(options, _cache(options))
    comparison = result.comparison
    path = _page(path)
    if comparison is None:
        report.problems(result.problems, "text", notes=False)
        sys.exit(1)
    reasons: Iterable[str]
    if path in comparison.stale:
        click.echo(f"{path} is stale:")
        reasons = comparison.stale[path]
    elif path in comparison.ledger:
        click.echo(f"{path} is up to date. It was made from:")
        reasons = comparison.ledger.reads(path)
    else:
        from ballardwiki.values import suggest  # noqa: PLC0415  # as above

        raise click.UsageError(f"The site has no page {path}. {suggest(path, list(comparison.ledger))}".rstrip())
    for reason in reasons:
        click.echo(f"  {report.safe(reason)}")


def _cache(options: Options) -> Cache:
    return Cache(options.root / FOLDER)


def _page(path: str) -> str:
    """`/people/maggie-q/`, `site/people/maggie-q/index.html` and `people/maggie-q` all mean one page."""
    path = path.removeprefix("./").removeprefix("site/").strip("/")
    if not path:
        return "index.html"
    return path if "." in path.rsplit("/", 1)[-1] else f"{path}/index.html"
