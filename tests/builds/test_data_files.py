"""When the files of the data are made anew: whenever what they hold has changed, and at no other time."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from tinysite import SETTINGS, Site, Sites

pytestmark = pytest.mark.slow

FILES = {
    "content/people/ann.md": "---\ntitle: Ann\nborn: {value: 1970, source: s1, confidence: reported}\n---\nA text.\n",
    "content/characters/cat.md": "---\ntitle: Cat\nsiblings: [dog]\noccupations: [{value: spy, since: zed s01e01}]\n---\n",
    "content/characters/dog.md": "---\ntitle: Dog\n---\n",
    "content/series/zed.yaml": "zed: {title: Zed}\n",
    "content/seasons/zed.yaml": "zed-1: {series: zed, number: 1}\n",
    "content/episodes/e1.yaml": "e1:\n  season: zed-1\n  number: 1\n  credits:\n"
    "    - {person: ann, character: dog, since: zed s01e01}\n"
    "    - {person: ann, character: cat, source: s1, episodes: [s01e01, s01]}\n",
    "content/sources/all.yaml": "s1: {title: One, outlet: Paper, url: https://example.org/1}\n",
}
ALL = {f"data/{name}" for name in ("character.json", "credit.json", "episode.json", "index.html", "person.json", "season.json", "series.json", "source.json", "wiki.db")}  # fmt: skip


def made(wiki: Site) -> set[str]:
    """The files of the data that a build made anew; they are those of a clean build."""
    result = wiki.build()
    assert not result.failed, result.problems
    found, before = set(result.rendered), wiki.tree()
    assert not wiki.clean().failed
    assert wiki.tree() == before
    return {path for path in found if path.startswith("data/")}


def rows(wiki: Site, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(wiki.data("data/wiki.db"))
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute(query).fetchall()


def records(wiki: Site, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(wiki.data(f"data/{name}.json"))["records"]
    return found


def test_every_type_with_entities_has_a_file(site: Sites) -> None:
    assert made(site(FILES)) == ALL


@pytest.mark.parametrize(
    ("path", "old", "new", "wanted"),
    [
        ("content/people/ann.md", "1970", "1971", {"data/person.json", "data/wiki.db"}),
        ("content/people/ann.md", "reported", "disputed", {"data/person.json", "data/wiki.db"}),
        ("content/people/ann.md", "Ann", "Anna", {"data/person.json", "data/wiki.db"}),
        ("content/people/ann.md", "title: Ann", "title: Ann\nwas: annie", {"data/person.json", "data/wiki.db"}),
        ("content/series/zed.yaml", "title: Zed", "title: Zedd", {"data/credit.json", "data/episode.json", "data/series.json", "data/season.json", "data/wiki.db"}),
        ("content/sources/all.yaml", "Paper", "Gazette", {"data/source.json", "data/wiki.db"}),
        ("content/episodes/e1.yaml", "character: cat", "character: dog", {"data/credit.json", "data/wiki.db"}),
        ("site.yaml", "Test wiki", "Other wiki", ALL),
    ],
)  # fmt: skip
def test_a_file_is_made_anew_when_what_it_holds_changed(
    site: Sites, path: str, old: str, new: str, wanted: set[str]
) -> None:
    wiki = site({"site.yaml": SETTINGS, **FILES}).published()
    wiki.replace(path, old, new)
    assert made(wiki) == wanted


def test_a_text_makes_no_data_anew(site: Sites) -> None:
    wiki = site(FILES).published()
    wiki.replace("content/people/ann.md", "A text.", "Another text with [[Cat]].")
    assert {each for each in wiki.build().rendered if each.startswith("data/")} == set()


def test_what_a_reader_may_not_know_is_in_no_file(site: Sites) -> None:
    wiki = site(FILES).published()
    assert b"spy" not in wiki.data("data/character.json") + wiki.data("data/wiki.db")
    [credit] = records(wiki, "credit")
    assert credit["id"] == "credit/episode.e1.1", "a number with a gap would tell that something is hidden"
    wiki.write("site.yaml", SETTINGS + "spoilers: {default: all}\n").published()
    assert [each["facts"]["character"][0]["value"] for each in records(wiki, "credit")] == [
        "character/dog",
        "character/cat",
    ]
    assert rows(wiki, "SELECT value, since FROM statements WHERE field = 'occupations'") == [("spy", "zed s01e01")]


def test_what_is_said_of_a_value_is_said_in_the_data(site: Sites) -> None:
    wiki = site(FILES).published()
    [person] = records(wiki, "person")
    assert person["facts"]["born"] == [{"value": "1970", "source": ["source/s1"], "confidence": "reported"}]
    assert rows(wiki, "SELECT entity, value, confidence, source FROM statements JOIN statement_sources ON statement = id") == [("person/ann", "1970", "reported", "source/s1")]  # fmt: skip
    assert rows(wiki, "SELECT entity, field, target FROM relations WHERE field = 'siblings'") == [
        ("character/cat", "siblings", "character/dog")
    ]
    assert rows(wiki, "SELECT within, number, person, character, episodes, job, source FROM credits JOIN credit_sources ON credit = id") == [("episode/e1", 1, "person/ann", "character/cat", "s01e01, s01", None, "source/s1")]  # fmt: skip
    assert rows(wiki, "SELECT id, title, outlet, url FROM sources") == [
        ("source/s1", "One", "Paper", "https://example.org/1")
    ]


def test_the_same_facts_give_the_same_bytes(site: Sites) -> None:
    one, other = site(FILES).published(), site(dict(reversed(FILES.items()))).published()
    assert one.data("data/wiki.db") == other.data("data/wiki.db")


def test_a_site_may_do_without(site: Sites) -> None:
    wiki = site(FILES).published()
    wiki.write("site.yaml", SETTINGS + "data: false\n").published()
    assert not [path for path in wiki.paths() if path.startswith("data/")]
    assert "/data/" not in wiki.page("") and "/data/" not in wiki.page("sitemap.xml")


def test_a_type_of_a_site_is_in_the_data(site: Sites) -> None:
    """With names that SQL and the database's own columns use; and records in records."""
    wiki = site(
        {
            "types/order.yaml": "label: Order\nfolder: orders\nurl: /orders/{id}/\nfields: {group: {kind: text}, lines: {kind: records, of: line}}\n",
            "types/line.yaml": "label: Line\nplural: Statements\nfields: {number: {kind: integer}, order: {kind: ref, to: order}, parts: {kind: records, of: part}}\n",
            "templates/order.html": "{% for line in entity.lines %}{{ line.parts|join }}{% endfor %}",
            "types/part.yaml": "label: Part\nfields: {within: {kind: parent, to: line}, rowid: {kind: text}}\n",
            "content/orders/a.md": "---\ntitle: 'A \"quoted\" \\ <title>'\ngroup: x\nlines: [{number: 7, order: a, parts: [{rowid: é}, {rowid: y}]}]\n---\n",
        }
    ).published()
    assert rows(wiki, 'SELECT within, number, number_, "order" FROM statements_') == [("order/a", 1, 7, "order/a")]
    assert rows(wiki, "SELECT id, within, number, rowid FROM parts") == [
        ("part/order.a.1.1", "line/order.a.1", 1, "é"),
        ("part/order.a.1.2", "line/order.a.1", 2, "y"),
    ]
    [order] = records(wiki, "order")
    assert order["title"] == 'A "quoted" \\ <title>'
