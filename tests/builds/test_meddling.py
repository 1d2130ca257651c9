"""Pages that somebody replaced by hand are put right, also where size and time say that nothing happened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tinysite import Site, Sites

from ballardwiki import signatures

FILES = {f"content/people/{name}.md": f"---\ntitle: {name.title()}\n---\nHello.\n" for name in ("ann", "bob")}


@pytest.fixture
def wiki(site: Sites, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A published site whose files all count as old enough for their times to tell versions apart."""
    monkeypatch.setattr(signatures, "SETTLED", -(10**12))
    return site(FILES).published()


def replaced(page: Path, text: bytes) -> None:
    """Another file in the place of a page, with its size and times."""
    status = page.stat()
    assert len(text) == status.st_size
    other = page.with_name("other")
    other.write_bytes(text)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(page)
    assert (page.stat().st_size, page.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)


@pytest.mark.parametrize("edited", [False, True], ids=["nothing else", "another page edited"])
def test_a_page_replaced_with_size_and_time_kept_is_put_right(wiki: Site, *, edited: bool) -> None:
    before = wiki.page("people/ann")
    replaced(wiki.out / "people/ann/index.html", before.replace("Hello", "Howdy").encode())
    if edited:
        wiki.replace("content/people/bob.md", "Hello", "Goodbye")
    wiki.published()
    assert wiki.page("people/ann") == before
    wiki.replace("content/people/bob.md", "Hello" if not edited else "Goodbye", "Once more").published()
    assert wiki.page("people/ann") == before, "the twin had kept what was replaced"


def test_a_page_that_became_a_link_to_the_same_bytes_is_put_right(wiki: Site, tmp_path: Path) -> None:
    page = wiki.out / "people/ann/index.html"
    page.rename(tmp_path / "elsewhere.html")
    page.symlink_to(tmp_path / "elsewhere.html")
    wiki.published()
    assert page.is_file() and not page.is_symlink()


def test_a_folder_of_pages_that_became_a_link_is_put_right(wiki: Site, tmp_path: Path) -> None:
    folder = wiki.out / "people"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    wiki.published()
    assert not folder.is_symlink() and (folder / "ann/index.html").is_file()
    assert (tmp_path / "elsewhere/ann/index.html").is_file(), "nothing is written or removed through a link"
