"""What templates see of an entity: its own facts and those of others about it, each by the horizon of who says it."""

from __future__ import annotations

from typing import Any

import pytest
from tinyworld import THREE, entity, site

from ballardwiki.pages.view import UndeclaredError

AHEAD = "{default: none, one: all}"
"""Readers have seen all of `one` and nothing of `two`."""


def titles(found: Any) -> list[str]:
    return [each.text for each in found]


def test_who_points_here_is_judged_by_the_series_of_who_points() -> None:
    """`two` says in its own words what it follows: that is known when `two` is, not when `one` is."""
    files = {**THREE}
    files["seasons/all"] = files["seasons/all"].replace(
        "two-1: {", "two-1: {follows: [{value: series/one, since: s01e01}], "
    )
    files["seasons/all"] = files["seasons/all"].replace(
        "one-2: {", "one-2: {follows: [{value: series/two, since: s01e01}], "
    )
    view = site(files, AHEAD)
    assert titles(entity(view, "series/one").followed_by) == []
    assert titles(entity(view, "series/two").followed_by) == ["One, season 2"]
    assert titles(entity(view, "season/two-1").follows) == []


def test_a_credit_is_judged_by_the_series_it_stands_in() -> None:
    files = {**THREE, "people/a": "ann: {title: Ann}\n"}
    for name in ("one", "two"):
        files["seasons/all"] = files["seasons/all"].replace(
            f"{name}-1: {{", f"{name}-1: {{credits: [{{person: {{value: ann, since: s01e02}}, job: {name}}}], "
        )
    ann = entity(site(files, AHEAD), "person/ann")
    assert [str(each.job) for each in ann.credits] == ["one"]


def test_a_relation_that_holds_both_ways_is_seen_from_both_sides_once() -> None:
    files = {**THREE, "characters/all": "ann: {title: Ann, siblings: [bob, {value: cat, since: two s01e01}]}\n"
             "bob: {title: Bob, siblings: [{value: ann, since: two s01e01}]}\ncat: {title: Cat}\n"
             "dan: {title: Dan, siblings: [eve]}\neve: {title: Eve, siblings: [dan]}\n"}  # fmt: skip
    view = site(files, AHEAD)
    assert titles(entity(view, "character/ann").siblings) == ["Bob"]
    assert titles(entity(view, "character/bob").siblings) == ["Ann"]
    assert titles(entity(view, "character/cat").siblings) == []
    assert titles(entity(view, "character/eve").siblings) == ["Dan"]


def test_a_field_of_one_value_is_that_or_none() -> None:
    view = site({"people/all": "ann: {title: Ann, born: 1970}\n"})
    ann = entity(view, "person/ann")
    assert ann
    assert str(ann.born) == "1970"
    assert ann.died is None
    assert ann.occupations == []
    with pytest.raises(UndeclaredError):
        ann.hobby  # noqa: B018


def test_sources_are_the_record_s_and_those_its_field_lists() -> None:
    files = {"news/a": "---\ntitle: A\ndate: 2020\nsource: s1\nsources: [s2, {value: s3, since: two s01e01}]\n---\nWords.\n",
             "sources/all": "s1: {title: S1}\ns2: {title: S2}\ns3: {title: S3}\n", **THREE}  # fmt: skip
    article = entity(site(files, AHEAD), "article/a")
    assert article and [each.id for each in article.sources] == ["s1", "s2"]


def test_headings_are_judged_by_the_series_of_their_text() -> None:
    text = '## Open\n\n## Later {since="s01e01"}\n\n## Other {since="two s01e01"}\n'
    files = {
        **THREE,
        "series/all": "three: {title: Three}\n",
        "series/one": f"---\ntitle: One\nnumber: 1\n---\n{text}",
        "series/two": f"---\ntitle: Two\nnumber: 2\n---\n{text}",
    }
    view = site(files, AHEAD)
    assert [each.text for each in entity(view, "series/one").headings] == ["Open", "Later"]
    assert [each.text for each in entity(view, "series/two").headings] == ["Open"]


def test_an_owner_is_what_a_record_is_written_in() -> None:
    files = {**THREE, "people/a": "ann: {title: Ann}\n"}
    files["seasons/all"] = files["seasons/all"].replace("two-1: {", "two-1: {credits: [{person: ann}], ")
    view = site(files)
    (credit,) = entity(view, "person/ann").credits
    assert credit.owner == entity(view, "season/two-1")
    assert entity(view, "season/two-1").owner is None


def test_a_former_address_is_the_present_one() -> None:
    view = site({"people/a": "ann: {title: Ann, was: [anna]}\nbob: {title: Bob, distinct_from: [anna]}\n"})
    assert entity(view, "person/anna") == entity(view, "person/ann")
    assert titles(entity(view, "person/bob").distinct_from) == ["Ann"]


def test_what_is_written_in_another_field_s_name_is_no_path() -> None:
    files = {**THREE}
    episode = entity(site(files), "episode/one-2-3")
    assert episode
    assert str(episode.path("season.series")) == "One"
    assert episode.path("season.series.genre") is None
