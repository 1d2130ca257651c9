"""Which episodes a credit is for, and all credits of a series, season or episode."""

from __future__ import annotations

from typing import Any

import pytest
from tinyworld import THREE, entity, site

from ballardwiki.pages import credits
from ballardwiki.pages.view import SiteView

PEOPLE = {"people/all": "ann: {title: Ann}\nbob: {title: Bob}\ncat: {title: Cat}\n"}


def credited(season: str = "", series: str = "", episode: str = "") -> SiteView:
    """`one` with credits on the series, on its first season, or on the first episode of that."""
    files = {**THREE, **PEOPLE}
    for folder, head, rows in (
        ("series", "one: {title: One, number: 1", series),
        ("seasons", "one-1: {series: one, number: 1", season),
        ("episodes", "one-1-1: {season: one-1, number: 1", episode),
    ):
        files[f"{folder}/all"] = files[f"{folder}/all"].replace(head, f"{head}, credits: [{rows}]")
    return site(files, "{default: all}")


def of(view: SiteView, ref: str, found: Any = credits.credits_of) -> list[str]:
    """Who is credited in a place."""
    return [each.person.value.id for each in found(entity(view, ref))]


def covered(view: SiteView, ref: str) -> list[str]:
    """What the first credit in a place is for."""
    return [each.id for each in entity(view, ref).credits[0].value.covered]


@pytest.mark.parametrize(
    ("credit", "wanted"),
    [
        ("{person: ann}", ["one-1"]),
        ("{person: ann, episodes: all}", ["one-1"]),
        ("{person: ann, episodes: s01}", ["one-1"]),
        ("{person: ann, episodes: s01e02}", ["one-1-2"]),
        ("{person: ann, episodes: s01e02-s01e03}", ["one-1-2", "one-1-3"]),
        ("{person: ann, episodes: [s01e03, s01e01]}", ["one-1-3", "one-1-1"]),
        ("{person: ann, except: s01e02}", ["one-1-1", "one-1-3"]),
        ("{person: ann, episodes: s01e01-s01e02, except: s01e02}", ["one-1-1"]),
        ("{person: ann, except: s01}", []),
        ("{person: ann, episodes: s02}", []),
    ],
)
def test_what_a_credit_on_a_season_is_for(credit: str, wanted: list[str]) -> None:
    assert covered(credited(season=credit), "season/one-1") == wanted


@pytest.mark.parametrize(
    ("credit", "wanted"),
    [
        ("{person: ann}", ["one"]),
        ("{person: ann, episodes: s02}", ["one-2"]),
        ("{person: ann, episodes: s01e03-s02e01}", ["one-1-3", "one-2-1"]),
        ("{person: ann, episodes: s01e02-s02}", ["one-1-2", "one-1-3", "one-2"]),
        ("{person: ann, except: s02}", ["one-1"]),
        ("{person: ann, except: s02e01}", ["one-1", "one-2-2", "one-2-3"]),
    ],
)
def test_what_a_credit_on_a_series_is_for(credit: str, wanted: list[str]) -> None:
    assert covered(credited(series=credit), "series/one") == wanted


def test_a_season_has_its_own_credits_then_those_of_its_episodes_then_those_around_it() -> None:
    view = credited("{person: bob}", "{person: cat, episodes: s01e02}", "{person: ann}")
    assert of(view, "season/one-1") == ["bob", "ann", "cat"]
    assert of(view, "season/one-2") == []
    assert of(view, "series/one") == ["cat", "bob", "ann"]


def test_an_episode_has_those_around_it_that_are_for_it() -> None:
    view = credited("{person: bob, episodes: s01e01}", "{person: cat, except: s01e02}", "{person: ann}")
    assert of(view, "episode/one-1-1") == ["ann", "bob", "cat"]
    assert of(view, "episode/one-1-2") == []
    assert of(view, "episode/one-1-3") == ["cat"]


def test_a_credit_that_says_not_in_which_episodes_is_on_none_of_them() -> None:
    view = credited("{person: bob}, {person: ann, billing: guest}")
    assert of(view, "episode/one-1-1") == []
    assert of(view, "episode/one-1-1", credits.regulars_of) == []


@pytest.mark.parametrize("billing", ["lead", "main"])
def test_an_episode_leaves_the_main_cast_to_the_regulars(billing: str) -> None:
    view = credited(f"{{person: bob, billing: {billing}}}")
    assert of(view, "episode/one-1-2") == []
    assert of(view, "episode/one-1-2", credits.regulars_of) == ["bob"]
    assert of(view, "season/one-1") == ["bob"]


def test_a_season_shows_the_main_cast_of_its_series_itself() -> None:
    view = credited(series="{person: cat, billing: main}")
    assert of(view, "season/one-1") == ["cat"]
    assert of(view, "episode/one-1-1") == []


@pytest.mark.parametrize("billing", ["lead", "main"])
def test_a_main_credit_that_names_episodes_is_on_these_and_no_regular(billing: str) -> None:
    view = credited(f"{{person: bob, billing: {billing}, episodes: s01e02}}")
    assert of(view, "episode/one-1-2") == ["bob"]
    assert of(view, "episode/one-1-2", credits.regulars_of) == []
    assert of(view, "episode/one-1-1") == []
    assert of(view, "episode/one-1-1", credits.regulars_of) == []


def test_regulars_of_a_series_are_those_of_its_episodes_but_for_exceptions() -> None:
    view = credited(series="{person: cat, billing: main, except: s01e02}")
    assert of(view, "episode/one-1-1", credits.regulars_of) == ["cat"]
    assert of(view, "episode/one-1-2", credits.regulars_of) == []
    assert of(view, "episode/two-1-1", credits.regulars_of) == []


def test_places_are_ordered_by_series_season_and_episode() -> None:
    view = site(THREE, "{default: all}")
    refs = [
        "episode/two-1-1",
        "season/two-1",
        "series/two",
        "episode/one-2-1",
        "episode/one-1-3",
        "season/one-1",
        "series/one",
    ]
    found = sorted((entity(view, ref) for ref in refs), key=credits.place_key)
    assert [each.ref for each in found if each] == [
        "series/one", "season/one-1", "episode/one-1-3", "episode/one-2-1", "series/two", "season/two-1", "episode/two-1-1"
    ]  # fmt: skip


def test_codes() -> None:
    view = site(THREE, "{default: all}")
    assert [credits.code(entity(view, ref)) for ref in ("episode/one-2-3", "season/one-2", "series/one")] == [
        "S02E03", "Season 2", "One"
    ]  # fmt: skip


def test_parts_hidden_from_readers_are_no_parts() -> None:
    """Credits of a season count the episodes that may be known, not those that are there."""
    files = {**THREE, **PEOPLE}
    files["episodes/all"] = files["episodes/all"].replace("one-1-3: {", "one-1-3: {since: s01e03, ")
    files["seasons/all"] = files["seasons/all"].replace(
        "one-1: {", "one-1: {credits: [{person: ann, episodes: s01e01-s01e03}], "
    )
    view = site(files, "{default: none, one: s01e02}")
    assert covered(view, "season/one-1") == ["one-1-1", "one-1-2"]
    assert [each.id for each in credits.episodes_of(entity(view, "series/one"))][:3] == [
        "one-1-1",
        "one-1-2",
        "one-2-1",
    ]


def test_a_credit_for_hidden_episodes_is_not_taken_for_one_of_the_whole_season() -> None:
    files = {**THREE, **PEOPLE}
    files["episodes/all"] = files["episodes/all"].replace("one-1-3: {", "one-1-3: {since: s01e03, ")
    files["seasons/all"] = files["seasons/all"].replace(
        "one-1: {", "one-1: {credits: [{person: ann, billing: main, episodes: s01e03}], "
    )
    view = site(files, "{default: none, one: s01e02}")
    assert covered(view, "season/one-1") == []
    assert of(view, "episode/one-1-1") == []


def test_a_credit_that_names_episodes_nobody_wrote_down_yet_is_for_all() -> None:
    files = {
        **THREE,
        **PEOPLE,
        "seasons/all": "one-1: {series: one, number: 1, credits: [{person: ann, episodes: s01e01}]}\n",
    }
    del files["episodes/all"]
    assert covered(site(files), "season/one-1") == ["one-1"]
