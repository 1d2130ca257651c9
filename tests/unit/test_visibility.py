"""What of a graph may be known, as a graph of its own."""

from __future__ import annotations

import pytest
from tinyworld import THREE, world

from ballardwiki.graph.visibility import ALL, Visible
from ballardwiki.model import Ref

AHEAD = "{default: none, one: all}"


def visible(files: dict[str, str], spoilers: str = AHEAD) -> Visible:
    found = world(files, spoilers).visible
    assert found
    return found


def test_where_nothing_is_hidden_both_graphs_are_one() -> None:
    made = world({**THREE, "people/all": "ann: {title: Ann, born: {value: 1970, since: one s01e01}}\n"}, AHEAD)
    assert made.shown is made.graph
    assert made.visible and made.visible.hidden == {}


def test_of_an_entity_only_what_is_hidden_is_left_out() -> None:
    files = {
        **THREE,
        "people/all": "ann: {title: Ann, occupations: [{value: A, since: one s01e01}, {value: B, since: two s01e01}, C], born: {value: 1970, since: two s01e01}}\n",
    }
    found = visible(files)
    statements = found.graph.entities[Ref("person/ann")].statements
    assert {name: [each.value for each in row] for name, row in statements.items()} == {
        "title": ["Ann"],
        "occupations": ["A", "C"],
    }
    assert [*found.hidden] == ["person/ann"]


def test_what_is_hidden_is_told_apart_by_what_is_left_out() -> None:
    """An incremental build makes anew what shows an entity of which less or more may be known."""
    files = {
        **THREE,
        "people/all": "ann: {title: Ann, occupations: [{value: A, since: two s01e01}, {value: B, since: two s01e02}]}\n",
    }
    seen = [visible(files, f"{{default: none, two: {point}}}").hidden for point in ("none", "s01e01", "s01e02")]
    assert len({repr(each) for each in seen}) == 3
    assert seen[2] == {}


def test_hidden_whole_are_those_that_can_not_stand_without_something_hidden() -> None:
    files = {
        **THREE,
        "people/all": "ann: {title: Ann}\nbob: {title: Bob, since: two s01e01}\n",
        "episodes/more": "x: {season: three-2, number: 1, credits: [{person: ann}]}\n"
        "y: {season: one-1, number: 9, credits: [{person: bob}, {person: ann, character: kit}]}\n",
        "seasons/more": "three-2: {series: three, number: 2, since: s01e01}\n",
        "characters/all": "kit: {title: Kit, since: two s01e01}\n",
        "news/n": "---\ntitle: N\ndate: 2020\nclaims:\n  - {about: person/bob, field: born, value: 1970}\n"
        "  - {about: place/here, field: kind, value: x}\n  - {about: character/max, field: home, value: there}\n---\nWords.\n",
        "places/all": "here: {title: Here}\nthere: {title: There, since: two s01e01}\n",
        "characters/more": "max: {title: Max}\n",
    }
    hidden = {ref for ref, what in visible(files).hidden.items() if what == ALL}
    assert hidden == {
        "person/bob", "season/three-2", "episode/x", "credit/episode.x.1", "credit/episode.y.1", "character/kit",
        "claim/article.n.1", "claim/article.n.3", "place/there",
    }  # fmt: skip


def test_a_record_may_lose_one_of_several_things_it_needs() -> None:
    """A required field of many values stands while one of them may be known."""
    files = {
        **THREE,
        "works/all": "w: {title: W, kind: {value: novel, since: two s01e01}}\nv: {title: V, kind: novel}\n",
    }
    found = visible(files).graph
    assert [*found.lists["work"]] == ["work/v"]


def test_a_value_that_points_at_something_hidden_is_hidden_by_former_address_too() -> None:
    files = {
        **THREE,
        "people/all": "ann: {title: Ann, distinct_from: [bobby, cat]}\nbob: {title: Bob, was: [bobby], since: two s01e01}\ncat: {title: Cat}\n",
    }
    found = visible(files).graph.entities[Ref("person/ann")]
    assert [each.value for each in found.statements["distinct_from"]] == ["person/cat"]


def test_a_text_that_looks_like_an_address_is_none() -> None:
    files = {
        **THREE,
        "people/all": "ann: {title: Ann, occupations: [person/bob]}\nbob: {title: Bob, since: two s01e01}\n",
    }
    found = visible(files).graph.entities[Ref("person/ann")]
    assert [each.value for each in found.statements["occupations"]] == ["person/bob"]


def test_a_hidden_source_is_no_qualifier_of_anything() -> None:
    files = {**THREE, "sources/all": "s: {title: S}\nt: {title: T, since: two s01e01}\n",
             "people/all": "ann: {title: Ann, source: [s, t], born: {value: 1970, source: t}}\n"}  # fmt: skip
    found = visible(files).graph.entities[Ref("person/ann")]
    assert found.qualifiers.sources == ("s",)
    assert found.statements["born"][0].qualifiers.sources == ()


def test_long_chains_of_needs_are_followed_to_their_end() -> None:
    files = {**THREE, "series/all": THREE["series/all"].replace("two: {", "two: {since: s01e01, ")}
    gone = {ref for ref, what in visible(files).hidden.items() if what == ALL}
    assert gone == {"series/two"} | {f"season/two-{n}" for n in (1, 2)} | {
        f"episode/two-{n}-{m}" for n in (1, 2) for m in (1, 2, 3)
    }


def test_a_hidden_record_leaves_the_list_it_stands_in() -> None:
    files = {**THREE, "people/all": "ann: {title: Ann}\n"}
    rows = "credits: [{person: ann, since: s01e01}, {person: ann, job: Director}]"
    files["seasons/all"] = files["seasons/all"].replace("two-1: {", f"two-1: {{{rows}, ")
    found = visible(files).graph.entities[Ref("season/two-1")]
    assert [each.value for each in found.statements["credits"]] == ["credit/season.two-1.2"]


@pytest.mark.parametrize("cited", ["paper", "source/paper", "old-paper", "source/old-paper"])
def test_a_hidden_source_is_cited_by_none_of_its_addresses(cited: str) -> None:
    files = {
        **THREE,
        "sources/all": "paper: {title: Paper, was: [old-paper], since: two s01e01}\nnews: {title: News}\n",
        "people/all": f"ann: {{title: Ann, born: {{value: 1970, source: [{cited}, news]}}}}\n",
    }
    (born,) = visible(files).graph.entities[Ref("person/ann")].statements["born"]
    assert born.qualifiers.sources == ("news",)


@pytest.mark.parametrize("cited", ["born: {value: 1970, source: [paper, news]}", "source: [paper, news]"])
def test_which_sources_are_hidden_is_told_apart(cited: str) -> None:
    """An incremental build makes anew what shows an entity of whose sources more or less may be known."""
    files = {
        **THREE,
        "sources/all": "paper: {title: Paper, since: two s01e01}\nnews: {title: News, since: two s01e02}\n",
        "people/all": f"ann: {{title: Ann, {cited}}}\n",
    }
    seen = [
        visible(files, f"{{default: none, two: {point}}}").hidden.get(Ref("person/ann"))
        for point in ("none", "s01e01", "s01e02")
    ]
    assert len({*seen}) == 3
