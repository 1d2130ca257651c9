"""What articles claim, what became of it, and who cites them, within the horizon."""

from __future__ import annotations

from typing import Any

from tinyworld import THREE, entity, site

AHEAD = "{default: none, one: all}"
PEOPLE = {"people/all": "ann: {title: Ann}\nbob: {title: Bob, died: 1990}\n"}


def news(*claims: str, number: int = 1, more: str = "") -> dict[str, str]:
    rows = "".join(f"  - {each}\n" for each in claims)
    return {f"news/n{number}": f"---\ntitle: N{number}\ndate: 2020-01-0{number}\n{more}claims:\n{rows}---\nWords.\n"}


def told(view: Any, ref: str) -> list[tuple[str, str, str, str]]:
    """Value, article, state, and who says otherwise."""
    return [
        (each.said.text, each.article.id, each.state, each.by.id if each.by else "")
        for each in entity(view, ref).reports
    ]


def test_states_are_of_what_may_be_known() -> None:
    early = news("{about: person/ann, field: died, value: 1999}")
    late = news("{about: person/ann, field: died, value: 2001, since: two s01e01}", number=2)
    view = site({**THREE, **PEOPLE, **early, **late}, AHEAD)
    assert told(view, "person/ann") == [("1999", "n1", "shown", "")]
    assert entity(view, "person/ann").died.text == "1999"
    view = site({**THREE, **PEOPLE, **early, **late}, "{default: all}")
    assert told(view, "person/ann") == [("1999", "n1", "superseded", "n2"), ("2001", "n2", "shown", "")]


def test_a_hidden_word_of_the_record_lets_a_claim_be_shown() -> None:
    people = {"people/all": "ann: {title: Ann, died: {value: 2005, since: two s01e01}}\n"}
    claim = news("{about: person/ann, field: died, value: 1999}")
    assert told(site({**THREE, **people, **claim}, AHEAD), "person/ann") == [("1999", "n1", "shown", "")]
    assert told(site({**THREE, **people, **claim}, "{default: all}"), "person/ann") == [
        ("1999", "n1", "superseded", "")
    ]


def test_an_article_tells_what_it_changed() -> None:
    claims = ("{about: person/ann, field: died, value: 1999}", "{about: person/bob, field: died, value: 2000}",
              "{about: series/two, field: country, value: Peru, since: two s01e01}")  # fmt: skip
    article = entity(site({**THREE, **PEOPLE, **news(*claims)}, AHEAD), "article/n1")
    assert [(str(each.about), each.state) for each in article.changes] == [("Ann", "shown"), ("Bob", "superseded")]


def test_a_claimed_relation_is_seen_from_its_other_side_when_it_stands() -> None:
    files = {
        **THREE,
        "characters/all": "kit: {title: Kit}\n",
        "places/all": "here: {title: Here}\nthere: {title: There}\n",
    }
    files |= news("{about: character/kit, field: home, value: here}")
    files |= news("{about: character/kit, field: home, value: there, since: two s01e01}", number=2)
    for spoilers, home in ((AHEAD, "here"), ("{default: all}", "there")):
        view = site(files, spoilers)
        residents = {id_: [each.text for each in entity(view, f"place/{id_}").residents] for id_ in ("here", "there")}
        assert residents == {"here": [], "there": []} | {home: ["Kit"]}


def test_a_claim_of_a_relation_is_told_with_what_it_leads_to() -> None:
    files = {"characters/all": "kit: {title: Kit}\n", "places/all": "here: {title: Here}\n"}
    files |= news("{about: character/kit, field: home, value: here}")
    (report,) = entity(site(files), "character/kit").reports
    assert (report.said.value.ref, report.said.text) == ("place/here", "Here")


def test_who_cites_an_article_is_judged_by_the_series_of_who_cites() -> None:
    files = {**THREE, **news("{about: person/ann, field: died, value: 1999}"), **PEOPLE}
    for name in ("one", "two"):
        files["seasons/all"] = files["seasons/all"].replace(
            f"{name}-1: {{", f"{name}-1: {{premise: {{value: P, since: s01e02, source: n1}}, "
        )
    article = entity(site(files, AHEAD), "article/n1")
    assert [(page.id, labels) for page, labels in article.cited_by] == [("one-1", ["Premise"])]


def test_a_hidden_credit_does_not_tell_that_it_cites() -> None:
    files = {**THREE, **PEOPLE, **news("{about: person/ann, field: died, value: 1999}")}
    for name in ("one", "two"):
        files["seasons/all"] = files["seasons/all"].replace(
            f"{name}-1: {{", f"{name}-1: {{credits: [{{person: ann, since: s01e02, source: n1}}], "
        )
    article = entity(site(files, AHEAD), "article/n1")
    assert [(page.id, labels) for page, labels in article.cited_by] == [("one-1", ["Credits"])]


def test_who_cites_an_article_is_told_with_each_label_once() -> None:
    files = {**THREE, **PEOPLE, **news("{about: person/bob, field: born, value: 1950}")}
    files |= news("{about: person/ann, field: died, value: 1999, source: n1}", number=2)
    files["series/all"] = files["series/all"].replace("one: {", "one: {source: n1, ")
    files["seasons/all"] = files["seasons/all"].replace(
        "one-1: {",
        "one-1: {premise: {value: P, source: n1}, "
        "credits: [{person: ann, source: n1}, {person: bob, job: {value: Writer, source: n1}}], ",
    )
    article = entity(site(files), "article/n1")
    assert {page.ref: labels for page, labels in article.cited_by} == {
        "person/ann": ["Died"],
        "series/one": [],
        "season/one-1": ["Credits", "Premise"],
    }
