"""A project on disk: the corpus and theme of one tool, the edits an editor makes, and a look at what was published."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from corpus import TAG_COUNT, Page
from credits import Wiki
from install import HERE
from tools import Tool

FEED_LENGTH = 50
EDITED = 50
"""So many pages are edited in turns."""


_Each = TypeVar("_Each")


class WrongOutput(Exception):
    """What a tool published is not what was asked for, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A page that is edited: its source file, the `slug` of its address, and what stands in the file at first."""

    source: Path
    slug: str
    title: str
    text: str

    def edit_text(self, word: str) -> None:
        """Put `word` in the place of the last word of the page."""
        self.source.write_text(f"{self.text.rpartition(' ')[0]} {word}.\n")

    def restore(self) -> None:
        """Undo the edits."""
        self.source.write_text(self.text)


@dataclass(frozen=True, slots=True)
class Project:
    """The project of `tool`. The first of the pages in `pages` is the one that builds are timed with.

    `files` are the files that are published: a pattern -> how many. `entries` are lists in published files: the file,
    with what each entry begins -> how many there are at least.
    """

    tool: Tool
    folder: Path
    pages: tuple[Edited, ...]
    files: Mapping[str, int]
    entries: Mapping[tuple[str, str], int]

    @property
    def edited(self) -> Edited:
        """The page that builds are timed with."""
        return self.pages[0]

    @property
    def titled(self) -> bool:
        """Whether its pages can get another title."""
        return self.tool.dialect is not None

    @property
    def output(self) -> Path:
        """The folder with the published site."""
        return self.folder / self.tool.output

    @property
    def published_page(self) -> Path:
        """The edited page as published."""
        return self.output / self.tool.page.format(slug=self.edited.slug)

    @property
    def published_index(self) -> Path:
        """The list of all pages by title, as published."""
        return self.output / self.tool.index

    def restore(self) -> None:
        """Undo all edits."""
        for page in self.pages:
            page.restore()

    def forget(self) -> None:
        """Remove the output and all caches: what comes next is a cold build."""
        for name in (self.tool.output, *self.tool.caches):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit_title(self, title: str) -> None:
        """Give the page a new title; its source file and address stay."""
        assert self.tool.dialect, "there is no renaming in a wiki of credits"
        self.edited.source.write_text(self.tool.dialect.rename(self.edited.text, self.edited.title, title))

    def expect(self, text: str, *files: Path) -> None:
        """Raises WrongOutput unless `text` is in each of the published files."""
        for file in files:
            if text not in file.read_text():
                raise WrongOutput(f"{self.tool.name}: {text!r} is not in {file.relative_to(self.folder)}")

    def expect_all_pages(self) -> None:
        """Raises WrongOutput unless all pages and lists are published, and the lists are complete."""
        for pattern, count in self.files.items():
            found = sum(1 for _ in self.output.glob(pattern))
            if found != count:
                raise WrongOutput(f"{self.tool.name}: {found} of {pattern} published, not {count}")
        for (name, entry), least in self.entries.items():
            found = (self.output / name).read_text().count(entry)
            if found < least:
                raise WrongOutput(f"{self.tool.name}: {name} has {found} entries, not {least}")


def make(tool: Tool, pages: Sequence[Page], folder: Path) -> Project:
    """Write the project into an empty `folder`: first the tool's files, then all pages in its dialect."""
    assert tool.dialect, f"{tool.name} has no pages"
    _copy(tool, folder)
    (folder / tool.dialect.folder).mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / tool.dialect.path(page)).write_text(tool.dialect.text(page, pages))
    edited = (
        Edited(folder / tool.dialect.path(page), page.slug, page.title, tool.dialect.text(page, pages))
        for page in _spread(pages)
    )
    entries = {
        (tool.index, "<a "): len(pages),
        (tool.feed, "<item>"): min(FEED_LENGTH, len(pages)),
        (tool.sitemap, "<loc>"): len(pages),
    }
    files = {tool.page.format(slug="*"): len(pages), tool.tag.format(slug="*"): TAG_COUNT}
    return Project(tool, folder, tuple(edited), files, entries)


def make_credits(tool: Tool, wiki: Wiki, folder: Path) -> Project:
    """Write a wiki of credits into an empty `folder`."""
    _copy(tool, folder)
    for path, text in wiki.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    edited = (
        Edited(folder / each.path, each.slug, each.title, wiki.files[each.path]) for each in _spread(wiki.episodes)
    )
    files = {tool.page.format(slug="*/s*e[0-9]*"): len(wiki.episodes), "people/*/index.html": wiki.people}
    return Project(tool, folder, tuple(edited), files, {(tool.sitemap, "<loc>"): sum(files.values())})


def _copy(tool: Tool, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name in tool.folders:
        shutil.copytree(HERE / "peers" / name, folder, dirs_exist_ok=True)


def _spread(pages: Sequence[_Each]) -> list[_Each]:
    """Some of the pages, far from each other, from the middle on."""
    count = len(pages)
    return [pages[(count // 2 + count * number // EDITED) % count] for number in range(EDITED)]
