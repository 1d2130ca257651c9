"""The rules about the whole graph: what is wrong is told with place and mend, what is right is left alone."""

# a message stands here in one line, as editors read it

from __future__ import annotations

import pytest
from tinysite import SETTINGS, Sites

from ballardwiki.problems import Location, Problem


def md(front: str, text: str = "") -> str:
    return f"---\n{front}\n---\n{text}"


ANN, BOB, NEWS = "content/people/ann.md", "content/people/bob.md", "content/news/n.md"
EPISODES = "content/episodes/ser.yaml"
LINKED = md("title: About", "[[Ann]] [[Bob]]")
SERIES = {
    "content/series/ser.md": md("title: Ser"),
    "content/seasons/ser-1.md": md("series: ser\nnumber: 1"),
    EPISODES: "e1: {season: ser-1, number: 1}\n",
    "content/pages/about.md": md("title: About", "[[series/ser]]"),
    "site.yaml": f"{SETTINGS}navigation: [{{label: About, url: /about/}}]\n",
}
PEOPLE = SERIES | {"content/pages/about.md": md("title: About", "[[series/ser]] [[person/ann]] [[person/bob]]")}


def article(front: str) -> dict[str, str]:
    return {NEWS: md(f"date: 2025-07-01\n{front}")}


def credit(text: str, aired: str) -> dict[str, str]:
    episode = (
        f"e1:\n  season: ser-1\n  number: 1\n  aired: {aired}\n  credits:\n    - {{person: ann, job: Writer{text}}}\n"
    )
    return PEOPLE | {ANN: md("title: Ann"), EPISODES: episode, "content/sources/s.yaml": "press: {title: Press}\n"}


def run(text: str, types: dict[str, str] | None = None) -> dict[str, str]:
    """A series of which one episode is out and another is to come, with a credit for a run of its episodes."""
    episodes = "e1: {season: ser-1, number: 1, aired: 2025}\ne2: {season: ser-1, number: 2, aired: 2026-01-02}\n"
    series = md(f"title: Ser\ncredits: [{{person: ann, job: Writer, {text}}}]")
    return PEOPLE | {ANN: md("title: Ann"), EPISODES: episodes, "content/series/ser.md": series} | (types or {})


APART = """\
label: Credit
plural: Credits
fields:
  within: {kind: parent, to: [series, season, episode], inverse: all_credits}
  person: {kind: ref, to: person, required: true, inverse: credits}
  character: {kind: ref, to: character, inverse: portrayals}
  job: {kind: text}
  billing: {kind: choice, options: [lead]}
  episodes: {kind: episodes, many: true}
  except: {kind: episodes, many: true, except_from: episodes}
  bar: {kind: episodes, many: true, except_from: episodes}
  version: {kind: text}
  as_self: {kind: boolean}
  uncredited: {kind: boolean}
  note: {kind: text}
"""
"""Credits that leave out episodes under another name as well."""


def cast(front: str) -> dict[str, str]:
    return PEOPLE | {
        ANN: md("title: Ann"),
        "content/series/ser.md": md(f"title: Ser\ncredits:\n- {{person: ann{front}}}"),
    }


def seen(credits: str) -> dict[str, str]:
    return PEOPLE | {
        ANN: md("title: Ann"),
        "content/characters/c.yaml": "one: {title: One}\ntwo: {title: Two}\n",
        EPISODES: f"e1:\n  season: ser-1\n  number: 1\n  appears: [one, two]\n  credits: [{credits}]\n",
    }


def tagged(*tags: str) -> dict[str, str]:
    return {
        f"content/people/p{number}.md": md(f"title: P{number} {tag}\ntags: [{tag}]") for number, tag in enumerate(tags)
    }


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "death before birth": (
        PEOPLE | {ANN: md("title: Ann\nborn: 1970-05\ndied: 1969-12-31")},
        "content/people/ann.md:4:7: error[dates-ordered]: died (1969-12-31) lies before born (1970-05). One of the two is wrong: look at their sources.",
    ),
    "finale before premiere": (
        SERIES | {"content/seasons/ser-1.md": md("series: ser\nnumber: 1\npremiered: 2025-07-09\nended: 2025-07-08")},
        "content/seasons/ser-1.md:5:8: error[dates-ordered]: ended (2025-07-08) lies before premiered (2025-07-09). One of the two is wrong: look at their sources.",
    ),
    "until before from": (
        PEOPLE | {ANN: md("title: Ann\nfamily: {value: x, from: 2020, until: 2019-12}")},
        "content/people/ann.md:3:17: error[dates-ordered]: family holds until 2019-12, which lies before 2020. One of the two is wrong: look at their sources.",
    ),
    "a credit before it aired": (
        credit("", "2025-07-10"),
        "content/episodes/ser.yaml:6:1: warning[credit-aired]: episode/e1 comes out on 2025-07-10, and this credit on it has no source. Add source: with the report that says so.",
    ),
    "a credit that leaves only what is to come": (
        run("episodes: s01, except: s01e01"),
        "content/series/ser.md:3:1: warning[credit-aired]: episode/e2 comes out on 2026-01-02, and this credit on it has no source. Add source: with the report that says so.",
    ),
    "a credit that leaves it by a field of the site's own": (
        run("episodes: s01, bar: s01e01", {"types/credit.yaml": APART}),
        "content/series/ser.md:3:1: warning[credit-aired]: episode/e2 comes out on 2026-01-02, and this credit on it has no source. Add source: with the report that says so.",
    ),
    "a cast credit without character": (
        cast(""),
        "content/series/ser.md:4:1: info[cast-complete]: the credit of Ann names neither character nor job. Add character:, or say the part in words, as: a judge.",
    ),
    "a character without actor": (
        seen("{person: ann, character: one}"),
        "content/characters/c.yaml:2:1: info[character-portrayed]: Two appears in ser, but no credit says who plays the part. Add a credit, if a source names the actor.",
    ),
    "duplicate people": (
        PEOPLE | {ANN: md("title: Jamie Hector"), BOB: md("title: Jaime Hector")},
        "content/people/bob.md:2:1: warning[record-distinct]: Jaime Hector and Jamie Hector (content/people/ann.md:2) may be the same: their names are 92 % alike. Merge them, or add distinct_from: ann.",
    ),
    "a duplicate by alias": (
        PEOPLE
        | {
            ANN: md("title: Ann Lee\naliases: [Jamie Hector]"),
            BOB: md("title: Jaime Hector"),
            NEWS: md("title: N\nsummary: S.\ndate: 2025", "[[Jamie Hector]]"),
        },
        "content/people/bob.md:2:1: warning[record-distinct]: Jaime Hector and Ann Lee (content/people/ann.md:2) may be the same: their names are 92 % alike. Merge them, or add distinct_from: ann.",
    ),
    "an alias nobody uses": (
        PEOPLE | {ANN: md("title: Ann\naliases: [Annie]")},
        "content/people/ann.md:3:11: info[alias-used]: no link uses the alias Annie. Keep it if readers know that name.",
    ),
    "an alias that is the title": (
        PEOPLE | {ANN: md("title: Ann\naliases: [Ann]")},
        "content/people/ann.md:3:11: warning[alias-distinct]: the alias Ann is the title itself. Delete it.",
    ),
    "a state that has stood for long": (
        SERIES
        | {
            "content/series/ser.md": md(
                "title: Ser\nstatus: [{value: ordered, from: 2022}, {value: filming, from: 2023-05}]"
            )
        },
        "content/series/ser.md:3:48: info[status-current]: status has been filming since 2023-05, for more than 548 days. Look whether it still is, and add the next step.",
    ),
    "upcoming, in the past": (
        SERIES | {"content/series/ser.md": md("title: Ser\nsummary: An upcoming series, set for 3 May 2025.")},
        "content/series/ser.md:3:10: info[status-current]: summary speaks of 2025-05-03 as of something to come. Say what became of it.",
    ),
    "an image without words": (
        PEOPLE
        | {
            ANN: md("title: Ann", "Text\n\n![](/media/a.svg)\n"),
            "media/a.svg": "<svg/>",
            "content/images/i.yaml": "a: {title: A, file: a.svg, license: CC0}\n",
        },
        "content/people/ann.md:6:5: warning[image-described]: nothing says what /media/a.svg shows. Write it between the brackets: ![A desk with files](…).",
    ),
    "an image without rights": (
        PEOPLE | {ANN: md("title: Ann", "![A](/media/a.svg) ![A](/media/a.svg)\n"), "media/a.svg": "<svg/>"},
        "content/people/ann.md:4:6: warning[image-licensed]: nothing says whose media/a.svg is. Add a record to content/images/ with file: and license:.",
    ),
    "a heading too deep": (
        PEOPLE | {ANN: md("title: Ann", "## Life\n\n```\n#### Youth\n```\n\n#### Youth of *Ann*\n")},
        "content/people/ann.md:10:1: warning[heading-ordered]: the heading Youth of Ann is of level 4; above it there is none of 3. Write ### Youth of Ann.",
    ),
    "a heading as high as the title": (
        PEOPLE | {ANN: md("title: Ann", "Text\n\n# Life\n\n## Youth\n")},
        "content/people/ann.md:6:1: warning[heading-ordered]: the heading Life is as high as the page's title. Write ## Life.",
    ),
    "a long headline": (
        article(f"summary: S.\ntitle: {'x' * 101}"),
        "content/news/n.md:4:8: warning[title-short]: the title has 101 characters, more than 100. Say the rest in the summary.",
    ),
    "an article without summary": (
        article("title: N"),
        "content/news/n.md:2:1: info[summary-present]: N has no summary; lists and feeds show the beginning of its text. Add a line summary: one or two sentences.",
    ),
    "a value twice": (
        PEOPLE | {ANN: md("title: Ann\ntags: [show, crime, show]")},
        "content/people/ann.md:3:21: warning[value-unique]: tags says show twice. Delete one of them.",
    ),
    "a former id": (
        PEOPLE | {ANN: md("title: Ann\nwas: [annie]", "[[person/annie]]"), BOB: md("title: Bob", "[[person/annie]]\n")},
        "content/people/bob.md:4:1: info[address-present]: person/annie is now person/ann. Write person/ann.",
    ),
    "a page to which only hidden text leads": (
        SERIES | {ANN: md("title: Ann"), BOB: md("title: Bob", "||ser s01e01: [[Ann]]||")},
        "content/people/ann.md:2:1: info[page-linked]: no page leads to Ann, except lists. Link to it where it is spoken of.",
    ),
    "a page to which nothing leads": (
        SERIES | {ANN: md("title: Ann")},
        "content/people/ann.md:2:1: info[page-linked]: no page leads to Ann, except lists. Link to it where it is spoken of.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(site: Sites, name: str) -> None:
    files, expected = WRONG[name]
    rule = expected.partition("[")[2].partition("]")[0]
    assert expected in [str(each) for each in site(files).problems(notes=True) if each.rule == rule]


RIGHT: dict[str, dict[str, str]] = {
    "dates of different exactness": PEOPLE | {ANN: md("title: Ann\nborn: 1970-05\ndied: 1970")},
    "a credit with a source": credit(", source: press", "2025-07-10"),
    "a page of which an article says something": SERIES
    | {ANN: md("title: Ann")}
    | article("title: N\nsummary: S.\nclaims: [{about: person/ann, field: born, value: 1970}]"),
    "a credit on what has aired": credit("", "2025-07-09"),
    "a credit that leaves out what is to come": run("episodes: s01, except: s01e02"),
    "a credit on some of what has aired": run("episodes: all"),
    "a credit that says why": cast(", note: role not disclosed"),
    "a person as themselves": cast(", as_self: true"),
    "a series without credits": seen(""),
    "people told apart": PEOPLE | {ANN: md("title: Jamie Hector\ndistinct_from: bob"), BOB: md("title: Jaime Hector")},
    "other people": PEOPLE | {ANN: md("title: John Smith"), BOB: md("title: Joan Smith")},
    "an alias that is used": PEOPLE | {ANN: md("title: Ann\naliases: [Annie]"), BOB: md("title: Bob", "[[annie]]")},
    "a state of late": SERIES | {"content/series/ser.md": md("title: Ser\nstatus: {value: filming, from: 2025-05}")},
    "a state that ended": SERIES
    | {"content/series/ser.md": md("title: Ser\nstatus: [{value: ended, from: 2024}, {value: filming, from: 2020}]")},
    "something to come": SERIES
    | {"content/series/ser.md": md("title: Ser\nsummary: An upcoming series of 10 July 2025.")},
    "old news": article("title: N\nsummary: The upcoming season of May 2024."),
    "an outline": PEOPLE | {ANN: md("title: Ann", "## A\n\n### B\n\n#### C\n\n## D\n")},
    "a headline": article(f"summary: S.\ntitle: {'x' * 100}"),
    "one value with different qualifiers": PEOPLE
    | {ANN: md("title: Ann\nfamily: [{value: x, from: 2020}, {value: x, from: 2021}]")},
    "a link by another's alias that looks like a former id": PEOPLE
    | {ANN: md("title: Ann", "[[person/bob]]"), BOB: md("title: Bob")},
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_left_alone(site: Sites, name: str) -> None:
    files = (
        {BOB: md("title: Bob"), ANN: md("title: Ann")}
        if RIGHT[name].get("content/pages/about.md", "").count("person/")
        else {}
    )
    assert [str(each) for each in site(files | RIGHT[name]).problems(notes=True)] == []


def test_two_episodes_in_one_slot(site: Sites) -> None:
    found = site(SERIES | {EPISODES: "e1: {season: ser-1, number: 1}\ne2: {season: ser-1, number: 1}\n"}).problems(
        notes=True
    )
    assert [str(each) for each in found if each.rule == "slot-unique"] == [
        "content/episodes/ser.yaml:2:29: error[slot-unique]: episode/e2 has the same season and number as episode/e1, at content/episodes/ser.yaml:1. Mend the number of one."
    ]


def test_an_unaired_episode_of_a_season_s_credit(site: Sites) -> None:
    files = credit("", "2025-07-09")
    files["content/seasons/ser-1.md"] = md(
        "series: ser\nnumber: 1\ncredits:\n- {person: bob, job: Writer, episodes: s01e02}"
    )
    files[EPISODES] += "e2: {season: ser-1, number: 2, aired: 2025-08}\n"
    found = site(files | {BOB: md("title: Bob")}).problems(notes=True)
    assert [(each.rule, each.at.line) for each in found] == [("credit-aired", 5)]


def test_a_tag_that_only_one_page_has(site: Sites) -> None:
    found = site(tagged("ballard", "ballard", "balard", "bosch", "bsoch", "s01")).problems(notes=True)
    assert [f"{each.at} {each.message} {each.hint}" for each in found if each.rule == "tag-known"] == [
        "content/people/p2.md:3:8 only this page has the tag balard; 2 have ballard. Did you mean ballard?"
    ]


@pytest.mark.parametrize("rare", ["finales", "balard"])
def test_a_tag_is_rare_whether_it_stands_before_or_after_the_known_one(site: Sites, rare: str) -> None:
    known = {"finales": "finale", "balard": "ballard"}[rare]
    found = site(tagged(known, known, rare)).problems(notes=True)
    assert [(str(each.at), each.message) for each in found if each.rule == "tag-known"] == [
        ("content/people/p2.md:3:8", f"only this page has the tag {rare}; 2 have {known}.")
    ]


def test_two_tags_that_are_both_rare_or_both_known_are_left_alone(site: Sites) -> None:
    wiki = site(tagged("finale", "finales", "ballard", "ballard", "balard", "balard"))
    assert "tag-known" not in wiki.rules(notes=True)


def test_a_character_whom_a_credit_names_is_played(site: Sites) -> None:
    found = site(seen("{person: ann, character: one}")).problems(notes=True)
    assert [each.message.partition(" ")[0] for each in found if each.rule == "character-portrayed"] == ["Two"]


# Entries of the navigation


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/people/zoe/", "is a draft, as content/people/zoe.md:3 says"),
        ("/people/zoe/index.html?x#life", "is a draft, as content/people/zoe.md:3 says"),
        ("/people/yan", "readers must not know of yet"),
    ],
)
def test_an_entry_of_the_navigation_that_leads_to_what_is_not_shown(site: Sites, url: str, said: str) -> None:
    wiki = site(
        {
            **SERIES,
            "content/people/zoe.md": md("title: Zoe\ndraft: true"),
            "content/people/yan.md": md("title: Yan\nsince: ser s01e01"),
            "site.yaml": f"{SETTINGS}navigation: [{{label: One, url: '{url}'}}]\n",
        }
    )
    message = f"navigation leads to {url}, which {said}."
    hint = "Take the entry out until then."
    assert wiki.problems() == [Problem(Location("site.yaml"), "config-valid", message, hint)]


# Dates to come


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("updated: 2025-07-10", False),
        ("updated: 2025-07-11", True),
        ("updated: 2025-07-11\npublish_at: 2025-07-09T12:00:00Z", True),
        ("updated: 2025-07-11\npublish_at: 2025-07-09T14:30", True),
    ],
)
def test_a_date_of_the_past_is_no_more_than_a_day_ahead(site: Sites, front: str, told: bool) -> None:
    wiki = site(article(f"title: N\nsummary: S.\n{front}") | {"site.yaml": f"{SETTINGS}timezone: Asia/Kolkata\n"})
    assert [(each.rule, str(each.at), each.message, each.severity) for each in wiki.problems()] == [
        (
            "date-plausible",
            "content/news/n.md:5:10",
            "updated is 2025-07-11, which is still to come: this is 2025-07-09.",
            "warning",
        )
    ] * told


@pytest.mark.parametrize(
    ("scheduled", "told"),
    [
        ("2025-07-09T12:00:01Z", False),
        ("2025-07-10T02:01", False),
        ("2025-07-11", False),
        ("2025-07-10T02:00", True),
        ("2025-07-10", True),
    ],
)
def test_what_is_scheduled_for_later_is_not_asked_for_its_dates(site: Sites, scheduled: str, told: bool) -> None:
    """At noon in Greenwich it is two in the morning of the next day on Kiritimati."""
    front = f"title: N\nsummary: S.\nupdated: 2025-07-12\npublish_at: {scheduled}"
    wiki = site(article(front) | {"site.yaml": f"{SETTINGS}timezone: Pacific/Kiritimati\n"})
    assert ("date-plausible" in wiki.rules(drafts=True)) is told


def test_a_page_that_many_texts_want(site: Sites) -> None:
    files = {f"content/people/p{number}.md": md(f"title: P{number}", "[[Zoe]]\n") for number in range(3)}
    found = [each for each in site(files).problems(notes=True) if each.rule == "page-written"]
    assert [each.message for each in found] == ["3 texts link to Zoe, which nobody has written."]
    files.popitem()
    assert "page-written" not in site(files).rules(notes=True)


def test_costly_rules_are_left_to_check(site: Sites) -> None:
    wiki = site({ANN: md("title: Jamie Hector"), BOB: md("title: Jaime Hector")})
    assert wiki.build().problems == ()
    assert "record-distinct" in wiki.rules(notes=True)


# Severities


def test_a_site_sets_severities(site: Sites) -> None:
    files = article("title: N") | {"site.yaml": SETTINGS + "rules: {summary-present: error}\n"}
    wiki = site(files)
    assert [(each.rule, each.severity) for each in wiki.problems(notes=True)] == [("summary-present", "error")]
    assert wiki.build().failed
    wiki.replace("site.yaml", "error", "info")
    assert not wiki.build(strict=True).failed and wiki.has("news/n")
    wiki.replace("site.yaml", "info", "off")
    assert wiki.problems(notes=True) == []


def test_a_site_sets_the_severity_of_what_is_found_while_reading(site: Sites) -> None:
    wiki = site(PEOPLE | {ANN: md("title: Ann", "#### Life\n"), BOB: md("title: Bob")})
    wiki.write("site.yaml", SERIES["site.yaml"] + "rules: {heading-ordered: off}\n")
    assert wiki.problems(notes=True) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("title-shrt", "Did you mean title-short?"),
        ("yaml-valid", ""),
        ("ref-resolves", ""),
        ("zzz", "docs/problems.md has them all."),
    ],
)
def test_a_rule_that_cannot_be_switched(site: Sites, name: str, hint: str) -> None:
    found = site({"site.yaml": f"{SETTINGS}rules:\n  {name}: off\n"}).problems(notes=True)
    assert [str(each.at) for each in found] == ["site.yaml:4:3"]
    assert found[0].message == f"{name} is no rule that can be switched." and hint in found[0].hint


def test_what_is_needed_stays_an_error(site: Sites) -> None:
    wiki = site({"content/works/w.md": md("title: W\nkind: novel\nauthors: [zoe]")})
    wiki.write("site.yaml", SETTINGS + "rules: {ref-resolves: off}\n")
    assert {each.rule for each in wiki.problems(notes=True) if each.severity == "error"} == {
        "config-valid",
        "ref-resolves",
    }


def test_strict_stops_at_warnings_and_not_at_notes(site: Sites) -> None:
    wiki = site(article(f"summary: S.\ntitle: {'x' * 101}"))
    assert wiki.build(strict=True).written == ()
    notes = site(cast("") | {BOB: md("title: Bob")})
    result = notes.build(strict=True)
    assert [each.severity for each in result.problems] == ["info"] and result.written
