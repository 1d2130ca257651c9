"""One credit, every view: what is written once under a series, season or episode, and where it is to be seen."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import SETTINGS, Site, Sites

pytestmark = pytest.mark.slow

EPISODES = """\
{id}-s01e01: {{season: {id}-s01, number: 1, aired: 2020-01-01{one}}}
{id}-s01e02: {{season: {id}-s01, number: 2, aired: 2020-01-08}}
{id}-s01e03: {{season: {id}-s01, number: 3, aired: 2021-01-01}}
{id}-s02e01: {{season: {id}-s02, number: 1, aired: 2023-02-01{two}}}
{id}-s02e02: {{season: {id}-s02, number: 2, aired: 2023-02-08}}
"""


def series(site: Sites, *, show: str = "", one: str = "", two: str = "", first: str = "", second: str = "") -> Site:
    """A series of two seasons with three and two episodes; credits of the series, two episodes and two seasons."""
    return site(
        {
            "content/series/show.md": f"---\ntitle: Show\n{show}---\n",
            "content/seasons/all.yaml": f"show-s01: {{series: show, number: 1, premiered: 2020{first}}}\n"
            f"show-s02: {{series: show, number: 2, premiered: 2023{second}}}\n",
            "content/episodes/all.yaml": EPISODES.format(id="show", one=one, two=two),
            "content/people/all.yaml": "ann: {title: Ann}\nbob: {title: Bob}\ncat: {title: Cat}\n",
            "content/characters/all.yaml": "hero: {title: Hero}\nfoe: {title: Foe}\n",
        }
    )


def rows(made: Site, path: str, part: str = "main", table: str = "table.credits") -> list[str]:
    """The rows of the tables of credits on a page, as plain text."""
    found = []
    for row in LexborHTMLParser(made.page(path)).css(f"{part} {table} tbody tr"):
        for mark in row.css("sup"):
            mark.decompose()
        found.append(" | ".join(" ".join(cell.text().split()) for cell in row.css("th, td")))
    return found


def test_the_main_cast_of_a_season_is_in_all_its_episodes(site: Sites) -> None:
    made = series(site, first=", credits: [{person: ann, character: hero, billing: main}]").published()
    assert rows(made, "series/show/season-1") == ["Ann | Hero | 3 episodes, 2020 to 2021"]
    assert rows(made, "series/show") == ["Ann | Hero | 3 episodes, 2020 to 2021 Season 1"]
    assert rows(made, "people/ann") == ["Hero main | 3 episodes, 2020 to 2021 Season 1"]
    assert rows(made, "characters/hero") == ["Ann main | Show | 3 episodes, 2020 to 2021 Season 1"]
    assert rows(made, "series/show/s01e02") == ["Ann | Hero"]
    assert rows(made, "series/show/s02e01") == []


def test_a_guest_of_a_season_is_in_as_many_episodes_as_are_known(site: Sites) -> None:
    made = series(
        site,
        first=", credits: [{person: ann, character: hero, billing: guest}]",
        one=", credits: [{person: ann, character: hero, billing: guest}]",
    ).published()
    assert rows(made, "people/ann") == ["Hero guest | at least 1 episode, 2020 Season 1 · S01E01"]
    made.replace("content/episodes/all.yaml", "number: 1, aired: 2020-01-01", "number: 1, aired: 2019-12-31")
    assert rows(made.published(), "people/ann") == ["Hero guest | at least 1 episode, 2019 to 2020 Season 1 · S01E01"]


def test_runs_of_episodes_and_their_exceptions(site: Sites) -> None:
    made = series(
        site,
        show="credits:\n"
        "  - {person: ann, character: hero, billing: main, except: [s01e02, s02e02]}\n"
        "  - {person: bob, character: foe, billing: recurring, episodes: [s01, s02e01], except: s01e01}\n"
        "  - {person: cat, job: Director, episodes: s01e01-s02e01, except: s01}\n",
    ).published()
    where = "Season 1 · S01E01, S01E03 Season 2 · S02E01"
    assert rows(made, "people/ann") == [f"Hero main | 3 episodes, 2020 to 2023 {where}"]
    assert rows(made, "people/bob")[0].startswith("Foe recurring | 3 episodes, 2020 to 2023 Season 1 · S01E02, S01E03")
    assert rows(made, "people/cat") == ["Director | 1 episode, 2023 Season 2 · S02E01"]
    assert rows(made, "series/show/season-2") == [
        "Ann | Hero | 1 episode, 2023 S02E01",
        "Bob | Foe | 1 episode, 2023 S02E01",
    ]
    cast = {path: rows(made, f"series/show/{path}") for path in ("s01e01", "s01e02", "s01e03", "s02e01", "s02e02")}
    assert cast["s01e01"] == ["Ann | Hero"]
    assert cast["s01e02"] == ["Bob | Foe | Recurring"]
    assert cast["s01e03"] == cast["s02e01"] == ["Bob | Foe | Recurring", "Ann | Hero"]
    assert cast["s02e02"] == []


def test_all_is_every_episode(site: Sites) -> None:
    made = series(site, second=", credits: [{person: ann, character: hero, billing: guest, episodes: all}]").published()
    assert rows(made, "people/ann") == ["Hero guest | 2 episodes, 2023 Season 2"]
    assert rows(made, "series/show/s02e02") == ["Ann | Hero | Guest"] and rows(made, "series/show/s01e01") == []


def test_an_exception_that_is_no_episode_is_a_problem(site: Sites) -> None:
    made = series(site, first=", credits: [{person: ann, character: hero, billing: main, except: s01e09}]")
    assert "credit-plausible" in made.rules()


def test_what_is_credited_in_a_whole_series_has_years_and_no_count(site: Sites) -> None:
    made = series(
        site,
        show="credits: [{person: ann, job: Producer}]\n",
        one=", credits: [{person: ann, job: Producer}]",
    ).published()
    assert rows(made, "people/ann") == ["Producer | 2020 to 2023 Whole series Season 1 · S01E01"]


def test_one_part_with_two_actors_is_recast(site: Sites) -> None:
    made = series(
        site,
        first=", credits: [{person: ann, character: hero, billing: main}]",
        second=", credits: [{person: bob, character: hero, billing: main}, {person: cat, character: hero, version: the young Hero, billing: guest}]",
    ).published()
    assert rows(made, "characters/hero") == [
        "Ann main | Show | 3 episodes, 2020 to 2021 Season 1",
        "Bob main recast, after Ann | Show | 2 episodes, 2023 Season 2",
        "Cat guest the young Hero | Show | 2023 Season 2",
    ]
    assert "Bob | Hero recast, after Ann | 2 episodes, 2023 Season 2" in rows(made, "series/show")


def test_unknown_parts_are_not_one_part(site: Sites) -> None:
    made = series(
        site, one=", credits: [{person: ann, billing: guest}]", two=", credits: [{person: bob, billing: guest}]"
    ).published()
    assert "recast" not in made.page("series/show")


def test_people_without_a_part_or_a_name_on_the_screen(site: Sites) -> None:
    made = series(
        site,
        one=", credits: [{person: ann, as_self: true, billing: cameo}, {person: bob, character: foe, uncredited: true}]",
        two=", credits: [{person: bob, character: foe, billing: guest}]",
    ).published()
    assert rows(made, "series/show/s01e01") == ["Ann | As themselves | Cameo", "Bob | Foe uncredited | –"]
    assert rows(made, "people/ann")[0].startswith("As themselves cameo | 1 episode, 2020")
    assert rows(made, "people/bob")[0].startswith("Foe guest uncredited in S01E01 | 2 episodes")


def test_people_behind_the_characters_stand_with_the_crew(site: Sites) -> None:
    made = series(site, first=", credits: [{person: ann, character: hero, billing: main}]")
    made.write("content/sources/s.yaml", "s: {title: Proof}\n")
    made.write(
        "content/characters/all.yaml",
        "hero: {title: Hero, inspired_by: {value: bob, source: s, confidence: reported}}\nfoe: {title: Foe}\n",
    ).published()
    crew = LexborHTMLParser(made.page("series/show")).css_first("#crew + dl")
    assert crew and " ".join(crew.text().split()).startswith("Inspiration Bob for Hero reported")
    assert "Inspiration for" in made.page("people/bob")


def test_a_relation_says_on_both_ends_when_and_where_it_held(site: Sites) -> None:
    made = series(site)
    made.write("content/sources/s.yaml", "s: {title: Proof}\n")
    made.write(
        "content/characters/all.yaml",
        "hero:\n  title: Hero\n"
        "  parents: {value: foe, continuity: books, source: s, confidence: rumoured}\n"
        "  partners: {value: foe, from: 2020, until: 2021}\n"
        "  affiliations: {value: club, until: 2022-03}\n"
        "foe: {title: Foe}\n",
    )
    made.write("content/organizations/club.md", "---\ntitle: Club\n---\n").published()
    foe = " ".join(LexborHTMLParser(made.page("characters/foe")).css("main")[0].text().split())
    assert "Parent of Hero in the books rumoured[1]" in foe and "Proof" in foe
    assert "Partner of Hero 2020 to 2021" in foe
    assert "Hero until March 2022" in " ".join(LexborHTMLParser(made.page("organizations/club")).text().split())


def test_the_last_episode_of_a_season_leads_on_to_the_next(site: Sites) -> None:
    made = series(site)
    made.write("content/series/other.md", "---\ntitle: Other\nnumber: 2\n---\n").write(
        "content/seasons/other.yaml", "other-s01: {series: other, number: 1}\n"
    ).write("content/episodes/other.yaml", "other-s01e01: {season: other-s01, number: 1}\n").published()
    found = {}
    for path in ("show/s01e01", "show/s01e03", "show/s02e01", "show/s02e02", "other/s01e01", "show/season-1"):
        ways = LexborHTMLParser(made.page(f"series/{path}")).css(".neighbours a")
        found[path] = {way.attributes["rel"]: (way.attributes["href"] or "").split("/")[-2] for way in ways}
    assert found["show/s01e01"] == {"next": "s01e02"}
    assert found["show/s01e03"] == {"prev": "s01e02", "next": "s02e01"}
    assert found["show/s02e01"] == {"prev": "s01e03", "next": "s02e02"}
    assert found["show/s02e02"] == {"prev": "s02e01"} and found["other/s01e01"] == {}
    assert found["show/season-1"] == {"next": "season-2"}


def test_the_latest_step_is_the_status(site: Sites) -> None:
    made = series(
        site,
        show="status: [{value: ended, from: 2024}, {value: ordered, from: 2019-05}, {value: released, from: 2020-01-01}]\n",
    ).published()
    tree = LexborHTMLParser(made.page("series/show"))
    steps = [" ".join(step.text().split()) for step in tree.css(".steps li")]
    assert steps == ["May 2019 Ordered", "1 January 2020 Released", "2024 Ended"]
    assert "Ended" in tree.css(".infobox")[0].text() and "Released" not in tree.css(".infobox")[0].text()


def test_versions_of_the_story_side_by_side(site: Sites) -> None:
    made = series(site)
    made.write(
        "content/characters/all.yaml",
        "hero:\n  title: Hero\n  occupations:\n"
        "    - {value: Clerk, continuity: books}\n    - {value: Judge, continuity: tv}\n"
        "    - {value: King, continuity: tv, since: show s02e01}\n    - Reader\n"
        "  full_name: {value: H., continuity: books}\n"
        "  details: [{value: Tall, continuity: comics}, {value: Small, continuity: tv}]\nfoe: {title: Foe}\n",
    )
    made.write("site.yaml", SETTINGS + "spoilers: {default: none}\n").published()
    assert rows(made, "characters/hero", table="table.differences") == [
        "Occupation | Clerk | Judge | –",
        "Known for | – | Small | Tall",
    ]
    assert rows(made, "characters/foe", table="table.differences") == []
    made.write("site.yaml", SETTINGS + "spoilers: {default: all}\n").published()
    assert rows(made, "characters/hero", table="table.differences")[0] == "Occupation | Clerk | JudgeKing | –"


def test_a_credit_beyond_the_horizon_counts_nowhere(site: Sites) -> None:
    made = series(
        site,
        one=", credits: [{person: ann, character: hero, billing: guest}]",
        two=", credits: [{person: ann, character: hero, billing: guest, since: s02e01}]",
    )
    made.write("site.yaml", SETTINGS + "spoilers: {default: none}\n").published()
    assert rows(made, "people/ann") == ["Hero guest | 1 episode, 2020 Season 1 · S01E01"]
    made.write("site.yaml", SETTINGS + "spoilers: {default: all}\n").published()
    assert rows(made, "people/ann")[0].startswith("Hero guest | 2 episodes, 2020 to 2023")


def test_pages_follow_every_change_of_a_credit(site: Sites) -> None:
    credit = "{person: ann, character: hero, billing: main}"
    made = series(site, first=f", credits: [{credit}]").published()
    changes = (
        ("billing: main}", "billing: main, except: s01e02}"),
        ("except: s01e02}", "except: s01e02, version: old}"),
        ("billing: main", "billing: guest"),
        ("version: old", "uncredited: true"),
        ("person: ann", "person: bob"),
    )
    for old, new in changes:
        before = made.tree()
        made.replace("content/seasons/all.yaml", old, new)
        found = made.published().tree()
        assert not made.clean().failed
        wanted = made.tree()
        assert {path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path)} == set(), new
        assert wanted != before, new


def test_a_part_told_in_words_is_shown_as_what_it_is(site: Sites) -> None:
    made = series(site, one=", credits: [{person: ann, as: a judge, credited_as: A. Roe, billing: guest}]").published()
    assert rows(made, "people/ann") == ["a judge guest credited as A. Roe | 1 episode, 2020 Season 1 · S01E01"]
    assert rows(made, "series/show/s01e01") == ["Ann | a judge credited as A. Roe | Guest"]
    assert rows(made, "series/show") == ["Ann | a judge credited as A. Roe | 1 episode, 2020 Season 1 · S01E01"]
    assert '"characterName":"a judge"' in made.page("series/show/s01e01")
    assert '"as": [{"value": "a judge"}]' in made.page("data/credit.json")


def test_what_was_written_stays_with_its_episodes(site: Sites) -> None:
    hero = "person: ann, character: hero"
    made = series(
        site,
        one=f", credits: [{{{hero}, billing: guest, note: on the phone}}]",
        second=f", credits: [{{{hero}, billing: main}}, {{person: bob, job: Editor}}]",
        two=", credits: [{person: bob, job: Editor, note: with Cat}]",
    ).published()
    places = "3 episodes, 2020 to 2023 guest, on the phone Season 1 · S01E01 main Season 2"
    assert rows(made, "people/ann") == [f"Hero | {places}"]
    assert rows(made, "characters/hero") == [f"Ann | Show | {places}"]
    assert rows(made, "series/show") == [f"Ann | Hero | {places}"]
    assert rows(made, "series/show/s01e01") == ["Ann | Hero on the phone | Guest"]
    assert rows(made, "people/bob")[0].endswith("2023 Season 2 with Cat Season 2 · S02E01")
    crew = LexborHTMLParser(made.page("series/show")).css_first("dl.pairs li")
    assert crew is not None and " ".join(crew.text().split()) == "Bob Season 2 with Cat S02E01"


def test_several_parts_known_by_a_note_alone(site: Sites) -> None:
    made = series(
        site,
        one=", credits: [{person: ann, billing: main, note: the baker}]",
        two=", credits: [{person: ann, billing: guest, note: host}, {person: ann, billing: guest, note: a judge}]",
    ).published()
    assert rows(made, "people/ann") == [
        "the baker main | 1 episode, 2020 Season 1 · S01E01",
        "host guest | 1 episode, 2023 Season 2 · S02E01",
        "a judge guest | 1 episode, 2023 Season 2 · S02E01",
    ]
    assert "not known" not in made.page("series/show") + made.page("series/show/s02e01")


def test_credits_of_what_is_no_series(site: Sites) -> None:
    film = "folder: films\nurl: /films/{id}/\nfields: {credits: {kind: records, of: credit}}\n"
    made = site(
        {
            "types/film.yaml": film,
            "content/films/a.yaml": "a: {title: A Film, credits: [{person: ann, as: x, billing: lead}, {person: ann, job: Editor}]}\n",
            "content/people/ann.yaml": "ann: {title: Ann}\n",
        }
    ).published()
    assert rows(made, "films/a") == ["Ann | x | "]
    assert rows(made, "people/ann") == ["x lead | ", "Editor | "]
    assert "A Film" in LexborHTMLParser(made.page("people/ann")).css("main h3")[0].text()
    crew = LexborHTMLParser(made.page("films/a")).css_first("dl.pairs")
    assert crew is not None and " ".join(crew.text().split()) == "Editor Ann"


def test_a_site_may_have_billings_of_its_own(site: Sites) -> None:
    own = (
        "fields:\n  within: {kind: parent, to: [series, season, episode], label: In}\n"
        "  person: {kind: ref, to: person, required: true, inverse: credits}\n"
        "  billing: {kind: choice, options: [star, extra]}\n  job: {kind: text}\n"
    )
    made = series(site, one=", credits: [{person: bob, billing: extra}, {person: ann, billing: star}]")
    made.write("types/credit.yaml", own).delete("content/characters").published()
    assert [row.split(" |")[0] for row in rows(made, "series/show/s01e01")] == ["Ann", "Bob"]
    assert [row.split(" |")[0] for row in rows(made, "series/show")] == ["Bob", "Ann"]


TOY = """
folder: toys
url: /toys/{id}/
fields:
  title: {required: true}
  parts: {kind: records, of: credit, label: Parts}
  makers: {kind: records, of: credit, label: Makers}
"""


def test_credits_are_on_their_page_whatever_their_field_is_called(site: Sites) -> None:
    made = site({"types/toy.yaml": TOY, "content/people/all.yaml": "ann: {title: Ann Lee}\nbea: {title: Bea Ray}\n"})
    made.write(
        "content/toys/a.yaml",
        "kiln: {title: Kiln, parts: [{person: ann, as: A fox}], makers: [{person: bea, job: Writer}]}\n",
    )
    made.published()
    assert [row.split(" | ")[:2] for row in rows(made, "toys/kiln")] == [["Ann Lee", "A fox"]]
    crew = LexborHTMLParser(made.page("toys/kiln")).css_first(".sections dl.pairs")
    assert crew is not None and crew.text().split() == ["Writer", "Bea", "Ray"]
