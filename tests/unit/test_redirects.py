"""Which addresses lead on, to where, and by which lines of `_redirects`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import structs
from msgspec.structs import replace
from tinyworld import THREE, schema, world

from ballardwiki.config.gone import Gone
from ballardwiki.graph import link
from ballardwiki.graph.horizon import horizon
from ballardwiki.pages.outputs import redirects

AHEAD = "{default: none, one: all}"
BAY = {"places/all": "bay: {title: Bay, was: [bight]}\n"}


def planned(files: Mapping[str, str], *gone: Gone, base: str = "https://wiki.example/") -> tuple[set[str], list[str]]:
    """The pages that lead on, and the lines of `_redirects`, without those that are there for Netlify."""
    made = world({**THREE, **files}, AHEAD)
    made = replace(made, gone=gone, config=structs.replace(made.config, base_url=base))
    outputs = list(redirects.plan(made, horizon(made.graph.story, made.config)))
    studio: Any = None
    tables = [each.make(studio).decode() for each in outputs if each.path == "_redirects"]
    assert all(each.closed for each in outputs if each.path != "_redirects")
    pages = {each.path for each in outputs if each.path != "_redirects"}
    return pages, [line for table in tables for line in table.splitlines() if not line.endswith("!")]


def gone(url: str, to: str = "", anchor: str = "") -> Gone:
    return Gone(url, anchor, "" if to else "It was a misprint.", to, 1)


def test_a_former_id_leads_to_the_present_page() -> None:
    assert planned(BAY) == ({"places/bight/index.html"}, ["/places/bight/ /places/bay/ 301"])


def test_nothing_leads_on_where_nothing_moved() -> None:
    assert planned({}) == (set(), [])


def test_a_former_id_of_what_has_no_page_leads_nowhere() -> None:
    assert planned({"sources/all": "paper: {title: Paper, was: [leaf]}\n"}) == (set(), [])


def test_a_former_id_of_what_has_more_than_its_id_in_its_address_leads_nowhere() -> None:
    """Nobody knows which address it had."""
    assert planned({"episodes/more": "x: {season: one-1, number: 9, was: [y]}\n"}) == (set(), [])
    made = world(BAY)
    place = structs.replace(schema().types["place"], url="/{title}/{id}/")
    types = structs.replace(schema(), types={**schema().types, "place": place})
    moved = replace(made, graph=link(made.graph.entities.values(), types), visible=None)
    assert list(redirects.plan(moved, horizon(moved.graph.story, made.config))) == []


def test_a_hidden_page_has_no_former_addresses() -> None:
    assert planned({"places/all": "bay: {title: Bay, was: [bight], since: two s01e01}\n"}) == (set(), [])


def test_a_former_id_that_a_hidden_page_has_now_leads_nowhere() -> None:
    """That it leads on would tell that nobody has it, and take the address away for later."""
    places = "bay: {title: Bay, was: [bight]}\nbight: {title: Bight, since: two s01e01}\n"
    assert planned({"places/all": places}) == (set(), [])


def test_a_double_episode_has_the_addresses_of_both() -> None:
    files = {"episodes/more": "x: {season: one-1, number: 8-9}\ny: {season: one-1, number: 7}\n"}
    assert planned(files) == (
        {"series/one/s01e09/index.html"},
        ["/series/one/s01e09/ /series/one/s01e08/ 301"],
    )


def test_an_address_that_another_page_has_is_not_taken_from_it() -> None:
    files = {"episodes/more": "x: {season: one-1, number: 8-9}\ny: {season: one-1, number: 9}\n"}
    assert planned(files)[0] == set()


def test_what_is_gone_leads_on_or_says_why() -> None:
    found = planned({}, gone("/a/"), gone("/b/", "/places/"), gone("/c/", "https://other.example/x"))
    assert found == (
        {"a/index.html", "b/index.html", "c/index.html"},
        ["/a/ /a/ 410", "/b/ /places/ 301", "/c/ https://other.example/x 301"],
    )


def test_of_what_is_gone_and_was_no_page_there_is_only_a_line() -> None:
    assert planned({}, gone("/data/old.json")) == (set(), ["/data/old.json /data/old.json 410"])


def test_an_anchor_that_is_gone_leaves_its_page() -> None:
    assert planned({}, gone("/a/", anchor="crew")) == (set(), [])


def test_lines_stand_below_the_sites_own_address_in_order_and_encoded() -> None:
    _, lines = planned(BAY, gone("/z/"), gone("/a/"), gone("/ä b/", "/places/"), base="https://wiki.example/w/")
    assert lines == [
        "/w/a/ /w/a/ 410",
        "/w/places/bight/ /w/places/bay/ 301",
        "/w/z/ /w/z/ 410",
        "/w/%C3%A4%20b/ /w/places/ 301",
    ]


def test_each_redirect_is_of_the_file_that_made_it() -> None:
    """A page that can't be made is told with it."""
    made = replace(world(BAY), gone=(gone("/old/", "/places/bay/"), gone("/misprint/")))
    outputs = redirects.plan(made, horizon(made.graph.story, made.config))
    assert {each.path: each.about for each in outputs} == {
        "places/bight/index.html": "content/places/all.yaml",
        "old/index.html": "gone.yaml",
        "misprint/index.html": "gone.yaml",
        "_redirects": "the redirects",
    }
