"""`since` hides what it stands beside, wherever it may stand; where it could not, it is an error."""

from __future__ import annotations

import json

import pytest
from secrets_of import leaks
from tinysite import Sites

MID = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, mid: s01e01}\n",
    "content/series/s.yaml": "mid: {title: Mid}\nold: {title: Old}\n",
    "content/seasons/s.yaml": "mid-s01: {series: mid, number: 1}\nold-s01: {series: old, number: 1}\n",
    "content/episodes/e.yaml": "mid-e1: {season: mid-s01, number: 1}\nmid-e2: {season: mid-s01, number: 2}\n"
    "old-e1: {season: old-s01, number: 1}\n",
    "content/people/p.yaml": "jan: {title: Jan}\n",
    "content/characters/c.yaml": "bea: {title: Bea}\n",
}
LATER = "since: mid s01e02"


def problem(site: Sites, files: dict[str, str]) -> tuple[str, str, int]:
    """The one problem of a project."""
    (found,) = site({**MID, **files}).problems()
    return found.rule, found.message, found.at.line


# Where it works


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("characters/a.yaml", "ann: {title: Ann, tags: [{value: SECRET, %s}]}"),
        ("characters/a.yaml", "ann: {title: Ann, aliases: [{value: SECRET, %s}]}"),
        ("characters/a.yaml", "ann: {title: Ann, full_name: {value: SECRET, %s}}"),
        ("characters/a.yaml", "ann: {title: Ann, summary: {value: SECRET, %s}}"),
        ("characters/a.yaml", "ann: {title: Ann, links: [{value: 'https://e.example/SECRET', %s}]}"),
        ("characters/a.yaml", "ann: {title: Ann, details: [Open, {value: SECRET, %s}]}"),
        ("characters/a.yaml", "ann: {title: SECRET, %s, tags: [SECRET], was: [secret-id], text: 'SECRET [[Bea]]'}"),
        ("characters/a.yaml", "secret: {title: Una, %s}\nann: {title: Ann, parents: [secret], siblings: [secret]}"),
        ("episodes/f.yaml", "mid-e3: {season: mid-s01, number: 3, title: {value: SECRET, %s}}"),
        (
            "episodes/f.yaml",
            "mid-e3: {season: mid-s01, number: 3, aired: {value: '1963', %s}, log: [{value: SECRET, %s}]}",
        ),
        ("episodes/f.yaml", "mid-e3: {season: mid-s01, number: 3, credits: [{person: jan, note: SECRET, %s}]}"),
        (
            "episodes/f.yaml",
            "mid-e3: {season: mid-s01, number: 3, credits: [{person: jan, note: {value: SECRET, %s}}]}",
        ),
        (
            "episodes/f.yaml",
            "mid-e3: {season: mid-s01, number: 3, credits: [{person: {value: jan, %s}, note: SECRET}]}",
        ),
        ("episodes/f.yaml", "mid-e3: {season: mid-s01, number: 3, credits: [{person: jan, job: {value: SECRET, %s}}]}"),
        (
            "episodes/f.yaml",
            "mid-e3: {season: mid-s01, number: 3, credits: [{person: jan, version: {value: SECRET, %s}}]}",
        ),
        (
            "series/t.yaml",
            "two: {title: Two, genre: {value: SECRET, %s}, status: [{value: ended, %s, source: secret}]}",
        ),
    ],
)
def test_it_hides_values_records_and_their_parts(site: Sites, path: str, text: str) -> None:
    files = {**MID, "content/sources/s.yaml": "secret: {title: SECRET, url: 'https://e.example/s'}\n"}
    files[f"content/{path}"] = text.replace("%s", LATER) + "\n"
    wiki = site(files)
    if "source: secret" not in text:
        wiki.delete("content/sources")
    assert leaks(wiki.published(), "secret") == set()
    wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02")
    assert leaks(wiki.published(), "secret")


@pytest.mark.parametrize(
    "claim",
    [
        "{about: series/mid, field: country, value: {value: SECRET, %s}}",
        "{about: series/mid, field: country, value: SECRET, %s}",
        "{about: series/mid, field: {value: country, %s}, value: SECRET}",
        "{about: {value: series/mid, %s}, field: country, value: SECRET}",
        "{about: series/mid, field: spun_off_from, value: series/secret}",
        "{about: series/secret, field: country, value: SECRET}",
    ],
)
def test_it_hides_claims_in_every_part(site: Sites, claim: str) -> None:
    wiki = site({**MID, "content/series/x.yaml": f"secret: {{title: Later, {LATER}}}\n"})
    front = f"---\ntitle: News\ndate: 2020-01-01\nclaims:\n  - {claim.replace('%s', LATER)}\n---\n\nWords.\n"
    wiki.write("content/news/one.md", front)
    assert leaks(wiki.published(), "secret") == set()
    wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02")
    assert leaks(wiki.published(), "secret")


def test_the_value_of_a_claim_brings_its_own_source_and_doubt(site: Sites) -> None:
    wiki = site({**MID, "content/sources/s.yaml": "paper: {title: Paper, url: 'https://e.example/s'}\n"})
    claim = "{about: series/mid, field: country, value: {value: Peru, source: paper, confidence: rumoured, since: mid s01e01}}"
    wiki.write("content/news/one.md", f"---\ntitle: News\ndate: 2020-01-01\nclaims: [{claim}]\n---\n\nWords.\n")
    series = json.loads(wiki.published().data("data/series.json"))["records"][0]
    assert series["facts"]["country"] == [
        {"value": "Peru", "source": ["article/one", "source/paper"], "confidence": "rumoured", "since": "mid s01e01"}
    ]


def test_a_hidden_tag_has_no_page_and_the_first_public_spelling_names_it(site: Sites) -> None:
    wiki = site(MID).write("content/characters/a.yaml", f"ann: {{title: Ann, tags: [{{value: KILLER, {LATER}}}]}}\n")
    assert not wiki.published().has("tags")
    wiki.write("content/characters/d.yaml", "dan: {title: Dan, tags: [killer]}\n").published()
    page = wiki.page("tags/killer")
    assert "Dan" in page
    assert "Ann" not in page
    assert "KILLER" not in page
    assert "KILLER" not in wiki.page("tags")


def test_an_episode_has_its_code_for_a_title_until_its_own_may_be_known(site: Sites) -> None:
    wiki = site(MID)
    wiki.write("content/episodes/f.yaml", f"mid-e3: {{season: mid-s01, number: 3, title: {{value: Gone, {LATER}}}}}\n")
    assert "<h1>Mid S01E03" in wiki.published().page("series/mid/s01e03")
    assert "Mid S01E03" in wiki.page("feed.xml") + wiki.page("series/mid/season-1")
    wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02")
    assert "<h1>Gone" in wiki.published().page("series/mid/s01e03")


def test_a_title_that_its_type_can_make_may_be_hidden_though_it_is_required(site: Sites) -> None:
    kind = "label: Thing\nfolder: things\nurl: /things/{id}/\ntitle: 'The {sort}'\n"
    kind += "fields: {title: {required: true}, sort: {kind: text}}\n"
    wiki = site({**MID, "types/thing.yaml": kind})
    wiki.write("content/things/t.yaml", f"t: {{title: {{value: SECRET, {LATER}}}, sort: key}}\n").published()
    assert "<h1>The key" in wiki.page("things/t")
    assert leaks(wiki, "secret") == set()


def test_a_field_of_many_that_must_be_there_is_while_one_of_its_values_is_known(site: Sites) -> None:
    kind = "label: Band\nfolder: bands\nurl: /bands/{id}/\nfields: {members: {kind: ref, to: character, many: true, required: true}}\n"
    wiki = site({**MID, "types/band.yaml": kind, "content/characters/a.yaml": "ann: {title: SECRET}\n"})
    wiki.replace("content/characters/a.yaml", "SECRET", "SECRET, since: mid s01e02")
    wiki.write(
        "content/bands/b.yaml", "b: {title: The Band, members: [bea, ann]}\nd: {title: The Duo, members: [ann]}\n"
    )
    assert leaks(wiki.published(), "secret", "The Duo") == set()
    assert wiki.has("bands/b")


def test_a_link_by_a_hidden_alias_is_plain_text(site: Sites) -> None:
    """It would tell who the mole is; and so would her page, if it quoted the sentence."""
    wiki = site(MID).write(
        "content/characters/a.yaml", f"ann: {{title: Ann, aliases: [{{value: The mole, {LATER}}}]}}\n"
    )
    wiki.write("content/characters/d.yaml", "dan: {title: Dan, text: 'He hunts [[The mole]] at night.'}\n").published()
    assert "hunts The mole at night" in wiki.page("characters/dan")
    assert "no page yet" not in wiki.page("characters/dan")
    assert "mole" not in wiki.page("characters/ann")
    assert "mole" not in wiki.page("wiki/wanted")
    wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02").published()
    assert "<b>The mole</b>" in wiki.page("characters/ann")


def test_a_name_that_hidden_pages_share_has_no_page(site: Sites) -> None:
    wiki = site(MID).write(
        "content/characters/a.yaml",
        f"ann: {{title: Ann, aliases: [Ghost]}}\ndan: {{title: Dan, aliases: [{{value: Ghost, {LATER}}}]}}\n",
    )
    assert not wiki.published().has("names/ghost")
    assert wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02").published().has("names/ghost")


def test_a_list_is_in_the_order_of_what_may_be_known(site: Sites) -> None:
    """A page that stands where a hidden number would put it tells the number."""
    wiki = site(
        {**MID, "content/series/s.yaml": f"mid: {{title: Mid}}\nold: {{title: Old, number: {{value: 1, {LATER}}}}}\n"}
    )
    listed = wiki.published().page("series")
    assert listed.index(">Mid<") < listed.index(">Old<")
    listed = wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02").published().page("series")
    assert listed.index(">Old<") < listed.index(">Mid<")


def test_a_watch_order_does_not_follow_a_hidden_relation(site: Sites) -> None:
    wiki = site(MID).write("content/seasons/s.yaml", "mid-s01: {series: mid, number: 1, premiered: '2001'}\n"
        f"old-s01: {{series: old, number: 1, premiered: '2000', follows: [{{value: series/mid, {LATER}}}]}}\n")  # fmt: skip
    assert "Follows" not in wiki.published().page("watch-order")
    assert "Follows" in wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02").published().page("watch-order")


@pytest.mark.parametrize(
    "season", ["mid-s01: {series: mid, number: 1, %s}", "mid-s01: {series: {value: mid, %s}, number: 1}"]
)
def test_episodes_are_hidden_with_their_season(site: Sites, season: str) -> None:
    wiki = site(
        {**MID, "content/seasons/s.yaml": "old-s01: {series: old, number: 1}\n" + season.replace("%s", LATER) + "\n"}
    )
    if "{value" in season:
        assert "since-placed" in wiki.rules()
        return
    wiki.published()
    assert not wiki.has("series/mid/s01e01")
    assert wiki.has("series/old/s01e01")
    assert json.loads(wiki.data("data/episode.json"))["records"][0]["id"] == "episode/old-e1"


def test_a_former_id_of_a_hidden_page_leads_nowhere(site: Sites) -> None:
    wiki = site(MID).write("content/characters/a.yaml", f"ann: {{title: Ann, was: [anna], {LATER}}}\n").published()
    assert not wiki.has("characters/anna")
    assert not wiki.has("_redirects")


# Where it can't work


@pytest.mark.parametrize(
    ("path", "text", "field"),
    [
        ("characters/a.yaml", "ann: {title: {value: Ann, %s}}", "title"),
        ("characters/a.yaml", "ann: {title: Ann, was: [{value: anna, %s}]}", "was"),
        ("characters/a.yaml", "ann: {title: Ann, draft: {value: true, %s}}", "draft"),
        ("characters/a.yaml", "ann: {title: Ann, publish_at: {value: 2020-01-01, %s}}", "publish_at"),
        ("news/a.yaml", "ann: {title: Ann, date: {value: 2020-01-01, %s}}", "date"),
        ("episodes/f.yaml", "mid-e3: {season: mid-s01, number: {value: 3, %s}}", "number"),
        ("episodes/f.yaml", "mid-e3: {number: 3, season: {value: mid-s01, %s}}", "season"),
        ("seasons/t.yaml", "mid-s02: {number: {value: 2, %s}, series: mid}", "number"),
    ],
)
def test_a_since_that_could_not_hide_is_an_error(site: Sites, path: str, text: str, field: str) -> None:
    rule, message, line = problem(site, {f"content/{path}": f"# remark\n{text.replace('%s', LATER)}\n"})
    assert (rule, line) == ("since-placed", 2)
    assert message.startswith(f"{field} can't have a since: ")


def test_what_makes_the_address_of_an_own_type_can_not_be_hidden(site: Sites) -> None:
    kind = "label: Thing\nfolder: things\nurl: /things/{sort}/{id}/\nfields: {sort: {kind: text}, more: {kind: text}}\n"
    one = f"a: {{title: A, sort: {{value: x, {LATER}}}, more: {{value: y, {LATER}}}}}\n"
    rule, message, _ = problem(site, {"types/thing.yaml": kind, "content/things/a.yaml": one})
    assert (rule, message) == ("since-placed", "sort can't have a since: it makes its address.")


@pytest.mark.parametrize("text", ["ann: {title: Ann, full_name: {value: A, since: }}", "ann: {title: Ann, since: ~}"])
def test_a_since_without_a_moment_is_an_error(site: Sites, text: str) -> None:
    rule, message, _ = problem(site, {"content/characters/a.yaml": f"{text}\n"})
    assert (rule, message) == ("since-placed", "since names no moment.")


@pytest.mark.parametrize("field", ["draft", "publish_at"])
def test_what_keeps_a_page_back_is_not_left_empty(site: Sites, field: str) -> None:
    rule, message, line = problem(site, {"content/characters/a.yaml": f"ann: {{title: Ann, {field}: }}\n"})
    assert (rule, message, line) == ("field-valid", f"{field} holds nothing.", 1)


@pytest.mark.parametrize(
    "spoilers",
    ["{default: all, mdi: none}", "{default: all, mid: s1x2}", "{default: all, mid: old s01e01}", "{default: soon}"],
)
def test_a_horizon_of_no_series_or_moment_is_an_error(site: Sites, spoilers: str) -> None:
    rule, message, _ = problem(
        site, {"site.yaml": f"title: T\nbase_url: https://wiki.example/\nspoilers: {spoilers}\n"}
    )
    assert rule == "since-resolves"
    assert message.startswith("spoilers ")


def test_a_moment_that_is_none_stops_the_build_whatever_the_settings_say(site: Sites) -> None:
    wiki = site(MID).write("content/characters/a.yaml", "ann: {title: Ann, full_name: {value: A, since: mdi s01e02}}\n")
    wiki.replace("site.yaml", "spoilers:", "rules: {since-resolves: off}\nspoilers:")
    assert "since-resolves" in wiki.rules()
    assert wiki.build().failed


def test_a_horizon_of_a_series_that_is_a_draft_is_none_to_complain_of(site: Sites) -> None:
    wiki = site(MID).write("content/series/new.yaml", "new: {title: New, draft: true}\n")
    assert wiki.replace("site.yaml", "default: none", "default: none, new: s01e01").problems() == []
