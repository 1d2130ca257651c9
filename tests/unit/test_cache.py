"""One cache for many builds, as the development server has it; a bad day of the machine does not end it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tinysite import NOON, Site, Sites

from ballardwiki.build.cache import Cache, checked_file
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.pipeline import Options, Result, build
from ballardwiki.build.publish import syscalls
from ballardwiki.build.publish.lock import Locked

FILES = {f"content/people/p{number}.md": f"---\ntitle: P{number}\n---\nHello.\n" for number in range(3)}

Again = Callable[[], Result]


@pytest.fixture
def wiki(site: Sites) -> Site:
    return site(FILES)


@pytest.fixture
def again(wiki: Site) -> Again:
    """Builds with one cache that stays in memory."""
    cache = Cache(wiki.cache)

    def once() -> Result:
        result = build(Options(wiki.root, wiki.out, NOON, jobs=0), cache)
        assert not result.failed, result.problems
        return result

    once()
    return once


def edit(wiki: Site, text: str) -> None:
    wiki.write("content/people/p1.md", f"---\ntitle: P1\n---\n{text}\n")


def test_a_cache_that_is_removed_meanwhile_is_made_anew(wiki: Site, again: Again) -> None:
    shutil.rmtree(wiki.cache)
    edit(wiki, "Once.")
    assert again().notice == "" and "Once." in wiki.page("people/p1")
    edit(wiki, "Twice.")
    assert again().notice == "" and "Twice." in wiki.page("people/p1")
    assert {"record", "documents.db", "bodies.db"} <= {path.name for path in wiki.cache.iterdir()}


@pytest.mark.parametrize("part", ["documents.db", "bodies.db", "record", "shelves.db"])
def test_a_part_that_is_removed_meanwhile_is_made_anew(wiki: Site, again: Again, part: str) -> None:
    (wiki.cache / part).unlink()
    edit(wiki, "Once.")
    again()
    assert "Once." in wiki.page("people/p1") and (wiki.cache / part).is_file()
    assert again().notice == ""


def test_a_cache_that_becomes_a_file_meanwhile_is_not_used_until_it_is_a_folder(wiki: Site, again: Again) -> None:
    shutil.rmtree(wiki.cache)
    wiki.cache.write_text("x")
    edit(wiki, "Once.")
    assert "is a file" in again().notice and "Once." in wiki.page("people/p1")
    wiki.cache.unlink()
    edit(wiki, "Twice.")
    assert again().notice == "" and (wiki.cache / "record").is_file()


def test_a_disk_that_was_full_for_a_while(wiki: Site, again: Again, monkeypatch: pytest.MonkeyPatch) -> None:
    record = (wiki.cache / "record").read_bytes()

    def full(path: Path, *_: bytes, durable: bool = True) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    edit(wiki, "Once.")
    with monkeypatch.context() as patch:
        patch.setattr(syscalls, "replace", full)
        assert "could not be saved: No space left" in again().notice
    assert "Once." in wiki.page("people/p1") and (wiki.cache / "record").read_bytes() == record
    edit(wiki, "Hello.")  # as the record that is left has it, though the site does not
    assert again().notice == "" and "Hello." in wiki.page("people/p1")
    assert (wiki.cache / "record").read_bytes() != record


def test_a_cache_that_says_what_it_should_in_the_wrong_form_is_thrown_away(wiki: Site, again: Again) -> None:
    """Its sum is right: whoever made it knew how."""
    checked_file.write_packed(wiki.cache / "record", b"\xc1")
    assert "thrown away" in again().notice
    assert again().notice == ""


def test_what_killed_builds_left_is_swept_away_when_it_is_old(wiki: Site, again: Again) -> None:
    for name, age in ((".record.1.new", 9000), (".record.2.new", 0)):
        (wiki.cache / name).write_bytes(b"x")
        status = (wiki.cache / "record").stat()
        os.utime(wiki.cache / name, (status.st_atime - age, status.st_mtime - age))
    edit(wiki, "Once.")
    again()
    left = {path.name for path in wiki.cache.iterdir() if path.suffix == ".new"}
    assert left == {".record.2.new"}


def test_a_cache_that_is_only_read_makes_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", writable=False)
    assert cache.record() is None and cache.library.documents(["x"]) == {}
    cache.close()
    assert not (tmp_path / "cache").exists() and cache.notice == ""


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT])
def test_texts_that_cannot_be_read_while_pages_are_made_are_no_fault_of_a_template(
    wiki: Site, again: Again, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """The cache is left alone unless it is damaged; either way the site is as it should be."""
    real = Bodies._row
    failed: list[str] = []

    def fail(bodies: Bodies, key: str, ref: str) -> tuple[int, bytes] | None:
        if failed:
            return real(bodies, key, ref)
        failed.append(ref)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        raise error

    record = (wiki.cache / "record").read_bytes()
    wiki.write("templates/person.html", "New: {{ text_of(entity) }}")
    monkeypatch.setattr(Bodies, "_row", fail)
    notice = again().notice
    assert failed and "New: <p>Hello." in wiki.page("people/p1")
    thrown_away = code == sqlite3.SQLITE_CORRUPT
    assert ("thrown away" if thrown_away else "not used") in notice
    assert thrown_away != ((wiki.cache / "record").read_bytes() == record)


def test_texts_that_another_process_holds_while_pages_are_made_end_the_build_as_busy(
    wiki: Site, again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    site_before = wiki.tree()
    wiki.write("templates/person.html", "New: {{ text_of(entity) }}")
    monkeypatch.setattr(Bodies, "_row", busy)
    with pytest.raises(Locked):
        again()
    assert wiki.tree() == site_before
