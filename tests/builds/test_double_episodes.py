"""A double episode is one record with two places."""

from __future__ import annotations

import json

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import SETTINGS, Site, Sites

SERIES = {
    "content/series/fog.yaml": "fog: {title: Fog, number: 1}\n",
    "content/seasons/fog.yaml": "fog-s01: {series: fog, number: 1%s}\n",
    "content/people/all.yaml": "ann: {title: Ann}\nbob: {title: Bob}\n",
}
EPISODES = (
    "double: {{season: fog-s01, number: {}, aired: 2024-01-01}}\nthird: {{title: Third, season: fog-s01, number: 3}}\n"
)


def fog(site: Sites, number: str = "1-2", *, season: str = "", more: str = "", given: str = SETTINGS) -> Site:
    files = {path: text.replace("%s", season) for path, text in SERIES.items()}
    return site(files | {"site.yaml": given, "content/episodes/fog.yaml": EPISODES.format(number) + more})


def text(made: Site, path: str, part: str) -> str:
    found = LexborHTMLParser(made.page(path)).css_first(part)
    return " ".join(found.text().split()) if found else ""


@pytest.mark.parametrize("number", ["1-2", "1–2", "1 - 2", "[1, 2]", "{value: 1-2}", "['1', 2]"])
def test_however_it_is_written(site: Sites, number: str) -> None:
    made = fog(site, number).published()
    assert text(made, "series/fog/s01e01", "h1") == "Fog S01E01-02"
    assert text(made, "series/fog/season-1", "table.episodes tbody th") == "1–2"
    assert text(made, "series/fog/s01e01", ".kicker").endswith("Episode 1–2")
    record = next(
        each for each in json.loads(made.page("data/episode.json"))["records"] if each["id"] == "episode/double"
    )
    assert [each["value"] for each in record["facts"]["number"]] == [1, 2]
    assert '"episodeNumber":[1,2]' in made.page("series/fog/s01e01")


@pytest.mark.parametrize(
    "number", ["2-1", "1-1", "1-99", "[1, 3]", "[2, 1]", "[]", "1-2-3", "3a", "1-b", "-1-2", "1.5"]
)
def test_what_is_no_run_is_told_once(site: Sites, number: str) -> None:
    assert fog(site, number).rules() in (["field-valid"], ["field-required"])


def test_both_places_lead_to_it(site: Sites) -> None:
    made = fog(site)
    made.write(
        "content/pages/p.md", "---\ntitle: P\n---\n[[Fog S01E01]], [[Fog S01E02]], [[Fog 1x02]], [[Fog S01E01-02]].\n"
    )
    made.published()
    links = LexborHTMLParser(made.page("p")).css("main .prose a")
    assert {link.attributes["href"] for link in links} == {"../series/fog/s01e01/index.html"} and len(links) == 4
    assert "/series/fog/s01e01/" in made.page("series/fog/s01e02") and "s01e02" in made.page("_redirects")
    assert "s01e02" not in made.page("sitemap.xml")


def test_a_page_of_its_own_is_no_redirect(site: Sites) -> None:
    made = fog(site, more="second: {title: Second, season: fog-s01, number: 2}\n")
    assert made.rules() == ["slot-unique"]


@pytest.mark.parametrize(("other", "told"), [("2", True), ("2-3", True), ("1", True), ("4-5", False), ("4", False)])
def test_two_records_with_one_place_are_told(site: Sites, other: str, told: bool) -> None:
    rules = fog(site, more=f"other: {{title: Other, season: fog-s01, number: {other}}}\n").rules()
    assert ("slot-unique" in rules) is told


def test_what_comes_before_and_after(site: Sites) -> None:
    made = fog(site).published()
    assert text(made, "series/fog/s01e01", "nav.neighbours") == "Next episode Third"
    assert text(made, "series/fog/s01e03", "nav.neighbours") == "Previous episode Fog S01E01-02"


def test_it_counts_as_two(site: Sites) -> None:
    cast = ", credits: [{person: ann, billing: main, as: x}, {person: bob, as: y, episodes: s01e02}]"
    made = fog(site, season=cast).published()
    assert text(made, "series/fog", "table.seasons tbody td") == "3"
    assert text(made, "people/ann", "table.credits td") == "3 episodes, 2024 Season 1"
    assert text(made, "people/bob", "table.credits td") == "1 episode, 2024 Season 1 · S01E01-02"
    assert "Bob" in text(made, "series/fog/s01e01", "table.credits")


@pytest.mark.parametrize(
    ("horizon", "known"), [("none", ""), ("s01e01", "One"), ("s01e02", "One Two"), ("all", "One Two")]
)
def test_each_place_is_a_moment_of_its_own(site: Sites, horizon: str, known: str) -> None:
    made = fog(site, given=f"{SETTINGS}spoilers: {{default: none, fog: {horizon}}}\n")
    facts = "[{value: One, since: fog s01e01}, {value: Two, since: fog s01e02}]"
    made.write(
        "content/people/all.yaml", f"ann: {{title: Ann, occupations: {facts}}}\nbob: {{title: Bob}}\n"
    ).published()
    assert text(made, "people/ann", ".infobox dl").removeprefix("Occupation").strip() == known


def test_an_episode_becomes_a_double_one(site: Sites) -> None:
    made = fog(site, "1").published()
    made.replace("content/episodes/fog.yaml", "number: 1,", "number: 1-2,").published()
    kept = made.tree()
    assert "s01e02" in "".join(kept)
    made.clean()
    assert made.tree() == kept
    made.replace("content/episodes/fog.yaml", "number: 1-2,", "number: 1,").published()
    assert not made.has("series/fog/s01e02")


def test_a_run_is_of_numbers(site: Sites) -> None:
    kind = "folder: books\nurl: /books/{id}/\nfields: {part: {kind: text, run: true}}\n"
    assert site({"types/book.yaml": kind}).rules() == ["type-valid"]
