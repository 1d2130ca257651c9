"""What a build puts on shelves, so that a later one can go on from it: `former` finds it there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct

from ballardwiki.amended import Amended
from ballardwiki.build import trace_rows
from ballardwiki.build.build import Compared
from ballardwiki.build.cache import shelves
from ballardwiki.build.traces import Ledger
from ballardwiki.build.traces_by_key import LedgerByKey
from ballardwiki.graph import Graph
from ballardwiki.graph.claims import Claim
from ballardwiki.graph.rows import Row, Tables, row, tables
from ballardwiki.graph.visibility import Visible
from ballardwiki.model import Ref
from ballardwiki.pages.outputs.by_path import planned
from ballardwiki.problems import Problem, errors

GRAPH: dict[str, Any] = {
    "rows": Row,
    "lists": tuple[Ref, ...],
    "years": dict[str, tuple[Ref, ...]],
    "names": tuple[Ref, ...],
    "ids": tuple[Ref, ...],
    "addresses": Ref,
    "files": list[Ref],
    "tags": tuple[str, list[Ref]],
    "claims": dict[str, list[Claim]],
    "former": Ref,
    "asking": list[Ref],
}
"""The tables of a graph, and what a row of each is."""
_LARGE = ("facts", "lists", "years", "tags")
"""Tables with few rows that are long."""
LEFTOVERS = "leftovers"
"""The table of what is no table, with one row."""
WHOLE, SHOWN = "whole", "shown"
"""The two graphs: all that is written, and what of it may be known, where that is less."""


class Leftovers(Struct, frozen=True, array_like=True):
    """What of a build is no table.

    signed: of both graphs, the names with signs. apart: whether the second one is another than the first. drafts: the
    withheld records, with their files; private: the addresses of all such. content: the digest of all content. The
    rest: as in the stages of a build.
    """

    signed: tuple[list[str], list[str]]
    apart: bool
    drafts: list[tuple[str, Ref]]
    private: list[Ref]
    files: list[str]
    suspected: list[str]
    content: str
    unjudged: list[Problem]
    findings: dict[str, list[Problem]]
    clashes: list[Problem]
    problems: list[Problem]
    lost: list[Problem]


def on_shelves(build: Compared, ledger: Ledger) -> dict[str, Mapping[str, Any]]:
    """All that goes on shelves: tables by name."""
    world, shown = build.world, build.world.shown
    found: dict[str, Mapping[str, Any]] = _named(WHOLE, tables(world.graph))
    if shown is not world.graph:
        found |= _named(SHOWN, tables(shown, world.graph))
    found |= ledger_on_shelves(ledger)
    found["outputs"] = {path: planned(output) for path, output in build.outputs.items()}
    found[LEFTOVERS] = {"": _leftovers(build)}
    return found


def ledger_on_shelves(ledger: Ledger) -> dict[str, Mapping[str, Any]]:
    """The tables of a ledger by name."""
    kept = trace_rows.rows(ledger)
    return {name: getattr(kept, name) for name in trace_rows.KINDS}


def _named(prefix: str, found: Tables) -> dict[str, Mapping[str, Any]]:
    return {f"{prefix} {name}": getattr(found, name) for name in GRAPH}


def _leftovers(build: Compared) -> Leftovers:
    world = build.world
    seen = world.visible or Visible(world.graph)
    return Leftovers(
        ([*world.graph.naming.signed], [*world.shown.naming.signed]),
        world.shown is not world.graph,
        [(each.path, each.ref) for each in build.withheld.entities],
        [*map(Ref, build.withheld.private)],
        sorted(seen.files),
        sorted(seen.suspected),
        world.content,
        [*build.unjudged],
        {rule: [*found] for rule, found in build.findings.items()},
        [*build.clashes],
        [*build.problems],
        [*build.lost],
    )


def shelve(build: Compared, stamp: str) -> None:
    """Put on shelves what a later build can go on from; of one with mistakes, or of a preview, the ledger alone."""
    cache, ledger = build.cache, build.comparison.ledger
    if isinstance(ledger, Ledger):
        alone = build.options.preview or errors(build.problems)
        found = ledger_on_shelves(ledger) if alone else on_shelves(build, ledger)
        shelves.write(cache.folder, stamp, found, [name for name in found if name.rpartition(" ")[2] in _LARGE])
        if build.options.preview:
            ledger.prepare()
    elif isinstance(ledger, LedgerByKey) and (held := cache.shelves(build.record)):
        others = _changes(build, ledger)
        held.exchange(stamp, [(held.table(name, _kind(name)), rows, gone) for name, rows, gone in others])


def _kind(name: str) -> Any:
    """What a row of a table is."""
    return Leftovers if name == LEFTOVERS else trace_rows.KINDS.get(name) or GRAPH[name.rpartition(" ")[2]]


Change = tuple[str, Mapping[str, Any], Collection[str]]
"""What is other on a shelf: the name of the table, rows to put there, and keys of rows to take away."""


def _changes(build: Compared, ledger: LedgerByKey) -> list[Change]:
    """What is other on the shelves after a change that `delta` could tell all of."""
    world = build.world
    found: list[Change] = [(LEFTOVERS, {"": _leftovers(build)}, ())]
    found += _tables(WHOLE, world.graph)
    if world.shown is not world.graph:
        found += _tables(SHOWN, world.shown, world.graph)
    rows, gone = ledger.changes()
    found += [("traces", rows.traces, gone), ("facts", rows.facts, ())]
    return [*found, ("told", rows.told, ()), ("texts", rows.texts, ())]


def _tables(prefix: str, graph: Graph, whole: Graph | None = None) -> Iterator[Change]:
    """What is other in the tables of a graph."""
    links = graph.links
    by_ref: tuple[Mapping[Ref, object], ...] = (
        graph.entities,
        graph.titles,
        graph.aliases,
        graph.inverses,
        graph.citing,
    )
    by_ref += (links.backlinks, links.veiled, links.called, links.loose)
    refs = {ref for table in by_ref for ref in _exchanged(table) if ref in graph.entities}
    yield f"{prefix} rows", {ref: row(graph, ref, whole) for ref in sorted(refs)}, ()
    for name, table in {
        "names": graph.names,
        "lists": graph.lists,
        "years": graph.years,
        "tags": graph.tags,
        "asking": links.asking,
    }.items():
        keys = sorted(_exchanged(table))
        gone = [key for key in keys if key not in table]
        yield f"{prefix} {name}", {key: table[key] for key in keys if key in table}, gone


def _exchanged(table: Mapping[Any, object]) -> set[Any]:
    """The keys of the rows that are others than on the shelf."""
    return table.changes if isinstance(table, Amended) else set()
