"""The ledger: which facts each output read, and what the facts were when it did."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass

from ballardwiki.build.cache import Traces
from ballardwiki.pages import facts
from ballardwiki.pages.facts import Fact
from ballardwiki.pages.world import World


class Ledger:
    """Numbers facts, so that ten thousand traces take a few megabytes."""

    def __init__(self, traces: Traces | None = None) -> None:
        traces = traces or Traces()
        self._facts = list(traces.facts)
        self._numbers = {fact: number for number, fact in enumerate(self._facts)}
        self._digests = list(traces.digests)
        self._traces = dict(traces.traces)
        self.anchors = dict(traces.anchors)
        """Path of a page -> the ids that links to it may count on."""
        self._known = len(self._facts)

    def __contains__(self, path: str) -> bool:
        return path in self._traces

    def __iter__(self) -> Iterator[str]:
        return iter(self._traces)

    def changed(self, world: World, own: AbstractSet[Fact], *, steady: bool = False) -> set[Fact]:
        """The facts that some output read and that are no longer as they were. `own`: the changed ones of entities.

        steady: those of steady tables are as they were.
        """
        fresh = [
            was if steady and facts.TABLES[fact.table].steady else facts.digest(fact, world)
            for fact, was in zip(self._facts, self._digests, strict=True)
        ]
        found = {fact for fact, was, now in zip(self._facts, self._digests, fresh, strict=True) if was != now}
        self._digests = fresh
        return found | {fact for fact in own if fact in self._numbers}

    def stale(self, changes: Iterable[Fact]) -> set[str]:
        """The outputs that read one of the changed facts."""
        wanted = {self._numbers[fact] for fact in changes}
        if not wanted:
            return set()
        return {path for path, trace in self._traces.items() if not wanted.isdisjoint(memoryview(trace).cast("I"))}

    def reads(self, path: str) -> list[Fact]:
        """The facts that an output read, in code point order."""
        return sorted(self._facts[number] for number in memoryview(self._traces.get(path, b"")).cast("I"))

    def note(self, path: str, reads: Iterable[Fact], anchors: str = "") -> None:
        """Write down what an output read, and its anchors."""
        self.anchors.pop(path, None)
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

    def forget(self, path: str) -> None:
        """Drop an output that is no more."""
        self._traces.pop(path, None)
        self.anchors.pop(path, None)

    def traces(self, world: World) -> Traces:
        """The ledger as the cache keeps it, with the digests of facts that were read for the first time."""
        new = self._facts[self._known :]
        self._digests += (facts.digest(fact, world) for fact in new)
        if self._known and len(new) > self._known:
            return self._compact(world)
        return Traces(self._facts, self._digests, self._traces, self.anchors)

    def _compact(self, world: World) -> Traces:
        """The ledger without facts that nothing reads any more."""
        fresh = Ledger()
        for path in self._traces:
            fresh.note(path, self.reads(path), self.anchors.get(path, ""))
        return fresh.traces(world)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The stale outputs, and why each is: a sentence, or the changed facts that it read."""

    stale: Mapping[str, tuple[str, ...]]
    ledger: Ledger
