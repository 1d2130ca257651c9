"""A pure function over many inputs, in any concurrent.futures executor."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TypeVar

from ballardwiki.build.workers.pool import WorkersError
from ballardwiki.build.workers.process import Failure, describe

Input = TypeVar("Input")
Result = TypeVar("Result")


def through(
    executor: Executor, function: Callable[[Input], Result], inputs: Sequence[Input], *, window: int = 256
) -> Generator[tuple[int, Result | Failure], None, None]:
    """The same promise through an executor, at most `window` inputs ahead; limits are the executor's own affair."""
    waiting: dict[Future[Result], int] = {}
    upcoming = iter(enumerate(inputs))
    try:
        while True:
            while len(waiting) < window and (following := next(upcoming, None)):
                waiting[executor.submit(function, following[1])] = following[0]
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                index = waiting.pop(future)
                error = future.exception()
                if isinstance(error, BrokenExecutor):
                    raise WorkersError(str(error)) from error
                yield index, future.result() if error is None else describe(error)
    finally:
        for future in waiting:
            future.cancel()
