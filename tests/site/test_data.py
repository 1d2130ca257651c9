"""The data of this project's site: complete, whole, readable with nothing but SQLite and JSON, and hiding what is hidden."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from tinysite import Site

BASE = "https://ballardwiki.github.io/ballardwiki/"
FIELDS = re.compile(r"[a-z_]+\Z")


@pytest.fixture(scope="module")
def data(wiki: Site) -> dict[str, dict[str, Any]]:
    """Type -> what its file holds."""
    found = sorted(path for path in wiki.paths() if re.fullmatch(r"data/[a-z_]+\.json", path))
    return {path[5:-5]: json.loads(wiki.data(path)) for path in found}


@pytest.fixture(scope="module")
def database(wiki: Site) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{wiki.out / 'data/wiki.db'}?mode=ro&immutable=1", uri=True)
    yield connection
    connection.close()


def test_every_type_has_its_file(data: dict[str, dict[str, Any]]) -> None:
    assert {
        "article",
        "case",
        "character",
        "credit",
        "episode",
        "organization",
        "person",
        "place",
        "season",
        "series",
        "source",
        "work",
    } <= set(data)
    for name, held in data.items():
        assert held["type"] == name and held["records"]
        assert held["license"] == {"name": "CC BY-SA 4.0", "url": "https://creativecommons.org/licenses/by-sa/4.0/"}
        assert held["base_url"] == BASE and held["generated_from"].startswith("https://")
        ids = [each["id"] for each in held["records"]]
        assert len(set(ids)) == len(ids)
        for each in held["records"]:
            assert each["id"].startswith(f"{name}/") and set(each["facts"]) <= set(held["fields"])


def test_every_page_of_an_entity_is_in_the_data(wiki: Site, data: dict[str, dict[str, Any]]) -> None:
    addresses = [each["url"] for held in data.values() for each in held["records"] if "url" in each]
    assert len(addresses) > 700
    for address in addresses:
        assert wiki.has(address.removeprefix(BASE)), address


def test_what_a_value_points_at_is_there(data: dict[str, dict[str, Any]]) -> None:
    ids = {each["id"] for held in data.values() for each in held["records"]}
    for held in data.values():
        refs = {name for name, field in held["fields"].items() if field["kind"] == "ref"}
        for each in held["records"]:
            stated = [*(fact for facts in each["facts"].values() for fact in facts), each]
            pointed = [fact["value"] for name in refs for fact in each["facts"].get(name, ())]
            pointed += [ref for fact in stated for ref in fact.get("source", ())]
            pointed += [each["within"]] if "within" in each else []
            assert set(pointed) <= ids, each["id"]


def test_a_person_and_a_credit_as_an_editor_wrote_them(data: dict[str, dict[str, Any]]) -> None:
    [person] = [each for each in data["person"]["records"] if each["id"] == "person/maggie-q"]
    assert person["title"] == "Maggie Q" and person["url"] == f"{BASE}people/maggie-q/"
    [born] = person["facts"]["born"]
    assert born["value"] == "1979-05-22" and "source/quien-maggieq" in born["source"]
    [lead] = [
        each for each in data["credit"]["records"]
        if each["within"] == "season/ballard-s01" and each["facts"]["person"][0]["value"] == "person/maggie-q" and "character" in each["facts"]
    ]  # fmt: skip
    assert lead["facts"]["character"] == [{"value": "character/renee-ballard"}] and lead["source"]


def test_the_database_is_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA page_size").fetchone() == (4096,)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"entities", "credits", "relations", "statements", "sources", "metadata", "types", "fields"} <= tables
    for table in tables:
        for row in database.execute(f'PRAGMA table_info("{table}")'):
            assert FIELDS.fullmatch(row[1]), f"{table}.{row[1]}"
    named = dict(database.execute("SELECT name, value FROM metadata"))
    assert named["license"] == "CC BY-SA 4.0" and named["base_url"] == BASE and named["generator"] == "ballardwiki"


def test_the_database_bears_no_version_of_its_maker(wiki: Site) -> None:
    header = wiki.data("data/wiki.db")[:100]
    assert header[:16] == b"SQLite format 3\0" and header[92:100] == bytes(8)


def test_the_database_says_what_the_files_say(database: sqlite3.Connection, data: dict[str, dict[str, Any]]) -> None:
    entities = {
        (each["id"], each["title"], each.get("url"))
        for held in data.values()
        for each in held["records"]
        if "within" not in each
    }
    assert set(database.execute("SELECT id, title, url FROM entities")) == entities
    pageless = {"source", "image"}
    values = [
        (each["id"], name, fact["value"], fact.get("confidence", "confirmed"), fact.get("from"), fact.get("until"), fact.get("continuity"))
        for type_, held in data.items() for each in held["records"] if "within" not in each and type_ not in pageless
        for name, facts in each["facts"].items() for fact in facts
    ]  # fmt: skip
    columns = "confidence, valid_from, valid_until, continuity"
    rows = database.execute(
        f"SELECT entity, field, value, {columns} FROM statements UNION ALL SELECT entity, field, target, {columns} FROM relations"
    ).fetchall()
    ours = [row for row in rows if row[0].partition("/")[0] not in pageless]
    assert sorted(ours, key=repr) == sorted(values, key=repr)
    cited = sum(len(fact.get("source", ())) for type_, held in data.items() if type_ not in pageless for each in held["records"] if "within" not in each for facts in each["facts"].values() for fact in facts)  # fmt: skip
    both = "SELECT count(*) FROM (SELECT source FROM statement_sources UNION ALL SELECT source FROM relation_sources)"
    assert database.execute(both).fetchone()[0] <= cited and database.execute(both).fetchone()[0] > 1000
    assert database.execute("SELECT count(*) FROM credits").fetchone() == (len(data["credit"]["records"]),)
    assert database.execute("SELECT count(*) FROM sources").fetchone() == (len(data["source"]["records"]),)


def test_the_queries_of_the_description_work(wiki: Site, database: sqlite3.Connection) -> None:
    found = re.findall(r'<code class="sql">(.*?)</code>', wiki.page("data"), re.DOTALL)
    assert len(found) == 3
    for query in found:
        assert database.execute(html.unescape(query)).fetchall(), query
    who = database.execute(html.unescape(found[0])).fetchall()
    assert [number for _, number in who] == sorted((number for _, number in who), reverse=True)


def test_the_description_has_every_type_field_and_file(wiki: Site, data: dict[str, dict[str, Any]]) -> None:
    page = wiki.page("data")
    for name, held in data.items():
        assert f'href="../data/{name}.json"' in page
        section = page.partition(f'id="type-{name}"')[2].partition("</section>")[0]
        assert section, name
        for field, said in held["fields"].items():
            assert f"<code>{field}</code>" in section and html.escape(said["label"]) in section.replace(
                "&#39;", "&#x27;"
            ), (name, field)
    assert 'href="../data/wiki.db"' in page
    assert "whole number" in page and "web address; several" in page and "Holds both ways." in page
