"""What a build finds on shelves is what the one before put there; it takes from them what it needs, and no more."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st
from msgspec.structs import fields, replace
from test_delta import NOTHING, PEOPLE, SPOILERS, TEXTS, files
from tinysite import Site, Sites
from tinyworld import world

from ballardwiki import signatures
from ballardwiki.build import delta, project as projects, shelving, trace_rows, traces_by_key
from ballardwiki.build.build import Build, Compared
from ballardwiki.build.cache import shelves
from ballardwiki.build.cache.shelves import Shelves
from ballardwiki.build.trace_rows import Rows
from ballardwiki.build.traces import Ledger, Suspects
from ballardwiki.build.traces_by_key import LedgerByKey
from ballardwiki.graph import Graph
from ballardwiki.graph.by_key import GraphByKey
from ballardwiki.graph.delta import relinked
from ballardwiki.graph.rows import Tables, tables
from ballardwiki.model import Entity, Ref
from ballardwiki.pages import facts
from ballardwiki.pages.facts import Fact

NAMES = ("Ann", "Al", "Bob", "Cat", "Nobody", "ann", "hound", "person/ann", "person/hound", "S", "one s01e02")
PATHS = ("content/people/ann.md", "content/people/ann", "content/sources/all.yaml", "content/people/no.md")


def put_and_taken(graph: Graph, whole: Graph | None, entities: dict[Ref, Entity]) -> Tables:
    """The tables of a graph as they come back from a shelf."""
    found: dict[str, Any] = {}
    for each in fields(Tables):
        rows = getattr(tables(graph, whole), each.name)
        if each.name != "signed":
            packed = msgspec.msgpack.encode(dict(rows))
            kind: Any = shelving.GRAPH[each.name]
            rows = msgspec.msgpack.Decoder(dict[str, kind]).decode(packed)
        found[each.name] = rows
    return Tables(**found)


def same(found: Graph, wanted: Graph) -> None:
    for name in ("entities", "titles", "urls", "lists", "names", "tags", "former", "claims", "links", "duplicates"):
        assert getattr(found, name) == getattr(wanted, name), name
    assert [*found.entities] == [*wanted.entities] and [*found.urls] == [*wanted.urls]
    assert {ref: row for ref, row in wanted.inverses.items() if ref in wanted.entities} == dict(found.inverses)
    for name in ("aliases", "shared", "citing", "addresses", "news", "years", "loose", "wanted"):
        assert getattr(found, name) == getattr(wanted, name), name
    assert {ref: found.place(ref) for ref in found.entities} == {ref: wanted.place(ref) for ref in wanted.entities}
    for kind in wanted.schema.types:
        assert found.of_type(kind) == wanted.of_type(kind)
    assert [*map(found.find, NAMES)] == [*map(wanted.find, NAMES)]
    assert [*map(found.file, PATHS)] == [*map(wanted.file, PATHS)]
    assert found.naming.signed == wanted.naming.signed
    assert found.story.episodes == wanted.story.episodes and found.story.timelines == wanted.story.timelines


@given(TEXTS, SPOILERS)
def test_a_graph_made_of_its_tables_is_that_graph(texts: dict[str, list[str]], spoilers: str) -> None:
    made = world({**files(texts), "news/n": "---\ntitle: N\ndate: 2025-07-01\n---\nOf [[Ann]][^s].\n"}, spoilers)
    graph, shown = made.graph, made.shown
    entities = dict(graph.entities)
    found = GraphByKey(graph.schema, put_and_taken(graph, None, entities), lambda ref, _: entities[ref])
    same(found, graph)
    if shown is not graph:
        apart = put_and_taken(shown, graph, entities)
        same(GraphByKey(graph.schema, apart, lambda ref, _: entities[ref], found), shown)


@given(TEXTS, TEXTS, st.sampled_from(PEOPLE))
def test_such_a_graph_is_linked_anew_as_any(old: dict[str, list[str]], new: dict[str, list[str]], who: str) -> None:
    before, after = world(files(old)).graph, world(files({**old, who: new[who]})).graph
    entities = dict(before.entities)
    found = GraphByKey(before.schema, put_and_taken(before, None, entities), lambda ref, _: entities[ref])
    texts = {ref: (entities[ref], each) for ref, each in after.entities.items() if each != entities[ref]}
    again = relinked(found, texts)
    assert again and again.graph.links == after.links and dict(again.graph.entities) == dict(after.entities)


# What outputs read


OF_TEXTS = [facts.BODY("person/ann"), facts.BODY("person/bob"), facts.MENTIONS("person/bob"), facts.CONTENT()]
OTHERS = [facts.TITLE("person/ann"), facts.TITLE("person/bob"), facts.URL("person/cat"), facts.NAME("Al")]
READS = st.tuples(st.sets(st.sampled_from([*OF_TEXTS, *OTHERS])), st.sampled_from(["", "x"]))
OUTPUTS = st.dictionaries(st.sampled_from("abcdef"), READS)


def exchanged(rows: Rows, ledger: LedgerByKey) -> Rows:
    """The tables with what a ledger has to change in them."""
    others, gone = ledger.changes()
    left = {path: row for path, row in rows.traces.items() if path not in gone}
    return Rows(
        {**left, **others.traces},
        {**rows.facts, **others.facts},
        {**rows.told, **others.told},
        {**rows.texts, **others.texts},
    )


@given(OUTPUTS, OUTPUTS, st.sets(st.sampled_from("abcdef"), max_size=2), st.integers(1, 4))
def test_a_ledger_made_of_its_tables_takes_notes_as_any(
    first: dict[str, tuple[set[Fact], str]], then: dict[str, tuple[set[Fact], str]], gone: set[str], each: int
) -> None:
    before = world(files({**NOTHING, "ann": ["Of [[Bob]]."]}))
    after = replace(world(files({**NOTHING, "cat": ["Of [[Bob]]."]})), content="1")
    whole = Ledger()
    for path, (reads, anchors) in first.items():
        whole.note(path, sorted(reads), anchors)
    whole.keep(before)
    with pytest.MonkeyPatch.context() as patch:
        for module in (trace_rows, traces_by_key):
            patch.setattr(module, "EACH", each)
        rows = trace_rows.rows(whole)
        by_key = LedgerByKey(rows)
        changes = []
        for ledger in (whole, by_key):
            changes.append(ledger.changed(after, {OF_TEXTS[0]}, Suspects([*facts.of_texts([Ref("person/bob")])])))
            assert ledger.stale(changes[-1]) == {
                path: tuple(sorted(read)) for path in first if (read := changes[-1] & first[path][0])
            }
            for path, (reads, anchors) in then.items():
                ledger.note(path, reads, anchors)
            for path in gone:
                ledger.forget(path)
            ledger.keep(after)
        assert changes[0] == changes[1]
        rows = exchanged(rows, by_key)
        again = Ledger(trace_rows.traces(rows))
    kept, wanted = again.traces(), whole.traces()
    assert {path: again.reads(path) for path in again} == {path: whole.reads(path) for path in whole}
    assert kept.anchors == wanted.anchors
    read = {fact for path in whole for fact in whole.reads(path)}
    digests, expected = (dict(zip(each.facts, each.digests, strict=True)) for each in (kept, wanted))
    assert {fact: digests[fact] for fact in read} == {fact: expected[fact] for fact in read}
    readers = {fact: sorted(path for path in whole if fact in whole.reads(path)) for fact in read & {*OF_TEXTS}}
    assert {key: paths for key, (_, paths) in rows.texts.items() if paths} == {
        str(fact): paths for fact, paths in readers.items()
    }


# Shelves


KEYS = st.text("abcé", max_size=2)
ROWS = st.dictionaries(KEYS, st.integers(0, 9))


@given(ROWS, ROWS, st.sets(KEYS))
def test_rows_are_found_again_and_exchanged(before: dict[str, int], rows: dict[str, int], gone: set[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "_EACH", 8)
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            shelves.write(place, "one", {"t": before, "u": {}})
            held = Shelves(place)
            found = held.table("t", int)
            assert dict(found) == before and [*found] == [*before] and len(found) == len(before)
            assert held.stamp == "one" and "t" in held and "v" not in held and len(held.table("u", int)) == 0
            gone -= rows.keys()
            held.exchange("two", [(held.table("t", int), rows, gone)])
            held.close()
            again = Shelves(place)
            wanted = {key: row for key, row in {**before, **rows}.items() if key not in gone}
            assert dict(again.table("t", int)) == wanted and again.stamp == "two"
            assert len(again.table("t", int)) == len(wanted)
            assert all((key in again.table("t", int)) == (key in wanted) for key in {*before, *rows, *gone})
            again.close()


def test_an_exchange_that_fails_changes_nothing(tmp_path: Path) -> None:
    shelves.write(tmp_path, "one", {"t": {"a": 1}, "u": {"b": 2}})
    held = Shelves(tmp_path)
    with pytest.raises(TypeError):
        held.exchange("two", [(held.table("t", int), {"a": 3}, []), (held.table("u", int), {"b": object()}, [])])
    held.close()
    again = Shelves(tmp_path)
    assert (again.stamp, dict(again.table("t", int)), dict(again.table("u", int))) == ("one", {"a": 1}, {"b": 2})
    again.close()


def test_an_exchange_may_be_larger_than_what_sqlite_keeps_in_memory(tmp_path: Path) -> None:
    rows = {f"{number}": "x" * 100_000 for number in range(60)}
    shelves.write(tmp_path, "one", {"t": rows, "u": rows}, large=["t"])
    held = Shelves(tmp_path)
    others = {key: row + key for key, row in rows.items()}
    held.exchange("two", [(held.table(name, str), others, []) for name in ("t", "u")])
    again = Shelves(tmp_path)
    assert dict(again.table("t", str)) == dict(again.table("u", str)) == others and again.stamp == "two"
    again.close()


# A command that goes on from what it finds


@pytest.fixture
def wiki(site: Sites, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(signatures, "SETTLED", -(10**12))  # all files are old
    found = {f"content/people/p{number}.md": f"---\ntitle: P {number}\n---\nOf [[P 1]].\n" for number in range(200)}
    for path, text in files(NOTHING).items():
        found[f"content/{path}{'.md' if path.startswith('people') else '.yaml'}"] = text
    found["site.yaml"] = "title: T\nbase_url: https://wiki.example/\ndata: false\nmaintenance: false\n"
    return site(found).published()


@pytest.fixture
def resumed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each build went on from the one before."""
    found: list[bool] = []
    compared = delta.compared

    def noted(build: Build) -> Compared | None:
        result = compared(build)
        found.append(result is not None)
        return result

    monkeypatch.setattr(delta, "compared", noted)
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The drawers that were opened."""
    found: list[tuple[str, int]] = []
    data = Shelves.data

    def noted(self: Shelves, shelf: str, drawer: int) -> bytes:
        found.append((shelf, drawer))
        return data(self, shelf, drawer)

    monkeypatch.setattr(Shelves, "data", noted)
    return found


def edited(wiki: Site, name: str, text: str) -> Site:
    path = f"content/people/{name}.md"
    front = (wiki.root / path).read_text(encoding="utf-8").split("---\n")[1]
    return wiki.write(path, f"---\n{front}---\n{text}\n")


def test_a_command_goes_on_from_the_last_and_looks_up_what_it_needs(
    wiki: Site, resumed: list[bool], opened: list[tuple[str, int]]
) -> None:
    for number, text in enumerate(
        ("Of [[P 2]] and [[Ann]].", "Of [[P 2]].", "Of [[Bob]] and [[hound]].", "## Part\n\nx")
    ):
        written = edited(wiki, f"p{number + 5}", text).build().written
        assert f"people/p{number + 5}/index.html" in written and len(written) < 10
    assert resumed == [True] * 4
    rows = {drawer for shelf, drawer in opened if shelf == "whole rows"}
    assert -1 not in rows
    incremental = wiki.tree()
    wiki.clean()
    assert wiki.tree() == incremental


def test_fields_follow_texts(wiki: Site, resumed: list[bool]) -> None:
    """What was learned key by key is there for a build that looks at everything."""
    edited(wiki, "p7", "Of [[Ann]] and [[P 3]].").published()
    wiki.replace("content/people/ann.md", "title: Ann\naliases: [Al]", "title: Anna\naliases: [Ann]").published()
    edited(wiki, "p8", "Of [[Anna]].").published()
    assert resumed == [True, False, True]
    incremental = wiki.tree()
    wiki.clean()
    assert wiki.tree() == incremental


def test_a_file_that_was_only_touched_costs_one_look(wiki: Site, resumed: list[bool]) -> None:
    path = wiki.root / "content/people/p7.md"
    text = path.read_bytes()
    path.unlink()
    path.write_bytes(text)
    assert wiki.build().written == () and wiki.build().written == ()
    assert resumed == [True]


def test_a_mistake_is_a_matter_of_the_whole_and_leaves_the_shelves_as_they_are(wiki: Site, resumed: list[bool]) -> None:
    assert edited(wiki, "p7", "||one s01e02: never closed").build().failed
    edited(wiki, "p7", "Of [[P 9]].").published()
    assert resumed == [False, True]
    incremental = wiki.tree()
    wiki.clean()
    assert wiki.tree() == incremental


def test_shelves_of_another_build_are_not_those_of_this_one(wiki: Site, resumed: list[bool]) -> None:
    before = (wiki.cache / shelves.FILE).read_bytes()
    edited(wiki, "p7", "Of [[P 9]].").published()
    (wiki.cache / shelves.FILE).write_bytes(before)
    edited(wiki, "p8", "Of [[P 9]].").published()
    assert resumed == [True, False]
    incremental = wiki.tree()
    wiki.clean()
    assert wiki.tree() == incremental


def test_where_nothing_changed_nothing_is_read(wiki: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the settings are parsed."""
    monkeypatch.setattr(projects, "parse", None)
    result = wiki.build()
    assert result.published and result.rendered == ()
