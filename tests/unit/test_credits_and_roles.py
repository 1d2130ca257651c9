"""Credits and what views make of them: which episodes they are for, roles, casts, crews, careers, recasts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from tinyworld import entity, site as look

from ballardwiki.pages import credits
from ballardwiki.pages.credits import casts
from ballardwiki.pages.view import SiteView

SERIES = "show: {title: Show, number: 1%s}\n"
SEASONS = """\
show-s00: {series: show, number: 0}
show-s01: {series: show, number: 1%s}
show-s02: {series: show, number: 2, premiered: 2023-01-30, ended: 2023-03-01%s}
"""
EPISODES = """\
e11: {season: show-s01, number: 1, aired: 2020-01-01%s}
e12: {season: show-s01, number: 2, aired: 2020-01-08%s}
e13: {season: show-s01, number: 3, aired: 2021-01-01}
e21: {season: show-s02, number: 1, aired: 2023-02-01%s}
e22: {season: show-s02, number: 2, aired: 2023-02-08}
e01: {season: show-s00, number: 1, aired: 2020-06-01}
"""
PEOPLE = "ann: {title: Ann}\nbob: {title: Bob}\ncat: {title: Cat}\n"
CHARACTERS = "hero: {title: Hero}\nfoe: {title: Foe}\n"


def show(
    series: str = "",
    one: str = "",
    two: str = "",
    e11: str = "",
    e12: str = "",
    e21: str = "",
    given: str = "{default: none}",
) -> SiteView:
    """A series of two seasons and a special, with credits on each of its places."""

    def row(text: str) -> str:
        return f", credits: [{text}]" if text else ""

    return look(
        {
            "series/all": SERIES % row(series),
            "seasons/all": SEASONS % (row(one), row(two)),
            "episodes/all": EPISODES % (row(e11), row(e12), row(e21)),
            "people/all": PEOPLE,
            "characters/all": CHARACTERS,
        },
        given,
    )


def ids(places: Iterable[Any]) -> str:
    return " ".join(place.id for place in places)


def career(site: SiteView, person: str = "ann", **how: Any) -> list[Any]:
    """The roles of a person."""
    return casts.roles(entity(site, f"person/{person}").credits, **how)


def role(site: SiteView, person: str = "ann", **how: Any) -> Any:
    (found,) = career(site, person, **how)
    return found


# What a credit is for


def test_places_in_their_order_with_specials_last() -> None:
    site = show()
    assert ids(credits.parts_of(entity(site, "series/show"))) == "show-s01 show-s02 show-s00"
    assert ids(credits.episodes_of(entity(site, "series/show"))) == "e11 e12 e13 e21 e22 e01"
    assert ids(credits.episodes_of(entity(site, "episode/e12"))) == "e12"
    assert credits.parts_of(entity(site, "person/ann")) == []


def test_series_and_holders() -> None:
    site = show()
    episode, season, series = (entity(site, ref) for ref in ("episode/e11", "season/show-s01", "series/show"))
    assert credits.series_of(episode) == credits.series_of(season) == credits.series_of(series) == series
    assert credits.series_of(entity(site, "person/ann")) is None and credits.holder_of(series) is None


@pytest.mark.parametrize(
    ("says", "for_"),
    [
        ("", "show"),
        ("episodes: all", "show"),
        ("episodes: s01", "show-s01"),
        ("episodes: s01-s02", "show-s01 show-s02"),
        ("episodes: s01e02-s02e01", "e12 e13 e21"),
        ("episodes: s01e01-s01e03", "e11 e12 e13"),
        ("episodes: s01e02-s02", "e12 e13 show-s02"),
        ("episodes: [s02e02, s01]", "e22 show-s01"),
        ("episodes: s00", "show-s00"),
        ("except: s01e02", "e11 e13 show-s02 show-s00"),
        ("except: s01", "show-s02 show-s00"),
        ("except: s00", "show-s01 show-s02"),
        ("episodes: s01, except: [s01e01, s01e03]", "e12"),
        ("episodes: s01, except: s02", "show-s01"),
        ("episodes: s01e01, except: s01e01", ""),
        ("except: all", ""),
    ],
)
def test_what_a_credit_of_a_series_is_for(says: str, for_: str) -> None:
    site = show(series=f"{{person: ann, job: Editor{', ' * bool(says)}{says}}}")
    credit = credits.entity_of(entity(site, "person/ann").credits[0])
    assert ids(credit.covered) == for_
    whole = [episode for place in credit.covered for episode in credits.episodes_of(place)]
    for episode in credits.episodes_of(entity(site, "series/show")):
        assert bool(credit.covered_in(episode)) is (episode in whole)


@pytest.mark.parametrize(
    ("where", "says", "counts"),
    [
        ("e11", "", True),
        ("one", "", False),
        ("one", "episodes: s01e01", True),
        ("one", "except: s01e01", True),
        ("one", "billing: main", True),
        ("series", "billing: lead", True),
        ("series", "billing: recurring", False),
    ],
)
def test_whether_a_credit_says_in_which_episodes(where: str, says: str, counts: bool) -> None:
    site = show(**{where: f"{{person: ann, character: hero{', ' * bool(says)}{says}}}"})
    assert credits.counted(credits.entity_of(entity(site, "person/ann").credits[0])) is counts


def test_the_credits_of_a_season_are_its_own_its_parts_and_those_around_it_that_say_so() -> None:
    site = show(
        series="{person: cat, job: Editor}, {person: cat, job: Writer, episodes: s01e01}, {person: cat, job: Cook, episodes: s02}",
        one="{person: ann, character: hero}",
        e12="{person: bob, character: foe}",
    )
    found = credits.credits_of(entity(site, "season/show-s01"))
    assert [(each.person.id, credits.told(each, "job")) for each in found] == [
        ("ann", ""),
        ("bob", ""),
        ("cat", "Writer"),
    ]
    found = credits.credits_of(entity(site, "series/show"))
    assert [each.person.id for each in found] == ["cat", "cat", "cat", "ann", "bob"]


def test_a_main_credit_that_names_episodes_is_a_guest_of_these_and_no_regular() -> None:
    site = show(series="{person: ann, character: hero, billing: main, episodes: s01e02-s01e03}")
    for name, there in (("e11", False), ("e12", True), ("e13", True), ("e21", False), ("e01", False)):
        episode = entity(site, f"episode/{name}")
        assert (len(credits.credits_of(episode)), credits.regulars_of(episode)) == (int(there), [])
    assert ids(role(site).certain) == "e12 e13"


def test_regulars_are_the_main_cast_around_an_episode_but_for_exceptions() -> None:
    site = show(
        series="{person: ann, character: hero, billing: lead, except: s01e02}",
        one="{person: bob, character: foe, billing: main}, {person: cat, billing: guest}",
    )
    regulars = {name: credits.regulars_of(entity(site, f"episode/{name}")) for name in ("e11", "e12", "e21")}
    assert {name: ids(each.person.value for each in found) for name, found in regulars.items()} == {
        "e11": "bob ann",
        "e12": "bob",
        "e21": "ann",
    }
    assert credits.credits_of(entity(site, "episode/e11")) == []


def test_codes() -> None:
    site = show()
    places = ("series/show", "season/show-s01", "season/show-s00", "episode/e21", "episode/e01", "person/ann")
    assert [credits.code(entity(site, ref)) for ref in places] == [
        "Show",
        "Season 1",
        "Specials",
        "S02E01",
        "S00E01",
        "Ann",
    ]
    assert [credits.named(entity(site, ref)) for ref in places[1:3]] == [False, True]


# Roles


def test_one_role_for_all_credits_of_a_part() -> None:
    site = show(
        one="{person: ann, character: hero, billing: main}",
        e21="{person: ann, character: hero, billing: main}, {person: ann, job: Director}",
    )
    part, job = career(site)
    assert (part.character.id, part.job, part.billing, part.series.id) == ("hero", "", "main", "show")
    assert ids(part.places) == "show-s01 e21" and ids(part.certain) == "e11 e12 e13 e21" and ids(part.episodes) == "e21"
    assert ids(part.seasons) == "show-s01 show-s02" and part.extent == "4 episodes, 2020 to 2023"
    assert [(span.place.id, span.whole, ids(span.episodes)) for span in part.spans] == [
        ("show-s01", True, ""),
        ("show-s02", False, "e21"),
    ]
    assert (job.job, ids(job.places), job.extent, job.character) == ("Director", "e21", "1 episode, 2023", None)


def test_what_tells_roles_apart() -> None:
    site = show(
        e11="{person: ann, character: hero}, {person: ann, character: hero, version: young}, {person: ann, as_self: true}, "
        "{person: ann, character: foe}, {person: ann, as: a clerk}, {person: ann, job: Editor}, {person: ann, job: Editor}"
    )
    assert len(career(site)) == 6
    assert [each.remarks for each in career(site)] == [[], ["young"], [], [], [], []]


def test_across_series_and_within_a_season() -> None:
    site = show(one="{person: ann, character: hero, billing: main}", e21="{person: ann, character: hero}")
    inside = role(site, within=entity(site, "season/show-s02"))
    assert ids(inside.places) == "e21" and inside.extent == "1 episode, 2023"
    inside = role(site, within=entity(site, "episode/e12"))
    assert ids(inside.places) == "e12"


def test_a_vague_credit_counts_at_least_what_is_known() -> None:
    site = show(
        one="{person: ann, character: hero, billing: guest}", e21="{person: ann, character: hero, billing: guest}"
    )
    assert role(site).extent == "at least 1 episode, 2023" and ids(role(site).vague) == "show-s01"
    site = show(two="{person: ann, character: hero}")
    assert role(site).extent == "2023" and role(site).years == ["2023"]
    site = show(series="{person: ann, job: Producer}")
    assert role(site).extent == "2023"


@pytest.mark.parametrize(
    ("says", "part"),
    [
        ("as: a judge", "a judge"),
        ("note: a judge", "a judge"),
        ("as: a judge, note: unseen", "a judge"),
        ("character: hero, as: the old king", "the old king"),
        ("job: Director, note: with Bob", ""),
        ("as_self: true, note: on the phone", ""),
        ("character: hero, note: unseen", ""),
        ("billing: guest", ""),
    ],
)
def test_a_part_in_words(says: str, part: str) -> None:
    assert role(show(e11=f"{{person: ann, {says}}}")).part == part


def test_words_beside_a_part() -> None:
    site = show(
        e11="{person: ann, character: hero, as: the old king, version: a ghost, uncredited: true, credited_as: A. Roe, note: unseen}"
    )
    assert role(site).remarks == ["a ghost", "the old king", "uncredited", "credited as A. Roe", "unseen"]
    assert role(show(e11="{person: ann, note: a judge}")).remarks == []
    assert role(show(e11="{person: ann, as: a judge, note: unseen}")).remarks == ["unseen"]


def stretches(found: Any) -> list[tuple[str, str]]:
    return [(part.label, ids(part.places)) for part in found.stretches]


def test_billing_and_notes_stay_with_their_episodes() -> None:
    hero = "person: ann, character: hero"
    site = show(
        two=f"{{{hero}, billing: main}}",
        e12=f"{{{hero}, billing: guest, note: unseen}}",
        e11=f"{{{hero}, billing: guest, note: on the phone}}",
        e21=f"{{{hero}, billing: main}}",
    )
    found = role(site)
    assert stretches(found) == [("guest, on the phone", "e11"), ("guest, unseen", "e12"), ("main", "show-s02 e21")]
    assert (found.billing, found.common, found.extent) == ("main", [], "4 episodes, 2020 to 2023")
    assert [part.extent for part in found.stretches] == ["1 episode, 2020", "1 episode, 2020", "2 episodes, 2023"]


def test_a_credit_without_billing_has_that_of_the_others() -> None:
    hero = "person: ann, character: hero"
    found = role(show(e11=f"{{{hero}, billing: guest}}", e12=f"{{{hero}}}"))
    assert found.stretches == [found] and found.billing == "guest"
    found = role(show(e11=f"{{{hero}, billing: guest}}", e12=f"{{{hero}}}", e21=f"{{{hero}, billing: main}}"))
    assert stretches(found) == [("guest", "e11"), ("", "e12"), ("main", "e21")]
    found = role(show(e11=f"{{{hero}, note: unseen}}", e12=f"{{{hero}, note: unseen, billing: guest}}, {{{hero}}}"))
    assert stretches(found) == [("guest, unseen", "e11 e12"), ("", "e12")]


def test_what_all_credits_share_is_said_once() -> None:
    hero = "person: ann, character: hero, version: young, billing: guest"
    found = role(show(e11=f"{{{hero}}}", e12=f"{{{hero}, credited_as: A. Roe}}"))
    assert found.common == ["young"]
    assert stretches(found) == [("guest, young", "e11"), ("guest, young, credited as A. Roe", "e12")]
    alike = role(show(e11=f"{{{hero}, note: unseen}}", e12=f"{{{hero}, note: unseen}}"))
    assert alike.stretches == [alike] and alike.common == ["young", "unseen"]


def test_a_person_in_several_parts_known_in_words_only() -> None:
    site = show(
        e11="{person: ann, billing: main, note: the baker}",
        e12="{person: ann, billing: guest, note: host}, {person: ann, billing: guest, note: a judge}",
        e21="{person: ann, billing: guest, note: a judge}",
    )
    assert [(each.part, each.billing, ids(each.places)) for each in career(site)] == [
        ("the baker", "main", "e11"),
        ("host", "guest", "e12"),
        ("a judge", "guest", "e12 e21"),
    ]


def test_uncredited() -> None:
    hero = "person: ann, character: hero"
    assert role(show(e11=f"{{{hero}, uncredited: true}}")).uncredited == "uncredited"
    assert role(show(e11=f"{{{hero}, uncredited: true}}", e12=f"{{{hero}}}")).uncredited == "uncredited in S01E01"
    assert role(show(e11=f"{{{hero}, uncredited: false}}")).uncredited == ""
    both = role(show(e11=f"{{{hero}, uncredited: true}}", two=f"{{{hero}, uncredited: true}}"))
    assert both.uncredited == "uncredited" and both.remarks == ["uncredited"]


def test_what_may_not_be_known_is_in_no_role() -> None:
    hero = "person: ann, character: hero"
    given = "{default: none, show: s01e01}"
    words = "as: {value: the murderer, since: s01e02}, note: {value: dies, since: s01e01}"
    site = show(e11=f"{{{hero}}}, {{person: bob, {words}}}", e12=f"{{{hero}, since: s01e02}}", given=given)
    assert ids(role(site).places) == "e11"
    assert (role(site, "bob").part, role(site, "bob").words) == ("dies", {"as": ""})


def test_sources_and_the_firmest_confidence() -> None:
    site = look(
        {
            "series/all": SERIES % "",
            "seasons/all": SEASONS % ("", ""),
            "people/all": PEOPLE,
            "characters/all": CHARACTERS,
            "sources/all": "".join(f"{name}: {{title: S{name}}}\n" for name in "abcde"),
            "episodes/all": EPISODES
            % (
                ", credits: [{person: ann, job: Editor, source: [a, b], confidence: rumoured}]",
                ", credits: [{person: ann, job: Editor, source: [b, c, d], confidence: reported}]",
                "",
            ),
        }
    )
    assert ids(role(site).sources) == "a b c" and role(site).confidence == "reported"


# Casts, crews, careers


def test_a_cast_is_in_the_order_of_billing_and_a_crew_by_job() -> None:
    site = show(
        series="{person: ann, character: hero}, {person: bob, character: foe, billing: guest}, {person: cat, billing: main, as: x}, "
        "{person: bob, job: Writer}, {person: ann, job: Editor}, {person: cat, job: Writer}"
    )
    found = casts.roles(credits.credits_of(entity(site, "series/show")))
    assert ids(each.person for each in casts.cast(found)) == "cat bob ann"
    assert [(job, ids(each.person for each in row)) for job, row in casts.crew(found)] == [
        ("Writer", "bob cat"),
        ("Editor", "ann"),
    ]


def test_a_career_by_series_with_parts_before_jobs() -> None:
    site = look(
        {
            "series/all": "one: {title: One, number: 2, credits: [{person: ann, job: Editor}, {person: ann, as: x, billing: guest}]}\n"
            "two: {title: Two, number: 1, credits: [{person: ann, as: y}, {person: ann, as: z, billing: main}]}\n",
            "people/all": PEOPLE,
        }
    )
    found = casts.by_series(career(site))
    assert [(series.id, [each.part or each.job for each in row]) for series, row in found] == [
        ("two", ["z", "y"]),
        ("one", ["x", "Editor"]),
    ]


def test_a_recast_names_the_one_before() -> None:
    site = show(
        e11="{person: ann, character: hero}, {person: cat, character: hero, version: young}",
        e12="{person: bob, character: hero}",
        e21="{person: cat, character: hero}, {person: ann, as: x}",
    )
    found = casts.roles(entity(site, "character/hero").portrayals)
    after = {
        (each.person.id, each.version): before and before.person.id
        for each in found
        for before in [casts.recast_from(each, found)]
    }
    assert after == {("ann", ""): None, ("cat", "young"): None, ("bob", ""): "ann", ("cat", ""): "bob"}
    assert casts.recast_from(career(site)[1], career(site)) is None


def test_two_at_the_same_time_are_no_recast() -> None:
    site = show(e11="{person: ann, character: hero}, {person: bob, character: hero}")
    found = casts.roles(entity(site, "character/hero").portrayals)
    assert [casts.recast_from(each, found) for each in found] == [None, None]


# Double episodes and specials


def fog(season: str = "", episode: str = "") -> SiteView:
    """A season of a double episode and a third, with a credit on the season or on the double one."""
    on, within = (f", credits: [{{person: ann, as: x{each}}}]" if each else "" for each in (season, episode))
    return look(
        {
            "series/all": "fog: {title: Fog}\n",
            "seasons/all": f"fog-s01: {{series: fog, number: 1{on}}}\n",
            "people/all": "ann: {title: Ann}\n",
            "episodes/all": f"double: {{season: fog-s01, number: 1-2{within}}}\nthird: {{season: fog-s01, number: 3}}\n",
        }
    )


@pytest.mark.parametrize(
    ("says", "where", "number"),
    [
        (", episodes: s01e01", "double", 1),
        (", episodes: s01e02", "double", 1),
        (", episodes: s01e02-s01e03", "double third", 2),
        (", episodes: s01e01-s01e02", "double", 2),
        (", episodes: [s01e01, s01e02]", "double", 2),
        (", episodes: s01", "double third", 3),
        (", episodes: s01, except: s01e02", "double third", 2),
        (", episodes: s01, except: s01e01-s01e02", "third", 1),
        (", episodes: s01, except: [s01e01, s01e02]", "third", 1),
        (", episodes: s01, except: [s01e01, s01e01]", "double third", 2),
        (", except: s01e03", "double", 2),
        (", episodes: s01e03", "third", 1),
        (", billing: main", "double third", 3),
    ],
)
def test_credits_that_name_one_place_of_a_double_episode(says: str, where: str, number: int) -> None:
    found = role(fog(says))
    assert (ids(found.certain), found.number) == (where, number)


@pytest.mark.parametrize(
    ("says", "number"), [(", billing: guest", 2), (", episodes: s01e02", 1), (", except: s01e01", 1), (", note: y", 2)]
)
def test_a_credit_on_a_double_episode(says: str, number: int) -> None:
    found = role(fog(episode=says))
    assert (ids(found.certain), found.number) == ("double", number)
    assert found.extent == f"{number} episode{'s' * (number > 1)}"


def test_a_double_episode_is_called_by_both_numbers() -> None:
    site = fog()
    double, season = entity(site, "episode/double"), entity(site, "season/fog-s01")
    assert credits.code(double) == double.title.removeprefix("Fog ") == "S01E01-02"
    assert (double.number.value, double.number.text, double.number.numbers) == (1, "1\u20132", (1, 2))
    assert credits.number_of(season.episodes) == 3 and credits.points_of(double) == [(1, 1), (1, 2)]
    assert entity(site, "episode/third").number.numbers == (3,) and season.series.numbers == ()


def test_specials_are_known_by_their_season() -> None:
    site = show()
    refs = ("season/show-s00", "episode/e01", "episode/e11", "series/show")
    assert [credits.special(entity(site, ref)) for ref in refs] == [True, True, False, False]


def test_seasons_without_a_word_on_episodes_give_their_years() -> None:
    site = show(one="{person: ann, as: x}", two="{person: ann, as: x}")
    assert role(site).years == ["2023"] and ids(role(site).vague) == "show-s01 show-s02"
