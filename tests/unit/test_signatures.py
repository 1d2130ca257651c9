"""What was published and meddled with by hand is made whole again, whatever a signature misses of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tinysite import Site, Sites

PAGE = "people/ann/index.html"
OLD = 10**18
"""A time that is long past, in nanoseconds: what bears it is settled."""


@pytest.fixture
def wiki(site: Sites) -> Site:
    """A published site whose files are old enough for their times to tell."""
    made = site({"content/people/ann.md": "---\ntitle: Ann\n---\nWords.\n", "media/a b.txt": "text"}).published()
    for path in made.paths():
        os.utime(made.out / path, ns=(OLD, OLD))
    made.write("content/people/cy.md", "---\ntitle: Cy\n---\n").published()  # what changes nothing notes nothing
    return made


def times(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_atime_ns, found.st_mtime_ns


def replaced(file: Path) -> None:
    """Another file in its place, of the same size and times."""
    size, kept = file.stat().st_size, times(file)
    other = file.with_name("other")
    other.write_bytes(b"x" * size)
    os.utime(other, ns=kept)
    other.replace(file)


def linked(file: Path) -> None:
    """The same name for another file of the same size and times."""
    size, kept = file.stat().st_size, times(file)
    other = file.with_name("other")
    other.write_bytes(b"x" * size)
    os.utime(other, ns=kept)
    file.unlink()
    os.link(other, file)


def edited(file: Path) -> None:
    file.write_bytes(b"x" * file.stat().st_size)


def longer(file: Path) -> None:
    kept = times(file)
    file.write_bytes(file.read_bytes() + b"x")
    os.utime(file, ns=kept)


def older(file: Path) -> None:
    file.write_bytes(b"x" * file.stat().st_size)
    os.utime(file, ns=(0, 0))


def pointing(file: Path) -> None:
    """A link to a copy of itself."""
    other = file.with_name("other")
    other.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to("other")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


WAYS: tuple[Callable[[Path], None], ...] = (
    replaced,
    linked,
    edited,
    longer,
    older,
    pointing,
    folder,
    pipe,
    Path.unlink,
)


@pytest.mark.parametrize("meddle", WAYS, ids=lambda each: each.__name__)
def test_a_published_page_is_made_whole(wiki: Site, meddle: Callable[[Path], None]) -> None:
    before = wiki.tree()
    meddle(wiki.out / PAGE)
    wiki.published()
    assert wiki.tree() == before


@pytest.mark.parametrize("meddle", WAYS, ids=lambda each: each.__name__)
def test_a_published_page_is_made_whole_when_something_else_changed(wiki: Site, meddle: Callable[[Path], None]) -> None:
    meddle(wiki.out / PAGE)
    wiki.write("content/people/bob.md", "---\ntitle: Bob\n---\n").published()
    found = wiki.tree()
    wiki.clean()
    assert found == wiki.tree()


def test_a_link_to_the_same_bytes_is_no_published_file(wiki: Site) -> None:
    file = wiki.out / "media/a b.txt"
    file.rename(file.with_name("name"))  # as long as the text is
    file.symlink_to("name")
    os.utime(file, ns=(OLD, OLD), follow_symlinks=False)
    wiki.published()
    assert not file.is_symlink() and file.read_text() == "text"


def test_what_else_lies_in_the_site_is_taken_away(wiki: Site) -> None:
    before = wiki.tree()
    (wiki.out / "stray.html").write_text("stray")
    (wiki.out / "people" / "empty").mkdir()
    wiki.published()
    assert wiki.tree() == before and not (wiki.out / "people" / "empty").exists()


def test_a_file_with_a_blank_in_its_name_is_as_it_was(wiki: Site) -> None:
    assert wiki.data("media/a b.txt") == b"text"
    assert wiki.build().written == ()


# Content


def known(wiki: Site, path: str) -> Path:
    """A content file that was published with times long past, and has lain there for long enough."""
    file = wiki.root / path
    os.utime(file, ns=(OLD, OLD))
    time.sleep(0.06)
    wiki.write("content/people/di.md", "---\ntitle: Di\n---\n").published()
    return file


def test_another_content_file_of_the_same_size_and_times_is_read(wiki: Site) -> None:
    file = known(wiki, "content/people/ann.md")
    other = wiki.root / "other"
    other.write_text(file.read_text().replace("Ann", "Bob"))
    os.utime(other, ns=(OLD, OLD))
    other.replace(file)
    assert "Bob" in wiki.published().page("people/ann")


def test_a_content_file_edited_in_place_with_its_times_put_back_is_read(wiki: Site) -> None:
    file = known(wiki, "content/people/ann.md")
    wiki.replace("content/people/ann.md", "Ann", "Bob")
    os.utime(file, ns=(OLD, OLD))
    assert "Bob" in wiki.published().page("people/ann")


@pytest.mark.parametrize(
    ("path", "old", "new"), [("media/a b.txt", "text", "word"), ("templates/person.html", "A", "B")]
)
def test_other_files_edited_in_place_with_their_times_put_back_are_read(
    wiki: Site, path: str, old: str, new: str
) -> None:
    wiki.write(path, old)
    os.utime(wiki.root / path, ns=(OLD, OLD))
    wiki.published()
    wiki.write(path, new)
    os.utime(wiki.root / path, ns=(OLD, OLD))
    wiki.published()
    assert new in (wiki.page("people/ann") if "templates" in path else wiki.page(path))
