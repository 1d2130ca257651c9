"""Inside one worker process: its limits, its loop, and what it says to the parent. See `workers`.

Tasks come as ranges of indexes, so the inputs themselves never travel; each answer is one message of a tag and a body.
"""

from __future__ import annotations

import contextlib
import ctypes  # noqa: F401  # before workers are forked: to die with its parent each of them needs it
import faulthandler
import gc
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Sequence
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from msgspec import Struct

from ballardwiki.build.publish.syscalls import die_with_parent
from ballardwiki.problems import FAULT, UNEXPECTED, Location, MachineError, Problem, reason

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

if sys.platform != "win32":
    import resource

Input = TypeVar("Input")
Result = TypeVar("Result")

TASK = struct.Struct("<qq")
HELLO = b"h"
_BYTES = b"b"
_PICKLE = b"p"
_LONGEST_DETAIL = 20_000
_GARBAGE = 10_000


class Allowance(Struct, frozen=True):
    """What one input may use. `cpu` needs a POSIX system, `memory` needs Linux; `wall` holds everywhere.

    `cpu` and `wall` are seconds; `memory` is the bytes of address space a worker may add to what it started with.
    interrupt: as soon as something can be read from it, no input is waited for any more.
    """

    cpu: float = 10.0
    memory: int = 512 << 20
    wall: float = 60.0
    interrupt: Connection | None = None


class Failure(Struct, frozen=True):
    """Why there is no result for an input. `detail` is one line, or the traceback when the kind is `exception`.

    `cpu`, `memory` and `wall`: it went over that limit. `crash`: the process died. `exception`: the function raised;
    reason: what that said. error: what was raised, where it is no fault of the input.
    """

    kind: Literal["cpu", "memory", "wall", "crash", "exception"]
    detail: str
    reason: str = ""
    error: MachineError | None = None

    def problem(self, path: str, seconds: int) -> Problem:
        """The problem of the file or page that was worked on."""
        reasons = {
            "cpu": f"took longer than {seconds} seconds of processor time.",
            "wall": "took far too long.",
            "memory": "needs more memory than one page may use.",
            "crash": "crashed the program that reads it.",
        }
        message = reasons.get(self.kind, f"could not be made: {self.reason}.")
        hint = "Look for very long lines, deep nesting or endless loops." if self.kind in reasons else FAULT
        return Problem(Location(path, 1, 1), "page-affordable" if self.kind in reasons else "internal", message, hint)


class Ends(Struct, frozen=True):
    """A worker's ends of its two pipes, and those ends of the parent's that came with the fork."""

    tasks: Connection
    results: Connection
    inherited: Sequence[Connection]


def describe(error: BaseException) -> Failure:
    """The failure that stands for a raised exception."""
    if isinstance(error, MemoryError):
        return Failure("memory", "needed more memory than it may have")
    if isinstance(error, MachineError):
        return Failure("exception", str(error), reason(error), error)
    try:
        trace = error.__traceback__ and error.__traceback__.tb_next  # without our own frame
        detail = "".join(traceback.format_exception(type(error), error, trace))
        said = reason(error)
    except Exception:  # noqa: BLE001 - the exception's own text may raise anything, or recurse
        detail, said = type(error).__name__, UNEXPECTED
    return Failure("exception", detail[-_LONGEST_DETAIL:], said[-_LONGEST_DETAIL:])


def attempt(function: Callable[[Input], Result], value: Input) -> Result | Failure:
    """The function's result, or the failure that stands for its exception. KeyboardInterrupt passes."""
    try:
        return function(value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - also SystemExit: one page must not end the build
        return describe(error)


def unpack(message: bytes) -> Any:
    """What a worker answered: bytes, any other result, or a Failure."""
    return message[1:] if message[:1] == _BYTES else pickle.loads(memoryview(message)[1:])  # noqa: S301 - our own child


def cause(code: int, limits: Allowance, *, overdue: bool) -> Failure:
    """What a worker died of, by its exit code; `overdue`: it said nothing for too long."""
    if overdue:
        return Failure("wall", f"took more than {limits.wall:g} s")
    if sys.platform != "win32" and code == -signal.SIGPROF:
        return Failure("cpu", f"took more than {limits.cpu:g} s of CPU time")
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        hints = {"SIGKILL": ", as when the machine is out of memory", "SIGABRT": ", as when memory runs out"}
        return Failure("crash", f"the worker process died of {name}{hints.get(name, '')}")
    return Failure("crash", f"the worker process ended itself with exit code {code}")


def work(function: Callable[[Any], Any], inputs: Sequence[Any], limits: Allowance, ends: Ends) -> None:
    """Answer tasks until the parent closes the pipe or dies."""
    for end in ends.inherited:
        end.close()
    settle()
    limit_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):  # the parent is gone, or has closed our pipe
        ends.results.send_bytes(HELLO)
        while True:
            start, stop = TASK.unpack(ends.tasks.recv_bytes())
            for index in range(start, stop):
                arm(limits.cpu)
                if gc.get_count()[0] > _GARBAGE:
                    gc.collect()
                ends.results.send_bytes(reply(function, inputs[index]))
            arm(0)


def reply(function: Callable[[Any], Any], value: Any) -> bytes:
    """The outcome of an input, as the parent unpacks it."""
    try:
        outcome = attempt(function, value)
        if isinstance(outcome, bytes):
            return _BYTES + outcome
        return _PICKLE + pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - the result does not pickle
        return _PICKLE + pickle.dumps(describe(error))


def settle() -> None:
    """Forget the parent's signal handlers and garbage; leave Ctrl-C to the parent, and die when it dies."""
    gc.freeze()
    gc.disable()
    faulthandler.disable()
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    die_with_parent(_parent_process_id())


def _parent_process_id() -> int:
    parent = parent_process()
    return (parent and parent.pid) or os.getppid()


def limit_memory(allowance: int) -> None:
    """Let this process grow by so many bytes of address space, and no more."""
    if sys.platform == "linux":
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = size + allowance if hard == resource.RLIM_INFINITY else min(size + allowance, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def arm(seconds: float) -> None:
    """Let SIGPROF kill this process, even inside C code, after so many seconds of its CPU time; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
