"""The commands that build: build and check, urls, why."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from ballardwiki.build.cache import FOLDER, Cache
from ballardwiki.build.pipeline import build
from ballardwiki.cli import ending, report
from ballardwiki.problems import stopping

if TYPE_CHECKING:
    from ballardwiki.build.options import Options


def run(options: Options, format_: report.Format, *, notes: bool = False) -> None:
    """Build, report the problems and exit. `notes`: whether people see those that are mere information."""
    with report.progress(shown=format_ == "text") as progress:
        result = build(options, _cache(options), progress)
    failed = bool(stopping(result.problems, strict=options.strict))
    with ending.unheard():
        if result.notice:
            click.echo(report.safe(result.notice), err=True)
        report.problems(result.problems, format_, notes=notes)
        if without := report.missing(result):
            click.echo(without, err=True)
        listed = notes or format_ != "text"
        closing = report.closing(result, published=options.publish, strict=options.strict, notes=listed)
        click.echo(closing, err=format_ != "text" or failed)
    sys.exit(1 if failed else 0)


def urls(options: Options, forget: tuple[str, ...], format_: report.Format, *, update: bool) -> None:
    """Tell which addresses are new and which are lost; note them as published."""
    from ballardwiki.build import kept_urls  # noqa: PLC0415  # costly, and not needed by a build that changes nothing

    result = build(options, _cache(options))
    before, unreadable = kept_urls.known(options.root)
    if unreadable or not result.addresses:
        report.problems(unreadable or result.problems, format_, notes=False)
        sys.exit(1)
    for line in kept_urls.described(before, result.addresses, result.closed):
        click.echo(report.safe(line))
    if update and kept_urls.update(options.root, result.addresses, result.closed, forget):
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
        reasons = map(str, comparison.ledger.reads(path))
    else:
        from ballardwiki.similarity import suggest  # noqa: PLC0415  # as above

        raise click.UsageError(f"The site has no page {path}. {suggest(path, list(comparison.ledger))}".rstrip())
    for reason in reasons:
        click.echo(f"  {report.safe(reason)}")


def _cache(options: Options) -> Cache:
    return Cache(options.root / FOLDER, writable=options.publish)


def _page(path: str) -> str:
    """`/people/ada/`, `site/people/ada/index.html` and `people/ada` all mean one page."""
    path = path.removeprefix("./").removeprefix("site/").strip("/")
    if not path:
        return "index.html"
    return path if "." in path.rsplit("/", 1)[-1] else f"{path}/index.html"
