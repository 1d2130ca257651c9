"""Whatever happens to the cache, the next build makes what a clean build makes, and says so once at most."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tinysite import Site, Sites

from ballardwiki.build.cache import checked_file, library, shelves

FILES = {
    f"content/people/p{number}.md": f"---\ntitle: P{number}\n---\nKnows [[P{number + 1}]].\n" for number in range(6)
}
FILES |= {"content/news/n.md": "---\ntitle: N\ndate: 2025-07-01\n---\nAbout [[P1]].\n"}
FILES |= {f"templates/{name}.html": "{{ site.title }}" for name in ("base", "home", "404", "index", "index-person")}
FILES |= {"templates/index-article.html": "{{ site.title }}", "templates/article.html": "{{ text_of(entity) }}"}
FILES |= {"templates/person.html": "{{ entity.title }} {{ text_of(entity) }} {{ entity.mentions|join(' ') }}"}
PARTS = ("record", shelves.FILE, library._DOCUMENTS, library._BODIES)


def truncate(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def flip(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def garbage(data: bytes, dice: random.Random) -> bytes:
    return dice.randbytes(dice.choice([1, 99, len(data)]))


def zeros(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes(len(data) - at)


def empty(data: bytes, dice: random.Random) -> bytes:
    return b""


def grown(data: bytes, dice: random.Random) -> bytes:
    return data + dice.randbytes(50)


def heals(site: Site) -> None:
    """One build mends everything, with one notice at most; the one after it has nothing to do and nothing to say."""
    result = site.build()
    assert not result.failed, result.problems
    assert result.notice.count("thrown away") <= 1
    found = site.tree()
    assert site.build().notice == ""
    fresh = Site(site.root, site.root.parent / "clean", site.root.parent / "clean-cache")
    fresh.clean()
    assert found == fresh.tree()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("damage", [truncate, flip, garbage, zeros, empty, grown])
@pytest.mark.parametrize("edited", [False, True], ids=["as it was", "edited"])
def test_a_damaged_part(
    site: Sites, part: str, damage: Callable[[bytes, random.Random], bytes], *, edited: bool
) -> None:
    wiki = site(FILES)
    assert not wiki.build().failed
    dice = random.Random(f"{part} {damage.__name__}")
    for _ in range(2):
        if edited:
            wiki.write("content/people/p1.md", f"---\ntitle: P1\n---\nKnows [[P{dice.randrange(9)}]] now.\n")
        file = wiki.cache / part
        file.write_bytes(damage(file.read_bytes(), dice))
        heals(wiki)


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part(site: Sites, part: str) -> None:
    wiki = site(FILES)
    wiki.build()
    (wiki.cache / part).unlink()
    wiki.replace("content/people/p1.md", "Knows", "Knew")
    heals(wiki)


@pytest.mark.parametrize("part", PARTS)
def test_a_folder_where_a_part_should_be(site: Sites, part: str) -> None:
    wiki = site(FILES)
    wiki.build()
    (wiki.cache / part).unlink()
    (wiki.cache / part).mkdir()
    heals(wiki)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_an_older_build(site: Sites, part: str) -> None:
    wiki = site(FILES)
    wiki.build()
    old = (wiki.cache / part).read_bytes()
    for word in ("Knew", "Met"):
        wiki.write("content/people/p1.md", f"---\ntitle: P1\n---\n{word} [[P3]].\n").build()
    wiki.delete("content/people/p4.md").build()
    (wiki.cache / part).write_bytes(old)
    heals(wiki)


@pytest.mark.parametrize("parts", [PARTS, *((part,) for part in PARTS)], ids=["all", *PARTS])
def test_the_cache_of_another_site(site: Sites, parts: tuple[str, ...]) -> None:
    wiki, other = site(FILES), site({**FILES, "content/people/p1.md": "---\ntitle: Other\n---\nElse.\n"})
    wiki.build()
    other.build()
    for part in parts:
        shutil.copy(other.cache / part, wiki.cache / part)
    heals(wiki)


def test_another_version(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki = site(FILES)
    with monkeypatch.context() as patch:
        patch.setattr(library, "VERSION", 77)
        patch.setattr(checked_file, "_MAGIC", b"ballardwiki record 77\n")
        wiki.build()
    heals(wiki)


@pytest.mark.parametrize("part", PARTS[2:])
@pytest.mark.parametrize("change", ["UPDATE kept SET data = x'00'", "DELETE FROM kept", "DROP TABLE kept"])
def test_damaged_rows(site: Sites, part: str, change: str) -> None:
    wiki = site(FILES)
    wiki.build()
    with sqlite3.connect(wiki.cache / part) as library:
        library.execute(change)
    library.close()
    wiki.replace("templates/person.html", "{{ entity.title }}", "{{ entity.title }}!")
    heals(wiki)


def test_the_cache_deleted_and_the_site_kept(site: Sites) -> None:
    wiki = site(FILES)
    wiki.build()
    before = wiki.tree()
    shutil.rmtree(wiki.cache)
    result = wiki.build()
    assert wiki.tree() == before and result.notice == ""
    heals(wiki)


def test_a_site_of_another_build_under_the_same_cache(site: Sites, tmp_path: Path) -> None:
    wiki = site(FILES)
    wiki.build()
    shutil.rmtree(wiki.out)
    heals(wiki)
