"""Addresses that were published: the file, what is lost, and what became of it."""

from __future__ import annotations

import pytest

from ballardwiki.config import gone, published
from ballardwiki.config.gone import Gone


def test_the_file_has_one_line_for_each_address() -> None:
    text = published.write({"/b/": ("x",), "/": (), "/a/": ("z", "ä")})
    assert text == '{"": []\n,"/": []\n,"/a/": ["z", "ä"]\n,"/b/": ["x"]\n}\n'
    assert published.read(text) == {"/": (), "/a/": ("z", "ä"), "/b/": ("x",)}


def test_two_lines_of_one_address_count_together() -> None:
    assert published.read('{"": []\n,"/a/": ["x"]\n,"/a/": ["y"]\n}') == {"/a/": ("x", "y")}


@pytest.mark.parametrize("text", ["", "[", '{"/a/": 1}', '{"/a/": [1]}'])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        published.read(text)


def test_anchors_are_those_of_headings_and_sections() -> None:
    page = b"""<main id="content"><h1>A</h1><h2 id="career">C</h2><section class="x" id="cast"><h3 class="y" id="early">E</h3>
    <a id="cite-1"></a><h2 id="references">R</h2><h2 id="mentioned-section">M</h2><h2 id="letter-a">A</h2><p id="p">"""
    assert published.anchors(page) == "career cast early"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.html", "/"),
        ("people/a/index.html", "/people/a/"),
        ("feed.xml", "/feed.xml"),
        ("wiki/index.html", ""),
        ("404.html", ""),
        ("assets/style.css", ""),
    ],
)
def test_an_address_is_what_readers_know(path: str, url: str) -> None:
    assert published.address(path) == url


def test_what_is_lost() -> None:
    before = {"/a/": ("x", "y"), "/b/": (), "/c/": ("z",)}
    now = {"/a/": ("y",), "/c/": (), "/new/": ()}
    assert published.lost(before, now, {"/c/"}) == [("/a/", "x"), ("/b/", "")]


def test_what_is_lost_is_kept_until_it_is_forgotten() -> None:
    before, now = {"/a/": ("x", "y"), "/b/": ("z",)}, {"/a/": ("y",), "/c/": ()}
    assert published.merge(before, now, (), ()) == {"/a/": ("x", "y"), "/b/": ("z",), "/c/": ()}
    assert published.merge(before, now, (), {"/a/#x", "/b/"}) == {"/a/": ("y",), "/c/": ()}


def test_tombstones() -> None:
    text = "/a/: A misprint.\n/b/: {to: /c/}\n/c/#x: {reason: Merged.}\n"
    assert gone.load(text) == (
        (Gone("/a/", "", "A misprint.", "", 1), Gone("/b/", "", "", "/c/", 2), Gone("/c/", "x", "Merged.", "", 3)),
        [],
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- /a/", "gone.yaml must hold addresses and what became of them."),
        ("a: gone", "a is no address from the site's root."),
        ("/a/:", "it is not said what became of /a/."),
        ("/a/: {why: x}", "it is not said what became of /a/."),
        ("/a/: {to: b}", "b is no address to lead on to."),
    ],
)
def test_a_wrong_tombstone(text: str, message: str) -> None:
    entries, problems = gone.load(text)
    assert entries == ()
    assert [(each.rule, each.message) for each in problems] == [("gone-valid", message)]


def test_addresses_that_lead_in_a_circle_are_told_once() -> None:
    _, problems = gone.load("/a/: {to: /b/}\n/b/: {to: /a/}\n/c/: {to: /a/}\n")
    assert [each.at.line for each in problems] == [1]


def test_an_anchor_that_leads_to_its_own_page_is_no_circle() -> None:
    assert gone.load("/a/#x: {to: /a/}\n")[1] == []


def test_an_address_is_the_same_however_it_is_written() -> None:
    assert [each.url for each in gone.load("/%61/: It was a misprint.\n")[0]] == ["/a/"]
