"""The site as one page sees it: what names, addresses, parts and ids mean to somebody who has come so far."""

from __future__ import annotations

import pytest
from msgspec import structs
from msgspec.structs import replace
from tinyworld import THREE, entity, site, world

from ballardwiki.model import Ref
from ballardwiki.pages import facts
from ballardwiki.pages.view import SiteView, UndeclaredError, horizon

AHEAD = "{default: none, one: all}"
PARTED = '---\nseries: {}\nnumber: 1\n---\n## Open\n\n## Later {{since="s01e01"}}\n\nWords.\n'
FILES = {
    **THREE,
    "seasons/all": "one-2: {series: one, number: 2}\ntwo-2: {series: two, number: 2}\nthree-1: {series: three, number: 1}\n",
    "seasons/one-1": PARTED.format("one"),
    "seasons/two-1": PARTED.format("two"),
    "people/all": "ann: {title: Ann, was: [anna], aliases: [{value: Spy, since: two s01e01}]}\nbob: {title: Bob, since: two s01e01}\n",
    "sources/all": "s: {title: S}\nt: {title: T, since: two s01e01}\n",
}  # fmt: skip


def test_a_part_of_a_page_is_judged_by_that_page_s_series() -> None:
    view = site(FILES, AHEAD)
    assert view.part(Ref("season/one-1"), "later") == "later"
    assert view.part(Ref("season/two-1"), "later") == ""
    assert view.part(Ref("season/two-1"), "open") == "open"
    assert view.part(Ref("season/two-1"), "cast") == "cast"


def test_names_mean_what_may_be_known_by_them() -> None:
    view = site(FILES, AHEAD)
    assert (view.meant("Ann"), view.meant("anna"), view.meant("person/anna")) == ("person/ann",) * 3
    assert (view.meant("Spy"), view.meant("Bob"), view.meant("person/bob"), view.meant("Nobody")) == (None,) * 4
    assert [view.withheld(name) for name in ("Spy", "Bob", "person/bob", "Nobody", "Ann")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_template_finds_by_name_what_may_be_known() -> None:
    view = site(FILES, AHEAD)
    found = view.find("Ann")
    assert found and found.ref == "person/ann"
    assert view.find("Spy") is None


def test_a_hidden_page_s_title_does_not_become_another_s_alias() -> None:
    """`[[Bob]]` was written of Bob: until he may be known it leads nowhere, and not to Ann, whom some call so."""
    files = FILES | {"people/all": FILES["people/all"].replace("aliases: [", "aliases: [Bob, ")}
    files |= {"places/a": "---\ntitle: A\n---\nHere is [[Bob]] at last.\n"}
    view = site(files, AHEAD)
    assert view.meant("Bob") is None and view.withheld("Bob")
    assert entity(view, "person/ann").mentions == []
    assert site(files, "{default: all}").meant("Bob") == "person/bob"


def test_sources_and_entities_that_may_not_be_known_are_none() -> None:
    view = site(FILES, AHEAD)
    assert view.source("s") and view.source("t") is None
    assert view.entity("person/bob") is None
    assert [each.id for each in view.all("person")] == ["ann"]
    assert view.shown(Ref("person/ann")) and not view.shown(Ref("person/bob"))


def test_an_address_of_a_hidden_page_is_known_to_be_a_page() -> None:
    """So a link to it is plain text, not one to nothing."""
    view = site(FILES, AHEAD)
    assert view.at("/people/bob/") == "person/bob"
    assert view.at("/people/zed/") is None


@pytest.mark.parametrize(
    ("do", "read"),
    [
        (lambda view: view.meant("Spy"), "name Spy"),
        (lambda view: view.entity("person/zed"), "former person/zed"),
        (lambda view: view.entity("person/zed"), "record person/zed"),
        (lambda view: view.entity("person/bob"), "record person/bob"),
        (lambda view: view.entity("person/anna"), "former person/anna"),
        (lambda view: view.part(Ref("season/two-1"), "later"), "headings season/two-1"),
        (lambda view: view.part(Ref("season/two-1"), "later"), "story"),
        (lambda view: view.part(Ref("season/two-1"), "later"), "timeline season/two-1"),
        (lambda view: view.at("/people/bob/"), "address /people/bob/"),
        (lambda view: view.source("t"), "source t"),
        (lambda view: view.has_asset("media/a.jpg"), "asset media/a.jpg"),
        (lambda view: view.all("person"), "list person"),
        (lambda view: view.today, "today"),
    ],
)  # fmt: skip
def test_what_is_looked_up_in_vain_is_noted_as_well(do: object, read: str) -> None:
    view = site(FILES, AHEAD)
    do(view)  # type: ignore[operator]
    assert read in {str(fact) for fact in view.trace}


def test_what_is_there_is_not_asked_for_among_former_addresses() -> None:
    view = site(FILES, AHEAD)
    before = set(view.trace)
    assert view.entity("person/ann")
    assert {str(fact) for fact in set(view.trace) - before} == {"record person/ann"}


@pytest.mark.parametrize(
    ("links", "written"),
    [
        (
            "clean",
            "../../ ../../people/b/ ../../people/b/#c ../../x.json ../../x.json#c #c https://a.example/ mailto:a@b.example",
        ),
        (
            "files",
            "../../index.html ../../people/b/index.html ../../people/b/index.html#c ../../x.json ../../x.json#c #c https://a.example/ mailto:a@b.example",
        ),
    ],
)
def test_addresses_are_written_as_the_page_needs_them(links: str, written: str) -> None:
    made = world(FILES, AHEAD)
    made = replace(made, config=structs.replace(made.config, links=links))
    view = SiteView(made, horizon(made), "/people/a/")
    given = [
        "/",
        "/people/b/",
        "/people/b/#c",
        "/x.json",
        "/x.json#c",
        "#c",
        "https://a.example/",
        "mailto:a@b.example",
    ]
    assert [view.href(each) for each in given] == written.split()


def test_a_file_that_is_withheld_is_not_there() -> None:
    made = world(FILES, AHEAD)
    assert made.visible
    visible = replace(made.visible, files=frozenset({"media/a.jpg"}))
    made = replace(made, assets={"media/a.jpg": "1", "media/b.jpg": "2"}, visible=visible)
    view = SiteView(made, horizon(made))
    assert (view.has_asset("media/a.jpg"), view.has_asset("media/b.jpg")) == (False, True)
    picture = facts.ASSET("media/a.jpg")
    assert facts.digest(picture, made) != facts.digest(picture, replace(made, visible=None))


def test_the_site_has_its_settings_and_nothing_else() -> None:
    view = site(FILES, AHEAD)
    assert view.title == "T"
    assert facts.SITE("title") in view.trace
    with pytest.raises(UndeclaredError, match="the site has no tilte"):
        view.tilte  # noqa: B018


def test_a_claim_is_settled_by_what_may_be_known() -> None:
    claims = "claims: [{about: person/ann, field: died, value: 1999, since: two s01e01}]\n"
    files = FILES | {"news/n": f"---\ntitle: N\ndate: 2020\n{claims}---\nWords.\n"}
    assert entity(site(files, AHEAD), "person/ann").died is None
    assert entity(site(files, "{default: all}"), "person/ann").died.text == "1999"


def test_moments_of_a_series_that_is_hidden_itself_are_not_known() -> None:
    """Readers who have seen all else must not read what is told of a series that is kept from them."""
    files = FILES | {"series/all": THREE["series/all"].replace("two: {", "two: {since: s01e01, ")}
    view = site(files, "{default: all, two: none}")
    assert not view.shown(Ref("series/two"))
    assert not view.knows("two s01e01", "person/ann")
    assert not view.knows("Two s01e01", "person/ann")
    assert view.knows("three s01e01", "person/ann")


def test_a_view_that_is_no_page_s_own_sees_the_site_from_its_front() -> None:
    made = world({"people/all": "ann: {title: Ann}\n"})
    view = SiteView(made, horizon(made))
    assert (view.url, view.href("/people/ann/"), view.href("/")) == ("/", "people/ann/index.html", "index.html")
