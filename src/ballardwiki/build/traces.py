"""The ledger: which facts each output read, and what the facts were when it did."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Set as AbstractSet

from msgspec import Struct

from ballardwiki.pages import facts
from ballardwiki.pages.facts import Fact
from ballardwiki.pages.world import World

_FEW = 16
"""So many facts are looked for one by one among the traces."""


class Traces(Struct, frozen=True):
    """What each output of a record read: numbers of facts, four bytes each. Nobody changes one that was given out.

    facts: every fact that some output read. digests: of each of them, "" for an entity's own.
    anchors: the ids that links to a page may count on, of the pages that have any.
    """

    facts: list[Fact] = []
    digests: list[str] = []
    traces: dict[str, bytes] = {}
    anchors: dict[str, str] = {}


class Suspects(Struct, frozen=True):
    """What may have changed besides the own facts of entities: single facts, and all that tell of some rows.

    rows: as `facts.row` names them.
    """

    facts: Collection[Fact]
    rows: Collection[str] = frozenset()


class Ledger:
    """Numbers facts, so that ten thousand traces take a few megabytes.

    What is noted counts once the build has published (`keep`); what one that failed has noted, `revert` takes back.
    """

    def __init__(self, traces: Traces | None = None) -> None:
        traces = traces or Traces()
        self._facts = list(traces.facts)
        self._numbers = {fact: number for number, fact in enumerate(self._facts)}
        self._digests = list(traces.digests)
        self._traces = dict(traces.traces)
        self.anchors = dict(traces.anchors)
        """Path of a page -> the ids that links to it may count on."""
        self._enough = 2 * len(self._facts)
        self._before: dict[str, tuple[bytes | None, str]] = {}
        self._digests_before: dict[int, str] = {}
        self._readers: dict[int, set[str]] | None = None
        """Fact that follows from texts -> the outputs that read it, and some that did; None until it is asked for."""

    def __contains__(self, path: str) -> bool:
        return path in self._traces

    def __iter__(self) -> Iterator[str]:
        return iter(self._traces)

    def changed(self, world: World, own: AbstractSet[Fact], others: Suspects | None = None) -> set[Fact]:
        """The facts that some output read and that are no longer as they were. `own`: the changed ones of entities.

        others: what may have changed besides, where that is known; else all facts are looked at.
        """
        known = self._numbers
        found = {fact for fact in own if fact in known}
        for number in range(len(self._digests)) if others is None else self._suspected(others):
            fact, before = self._facts[number], self._digests[number]
            now = facts.digest(fact, world)
            if now != before:
                self._digests_before.setdefault(number, before)
                self._digests[number] = now
                found.add(fact)
        return found

    def _suspected(self, others: Suspects) -> set[int]:
        """The numbers of the facts that may have changed."""
        found = {self._numbers[fact] for fact in others.facts if fact in self._numbers}
        if others.rows:
            kept = self._facts[: len(self._digests)]
            found.update(number for number, fact in enumerate(kept) if facts.row(fact) in others.rows)
        return found

    def stale(self, changes: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
        """The outputs that read one of the changed facts, and which of these each did, in code point order."""
        wanted = {self._numbers[fact] for fact in changes}
        known = self._readers
        if known is not None and all(self._facts[number].table in facts.TEXTS for number in wanted):
            paths = {path for number in wanted for path in known.get(number, ())}
            found = readers(((path, self._traces[path]) for path in paths if path in self._traces), wanted)
        else:
            found = readers(self._traces.items(), wanted)
        return {path: tuple(sorted(self._facts[number] for number in read)) for path, read in found.items()}

    def prepare(self) -> None:
        """Make ready for builds in which few texts change, when nobody waits: they need not look through all traces."""
        if self._readers is None:
            self._readers = {number: {*paths} for number, paths in self.readers_of_texts().items()}

    def readers_of_texts(self) -> dict[int, list[str]]:
        """The number of each fact that may change though no field does -> the outputs that read it, in order."""
        texts = {number for number, fact in enumerate(self._facts) if fact.table in facts.TEXTS}
        found: dict[int, list[str]] = {number: [] for number in sorted(texts)}
        for path in sorted(self._traces):
            for number in texts.intersection(_numbers(self._traces[path])):
                found[number].append(path)
        return found

    def reads(self, path: str) -> list[Fact]:
        """The facts that an output read, in code point order."""
        return sorted(self._facts[number] for number in _numbers(self._traces.get(path, b"")))

    def note(self, path: str, reads: Iterable[Fact], anchors: str = "") -> None:
        """Write down what an output read, and its anchors."""
        self.forget(path)
        if anchors:
            self.anchors[path] = anchors
        numbers, known = self._numbers, self._facts
        trace = array("I")
        for fact in reads:
            number = numbers.get(fact)
            if number is None:
                number = numbers[fact] = len(known)
                known.append(fact)
            trace.append(number)
        self._traces[path] = trace.tobytes()
        if self._readers is not None:
            for number in (each for each in trace if self._facts[each].table in facts.TEXTS):
                self._readers.setdefault(number, set()).add(path)

    def forget(self, path: str) -> None:
        """Drop an output that is no more."""
        before = self._traces.pop(path, None), self.anchors.pop(path, "")
        self._before.setdefault(path, before)

    def revert(self) -> None:
        """Take back what was noted, and found changed, since it was kept last."""
        for path, (trace, anchors) in self._before.items():
            self._traces.pop(path, None)
            self.anchors.pop(path, None)
            if trace is not None:
                self._traces[path] = trace
            if anchors:
                self.anchors[path] = anchors
        for number, digest in self._digests_before.items():
            self._digests[number] = digest
        for fact in self._facts[len(self._digests) :]:
            del self._numbers[fact]
        del self._facts[len(self._digests) :]
        self._forget_before()

    def keep(self, world: World) -> None:
        """Let what was noted count. Facts that were read for the first time are kept as they are in this world."""
        new = self._facts[len(self._digests) :]
        self._digests += (facts.digest(fact, world) for fact in new)
        self._forget_before()
        if self._enough and len(self._facts) > self._enough:
            self._leave_out_unread()
        self._enough = self._enough or 2 * len(self._facts)

    @property
    def moved(self) -> bool:
        """Whether a page has other anchors than when the ledger was kept last."""
        return any(self.anchors.get(path, "") != anchors for path, (_, anchors) in self._before.items())

    def _forget_before(self) -> None:
        self._before.clear()
        self._digests_before.clear()

    def _leave_out_unread(self) -> None:
        """Number anew the facts that something reads, and forget the others."""
        digests = dict(zip(self._facts, self._digests, strict=True))
        fresh = Ledger()
        for path in self._traces:
            fresh.note(path, self.reads(path))
        self._facts, self._numbers, self._traces = fresh._facts, fresh._numbers, fresh._traces
        self._digests = [digests[fact] for fact in self._facts]
        self._readers = None
        self._enough = 2 * len(self._facts)

    def traces(self) -> Traces:
        """The ledger as the cache keeps it, without what does not count yet."""
        self.revert()
        return Traces(self._facts, self._digests, self._traces, self.anchors)


def readers(traces: Iterable[tuple[str, bytes]], wanted: AbstractSet[int]) -> dict[str, set[int]]:
    """The outputs whose traces have one of these numbers, and which of them each has."""
    likely: Iterable[tuple[str, bytes]] = traces if wanted else ()
    if len(wanted) <= _FEW:  # four bytes in a row are found much sooner than a number among others
        sought = [array("I", [number]).tobytes() for number in wanted]
        likely = ((path, trace) for path, trace in likely if any(each in trace for each in sought))
    found = ((path, {number for number in _numbers(trace) if number in wanted}) for path, trace in likely)
    return {path: read for path, read in found if read}


def _numbers(trace: bytes) -> memoryview[int]:
    return memoryview(trace).cast("I")
