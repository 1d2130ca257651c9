"""Credits gathered into rows: who, as whom, where, for how long, and how sure it is."""

from __future__ import annotations

from typing import Any

import pytest
from tinyworld import THREE, entity, site

from ballardwiki.pages.credits.casts import by_series, cast, crew, recast_from, roles
from ballardwiki.pages.credits.roles import Role
from ballardwiki.pages.view import SiteView

PEOPLE = {
    "people/all": "ann: {title: Ann}\nbob: {title: Bob}\n",
    "characters/all": "max: {title: Max}\nkit: {title: Kit}\n",
    "sources/all": "".join(f"s{number}: {{title: S{number}}}\n" for number in range(5)),
}


def credited(rows: dict[str, str], spoilers: str = "{default: all}", extra: dict[str, str] | None = None) -> SiteView:
    """The three series with credits: `season/one-1` -> the rows of its `credits`."""
    files = {**THREE, **PEOPLE, **(extra or {})}
    for ref, credits in rows.items():
        kind, _, id_ = ref.partition("/")
        path = {"series": "series/all", "season": "seasons/all", "episode": "episodes/all"}[kind]
        assert f"\n{id_}: {{" in f"\n{files[path]}"
        files[path] = f"\n{files[path]}".replace(f"\n{id_}: {{", f"\n{id_}: {{credits: [{credits}], ", 1)
    return site(files, spoilers)


def of(view: SiteView, ref: str, **options: Any) -> list[Role]:
    return roles(entity(view, ref).credits, **options)


def test_credits_of_one_person_as_one_character_in_one_series_are_one_row() -> None:
    view = credited({
        "season/one-1": "{person: ann, character: max, billing: main}",
        "episode/one-2-1": "{person: ann, character: max, billing: guest}",
        "season/two-1": "{person: ann, character: max}",
        "episode/one-2-2": "{person: ann, character: kit}, {person: ann, job: Director}, {person: ann, character: max, version: young}",
    })  # fmt: skip
    found = of(view, "person/ann")
    told = sorted((str(role.series), str(role.character or ""), role.job, role.version, role.billing) for role in found)
    assert told == [
        ("One", "", "Director", "", ""),
        ("One", "Kit", "", "", ""),
        ("One", "Max", "", "", "main"),
        ("One", "Max", "", "young", ""),
        ("Two", "Max", "", "", ""),
    ]
    (one,) = [
        role for role in of(view, "person/ann", across=True) if str(role.character or "") == "Max" and not role.version
    ]
    assert [place.id for place in one.places] == ["one-1", "one-2-1", "two-1"]


def test_a_row_within_a_season_has_nothing_outside() -> None:
    view = credited(
        {
            "series/one": "{person: ann, character: max, episodes: s01e02-s02}",
            "season/two-1": "{person: ann, character: max}",
        }
    )
    (role,) = of(view, "person/ann", across=True, within=entity(view, "season/one-1"))
    assert [place.id for place in role.places] == ["one-1-2", "one-1-3"]
    (role,) = of(view, "person/ann", across=True, within=entity(view, "season/one-2"))
    assert [place.id for place in role.places] == ["one-2"]
    (role,) = of(view, "person/ann", across=True, within=entity(view, "episode/one-2-1"))
    assert [place.id for place in role.places] == ["one-2-1"]


@pytest.mark.parametrize(
    ("rows", "extent", "certain"),
    [
        ({"season/one-1": "{person: ann, billing: main}"}, "3 episodes", 3),
        ({"season/one-1": "{person: ann, billing: main, episodes: s01e02}"}, "1 episode", 1),
        ({"season/one-1": "{person: ann, billing: guest}", "episode/one-1-1": "{person: ann, billing: guest}"}, "at least 1 episode", 1),
        ({"season/one-1": "{person: ann, billing: guest}"}, "", 0),
        ({"series/one": "{person: ann, billing: guest}", "episode/one-1-1": "{person: ann}"}, "", 1),
        ({"series/one": "{person: ann, except: s02}"}, "3 episodes", 3),
        ({"series/one": "{person: ann, episodes: all}"}, "6 episodes", 6),
    ],
)  # fmt: skip
def test_how_much_a_role_is_in(rows: dict[str, str], extent: str, certain: int) -> None:
    (role,) = of(credited(rows), "person/ann")
    assert (role.extent, len(role.certain)) == (extent, certain)


def test_hidden_episodes_are_not_counted() -> None:
    """With one series seen to its end and the other not begun, each row counts by its own."""
    hide = "".join(f"{name}-1-3: {{season: {name}-1, number: 3, since: s01e03}}\n" for name in ("one", "two"))
    files = {
        "episodes/all": THREE["episodes/all"]
        .replace("one-1-3: {season: one-1, number: 3}\n", "")
        .replace("two-1-3: {season: two-1, number: 3}\n", "")
        + hide
    }
    view = credited(
        {"season/one-1": "{person: ann, billing: main}", "season/two-1": "{person: ann, billing: main}"},
        "{default: none, one: all}",
        files,
    )
    assert {str(role.series): role.extent for role in of(view, "person/ann")} == {
        "One": "3 episodes",
        "Two": "2 episodes",
    }


def test_years_are_of_the_episodes_that_are_sure_and_of_seasons_that_are_not() -> None:
    seasons = THREE["seasons/all"].replace("one-2: {", "one-2: {premiered: 2012, ended: 2013-02-01, ")
    episodes = THREE["episodes/all"].replace("one-1-1: {", "one-1-1: {aired: 2010-05-05, ")
    extra = {"seasons/all": seasons, "episodes/all": episodes}
    (role,) = of(
        credited({"episode/one-1-1": "{person: ann}", "season/one-2": "{person: ann}"}, extra=extra), "person/ann"
    )
    assert (role.years, role.extent) == (["2010", "2013"], "at least 1 episode, 2010 to 2013")
    (role,) = of(credited({"series/one": "{person: ann}"}, extra=extra), "person/ann")
    assert role.extent == "2012 to 2013"


def test_a_person_whose_naming_is_hidden_has_no_row() -> None:
    row = "{person: {value: ann, since: s01e02}, character: max}, {person: bob, character: {value: kit, since: s01e02}}"
    view = credited({"season/two-1": row}, "{default: none, one: all}")
    found = of(view, "season/two-1")
    assert [(str(role.person), role.character) for role in found] == [("Bob", None)]


def test_a_row_cites_the_first_sources_and_the_firmest_word() -> None:
    view = credited(
        {
            "season/one-1": "{person: ann, source: [s0, s1], confidence: rumoured}",
            "season/one-2": "{person: ann, source: [s1, s2, s3], confidence: reported}",
        }
    )
    (role,) = of(view, "person/ann")
    assert [source.id for source in role.sources] == ["s0", "s1", "s2"]
    assert role.confidence == "reported"


def test_uncredited_says_where_when_others_are_credited() -> None:
    view = credited(
        {
            "episode/one-1-1": "{person: ann, character: max, uncredited: true}",
            "episode/one-1-2": "{person: ann, character: max}",
        }
    )
    (role,) = of(view, "person/ann")
    assert role.uncredited == "uncredited in S01E01"
    assert [str(each) for each in role.remarks][:1] == ["uncredited in S01E01"]
    (role,) = of(credited({"episode/one-1-1": "{person: ann, uncredited: true}"}), "person/ann")
    assert role.uncredited == "uncredited"


def test_nothing_is_said_of_who_is_credited_or_is_not_where_no_episode_is() -> None:
    (role,) = of(credited({"episode/one-1-1": "{person: ann}"}), "person/ann")
    assert role.uncredited == ""
    view = credited(
        {
            "series/one": "{person: ann, character: max, episodes: s09, uncredited: true}",
            "episode/one-1-2": "{person: ann, character: max}",
        }
    )
    (role,) = of(view, "person/ann")
    assert role.uncredited == ""


def test_a_recast_names_who_played_the_same_version_in_the_same_series_before() -> None:
    view = credited(
        {
            "season/one-1": "{person: ann, character: max}, {person: bob, character: kit}",
            "season/one-2": "{person: bob, character: max}",
            "season/two-1": "{person: bob, character: max}",
        }
    )
    found = roles(entity(view, "character/max").portrayals)
    by_place = {(str(role.person), str(role.series)): role for role in found}
    before = recast_from(by_place["Bob", "One"], found)
    assert before and str(before.person) == "Ann"
    assert recast_from(by_place["Ann", "One"], found) is None
    assert recast_from(by_place["Bob", "Two"], found) is None


def test_nobody_is_recast_from_another_version_or_by_who_played_it_already() -> None:
    view = credited(
        {
            "episode/one-1-1": "{person: bob, character: max, version: young}",
            "episode/one-1-2": "{person: ann, character: max, as: Max}",
            "episode/one-1-3": "{person: ann, character: max, as: Old Max}",
        }
    )
    found = roles(entity(view, "character/max").portrayals)
    assert len(found) == 3 and [recast_from(each, found) for each in found] == [None, None, None]


def test_who_is_in_no_episode_that_is_known_is_no_recast() -> None:
    rows = "{person: ann, character: max, episodes: s01}, {person: bob, character: max, except: all}"
    found = roles(entity(credited({"series/one": rows}), "character/max").portrayals)
    assert [(str(each.person), recast_from(each, found)) for each in found] == [("Ann", None), ("Bob", None)]


def test_who_is_billed_alike_stands_as_first_credited() -> None:
    view = credited({"season/one-1": "{person: bob, character: max}, {person: ann, character: kit}"})
    assert [str(role.person) for role in cast(of(view, "season/one-1"))] == ["Bob", "Ann"]


def test_roles_of_one_career_that_are_billed_alike_stand_by_year() -> None:
    aired = {"episodes/all": THREE["episodes/all"].replace("1-1: {", "1-1: {aired: 2020-01-01, ")}
    aired["episodes/all"] = aired["episodes/all"].replace("one-2-1: {", "one-2-1: {aired: 2023-01-01, ")
    view = credited(
        {
            "series/one": "{person: ann, character: max, episodes: s01e01}",
            "episode/one-2-1": "{person: ann, character: kit}",
        },
        extra=aired,
    )
    ((_, row),) = by_series(of(view, "person/ann"))
    assert [(str(role.character), role.years) for role in row] == [("Max", ["2020"]), ("Kit", ["2023"])]


def test_to_be_oneself_is_another_role_than_one_of_which_nothing_is_known() -> None:
    view = credited({"season/one-1": "{person: ann, as_self: true}, {person: ann}"})
    assert [role.as_self for role in of(view, "person/ann")] == [True, False]


def test_casts_are_by_billing_crews_by_job_and_filmographies_by_series() -> None:
    view = credited(
        {
            "season/two-1": "{person: ann, character: max, billing: guest}, {person: bob, character: kit, billing: main}, {person: ann, job: Writer}, {person: bob, job: Writer}, {person: ann, job: Director}",
            "season/one-1": "{person: ann, job: Director}",
        }
    )
    found = of(view, "season/two-1")
    assert [str(role.person) for role in cast(found)] == ["Bob", "Ann"]
    assert [(job, [str(role.person) for role in row]) for job, row in crew(found)] == [
        ("Writer", ["Ann", "Bob"]),
        ("Director", ["Ann"]),
    ]
    rows = by_series(of(view, "person/ann"))
    assert [(str(series), [role.job for role in row]) for series, row in rows] == [
        ("One", ["Director"]),
        ("Two", ["", "Director", "Writer"]),
    ]


@pytest.mark.parametrize(("third", "common"), [("", []), (", note: voice", ["voice"])])
def test_a_remark_is_common_when_all_of_three_stretches_have_it(third: str, common: list[str]) -> None:
    view = credited({
        "episode/one-1-1": "{person: ann, character: max, billing: main, note: voice}",
        "episode/one-1-2": "{person: ann, character: max, billing: guest, note: voice}",
        "episode/one-1-3": f"{{person: ann, character: max, billing: recurring{third}}}",
    })  # fmt: skip
    (role,) = of(view, "person/ann")
    assert len(role.stretches) == 3 and role.common == common
