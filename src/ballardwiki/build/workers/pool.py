"""Worker processes from the parent's side: who works on what, and what happens when one dies. See `workers`.

Each worker has two pipes of its own. A task is 16 bytes (a range of indexes) and at most three wait, so giving work
never blocks; a worker that blocks on its results waits for us, and we only wait for results. So both cannot be stuck.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import selectors
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

if sys.platform == "linux":
    import fcntl

from ballardwiki.build.workers.process import HELLO, TASK, Allowance, Ends, Failure, unpack, work

_FIRST_BATCH = 4
_LARGEST_BATCH = 256
_BATCH_SECONDS = 0.02
_PIPE_BYTES = 1 << 20
_AGAIN = ("memory", "crash")  # may be the fault of what the worker did before: tried once more in another worker


class WorkersError(Exception):
    """Workers cannot run at all (they die before their first input); no input is to blame."""


class _Worker:
    """One process, its two pipes, and the indexes it was given and has not answered, in order."""

    def __init__(self, pool: Pool) -> None:
        task_end, tasks = pool.context.Pipe(duplex=False)
        self.tasks: Connection = tasks
        results, result_end = pool.context.Pipe(duplex=False)
        self.results: Connection = results
        _widen(self.results)
        self.far_ends: list[Connection] = [task_end, result_end]
        self.pending: deque[int] = deque()
        self.batch = 0
        self.answered = 0
        self.greeted = False
        self.since = time.monotonic()
        self.overdue: int | None = None
        ours = [end for worker in pool.workers for end in (worker.tasks, worker.results)]
        inherited = [*ours, self.tasks, self.results] if pool.method == "fork" else []
        self.process: BaseProcess = pool.context.Process(
            target=work,
            args=(pool.function, pool.inputs, pool.limits, Ends(task_end, result_end, inherited)),
            daemon=True,
        )

    def start(self) -> None:
        self.process.start()
        self._close(self.far_ends)

    def give(self, batch: range) -> None:
        """Queue a batch. Never blocks: a task is 16 bytes and at most three wait in the pipe."""
        if not self.pending:
            self.since = time.monotonic()
        self.batch = len(batch)
        self.pending.extend(batch)
        try:
            self.tasks.send_bytes(TASK.pack(batch.start, batch.stop))
        except OSError:  # it died, or it must: what it answers next would count for this batch
            self.process.kill()

    def message(self) -> bytes | None:
        """The next answer (waits for it), or None when the process has died."""
        try:
            return self.results.recv_bytes()
        except (EOFError, OSError):
            return None

    def end(self) -> int:
        """Kill, reap and close; the exit code of the process."""
        if not self.pending and self.answered:
            return self._leave()
        code = 0
        with contextlib.suppress(ValueError):  # ended before
            if self.process.pid is not None:
                self.process.kill()
                self.process.join()
                code = self.process.exitcode or 0
            self.process.close()
        self._close([self.tasks, self.results, *self.far_ends])
        return code

    def _leave(self) -> int:
        """Kill a process that has nothing to do. A large one is slow to die: it is reaped when the next is started."""
        self.process.kill()
        self._close([self.tasks, self.results])
        return 0

    @staticmethod
    def _close(ends: list[Connection]) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.close()


class Pool:
    """The parent's side: who works on what, and what to do when a worker dies."""

    def __init__(
        self, function: Callable[[Any], Any], inputs: Sequence[Any], jobs: int, limits: Allowance, method: str | None
    ) -> None:
        self.function, self.inputs, self.jobs, self.limits = function, inputs, jobs, limits
        self.method = method or ("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
        self.context: Any = multiprocessing.get_context(self.method)
        self.workers: list[_Worker] = []
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
            for worker in self._ready():
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

    def _receive(self, worker: _Worker, message: bytes) -> tuple[int, Any] | None:
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

    def _bury(self, worker: _Worker) -> tuple[int, Failure] | None:
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
        failure = self._cause(worker, code)
        return None if self._again(worker, current, failure.kind) else (current, failure)

    def _cause(self, worker: _Worker, code: int) -> Failure:
        if worker.overdue is not None:
            return Failure("wall", f"took more than {self.limits.wall:g} s")
        if sys.platform != "win32" and code == -signal.SIGPROF:
            return Failure("cpu", f"took more than {self.limits.cpu:g} s of CPU time")
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            hints = {"SIGKILL": ", as when the machine is out of memory", "SIGABRT": ", as when memory runs out"}
            return Failure("crash", f"the worker process died of {name}{hints.get(name, '')}")
        return Failure("crash", f"the worker process ended itself with exit code {code}")

    def _again(self, worker: _Worker, index: int, kind: str) -> bool:
        """Whether to try the input once more, because an earlier input of this worker may have caused its end."""
        if kind not in _AGAIN or worker.answered == 0 or index in self.retried:
            return False
        self.retried.add(index)
        self.queue.appendleft(range(index, index + 1))
        return True

    def _dismiss(self, worker: _Worker) -> int:
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
            worker = _Worker(self)
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

    def _ready(self) -> list[_Worker]:
        if self.selector is not None:
            return [key.data for key, _ in self.selector.select(self.patience)]
        ready = connection.wait([worker.results for worker in self.workers], self.patience)
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


def _widen(end: Connection) -> None:
    """Let a worker run ahead of a busy parent by up to 1 MB of results, where the system allows."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            fcntl.fcntl(end.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
