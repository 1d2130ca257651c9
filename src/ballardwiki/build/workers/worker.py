"""One worker process as its parent sees it: the process, its two pipes, and what it was given. See `workers`."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import deque
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

if sys.platform == "linux":
    import fcntl

from ballardwiki.build.workers.process import TASK, Ends, work

if TYPE_CHECKING:
    from ballardwiki.build.workers.pool import Pool

_PIPE_BYTES = 1 << 20


class Worker:
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
        """Begin to work."""
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
        """Kill, reap and close; the exit code of the process. One with nothing to do is not waited for."""
        if not self.pending and self.answered:  # a large process is slow to die: the next that starts will reap it
            self.process.kill()
            self._close([self.tasks, self.results])
            return 0
        code = 0
        with contextlib.suppress(ValueError):  # ended before
            if self.process.pid is not None:
                self.process.kill()
                self.process.join()
                code = self.process.exitcode or 0
            self.process.close()
        self._close([self.tasks, self.results, *self.far_ends])
        return code

    @staticmethod
    def _close(ends: list[Connection]) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.close()


def _widen(end: Connection) -> None:
    """Let a worker run ahead of a busy parent by up to 1 MB of results, where the system allows."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            fcntl.fcntl(end.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
