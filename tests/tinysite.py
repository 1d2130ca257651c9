"""A site small enough to stand in a test: some files, builds of them, and what came out."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any, Protocol

from msgspec.structs import replace

from ballardwiki.build.cache import Cache
from ballardwiki.build.pipeline import Options, Result, build
from ballardwiki.build.publish.snapshot import survey
from ballardwiki.problems import Problem

NOON = datetime(2025, 7, 9, 12, tzinfo=UTC)
"""The moment of every build that asks for no other."""

SETTINGS = """\
title: Test wiki
base_url: https://wiki.example/
"""


class Sites(Protocol):
    """The `site` fixture: makes a project from its files, path -> text. Without site.yaml it gets `SETTINGS`."""

    def __call__(self, files: Mapping[str, str] | None = None) -> Site: ...


@dataclass
class Site:
    """A project in `root`, published into `out`. Builds run in this process unless `jobs` says otherwise."""

    root: Path
    out: Path
    cache: Path
    options: dict[str, Any] = field(default_factory=dict)
    """What every build is asked for, such as `drafts`."""

    def write(self, path: str, text: str | bytes) -> Site:
        """Write a file of the project. Indentation that all lines share, and a first empty line, are taken off."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(dedent(text.removeprefix("\n")), encoding="utf-8", newline="")
        return self

    def replace(self, path: str, old: str, new: str) -> Site:
        """Edit a file: `old`, which must stand in it, becomes `new`."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        return self.write(path, text.replace(old, new))

    def delete(self, path: str) -> Site:
        """Delete a file or a folder of the project."""
        target = self.root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        return self

    def move(self, path: str, to: str) -> Site:
        """Rename a file of the project."""
        (self.root / to).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / to)
        return self

    def build(self, **options: Any) -> Result:
        """Build, whatever comes of it. Each build opens the cache anew, as a command would."""
        given = replace(Options(root=self.root, out=self.out, now=NOON, jobs=0), **(self.options | options))
        cache = Cache(self.cache, writable=given.publish)
        try:
            return build(given, cache)
        finally:
            cache.close()

    def published(self, **options: Any) -> Site:
        """Build and insist that there was no problem at all, but for notes: a tiny site has gaps."""
        result = self.build(**options)
        found = [str(problem) for problem in result.problems if problem.severity != "info"]
        assert not found, "\n".join(found)
        return self

    def clean(self, **options: Any) -> Result:
        """Build as if for the first time: without cache and without what was published."""
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.rmtree(self.out, ignore_errors=True)
        return self.build(**options)

    def problems(self, *, notes: bool = False, **options: Any) -> list[Problem]:
        """What a check finds, ordered by place; `notes`: also what is mere information. Nothing is published."""
        found = sorted(self.build(publish=False, **options).problems)
        return [problem for problem in found if notes or problem.severity != "info"]

    def rules(self, *, notes: bool = False, **options: Any) -> list[str]:
        """The rules that a check finds broken, ordered by place."""
        return [problem.rule for problem in self.problems(notes=notes, **options)]

    def page(self, path: str) -> str:
        """The text of a published file: `people/a`, `/people/a/` and `people/a/index.html` are one."""
        path = path.strip("/")
        file = self.out / path
        return (file if file.is_file() else file / "index.html").read_text(encoding="utf-8")

    def data(self, path: str) -> bytes:
        """The bytes of a published file."""
        return (self.out / path).read_bytes()

    def has(self, path: str) -> bool:
        """Whether a page or file is published."""
        return any(
            (self.out / each).is_file() for each in (path.strip("/"), f"{path.strip('/')}/index.html".lstrip("/"))
        )

    def paths(self) -> set[str]:
        """The paths of all published files."""
        return set(survey(self.out))

    def tree(self) -> dict[str, bytes]:
        """Everything published: path -> bytes."""
        return {path: self.data(path) for path in sorted(self.paths())}


def make(folder: Path, files: Mapping[str, str] | None = None) -> Site:
    """A project in a folder, made from its files."""
    site = Site(root=folder / "project", out=folder / "site", cache=folder / "cache")
    (site.root / "content").mkdir(parents=True)
    for path, text in ({"site.yaml": SETTINGS} | dict(files or {})).items():
        site.write(path, text)
    return site
