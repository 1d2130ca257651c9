"""The tables of a graph, each by name: what they hold, also in the corners that hardly any page shows."""

from __future__ import annotations

from functools import cmp_to_key

import pytest
from msgspec import structs
from tinyworld import THREE, schema, world

from ballardwiki.graph import Graph, link, patterns, tables
from ballardwiki.graph.tables import cited, names_of, precedence
from ballardwiki.model import Ref, ref_id


def graph(files: dict[str, str], spoilers: str = "{default: all}") -> Graph:
    return world(files, spoilers).shown


AHEAD = "{default: none, one: all}"


def test_former_ids_lead_to_present_ones_and_the_first_who_claims_one_has_it() -> None:
    found = graph({"people/all": "ann: {title: Ann, was: [anna, x]}\nbob: {title: Bob, was: [x]}\n"})
    assert found.former == {"person/anna": "person/ann", "person/x": "person/ann"}


def test_a_former_id_that_is_another_type_s_present_one_is_that_one_s() -> None:
    """`[[fog]]` by id alone means the page that has the id now, though a person had it once."""
    files = {"people/all": "ann: {title: Ann, was: [fog]}\n", "places/all": "fog: {title: The Fog}\n"}
    found = graph(files)
    assert found.find("fog") == "place/fog"
    assert found.find("person/fog") == "person/ann"
    assert found.present("person/fog") == "person/ann"
    assert found.present("place/fog") == "place/fog"


def test_a_present_address_is_no_former_one() -> None:
    files = {"people/all": "ann: {title: Ann}\nbob: {title: Bob, was: [ann]}\n"}
    assert graph(files).present("person/ann") == "person/ann"


def test_urls_are_of_types_with_pages_and_need_all_their_fields() -> None:
    files = {**THREE, "sources/all": "s: {title: S}\n", "pages/about": "---\ntitle: About\n---\nWords.\n"}
    found = graph(files)
    assert found.urls[Ref("page/about")] == "/about/"
    assert found.urls[Ref("episode/two-1-3")] == "/series/two/s01e03/"
    assert "source/s" not in found.urls


def test_lists_are_in_their_types_order() -> None:
    found = graph({**THREE, "people/all": "a: {title: Zoe}\nb: {title: Éva}\nc: {title: adam}\n"})
    assert found.lists["person"] == ("person/c", "person/b", "person/a")
    assert found.lists["season"] == tuple(f"season/{each}" for each in ("one-1", "one-2", "two-1", "two-2", "three-1"))


def test_lists_hold_what_may_be_known_where_that_would_put_it() -> None:
    files = {"series/all": "one: {title: One, number: 3}\ntwo: {title: Two, number: {value: 1, since: s01e01}}\n"
             "three: {title: Three, number: 2, since: s01e01}\n", "seasons/all": "two-1: {series: two, number: 1}\n"}  # fmt: skip
    assert graph(files, AHEAD).lists["series"] == ("series/one", "series/two")
    assert graph(files).lists["series"] == ("series/two", "series/three", "series/one")


def test_names_are_titles_aliases_and_patterns_within_the_horizon() -> None:
    files = {**THREE, "people/all": "ann: {title: Ann, aliases: [Á, {value: Spy, since: two s01e01}]}\n"}
    found = graph(files, AHEAD)
    assert found.find("a") == "person/ann"
    assert found.find("spy") == ()
    assert found.find("Two S01E02") == found.find("two 1x02") == "episode/two-1-2"
    assert graph(files).find("spy") == "person/ann"


def test_names_of_one_record_are_folded() -> None:
    found = graph({**THREE, "people/all": "ann: {title: Ánn, aliases: [A_B, ÁNN]}\n"})
    assert [*names_of(found, Ref("person/ann"))] == ["ann", "a b", "ann"]
    assert "two s01e02" in names_of(found, Ref("episode/two-1-2"))


@pytest.mark.parametrize("kind", ["person", "season", "article", "episode"])
def test_precedence_is_the_order_of_lists(kind: str) -> None:
    news = {
        f"news/{id_}": f"---\ntitle: N\ndate: {day}\n---\nWords.\n"
        for id_, day in zip("abcd", ("2020", "2021", "2021", "2019"), strict=True)
    }
    found = graph(
        {**THREE, **news, "people/all": "a: {title: Zoe}\nb: {title: Éva}\nc: {title: zoe}\nd: {title: adam}\n"}
    )
    key = cmp_to_key(precedence(found, kind))
    assert sorted({*found.lists[kind]}, key=key) == [*found.lists[kind]]


def test_cited_is_news_alone_and_where_it_is_named() -> None:
    files = {
        "sources/all": "s: {title: S}\n",
        "news/n": "---\ntitle: N\ndate: 2020\n---\nWords.\n",
        "people/all": "ann: {title: Ann, source: [s, n], born: {value: 1980, source: news/n}, died: {value: 2020, source: article/n}}\n",
    }
    found = graph({**files, "people/all": files["people/all"].replace("news/n", "s")})
    assert {*cited(found, found.entities[Ref("person/ann")])} == {("article/n", ""), ("article/n", "died")}


def test_inverses_are_of_fields_and_of_claims() -> None:
    files = {**THREE, "characters/all": "kit: {title: Kit, home: here}\nmax: {title: Max}\n", "places/all": "here: {title: Here}\n",
             "news/n": "---\ntitle: N\ndate: 2020\nclaims: [{about: character/max, field: home, value: here}]\n---\nWords.\n"}  # fmt: skip
    found = graph(files).inverses[Ref("place/here")]["residents"]
    assert [(each.source, each.claim and each.claim.article) for each in found] == [
        ("character/kit", None), ("character/max", "article/n")
    ]  # fmt: skip


def test_inverses_of_a_former_address_are_the_present_one_s() -> None:
    files = {"people/all": "ann: {title: Ann, was: [anna]}\nbob: {title: Bob, distinct_from: [anna]}\n"}
    assert [each.source for each in graph(files).inverses[Ref("person/ann")]["distinct_from"]] == ["person/bob"]


def test_tags_are_one_however_they_are_written_and_of_pages_only() -> None:
    files = {
        "people/all": "ann: {title: Ann, tags: [Émigré]}\nbob: {title: Bob, tags: [emigre]}\n",
        "sources/all": "s: {title: S, tags: [emigre]}\n",
    }
    assert graph(files).tags == {"emigre": ("Émigré", ["person/ann", "person/bob"])}


def test_citing_knows_news_by_id_by_address_and_by_former_id() -> None:
    files = {**THREE, "news/n": "---\ntitle: N\ndate: 2020\nwas: [old]\n---\nWords.\n",
             "people/all": "ann: {title: Ann, born: {value: 1970, source: n}, died: {value: 1999, source: article/n}}\n"
             "bob: {title: Bob, source: old}\ncat: {title: Cat, born: {value: 1970, source: n, since: two s01e01}}\n"}  # fmt: skip
    assert graph(files, AHEAD).citing == {
        "article/n": [("person/ann", "born"), ("person/ann", "died"), ("person/bob", "")]
    }


def test_a_source_is_a_record_before_it_is_news() -> None:
    files = {"news/n": "---\ntitle: N\ndate: 2020\n---\nWords.\n", "sources/all": "n: {title: S}\n"}
    assert graph(files).source("n") == "source/n"
    assert graph(files).source("article/n") == "article/n"
    assert graph({"news/n": files["news/n"]}).source("n") == "article/n"


def test_titles_are_given_or_made() -> None:
    files = {**THREE}
    files["episodes/all"] = files["episodes/all"].replace(
        "two-1-1: {", "two-1-1: {title: {value: Gone, since: s01e01}, "
    )
    assert graph(files, AHEAD).titles[Ref("episode/two-1-1")] == "Two S01E01"
    assert graph(files).titles[Ref("episode/two-1-1")] == "Gone"


def test_backlinks_are_plain_or_veiled() -> None:
    files = {**THREE, "people/ann": "---\ntitle: Ann\n---\nHere is [[Bob]].\n\n||two s01e01: And [[Cat]].||\n",
             "people/all": "bob: {title: Bob}\ncat: {title: Cat}\n"}  # fmt: skip
    found = graph(files)
    assert found.backlinks == {"person/bob": ["person/ann"]}
    assert [(each.source, each.since) for each in found.veiled[Ref("person/cat")]] == [("person/ann", ("two s01e01",))]
    assert [*found.called[Ref("person/cat")]] == ["Cat"]


def news(*dates: str) -> dict[str, str]:
    return {
        f"news/n{number}": f"---\ntitle: N{number}\ndate: {date}\n---\nWords.\n" for number, date in enumerate(dates)
    }


def test_news_is_the_newest_first_and_of_one_day_the_last_id() -> None:
    assert graph(news("2020-01-01", "2021", "2020-01-01")).news == ("article/n1", "article/n2", "article/n0")


def test_years_of_news_are_the_latest_first() -> None:
    found = graph(news("2020-01-01", "2021", "2020-05")).years["article"]
    assert {year: [*refs] for year, refs in found.items()} == {
        "2021": ["article/n1"],
        "2020": ["article/n2", "article/n0"],
    }
    assert [*found] == ["2021", "2020"]


def test_rows_and_pages_cut_a_list() -> None:
    found = graph(news("2023", "2022", "2021"))
    assert [tables.rows(found, "article", number, 2) for number in (1, 2, 3)] == [
        ("article/n0", "article/n1"),
        ("article/n2",),
        (),
    ]


def test_pages_are_never_none() -> None:
    assert [tables.pages(graph(news(*dates)), "article", 2) for dates in ((), ("2021",), ("2021", "2022", "2023"))] == [
        1,
        1,
        2,
    ]


def test_shared_names_are_those_of_several() -> None:
    found = graph({"people/all": "ann: {title: Ann, aliases: [X, Y]}\nbob: {title: Bob, aliases: [x]}\n"})
    assert found.shared == {"person/ann": ["x"], "person/bob": ["x"]}


def test_wanted_names_are_those_that_nobody_bears_each_text_once() -> None:
    files = {**THREE, "people/ann": "---\ntitle: Ann\n---\n||one s01e01: [[Zoe]]|| [[Zoe]] [[zoe]] [[Two]]\n"}
    (found,) = graph(files).wanted.values()
    assert [(each.source, each.mention.since) for each in found] == [("person/ann", ())]


def test_lacks_are_the_fields_that_an_address_needs() -> None:
    found = graph(THREE)
    assert tables.lacks(found, found.entities[Ref("episode/one-1-1")]) == []


def test_a_record_whose_other_names_lack_a_value_is_not_found_by_no_name() -> None:
    """A pattern that can't be filled makes no name."""
    found = graph({**THREE, "people/all": "ann: {title: Ann}\n"})
    short = structs.replace(
        schema(), types={**schema().types, "person": structs.replace(schema().types["person"], names=("{born}",))}
    )
    bare = link(found.entities.values(), short)
    assert bare.find("ann") == "person/ann"
    assert "" not in bare.names and bare.find("") == ()


def test_of_one_day_the_last_id_is_the_newest_in_lists_too() -> None:
    assert graph(news("2020-01-01", "2021", "2020-01-01")).lists["article"] == (
        "article/n1",
        "article/n2",
        "article/n0",
    )


@pytest.mark.parametrize(("order", "ids"), [("-date", "n2 n1 n0"), ("date", "n0 n1 n2"), ("title", "n0 n1 n2")])
def test_only_a_list_that_begins_with_the_newest_is_turned_round(order: str, ids: str) -> None:
    found = graph(
        {
            name: text.replace(f"title: {name[-2:].upper()}", "title: N")
            for name, text in news("2020", "2020", "2020").items()
        }
    )
    article = structs.replace(schema().types["article"], order=(order,))
    turned = link(found.entities.values(), structs.replace(schema(), types={**schema().types, "article": article}))
    assert " ".join(map(ref_id, turned.lists["article"])) == ids


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "one-2-3"),
        ("number", 3),
        ("title", "One S02E03"),
        ("title.title", None),
        ("aired", None),
        ("season", "one-2"),
        ("season.id", "one-2"),
        ("season.number", 2),
        ("season.series", "one"),
        ("season.series.title", "One"),
        ("season.aired", None),
    ],
)
def test_a_path_leads_through_records_to_a_value(path: str, value: str | int | None) -> None:
    assert graph(THREE).value("episode/one-2-3", path) == value


def test_what_points_at_a_record_or_is_inside_one_has_its_id_for_a_value() -> None:
    files = {**THREE, "characters/all": "kit: {title: Kit, home: here}\n", "places/all": "here: {title: Here}\n"}
    files["seasons/all"] = files["seasons/all"].replace("one-1: {", "one-1: {credits: [{person: ann}], ")
    found = graph(files | {"people/all": "ann: {title: Ann}\n"})
    (credit,) = found.lists["credit"]
    assert found.value("character/kit", "home") == "here"
    assert (found.value(credit, "within"), found.value(credit, "person")) == ("one-1", "ann")


def test_what_is_not_there_has_no_value_but_its_id() -> None:
    assert [graph(THREE).value("person/zoe", path) for path in ("id", "title", "born")] == ["zoe", None, None]


def test_a_lack_says_where_a_path_ends_and_whether_that_is_told() -> None:
    files = {**THREE, "episodes/more": "x: {season: none, number: 1}\ny: {season: one-1, number: 9}\n"}
    entities = world(files).graph.entities.values()
    found = link([structs.replace(each, refused=("aired",)) if each.id == "y" else each for each in entities], schema())
    assert [
        patterns.lacking(found, ref, path)
        for ref, path in [("episode/x", "season.number"), ("episode/y", "aired"), ("episode/y", "season.ended.x")]
    ] == [
        (Ref("season/none"), "number", "dangling"),
        (Ref("episode/y"), "aired", "refused"),
        (Ref("season/one-1"), "ended", ""),
    ]


def test_the_ids_of_a_type_are_made_ready_once_for_finding_the_likely_one() -> None:
    found = graph({"people/all": "ann: {title: Ann}\n", "places/all": "anne: {title: Anne}\n"})
    assert (found.likely("person").nearest("annn"), found.likely("place").nearest("annn")) == ("ann", "anne")
    assert found.likely("person") is found.likely("person")
