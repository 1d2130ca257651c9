"""sitemap.xml and robots.txt of this project's site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser
from tinysite import Site, Sites

BASE = "https://ballardwiki.github.io/ballardwiki/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z))?)?)?")


def entries(data: bytes) -> dict[str, str | None]:
    """Address -> date of the last change, after the protocol's schema: what else may stand there is not used here."""
    root: Any = etree.fromstring(data)
    assert root.tag == f"{SPACE}urlset" and data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    found: dict[str, str | None] = {}
    for url in root:
        assert url.tag == f"{SPACE}url" and [child.tag for child in url] in (
            [f"{SPACE}loc"],
            [f"{SPACE}loc", f"{SPACE}lastmod"],
        )
        address, changed = url.findtext(f"{SPACE}loc"), url.findtext(f"{SPACE}lastmod")
        assert address not in found and len(address) < 2048
        assert changed is None or DATE.fullmatch(changed), changed
        found[address] = changed
    assert len(found) <= 50_000 and len(data) <= 50 * 1024**2
    return found


def test_every_address_is_a_page_and_its_own_canonical_one(wiki: Site) -> None:
    for address in entries(wiki.data("sitemap.xml")):
        assert address.startswith(BASE)
        tree = LexborHTMLParser(wiki.page(address.removeprefix(BASE)))
        assert [node.attributes["href"] for node in tree.css("link[rel=canonical]")] == [address]
        assert not tree.css("meta[name=robots][content*=noindex]")


def test_no_page_is_forgotten(wiki: Site) -> None:
    """All pages are in the sitemap but those that are no subject of their own: parts of lists, tags, names, tools."""
    pages = {BASE + path.removesuffix("index.html") for path in wiki.paths() if path.endswith("index.html")}
    left_out = {each.removeprefix(BASE) for each in pages - set(entries(wiki.data("sitemap.xml")))}
    assert {
        each for each in left_out if not re.fullmatch(r"news/(page/\d+|\d{4})/|tags/(.+/)?|names/.+/|wiki/(.+/)?", each)
    } == set()


def test_articles_tell_their_date(wiki: Site) -> None:
    found = entries(wiki.data("sitemap.xml"))
    assert found[f"{BASE}news/2024-08-01-ballard-starts-filming/"] == "2024-08-01"
    assert found[f"{BASE}people/maggie-q/"] is None


def test_robots_may_read_everything_and_find_the_sitemap(wiki: Site) -> None:
    lines = wiki.data("robots.txt").decode("utf-8").splitlines()
    assert "User-agent: *" in lines and f"Sitemap: {BASE}sitemap.xml" in lines
    assert not any(line.lower().startswith("disallow:") and line.split(":")[1].strip() for line in lines)


def test_odd_ids_drafts_and_moved_pages(site: Sites, tmp_path: Path) -> None:
    made = site({"site.yaml": "title: T\nbase_url: https://wiki.example/a&b/\n"})
    made.write("content/people/a.md", "---\ntitle: A\nwas: [older]\n---\n").write(
        "content/people/b.md", "---\ntitle: B\ndraft: true\n---\n"
    )
    found = set(entries(made.published().data("sitemap.xml")))
    assert "https://wiki.example/a&b/people/a/" in found
    assert not any("older" in each or "/b/" in each.removeprefix("https://wiki.example/a&b/") for each in found)
