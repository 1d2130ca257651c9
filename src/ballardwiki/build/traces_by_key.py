"""The ledger read key by key: for a build that knows what may have changed, and makes few outputs anew."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Set as AbstractSet

from ballardwiki.amended import Amended
from ballardwiki.build.trace_rows import EACH, NO_FACT, Rows
from ballardwiki.build.traces import Suspects, readers
from ballardwiki.pages import facts
from ballardwiki.pages.facts import Fact
from ballardwiki.pages.world import World
from ballardwiki.problems import DamagedError


class LedgerByKey:
    """A ledger made of its tables, which stay as they are: what is noted lies beside them (`changes`)."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._noted: dict[str, tuple[frozenset[Fact], str] | None] = {}
        self._digests: dict[Fact, str] = {}
        self._exchanged: set[Fact] = set()
        self._found: dict[str, dict[Fact, int]] = {}
        self._before: dict[str, dict[Fact, int]] = {}

    @property
    def anchors(self) -> Mapping[str, str]:
        """Path of a page -> the ids that links to it may count on."""
        noted = {path: each[1] if each else "" for path, each in self._noted.items()}
        return Amended({path: each for path, (_, each) in self._rows.traces.items() if each}, noted)

    def __contains__(self, path: str) -> bool:
        return self._noted[path] is not None if path in self._noted else path in self._rows.traces

    def __iter__(self) -> Iterator[str]:
        return (path for path in {**self._rows.traces, **self._noted} if path in self)

    def changed(self, world: World, own: AbstractSet[Fact], others: Suspects | None = None) -> set[Fact]:
        """As in `Ledger`, where it is known what may have changed."""
        others = others or Suspects(())
        suspected = {fact for row in others.rows for fact in self._of(row)}.union(others.facts)
        found = {fact for fact in own if self._number(fact) is not None}
        for fact in suspected:
            number = self._number(fact)
            if number is not None and (now := facts.digest(fact, world)) != self._pair(number)[1]:
                self._digests[fact] = now
                self._exchanged.add(fact)
                found.add(fact)
        return found

    def _number(self, fact: Fact) -> int | None:
        """The number of a fact that some output read."""
        if fact.table in facts.TEXTS:
            known = self._rows.texts.get(str(fact))
            return known[0] if known else None
        row = facts.row(fact)
        return None if row is None else self._of(row).get(fact)

    def _of(self, row: str) -> dict[Fact, int]:
        """The facts that tell of a row, with their numbers."""
        found = self._found.get(row)
        if found is None:
            numbers = memoryview(self._rows.told.get(row, b"")).cast("I")
            found = self._found[row] = {self._pair(number)[0]: number for number in numbers}
        return found

    def _pair(self, number: int) -> tuple[Fact, str]:
        try:
            read, digests = self._rows.facts[str(number // EACH)]
            return read[number % EACH], digests[number % EACH]
        except LookupError as error:
            raise DamagedError(NO_FACT) from error

    def stale(self, changes: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
        """The outputs that read one of the changed facts, and which of these each did, in code point order."""
        numbered = {number: fact for fact in changes if (number := self._number(fact)) is not None}
        of_texts = [fact for fact in numbered.values() if fact.table in facts.TEXTS]
        paths: Iterable[str] = {path for fact in of_texts for path in self._rows.texts[str(fact)][1]}
        if len(of_texts) < len(numbered):
            paths = self._rows.traces
        found = readers(((path, self._rows.traces[path][0]) for path in paths), numbered.keys())
        return {path: tuple(sorted(numbered[number] for number in read)) for path, read in found.items()}

    def reads(self, path: str) -> list[Fact]:
        """The facts that an output read, in code point order."""
        noted = self._noted.get(path)
        return sorted(noted[0] if noted else self._numbers(path))

    def _numbers(self, path: str) -> dict[Fact, int]:
        """The facts that an output read when it was made last, with their numbers."""
        if path not in self._before:
            trace = self._rows.traces[path][0] if path in self._rows.traces else b""
            self._before[path] = {self._pair(number)[0]: number for number in memoryview(trace).cast("I")}
        return self._before[path]

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
        self._exchanged.clear()

    @property
    def moved(self) -> bool:
        """Whether a page has other anchors than when the ledger was kept last."""
        return any((each[1] if each else "") != self._anchors(path) for path, each in self._noted.items())

    def _anchors(self, path: str) -> str:
        return self._rows.traces[path][1] if path in self._rows.traces else ""

    def keep(self, world: World) -> None:
        """Facts that were read for the first time are as they are in this world."""
        noted = ((path, each[0]) for path, each in self._noted.items() if each)
        new = {fact for path, reads in noted for fact in reads.difference(self._numbers(path))}
        self._digests |= {fact: facts.digest(fact, world) for fact in new}

    def changes(self) -> tuple[Rows, Collection[str]]:
        """The rows that are others with what was noted, and the outputs that are no more."""
        traces: dict[str, tuple[bytes, str]] = {}
        told: dict[str, bytes] = {}
        texts: dict[str, tuple[int, list[str]]] = {}
        portions: dict[str, tuple[list[Fact], list[str]]] = {}
        last = len(self._rows.facts) - 1
        fresh: dict[Fact, int] = {}
        count = last * EACH + len(self._rows.facts[str(last)][0])

        def portion(number: int) -> tuple[list[Fact], list[str]]:
            name = str(number // EACH)
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
            found = self._number(fact)
            number = -1 if found is None else found
            if number < 0:
                number = fresh[fact] = count + len(fresh)
                read, digests = portion(number)
                read.append(fact)
                digests.append(self._digests[fact])
                if fact.table in facts.TEXTS:
                    texts[str(fact)] = number, text(fact)[1]
                if (row := facts.row(fact)) is not None:
                    told[row] = told.get(row, self._rows.told.get(row, b"")) + array("I", (number,)).tobytes()
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
        for fact in self._exchanged:
            if (at := self._number(fact)) is not None:
                portion(at)[1][at % EACH] = self._digests[fact]
        return Rows(traces, portions, told, texts), [path for path, each in self._noted.items() if each is None]
