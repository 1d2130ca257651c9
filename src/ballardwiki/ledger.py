"""The ledger: which facts each output read, and what the facts were when it did."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Set as AbstractSet

from ballardwiki import facts
from ballardwiki.cache import Traces
from ballardwiki.world import World


class Ledger:
    """Numbers facts, so that ten thousand traces take a few megabytes."""

    def __init__(self, traces: Traces | None = None) -> None:
        traces = traces or Traces()
        self._facts = list(traces.facts)
        self._numbers = {key: number for number, key in enumerate(self._facts)}
        self._digests = dict(traces.digests)
        self._traces = dict(traces.traces)
        self.anchors = dict(traces.anchors)
        """Path of a page -> the ids that links to it may count on."""
        self._known = len(self._facts)

    def __contains__(self, path: str) -> bool:
        return path in self._traces

    def __iter__(self) -> Iterator[str]:
        return iter(self._traces)

    def changed(self, world: World, own: AbstractSet[str]) -> set[str]:
        """The facts that some output read and that are no longer as they were. `own`: the changed ones of entities."""
        fresh = facts.digests(self._digests, world)
        found = {key for key, digest in fresh.items() if digest != self._digests[key]}
        self._digests = fresh
        return found | {key for key in own if key in self._numbers}

    def stale(self, changes: Iterable[str]) -> set[str]:
        """The outputs that read one of the changed facts."""
        wanted = {self._numbers[key] for key in changes}
        if not wanted:
            return set()
        return {path for path, trace in self._traces.items() if not wanted.isdisjoint(memoryview(trace).cast("I"))}

    def reads(self, path: str) -> list[str]:
        """The facts that an output read, in code point order."""
        return sorted(self._facts[number] for number in memoryview(self._traces.get(path, b"")).cast("I"))

    def note(self, path: str, reads: Iterable[str], anchors: str = "") -> None:
        """Write down what an output read, and its anchors."""
        self.anchors.pop(path, None)
        if anchors:
            self.anchors[path] = anchors
        numbers, names = self._numbers, self._facts
        trace = array("I")
        for key in reads:
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(names)
                names.append(key)
            trace.append(number)
        self._traces[path] = trace.tobytes()

    def forget(self, path: str) -> None:
        """Drop an output that is no more."""
        self._traces.pop(path, None)
        self.anchors.pop(path, None)

    def traces(self, world: World) -> Traces:
        """The ledger as the cache keeps it, with the digests of facts that were read for the first time."""
        new = self._facts[self._known :]
        self._digests |= facts.digests(new, world)
        if self._known and len(new) > self._known:
            return self._compact(world)
        return Traces(self._facts, self._digests, self._traces, self.anchors)

    def _compact(self, world: World) -> Traces:
        """The ledger without facts that nothing reads any more."""
        fresh = Ledger()
        for path in self._traces:
            fresh.note(path, self.reads(path), self.anchors.get(path, ""))
        return fresh.traces(world)
