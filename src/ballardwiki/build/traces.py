"""The ledger: which facts each output read, and what the facts were when it did."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass

from ballardwiki.build.cache import Traces
from ballardwiki.model import Ref
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
        self._unsteady = [*self._of_unsteady(0)]

    def _of_unsteady(self, begin: int) -> Iterator[int]:
        """The numbers of facts from one on that may change though no field does."""
        return (
            number for number in range(begin, len(self._facts)) if not facts.TABLES[self._facts[number].table].steady
        )

    def after(self) -> Ledger:
        """The ledger for the next build of this process: what this one knows, once it has been saved."""
        found = Ledger()
        found._facts, found._numbers, found._digests = [*self._facts], {**self._numbers}, [*self._digests]
        found._traces, found.anchors = {**self._traces}, {**self.anchors}
        found._known, found._unsteady = len(self._facts), [*self._unsteady, *self._of_unsteady(self._known)]
        return found

    def __contains__(self, path: str) -> bool:
        return path in self._traces

    def __iter__(self) -> Iterator[str]:
        return iter(self._traces)

    def changed(self, world: World, own: AbstractSet[Fact], mentioned: AbstractSet[Ref] | None = None) -> set[Fact]:
        """The facts that some output read and that are no longer as they were. `own`: the changed ones of entities.

        mentioned: where nothing changed but texts, the entities that are mentioned otherwise than before.
        """
        numbers: Iterable[int] = range(self._known)
        if mentioned is not None:
            all_ = ((number, self._facts[number]) for number in self._unsteady)
            numbers = (number for number, fact in all_ if fact.table != facts.MENTIONED or fact.subject in mentioned)
        found = {fact for fact in own if fact in self._numbers}
        for number in numbers:
            fact = self._facts[number]
            now = facts.digest(fact, world)
            if now != self._digests[number]:
                self._digests[number] = now
                found.add(fact)
        return found

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
