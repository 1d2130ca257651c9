# tables of examples
"""Pages point at each other, both ways: what one page says of another stands on that page too."""

from __future__ import annotations

import posixpath
import re
from functools import cache

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import Site

PAIRS = [
    ("people/maggie-q", "characters/renee-ballard"), ("people/maggie-q", "series/ballard"), ("people/maggie-q", "series/ballard/season-1"),
    ("people/maggie-q", "news/2024-08-01-ballard-starts-filming"), ("people/jet-wilkinson", "series/ballard/s01e01"),
    ("people/jet-wilkinson", "series/ballard/s01e02"), ("people/jet-wilkinson", "series/bosch-legacy/s03e10"),
    ("people/titus-welliver", "characters/harry-bosch"), ("people/michael-connelly", "works/the-late-show"),
    ("people/michael-connelly", "organizations/hieronymus-pictures"), ("people/mitzi-roberts", "characters/renee-ballard"),
    ("series/ballard", "series/ballard/season-1"), ("series/ballard", "organizations/prime-video"), ("series/ballard", "series/bosch-legacy"),
    ("series/ballard", "organizations/hieronymus-pictures"), ("series/ballard", "organizations/fabel-entertainment"),
    ("series/ballard", "places/venice-beach"), ("series/ballard/season-1", "series/ballard/s01e05"),
    ("series/ballard/s01e01", "series/ballard/s01e02"), ("series/ballard/s01e01", "cases/murder-of-sarah-pearlman"),
    ("series/ballard/s01e01", "characters/zamira-parker"), ("characters/zamira-parker", "organizations/lapd-cold-case-unit"),
    ("characters/zamira-parker", "characters/renee-ballard"), ("characters/harry-bosch", "characters/maddie-bosch"),
    ("news/2024-08-01-ballard-starts-filming", "places/venice-beach"), ("series/bosch", "series/bosch/season-7"),
    ("series/untitled-j-edgar-project", "characters/jerry-edgar"), ("series/bosch/s01e10", "series/bosch/s01e09"),
]  # fmt: skip


@pytest.fixture(scope="module")
def links(wiki: Site) -> dict[str, set[str]]:
    """Page -> the pages that its main part links to."""
    found = {}
    for path in wiki.paths():
        if path.endswith("index.html"):
            tree = LexborHTMLParser(wiki.page(path))
            folder = posixpath.dirname(path)
            for cited in tree.css("section.references"):  # an article may be a source, of what it says of another page
                cited.decompose()
            addresses = [(node.attributes["href"] or "").partition("#")[0] for node in tree.css("main a[href]")]
            inner = [each for each in addresses if each and not re.match("[a-z]+:", each)]
            found[folder] = {posixpath.dirname(posixpath.normpath(posixpath.join(folder, each))) for each in inner}
    return found


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_pages_link_to_each_other(links: dict[str, set[str]], one: str, other: str) -> None:
    assert other in links[one] and one in links[other]


def kind(path: str) -> str:
    if re.fullmatch(r"series/[^/]+/s\d\de\d\d", path):
        return "episode"
    if re.fullmatch(r"series/[^/]+/season-\d+", path):
        return "season"
    return (
        path.split("/", maxsplit=1)[0]
        if re.fullmatch(r"[a-z]+/[^/]+", path) and not re.fullmatch(r"news/(\d{4}|page)", path)
        else ""
    )


BOTH_WAYS = [
    ("people", "characters"), ("people", "episode"), ("people", "season"), ("people", "series"), ("characters", "episode"), ("season", "series"),
    ("season", "episode"), ("news", "people"), ("news", "characters"), ("news", "organizations"), ("news", "places"), ("news", "series"),
    ("news", "works"), ("news", "season"), ("cases", "episode"), ("cases", "characters"), ("organizations", "series"), ("organizations", "characters"),
    ("works", "people"), ("works", "season"), ("places", "series"),
]  # fmt: skip


@cache
def allowed(one: str, other: str) -> bool:
    """An episode's page shows its season's cast without being among that cast's credits, and names its series and season."""
    return kind(one) == "episode" and kind(other) in ("people", "characters", "series")


@pytest.mark.parametrize(("first", "second"), BOTH_WAYS)
def test_links_go_both_ways(links: dict[str, set[str]], first: str, second: str) -> None:
    one_way = [
        f"{here} -> {there}"
        for here, found in sorted(links.items())
        for there in sorted(found)
        if {kind(here), kind(there)} == {first, second} and here not in links[there] and not allowed(here, there)
    ]
    assert one_way == []


def test_episodes_stand_in_a_row(wiki: Site) -> None:
    for series, number in (("ballard", 10), ("bosch", 68), ("bosch-legacy", 30)):
        path, seen = f"series/{series}/s01e01", []
        while path:
            seen.append(path)
            tree = LexborHTMLParser(wiki.page(path))
            for rel, there in (("prev", seen[-2:-1]), ("next", [])):
                found = tree.css_first(f"nav.neighbours a[rel={rel}]")
                target = (
                    posixpath.dirname(posixpath.normpath(posixpath.join(path, found.attributes["href"] or "")))
                    if found
                    else ""
                )
                if rel == "prev":
                    assert target == "".join(there)
                else:
                    path = target
        assert len(seen) == number == len(set(seen))


def test_what_stands_where(wiki: Site) -> None:
    """Sections of pages by kind."""
    expected = {
        "people/maggie-q": "credits news",
        "series/ballard": "seasons cast crew production news",
        "series/ballard/season-1": "episodes cast crew",
        "series/ballard/s01e01": "log cast crew news",
        "characters/renee-ballard": "portrayals news",
        "organizations/prime-video": "series news",
    }
    for path, sections in expected.items():
        ids = {node.attributes["id"] for node in LexborHTMLParser(wiki.page(path)).css("h2[id]")}
        assert set(sections.split()) <= ids, path


def test_credits_are_grouped_by_series(wiki: Site) -> None:
    page = wiki.page("people/titus-welliver")
    own = page[page.index('id="credits"') :]
    names = [node.text() for node in LexborHTMLParser(own).css("h3")]
    assert names[:3] == ["Bosch", "Bosch: Legacy", "Ballard"]
