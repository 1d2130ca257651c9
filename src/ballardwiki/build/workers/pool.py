"""Worker processes from the parent's side: who works on what, and what happens when one dies. See `workers`.

Each worker has two pipes of its own. A task is 16 bytes (a range of indexes) and at most three wait, so giving work
never blocks; a worker that blocks on its results waits for us, and we only wait for results. So both cannot be stuck.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import selectors
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import connection
from typing import Any

from msgspec.structs import replace

from ballardwiki.build.workers.process import HELLO, Allowance, Failure, cause, unpack
from ballardwiki.build.workers.worker import Worker

_FIRST_BATCH = 4
_LARGEST_BATCH = 256
_BATCH_SECONDS = 0.02
_AGAIN = ("memory", "crash")  # may be the fault of what the worker did before: tried once more in another worker


class WorkersError(Exception):
    """Workers cannot run at all (they die before their first input); no input is to blame."""


class Pool:
    """The parent's side: who works on what, and what to do when a worker dies."""

    def __init__(
        self, function: Callable[[Any], Any], inputs: Sequence[Any], jobs: int, limits: Allowance, method: str | None
    ) -> None:
        self.function, self.inputs, self.jobs = function, inputs, jobs
        self.interrupt, self.limits = limits.interrupt, replace(limits, interrupt=None)
        self.method = method or ("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
        self.context: Any = multiprocessing.get_context(self.method)
        self.workers: list[Worker] = []
        self.queue: deque[range] = deque([range(len(inputs))] if inputs else [])
        self.retried: set[int] = set()
        self.answered = 0
        self.began = time.monotonic()
        self.patience = min(1.0, limits.wall / 4)
        self.next_check = self.began + self.patience
        self.selector = None if sys.platform == "win32" else selectors.PollSelector()

    def outcomes(self) -> Iterator[tuple[int, Any]]:
        """(index, result or failure) as they arrive."""
        while self.answered < len(self.inputs):
            self._staff()
            ready = self._ready()
            if self.interrupt is not None and self.interrupt.poll():
                return
            for worker in ready:
                message = worker.message()
                answer = self._bury(worker) if message is None else self._receive(worker, message)
                if answer is not None:
                    self.answered += 1
                    yield answer
            if time.monotonic() >= self.next_check:
                self._check_overdue()

    def close(self) -> None:
        """Kill and reap every worker; may be called again."""
        for worker in self.workers:
            with contextlib.suppress(OSError, ValueError):
                worker.process.kill()
        while self.workers:
            self.workers.pop().end()
        if self.selector is not None:
            self.selector.close()

    def _receive(self, worker: Worker, message: bytes) -> tuple[int, Any] | None:
        worker.since = time.monotonic()
        if message == HELLO:
            worker.greeted = True
            return None
        index = worker.pending.popleft()
        outcome = unpack(message)
        if isinstance(outcome, Failure) and outcome.kind == "memory":
            self._dismiss(worker)  # what it still holds would starve the inputs after this one
            return None if self._again(worker, index, "memory") else (index, outcome)
        worker.answered += 1
        return index, outcome

    def _bury(self, worker: Worker) -> tuple[int, Failure] | None:
        """Clear away a dead worker; the input it died of, unless that deserves another try."""
        current = worker.pending.popleft() if worker.pending else None
        code = self._dismiss(worker)
        if current is None:
            return None
        if not worker.greeted:
            raise WorkersError(f"a worker process died while starting (exit code {code})")
        if worker.overdue is not None and worker.overdue != current:
            self.queue.appendleft(range(current, current + 1))
            return None
        failure = cause(code, self.limits, overdue=worker.overdue is not None)
        return None if self._again(worker, current, failure.kind) else (current, failure)

    def _again(self, worker: Worker, index: int, kind: str) -> bool:
        """Whether to try the input once more, because an earlier input of this worker may have caused its end."""
        if kind not in _AGAIN or worker.answered == 0 or index in self.retried:
            return False
        self.retried.add(index)
        self.queue.appendleft(range(index, index + 1))
        return True

    def _dismiss(self, worker: Worker) -> int:
        """End a worker and queue what it had not answered."""
        if self.selector is not None:
            self.selector.unregister(worker.results)
        code = worker.end()
        self.workers.remove(worker)
        for index in reversed(worker.pending):
            if self.queue and self.queue[0].start == index + 1:
                self.queue[0] = range(index, self.queue[0].stop)
            else:
                self.queue.appendleft(range(index, index + 1))
        return code

    def _staff(self) -> None:
        """Give work to idle workers, then start new ones while there is work to give."""
        for worker in self.workers:
            if self.queue and len(worker.pending) <= worker.batch:
                worker.give(self._take())
        while self.queue and len(self.workers) < self.jobs:
            worker = Worker(self)
            self.workers.append(worker)
            worker.start()
            if self.selector is not None:
                self.selector.register(worker.results, selectors.EVENT_READ, worker)
            worker.give(self._take())

    def _take(self) -> range:
        """The next batch: about 20 ms of work, less near the end so that all workers end together."""
        size = _FIRST_BATCH
        if self.answered:
            each = (time.monotonic() - self.began) * len(self.workers) / self.answered
            size = min(_LARGEST_BATCH, int(_BATCH_SECONDS / max(each, 1e-6)))
            size = min(size, sum(map(len, self.queue)) // (2 * self.jobs))
        first = self.queue.popleft()
        batch, rest = first[: max(1, size)], first[max(1, size) :]
        if rest:
            self.queue.appendleft(rest)
        return batch

    def _ready(self) -> list[Worker]:
        others = [self.interrupt] if self.interrupt is not None else []
        if self.selector is not None:
            for each in others:
                if each not in self.selector.get_map():
                    self.selector.register(each, selectors.EVENT_READ, None)
            return [key.data for key, _ in self.selector.select(self.patience) if key.data]
        ready = connection.wait([*(worker.results for worker in self.workers), *others], self.patience)
        return [worker for worker in self.workers if worker.results in ready]

    def _check_overdue(self) -> None:
        """Kill workers that said nothing for too long, unless their answer already waits in the pipe."""
        now = time.monotonic()
        self.next_check = now + self.patience
        for worker in self.workers:
            late = worker.pending and worker.overdue is None and now - worker.since > self.limits.wall
            if late and not worker.results.poll():
                worker.overdue = worker.pending[0]
                worker.process.kill()
