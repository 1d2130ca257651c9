"""The ledger read key by key: for a build that makes few outputs anew, after a change of texts."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Set as AbstractSet
from typing import Any

from msgspec import Struct

from ballardwiki.amended import Amended
from ballardwiki.build.cache.shelves import Shelves
from ballardwiki.build.traces import Ledger, Traces
from ballardwiki.pages import facts
from ballardwiki.pages.facts import Fact
from ballardwiki.pages.world import World
from ballardwiki.problems import DamagedError

_EACH = 256
"""So many facts lie together."""
_NO_FACT = "its traces lead to no facts"


class Rows(Struct, frozen=True):
    """A ledger as tables.

    traces: path of an output -> the numbers of the facts that it read, four bytes each, and its anchors. facts: the
    number of a portion -> so many facts, and their digests. texts: fact that may change though no field does -> its
    number, and the outputs that read it.
    """

    traces: Mapping[str, tuple[bytes, str]]
    facts: Mapping[str, tuple[list[Fact], list[str]]]
    texts: Mapping[str, tuple[int, list[str]]]


KINDS: dict[str, Any] = {
    "traces": tuple[bytes, str],
    "facts": tuple[list[Fact], list[str]],
    "texts": tuple[int, list[str]],
}
"""What a row of each table is."""


def on(shelves: Shelves) -> Rows:
    """The tables as they lie on shelves."""
    return Rows(**{name: shelves.table(name, kind) for name, kind in KINDS.items()})


def rows(ledger: Ledger) -> Rows:
    """A ledger taken apart."""
    kept = ledger.traces()
    begins = range(0, len(kept.facts) + 1, _EACH)
    return Rows(
        {path: (trace, kept.anchors.get(path, "")) for path, trace in kept.traces.items()},
        {
            str(number): (kept.facts[begin : begin + _EACH], kept.digests[begin : begin + _EACH])
            for number, begin in enumerate(begins)
        },
        {str(kept.facts[number]): (number, paths) for number, paths in ledger.readers_of_texts().items()},
    )


def traces(rows: Rows) -> Traces:
    """What is in the tables, for a build that looks at everything. A fact that has two numbers gets one."""
    portions = [rows.facts[str(number)] for number in range(len(rows.facts))]
    read = [fact for each, _ in portions for fact in each]
    digests = [digest for _, each in portions for digest in each]
    numbers = {path: trace for path, (trace, _) in rows.traces.items()}
    anchors = {path: each for path, (_, each) in rows.traces.items() if each}
    if max((max(memoryview(trace).cast("I"), default=0) for trace in numbers.values()), default=0) >= max(1, len(read)):
        raise DamagedError(_NO_FACT)
    known = {fact: number for number, fact in enumerate(dict.fromkeys(read))}
    if len(known) < len(read):
        present = [known[fact] for fact in read]
        numbers = {path: _renumbered(trace, present) for path, trace in numbers.items()}
        first = dict(zip(reversed(read), reversed(digests), strict=True))
        read, digests = [*known], [first[fact] for fact in known]
    return Traces(read, digests, numbers, anchors)


def _renumbered(trace: bytes, present: list[int]) -> bytes:
    return array("I", (present[number] for number in memoryview(trace).cast("I"))).tobytes()


class LedgerByKey:
    """A ledger made of its tables, which stay as they are: what is noted lies beside them (`changes`)."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._noted: dict[str, tuple[frozenset[Fact], str] | None] = {}
        self._digests: dict[Fact, str] = {}

    @property
    def anchors(self) -> Mapping[str, str]:
        """Path of a page -> the ids that links to it may count on."""
        noted = {path: each[1] if each else "" for path, each in self._noted.items()}
        return Amended({path: each for path, (_, each) in self._rows.traces.items() if each}, noted)

    def __contains__(self, path: str) -> bool:
        return self._noted[path] is not None if path in self._noted else path in self._rows.traces

    def __iter__(self) -> Iterator[str]:
        return (path for path in {**self._rows.traces, **self._noted} if path in self)

    def changed(self, world: World, own: AbstractSet[Fact], others: Iterable[Fact] | None = None) -> set[Fact]:
        """As in `Ledger`, where nothing but texts changed."""
        found = {fact for fact in own if str(fact) in self._rows.texts}
        for fact in others or ():
            known = self._rows.texts.get(str(fact))
            now = facts.digest(fact, world)
            if known and now != self._pair(known[0])[1]:
                self._digests[fact] = now
                found.add(fact)
        return found

    def _pair(self, number: int) -> tuple[Fact, str]:
        try:
            read, digests = self._rows.facts[str(number // _EACH)]
            return read[number % _EACH], digests[number % _EACH]
        except LookupError as error:
            raise DamagedError(_NO_FACT) from error

    def stale(self, changes: Iterable[Fact]) -> set[str]:
        """The outputs that read one of the changed facts."""
        return {path for fact in changes for path in self._rows.texts[str(fact)][1]}

    def reads(self, path: str) -> list[Fact]:
        """The facts that an output read, in code point order."""
        noted = self._noted.get(path)
        return sorted(noted[0] if noted else self._numbers(path))

    def _numbers(self, path: str) -> dict[Fact, int]:
        """The facts that an output read when it was made last, with their numbers."""
        trace = self._rows.traces[path][0] if path in self._rows.traces else b""
        return {self._pair(number)[0]: number for number in memoryview(trace).cast("I")}

    def note(self, path: str, reads: Iterable[Fact], anchors: str = "") -> None:
        """Write down what an output read, and its anchors."""
        self._noted[path] = frozenset(reads), anchors

    def forget(self, path: str) -> None:
        """Drop an output that is no more."""
        self._noted[path] = None

    def revert(self) -> None:
        """Take back all that was noted."""
        self._noted.clear()
        self._digests.clear()

    @property
    def moved(self) -> bool:
        """Whether a page has other anchors than when the ledger was kept last."""
        return any((each[1] if each else "") != self._anchors(path) for path, each in self._noted.items())

    def _anchors(self, path: str) -> str:
        return self._rows.traces[path][1] if path in self._rows.traces else ""

    def keep(self, world: World) -> None:
        """Facts that were read for the first time are as they are in this world."""
        self._digests |= {fact: facts.digest(fact, world) for each in self._noted.values() if each for fact in each[0]}

    def changes(self) -> tuple[Rows, Collection[str]]:
        """The rows that are others with what was noted, and the outputs that are no more."""
        traces: dict[str, tuple[bytes, str]] = {}
        texts: dict[str, tuple[int, list[str]]] = {}
        portions: dict[str, tuple[list[Fact], list[str]]] = {}
        last = len(self._rows.facts) - 1
        fresh: dict[Fact, int] = {}
        count = last * _EACH + len(self._rows.facts[str(last)][0])

        def portion(number: int) -> tuple[list[Fact], list[str]]:
            name = str(number // _EACH)
            if name not in portions:
                read, digests = self._rows.facts.get(name, ([], []))
                portions[name] = [*read], [*digests]
            return portions[name]

        def text(fact: Fact) -> tuple[int, list[str]]:
            if str(fact) not in texts:
                number, paths = self._rows.texts.get(str(fact), (-1, []))
                texts[str(fact)] = number, [*paths]
            return texts[str(fact)]

        def number_of(fact: Fact, known: Mapping[Fact, int]) -> int:
            if fact in known or fact in fresh:
                return known[fact] if fact in known else fresh[fact]
            number = text(fact)[0] if fact.table in facts.TEXTS else -1
            if number < 0:
                number = fresh[fact] = count + len(fresh)
                read, digests = portion(number)
                read.append(fact)
                digests.append(self._digests[fact])
                if fact.table in facts.TEXTS:
                    texts[str(fact)] = number, text(fact)[1]
            return number

        for path, noted in self._noted.items():
            before = self._numbers(path)
            reads = noted[0] if noted else frozenset()
            for fact in sorted(before.keys() ^ reads):
                if fact.table in facts.TEXTS:
                    number = number_of(fact, before)
                    paths = {*text(fact)[1]} ^ {path}
                    texts[str(fact)] = number, sorted(paths)
            if noted:
                numbers = array("I", (number_of(fact, before) for fact in sorted(reads)))
                traces[path] = numbers.tobytes(), noted[1]
        for fact, digest in self._digests.items():
            if fact.table in facts.TEXTS and str(fact) in self._rows.texts:
                number = self._rows.texts[str(fact)][0]
                portion(number)[1][number % _EACH] = digest
        return Rows(traces, portions, texts), [path for path, each in self._noted.items() if each is None]
