# tables of examples
"""Every address in this project's site leads somewhere: pages, fragments, files; opened from disk or below the base path."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import Site, Sites

BASE = "https://ballardwiki.github.io/ballardwiki/"
OUTSIDE = ("http", "https", "mailto", "tel")
ADDRESSES = {"href", "src", "cite", "poster", "data", "action", "formaction"}


@dataclass
class Page:
    """What a checker needs of a page: its addresses, its ids, and ids that stand there twice."""

    links: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)


def scan(html: str) -> Page:
    tree = LexborHTMLParser(html)
    page = Page()
    ids: Counter[str] = Counter()
    for node in tree.css("*"):
        for key, value in node.attributes.items():
            if key == "id":
                ids[value or ""] += 1
            elif key in ADDRESSES:
                page.links.add(value or "")
            elif key == "srcset":
                page.links |= {each.split()[0] for each in (value or "").split(",")}
            elif key == "content" and node.attributes.get("http-equiv") == "refresh":
                page.links.add((value or "").partition("url=")[2])
            elif key == "content" and node.attributes.get("property") == "og:url":
                page.links.add(value or "")
            elif key in ("aria-labelledby", "aria-describedby", "for"):
                page.links |= {f"#{each}" for each in (value or "").split()}
    page.ids = set(ids)
    page.twice = [name for name, count in ids.items() if count > 1 or not name]
    return page


def broken(out: Path, base: str, *, disk: bool) -> list[str]:
    """What is wrong with the addresses of a site. `disk`: its pages must work without a server, so links name files."""
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    pages = {path: scan((out / path).read_text(encoding="utf-8")) for path in files if path.endswith(".html")}
    found = [f"{path}: id {name!r} stands there twice" for path, page in pages.items() for name in page.twice]
    for path, page in pages.items():
        for link in page.links:
            found += [f"{path}: {link}: {why}" for why in _wrong(link, path, files, pages, base, disk=disk)]
    return found


def _wrong(link: str, path: str, files: set[str], pages: dict[str, Page], base: str, *, disk: bool) -> Iterator[str]:
    parts = urlsplit(link)
    canonical = link.startswith(base)
    if not canonical and (parts.scheme or link.startswith("//")):
        if parts.scheme not in OUTSIDE or (parts.scheme.startswith("http") and "." not in parts.netloc):
            yield "no address of the web"
        return
    rooted = link.startswith("/")
    if rooted and path != "404.html":
        yield "an address from the server's root works under no base path"
        return
    if not link:
        yield "empty"
        return
    if path == "404.html" and not rooted and not canonical and not link.startswith("#"):
        yield "relative in a page that is shown at any address"
        return
    if canonical or rooted:
        prefix = urlsplit(base).path
        if not parts.path.startswith(prefix):
            yield f"not below {prefix}"
            return
        target = unquote(parts.path.removeprefix(prefix))
    else:
        target = (
            unquote(posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))) if parts.path else path
        )
        target = "" if target == "." else target + ("/" if parts.path.endswith(("/", "/.", "..")) else "")
    if target.startswith(".."):
        yield "outside of the site"
        return
    folder = target == "" or target.endswith("/")
    if folder and disk and not canonical and not rooted:
        yield "a folder: a browser that reads from disk lists it"
    target += "index.html" if folder else ""
    if target not in files:
        yield "no such file"
    elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        yield "no such fragment"


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory, wiki: Site) -> Site:
    made = tmp_path_factory.mktemp("folders")
    own = Site(root=wiki.root, out=made / "site", cache=made / "cache")
    assert not own.build(jobs=2, links="folders").failed
    return own


def test_no_address_is_broken_on_disk(wiki: Site) -> None:
    assert broken(wiki.out, BASE, disk=True) == []


def test_no_address_is_broken_behind_a_server(folders: Site) -> None:
    assert broken(folders.out, BASE, disk=False) == []


def test_folder_addresses_name_no_index(folders: Site) -> None:
    for path in ("", "series/ballard", "people/maggie-q", "news", "404.html"):
        assert not re.search(r"(?:href|src)=\"[^\"]*index\.html", folders.page(path)), path


def test_both_ways_to_link_make_the_same_pages(wiki: Site, folders: Site) -> None:
    assert wiki.paths() == folders.paths()


def test_every_page_is_reached_from_the_front_page(wiki: Site) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for link in scan((wiki.out / path).read_text(encoding="utf-8")).links:
            parts = urlsplit(link)
            if parts.scheme or not parts.path.endswith(".html"):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    pages = {path for path in wiki.paths() if path.endswith(".html")}
    moved = {path for path in pages if 'http-equiv="refresh"' in (wiki.out / path).read_text(encoding="utf-8")}
    assert pages - reached - moved - {"404.html"} == set()


def test_a_page_has_one_address(wiki: Site) -> None:
    for path in wiki.paths():
        if path.endswith(".html") and path != "404.html":
            tree = LexborHTMLParser(wiki.page(path))
            found = [node.attributes["href"] for node in tree.css("link[rel=canonical]")]
            if not tree.css('meta[http-equiv="refresh"], meta[name="robots"][content="noindex"]'):
                assert found == [BASE + path.removesuffix("index.html")]


# The checker itself


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("people/nobody/index.html", "no such file"), ("/news/", "root"), ("news/", "folder"), ("../x.html", "outside"),
        ("news/index.html#none", "fragment"), ("javascript:x", "web"), ("http://word/", "web"), ("", "empty"), ("#none", "fragment"),
        ("https://wiki.example/none/", "no such file"), ("a.png", "no such file"),
    ],
)  # fmt: skip
def test_the_checker_sees_what_is_broken(site: Sites, link: str, why: str) -> None:
    tiny = site().published()
    assert broken(tiny.out, "https://wiki.example/", disk=True) == []
    page = tiny.page("").replace("</main>", f'<a href="{link}">x</a></main>')
    (tiny.out / "index.html").write_text(page, encoding="utf-8")
    (found,) = broken(tiny.out, "https://wiki.example/", disk=True)
    assert why in found


def test_the_checker_sees_an_id_that_stands_twice(site: Sites) -> None:
    tiny = site().published()
    (tiny.out / "index.html").write_text(tiny.page("").replace("</main>", "<p id=a><p id=a></main>"), encoding="utf-8")
    assert "twice" in broken(tiny.out, "https://wiki.example/", disk=True)[0]
