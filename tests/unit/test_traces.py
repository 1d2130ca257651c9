"""The ledger: what outputs read, what is stale, and that it does not grow by what nothing reads any more."""

from __future__ import annotations

from copy import deepcopy

from tinysite import Site, Sites
from tinyworld import world

from ballardwiki.build import trace_rows
from ballardwiki.build.cache import Cache
from ballardwiki.build.traces import Ledger, Traces
from ballardwiki.pages.facts import BODY, TITLE, Fact


def person(id_: str) -> str:
    return f"---\ntitle: The {id_}\nborn: 1970\n---\nText of {id_}.\n"


def kept(wiki: Site) -> Traces:
    """What the cache holds after a build."""
    cache = Cache(wiki.cache)
    try:
        record = cache.record()
        shelves = cache.shelves(record) if record else None
        assert shelves is not None
        return trace_rows.traces(trace_rows.on(shelves))
    finally:
        cache.close()


def read(traces: Traces) -> set[Fact]:
    ledger = Ledger(traces)
    return {fact for path in ledger for fact in ledger.reads(path)}


def test_what_an_output_read_makes_it_stale() -> None:
    ledger = Ledger()
    ledger.note("a", [BODY("person/a"), TITLE("person/b")], "top")
    ledger.note("b", [TITLE("person/b")])
    assert ledger.reads("a") == [BODY("person/a"), TITLE("person/b")] and ledger.reads("c") == []
    assert {*ledger.stale([BODY("person/a")])} == {"a"} and {*ledger.stale([TITLE("person/b")])} == {"a", "b"}
    assert ledger.stale([]) == {} and set(ledger) == {"a", "b"} and ledger.anchors == {"a": "top"}


def test_what_it_read_the_last_time_counts_alone() -> None:
    ledger = Ledger()
    ledger.note("a", [BODY("person/a")], "top")
    ledger.note("a", [BODY("person/b")])
    ledger.note("b", [BODY("person/a")], "end")
    ledger.forget("b")
    assert {*ledger.stale([BODY("person/b")])} == {"a"} and ledger.stale([BODY("person/a")]) == {}
    assert "b" not in ledger and ledger.anchors == {}


def test_a_ledger_that_begins_anew_keeps_the_anchors_that_there_are_and_makes_up_none() -> None:
    made = world({"people/all": "a: {title: A}\nb: {title: B}\nc: {title: C}\n"})
    first = Ledger()
    first.note("a", [TITLE("person/a")], "top")
    first.keep(made)
    ledger = Ledger(first.traces())
    ledger.note("b", [TITLE("person/b"), TITLE("person/c")])
    ledger.keep(made)
    traces = ledger.traces()
    assert (traces.anchors, [*traces.traces]) == ({"a": "top"}, ["a", "b"])
    assert read(traces) == {TITLE(f"person/{id_}") for id_ in "abc"}


def test_what_a_build_noted_that_failed_is_as_if_it_had_never_been() -> None:
    before, after = (world({"people/all": f"a: {{title: {title}}}\nb: {{title: B}}\n"}) for title in ("A", "Z"))
    ledger = Ledger()
    ledger.note("a", [TITLE("person/a")], "top")
    ledger.note("b", [TITLE("person/b")])
    ledger.keep(before)
    kept = deepcopy(ledger.traces())

    assert ledger.changed(after, set()) == {TITLE("person/a")}
    ledger.note("a", [TITLE("person/a"), BODY("person/a")], "end")
    ledger.note("c", [BODY("person/b")], "end")
    ledger.forget("b")
    assert ledger.moved
    ledger.revert()
    assert ledger.traces() == kept and "c" not in ledger
    assert ledger.changed(after, {BODY("person/a")}) == {TITLE("person/a")}
    assert {*ledger.stale([TITLE("person/b")])} == {"b"}


def test_facts_that_nothing_reads_any_more_are_dropped_once_most_are_new(site: Sites) -> None:
    wiki = site({"content/people/old.md": person("old") + "\n## Heading {#part}\n\nx\n"})
    wiki.published()
    first = kept(wiki)
    assert BODY("person/old") in first.facts and read(first) == {*first.facts}

    wiki.write("content/people/one.md", person("one")).delete("content/people/old.md").published()
    assert BODY("person/old") in kept(wiki).facts, "a few new facts are no reason to begin anew"

    before = len(kept(wiki).facts)
    for number in range(before):
        wiki.write(f"content/people/new{number}.md", person(f"new{number}"))
    wiki.published()
    traces = kept(wiki)
    assert len(traces.facts) > 2 * before and len({*traces.facts}) == len(traces.facts)
    assert read(traces) == {*traces.facts} and not any(fact.subject == "person/old" for fact in traces.facts)
    assert len(traces.digests) == len(traces.facts)
    assert traces.anchors.keys() <= traces.traces.keys()


def test_builds_go_on_as_before_once_the_ledger_has_begun_anew(site: Sites) -> None:
    wiki = site(
        {
            "content/people/old.md": "---\ntitle: Old\n---\n## Heading {#part}\n\nx\n",
            "content/people/two.md": "---\ntitle: Two\n---\n[[Old#part]]\n",
        }
    )
    wiki.published()
    before = kept(wiki)
    for number in range(len(before.facts)):
        wiki.write(f"content/people/new{number}.md", person(f"new{number}"))
    wiki.published()
    assert {key: value for key, value in kept(wiki).anchors.items() if key in before.anchors} == before.anchors
    assert wiki.published().build().rendered == ()
    wiki.replace("content/people/new3.md", "1970", "1971").replace("content/people/old.md", "{#part}", "{#piece}")
    assert "fragment-resolves" in [each.rule for each in wiki.build().problems]
    wiki.replace("content/people/two.md", "#part", "#piece").published()
    incremental = wiki.tree()
    wiki.clean()
    assert wiki.tree() == incremental
