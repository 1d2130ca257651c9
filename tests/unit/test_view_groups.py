"""Tags and shared names as a page sees them."""

from __future__ import annotations

from tinyworld import THREE, entity, site

from ballardwiki.pages.view import ListView, NameView
from ballardwiki.slugs import fold

AHEAD = "{default: none, one: all}"


def test_a_tag_has_what_bears_it_within_each_series_own_horizon() -> None:
    files = {**THREE}
    for name in ("one", "two"):
        files["seasons/all"] = files["seasons/all"].replace(
            f"{name}-1: {{", f"{name}-1: {{tags: [{{value: Last, since: s01e02}}], "
        )
    view = site(files, AHEAD)
    assert [(tag.name, [each.id for each in tag.entities]) for tag in view.tags] == [("Last", ["one-1"])]


def test_a_tag_is_called_as_the_first_who_may_be_known_writes_it() -> None:
    files = {
        **THREE,
        "people/all": "ann: {title: Ann, tags: [{value: SPY, since: two s01e01}]}\nbob: {title: Bob, tags: [Spy]}\n",
    }
    assert site(files, AHEAD).tag("spy").name == "Spy"


def test_what_bears_a_tag_is_news_first_the_newest_before_the_rest() -> None:
    files = {"people/all": "ann: {title: Ann, tags: [x]}\nabe: {title: Abe, tags: [x]}\n"}
    files |= {
        f"news/{day}": f"---\ntitle: N{day}\ndate: 2020-01-{day}\ntags: [x]\n---\nWords.\n" for day in ("02", "11")
    }
    assert [each.title for each in site(files).tag("x").entities] == ["N11", "N02", "Abe", "Ann"]


NAMESAKES = {
    **THREE,
    "people/all": "ann: {title: Ann, aliases: [Ghost]}\nbob: {title: Bob, aliases: [{value: The Ghost, since: two s01e01}, ghost]}\n"
    "cat: {title: Cat, aliases: [{value: Ghost, since: two s01e01}]}\ndan: {title: Dan, since: two s01e01, aliases: [Ghost]}\n",
}


def test_a_name_has_those_who_may_be_known_by_it() -> None:
    named = NameView(site(NAMESAKES, AHEAD), fold("Ghost"))
    assert ([each.id for each in named.entities], named.name, named.url) == (["ann", "bob"], "Ghost", "/names/ghost/")
    everybody = NameView(site(NAMESAKES, "{default: all}"), fold("Ghost"))
    assert [each.id for each in everybody.entities] == ["ann", "bob", "cat", "dan"]


def test_an_entity_knows_its_shared_names() -> None:
    view = site(NAMESAKES, AHEAD)
    assert [each.key for each in entity(view, "person/ann").namesakes] == ["ghost"]
    assert entity(view, "person/cat").namesakes == []
    assert [each.name for each in entity(site(NAMESAKES, "{default: all}"), "person/cat").namesakes] == ["Ghost"]


def test_a_list_has_its_pages_and_years_by_what_may_be_known() -> None:
    files = {**THREE} | {
        f"news/n{number}": f"---\ntitle: N{number}\ndate: 20{number}0-01-01\n{since}---\nWords.\n"
        for number, since in ((1, ""), (2, "since: two s01e01\n"), (3, "since: one s01e01\n"))
    }
    found = ListView(site(files, AHEAD), "article")
    assert ([each.id for each in found.rows(1, 1)], [each.id for each in found.rows(2, 1)], found.pages(1)) == (
        ["n3"],
        ["n1"],
        2,
    )
    assert (found.years, [each.id for each in found.of_year("2030")], found.of_year("2020")) == (
        ["2030", "2010"],
        ["n3"],
        [],
    )
