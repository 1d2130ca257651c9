"""A ledger taken apart: its tables as rows by key, which can lie anywhere meanwhile (see `traces_by_key`)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from ballardwiki.build.cache.shelves import Shelves
from ballardwiki.build.traces import Ledger, Traces
from ballardwiki.pages import facts
from ballardwiki.pages.facts import Fact
from ballardwiki.problems import DamagedError

EACH = 256
"""So many facts lie together."""
NO_FACT = "its traces lead to no facts"


class Rows(Struct, frozen=True):
    """A ledger as tables.

    traces: path of an output -> the numbers of the facts that it read, four bytes each, and its anchors. facts: the
    number of a portion -> so many facts, and their digests. told: row of content -> the numbers of the facts that tell
    of it, likewise. texts: fact that may change though no field does -> its number, and the outputs that read it.
    """

    traces: Mapping[str, tuple[bytes, str]]
    facts: Mapping[str, tuple[list[Fact], list[str]]]
    told: Mapping[str, bytes]
    texts: Mapping[str, tuple[int, list[str]]]


KINDS: dict[str, Any] = {
    "traces": tuple[bytes, str],
    "facts": tuple[list[Fact], list[str]],
    "told": bytes,
    "texts": tuple[int, list[str]],
}
"""What a row of each table is."""


def on(shelves: Shelves) -> Rows:
    """The tables as they lie on shelves."""
    return Rows(**{name: shelves.table(name, kind) for name, kind in KINDS.items()})


def rows(ledger: Ledger) -> Rows:
    """A ledger taken apart."""
    kept = ledger.traces()
    begins = range(0, len(kept.facts) + 1, EACH)
    return Rows(
        {path: (trace, kept.anchors.get(path, "")) for path, trace in kept.traces.items()},
        {
            str(number): (kept.facts[begin : begin + EACH], kept.digests[begin : begin + EACH])
            for number, begin in enumerate(begins)
        },
        _told(kept.facts),
        {str(kept.facts[number]): (number, paths) for number, paths in ledger.readers_of_texts().items()},
    )


def _told(numbered: Iterable[Fact]) -> dict[str, bytes]:
    """The numbers of facts by the rows of content that they tell of."""
    found: dict[str, array[int]] = {}
    for number, fact in enumerate(numbered):
        row = facts.row(fact)
        if row is None:
            continue
        if row in found:
            found[row].append(number)
        else:
            found[row] = array("I", (number,))
    return {row: numbers.tobytes() for row, numbers in found.items()}


def traces(rows: Rows) -> Traces:
    """What is in the tables, for a build that looks at everything. A fact that has two numbers gets one."""
    portions = [rows.facts[str(number)] for number in range(len(rows.facts))]
    read = [fact for each, _ in portions for fact in each]
    digests = [digest for _, each in portions for digest in each]
    numbers = {path: trace for path, (trace, _) in rows.traces.items()}
    anchors = {path: each for path, (_, each) in rows.traces.items() if each}
    if max((max(memoryview(trace).cast("I"), default=0) for trace in numbers.values()), default=0) >= max(1, len(read)):
        raise DamagedError(NO_FACT)
    known = {fact: number for number, fact in enumerate(dict.fromkeys(read))}
    if len(known) < len(read):
        present = [known[fact] for fact in read]
        numbers = {path: _renumbered(trace, present) for path, trace in numbers.items()}
        first = dict(zip(reversed(read), reversed(digests), strict=True))
        read, digests = [*known], [first[fact] for fact in known]
    return Traces(read, digests, numbers, anchors)


def _renumbered(trace: bytes, present: list[int]) -> bytes:
    return array("I", (present[number] for number in memoryview(trace).cast("I"))).tobytes()
