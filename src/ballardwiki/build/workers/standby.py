"""A worker that waits for work: for a process that stays, and works on few inputs each time. See `workers`.

It is started while its parent is small. So nothing need be started when somebody waits, and what the parent holds later
is not copied for it. Function and inputs travel, so both must pickle.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from ballardwiki.build.workers.process import Allowance, Failure, arm, cause, limit_memory, reply, settle, unpack


class Standby:
    """One such worker. Once it has died it is of no more use (`alive`)."""

    def __init__(self) -> None:
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context: Any = multiprocessing.get_context(method)
        self._pipe, far_end = context.Pipe()
        near_end = self._pipe if method == "fork" else None
        self._process = context.Process(target=_work, args=(far_end, near_end), daemon=True)
        self._process.start()
        far_end.close()
        self._known = b""
        self.alive = True

    def run(
        self, function: Callable[[Any], Any], inputs: Sequence[Any], limits: Allowance
    ) -> Iterator[tuple[int, Any]]:
        """The outcomes of some inputs in order, as in `workers.run`, as far as the worker lives.

        It dies of an input that goes over a limit, which is that one's outcome; or for another reason, which says
        nothing of the input.
        """
        packed = pickle.dumps(function, pickle.HIGHEST_PROTOCOL)
        for index, value in enumerate(inputs):
            answer, overdue = self._answer(packed, value, limits)
            outcome = unpack(answer) if answer else cause(self.end(), limits, overdue=overdue)
            if isinstance(outcome, Failure) and outcome.kind == "memory":
                self.end()  # what it still holds would starve the inputs after this one
            if not self.alive and not (isinstance(outcome, Failure) and outcome.kind in ("cpu", "wall")):
                return
            yield index, outcome
            if not self.alive:
                return

    def _answer(self, packed: bytes, value: Any, limits: Allowance) -> tuple[bytes, bool]:
        """What the worker answers, nothing where it died; and whether it said nothing for too long."""
        task = (None if packed == self._known else packed, value, limits)
        try:
            self._pipe.send_bytes(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
            self._known = packed
            if not self._pipe.poll(limits.wall):
                return b"", True
            return self._pipe.recv_bytes(), False
        except (EOFError, OSError):
            return b"", False

    def end(self) -> int:
        """Kill and reap; the exit code of the process, 0 if it had ended before."""
        if not self.alive:
            return 0
        self.alive = False
        self._pipe.close()
        self._process.join(0.1)  # one that is dying should say of what
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code or 0


def _work(tasks: Connection, near_end: Connection | None) -> None:
    """Answer tasks until the parent closes the pipe or dies."""
    if near_end:
        near_end.close()
    settle()
    function: Callable[[Any], Any] = repr
    with contextlib.suppress(EOFError, OSError):  # the parent is gone, or has closed the pipe
        while True:
            packed, value, limits = pickle.loads(tasks.recv_bytes())  # noqa: S301  # our own parent
            function = pickle.loads(packed) if packed else function  # noqa: S301
            limit_memory(limits.memory)
            arm(limits.cpu)
            answer = reply(function, value)
            arm(0)
            tasks.send_bytes(answer)
