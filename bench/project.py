"""A project on disk: the corpus and theme of one tool, the edits an editor makes, and a look at what was published."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import TAG_COUNT, Page
from install import HERE
from tools import Tool

FEED_LENGTH = 50


class WrongOutput(Exception):
    """What a tool published is not what was asked for, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Project:
    """The project of `tool`; `edited` is the page that the edits change."""

    tool: Tool
    folder: Path
    page_count: int
    edited: Page
    original: str

    @property
    def source(self) -> Path:
        """The source file of the edited page."""
        return self.folder / self.tool.dialect.path(self.edited)

    @property
    def published_page(self) -> Path:
        """The edited page as published."""
        return self.folder / self.tool.output / self.tool.page.format(slug=self.edited.slug)

    @property
    def published_index(self) -> Path:
        """The list of all pages by title, as published."""
        return self.folder / self.tool.output / self.tool.index

    def restore(self) -> None:
        """Undo all edits."""
        self.source.write_text(self.original)

    def forget(self) -> None:
        """Remove the output and all caches: what comes next is a cold build."""
        for name in (self.tool.output, *self.tool.caches):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit_text(self, word: str) -> None:
        """Add a paragraph with `word` to the page."""
        self.source.write_text(f"{self.original}\nAn edit with {word}.\n")

    def edit_title(self, title: str) -> None:
        """Give the page a new title; its source file and address stay."""
        self.source.write_text(self.tool.dialect.rename(self.original, self.edited, title))

    def expect(self, text: str, *files: Path) -> None:
        """Raises WrongOutput unless `text` is in each of the published files."""
        for file in files:
            if text not in file.read_text():
                raise WrongOutput(f"{self.tool.name}: {text!r} is not in {file.relative_to(self.folder)}")

    def expect_all_pages(self) -> None:
        """Raises WrongOutput unless all pages, the index, the feed, the sitemap and the tag pages are published."""
        output = self.folder / self.tool.output
        found = sum(1 for _ in output.glob(self.tool.page.format(slug="*")))
        if found != self.page_count:
            raise WrongOutput(f"{self.tool.name}: {found} pages published, not {self.page_count}")
        for name, entry, least in (
            (self.tool.index, "<a ", self.page_count),
            (self.tool.feed, "<item>", min(FEED_LENGTH, self.page_count)),
            (self.tool.sitemap, "<loc>", self.page_count),
        ):
            count = (output / name).read_text().count(entry)
            if count < least:
                raise WrongOutput(f"{self.tool.name}: {name} has {count} entries, not {least}")
        tags = sum(1 for _ in output.glob(self.tool.tag.format(slug="*")))
        if tags < TAG_COUNT:
            raise WrongOutput(f"{self.tool.name}: {tags} tag pages, not {TAG_COUNT}")


def make(tool: Tool, pages: Sequence[Page], folder: Path) -> Project:
    """Write the project into an empty `folder`: first the tool's files, then all pages in its dialect."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in tool.folders:
        shutil.copytree(HERE / "peers" / name, folder, dirs_exist_ok=True)
    (folder / tool.dialect.folder).mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / tool.dialect.path(page)).write_text(tool.dialect.text(page, pages))
    edited = pages[len(pages) // 2]
    return Project(tool, folder, len(pages), edited, tool.dialect.text(edited, pages))
