"""A pure function over many inputs: inline, in killable processes, or in any concurrent.futures executor.

Hostile content may hang, crash or exhaust whatever reads it. Here that costs one input, never the build: each input has
a limit of CPU time, memory and wall time, and a worker process that dies is replaced.

    for index, outcome in workers.run(render, pages, jobs=2, limits=Allowance()):
        if isinstance(outcome, Failure): ...

With fork (Linux, macOS) the function may close over any state of the parent. Elsewhere (Windows) workers are spawned,
and function and inputs must pickle. See `Allowance` for what each system enforces.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from ballardwiki.build.workers.pool import Pool, WorkersError
from ballardwiki.build.workers.process import Allowance, Failure, attempt
from ballardwiki.build.workers.standby import Standby

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = [
    "Allowance",
    "Failure",
    "WorkersError",
    "be_ready",
    "inline",
    "processes",
    "promptly",
    "run",
    "stay",
]

Input = TypeVar("Input")
Result = TypeVar("Result")


def run(
    function: Callable[[Input], Result],
    inputs: Iterable[Input],
    *,
    jobs: int,
    limits: Allowance | None = None,
    context: Executor | str | None = None,
) -> Generator[tuple[int, Result | Failure], None, None]:
    """Apply the function to every input; yield (index of the input, result or failure) as they arrive, each index once.

    `jobs=0` runs inline: in this process, in order, without limits. `jobs=n` uses at most n worker processes, fewer for
    little work. `context` chooses another way: an executor (no limits, since it cannot be killed), "fork" or "spawn".
    The iterator belongs to one thread. Closing it, or any exception here, kills the workers: those that had something
    to do are gone then, others may take a moment to die.
    """
    listed = inputs if isinstance(inputs, (list, tuple)) else list(inputs)
    if context is not None and not isinstance(context, str):
        from ballardwiki.build.workers.executors import through  # noqa: PLC0415  # hardly any build has an executor

        return through(context, function, listed)
    if jobs <= 0:
        return inline(function, listed)
    return processes(function, listed, jobs=jobs, limits=limits or Allowance(), method=context)


def inline(
    function: Callable[[Input], Result], inputs: Iterable[Input]
) -> Generator[tuple[int, Result | Failure], None, None]:
    """The same promise in this process, in order, without limits: a hang hangs, a crash crashes."""
    for index, value in enumerate(inputs):
        yield index, attempt(function, value)


def processes(
    function: Callable[[Input], Result],
    inputs: Sequence[Input],
    *,
    jobs: int,
    limits: Allowance,
    method: str | None = None,
) -> Generator[tuple[int, Result | Failure], None, None]:
    """The same promise in at most `jobs` processes started by `method` (fork where there is one, else spawn)."""
    pool = Pool(function, inputs, jobs, limits, method)
    gc.freeze()  # collections here must not touch, and so copy, the pages shared with the workers
    try:
        yield from pool.outcomes()
    finally:
        pool.close()
        if not _stays:
            gc.unfreeze()


_standby: Standby | None = None


def be_ready() -> None:
    """Start a worker that waits for what is to be done `promptly`: for a process that stays, before it grows."""
    global _standby  # noqa: PLW0603  # one is enough for a process
    _standby = Standby()


def promptly(
    function: Callable[[Input], Result], inputs: Sequence[Input], *, jobs: int, limits: Allowance
) -> Generator[tuple[int, Result | Failure], None, None]:
    """As `run`; where a worker stands by, few inputs are given to it. Function and inputs must pickle."""
    done = 0
    if _standby and _standby.alive and jobs and len(inputs) <= _FEW:
        for index, outcome in _standby.run(function, inputs, limits):
            done = index + 1
            yield index, outcome
    for index, outcome in run(function, inputs[done:], jobs=jobs, limits=limits):
        yield index + done, outcome


_FEW = 8

_stays = False
"""Whether what this process holds stays frozen."""


def stay() -> None:
    """Let garbage go, and what is left stay: for a process that works again and again, when nobody waits for it.

    What stays is not looked through again and again, nor copied into each worker.
    """
    global _stays  # noqa: PLW0603  # so does the collector's state belong to the whole process
    _stays = True
    gc.collect()
    gc.freeze()
