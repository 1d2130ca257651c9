"""A pure function over many inputs, whatever the inputs do to it."""

from __future__ import annotations

import ctypes
import functools
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import resource_tracker
from pathlib import Path

import pytest
from msgspec import structs

from ballardwiki.build import workers
from ballardwiki.build.workers import Allowance, Failure, WorkersError, run
from ballardwiki.build.workers.standby import Standby
from ballardwiki.problems import UnusableError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests fork")
TIGHT = Allowance(cpu=1.0, memory=64 << 20, wall=60.0)  # wall time passes on a busy machine without any work


def double(value: int) -> int:
    return 2 * value


def hang_in_python() -> None:
    while True:
        pass


def hang_in_c() -> None:
    re.match("(a+)+$", "a" * 60 + "b")


def sleep_long() -> None:
    time.sleep(60)


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def exhaust() -> None:
    len("a" * (1 << 32))


def exhaust_in_small_pieces() -> None:
    kept = []
    while True:
        kept.append(bytes(1000))


def abort() -> None:
    ctypes.CDLL(None).abort()


def fail() -> None:
    raise ValueError("no such thing")


def quit_politely() -> None:
    sys.exit("bye")


def unpicklable() -> object:
    return lambda: None


MISDEEDS = {
    hang_in_python: "cpu",
    hang_in_c: "cpu",
    sleep_long: "wall",
    crash: "crash",
    leave: "crash",
    abort: "crash",
    exhaust: "memory",
    exhaust_in_small_pieces: "memory",
    fail: "exception",
    quit_politely: "exception",
    unpicklable: "exception",
}


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def let_die() -> None:
    """Wait for the workers that were killed and not waited for, by this test or by one before it."""
    for _ in range(1000):
        if not multiprocessing.active_children():  # reaps those that have died
            break
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    resource_tracker.ensure_running()  # spawning starts one, which stays
    let_die()
    before = children(), len(os.listdir("/proc/self/fd"))
    yield
    let_die()
    assert (children(), len(os.listdir("/proc/self/fd"))) == before


@pytest.mark.parametrize("jobs", [0, 1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 3, 5000])
def test_every_input_is_answered_once(jobs: int, count: int) -> None:
    assert sorted(run(double, range(count), jobs=jobs)) == [(index, 2 * index) for index in range(count)]


def test_a_worker_inherits_what_the_function_closes_over() -> None:
    unpicklable_state = iter([5])
    assert dict(run(lambda value: value + next(unpicklable_state), [1], jobs=2)) == {0: 6}
    assert next(unpicklable_state) == 5


def test_large_results_pass_while_the_parent_is_slow() -> None:
    seen = {}
    for index, result in run(lambda value: bytes([value]) * 300_000, range(100), jobs=2):
        time.sleep(0.001)
        seen[index] = result
    assert seen == {value: bytes([value]) * 300_000 for value in range(100)}


@pytest.mark.parametrize("misdeed", MISDEEDS, ids=lambda misdeed: misdeed.__name__)
def test_a_misdeed_costs_exactly_its_own_input(misdeed: object) -> None:
    def act(value: int) -> int:
        if value == 37:
            misdeed()  # type: ignore[operator]
            return misdeed()  # type: ignore[operator,no-any-return]
        return value

    began = time.monotonic()
    kind = MISDEEDS[misdeed]  # type: ignore[index]
    limits = TIGHT if kind == "cpu" else structs.replace(TIGHT, cpu=20.0)  # only the limit in question is within reach
    limits = structs.replace(limits, wall=2.0) if misdeed is sleep_long else limits
    outcomes = dict(run(act, range(100), jobs=2, limits=limits))
    failure = outcomes.pop(37)
    assert isinstance(failure, Failure)
    assert failure.kind == kind
    assert outcomes == {value: value for value in range(100) if value != 37}
    assert time.monotonic() - began < 30


def test_an_exception_comes_with_its_traceback() -> None:
    ((_, failure),) = run(lambda _: fail(), [0], jobs=1)
    assert isinstance(failure, Failure)
    assert "ValueError: no such thing" in failure.detail
    assert "in fail" in failure.detail


@pytest.mark.parametrize("jobs", [0, 2])
def test_what_is_no_fault_of_the_input_comes_back_as_it_was_raised(jobs: int) -> None:
    def stop(_: int) -> int:
        raise UnusableError("the disk is full")

    ((_, failure),) = run(stop, [0], jobs=jobs)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, UnusableError) and str(failure.error) == "the disk is full"


def test_many_misdeeds_at_once() -> None:
    outcomes = dict(run(lambda value: crash() if value % 3 == 0 else value, range(60), jobs=2))
    assert {value for value, outcome in outcomes.items() if isinstance(outcome, Failure)} == set(range(0, 60, 3))


def test_memory_that_earlier_inputs_leaked_is_not_held_against_later_ones() -> None:
    kept: list[bytes] = []

    def leak(value: int) -> int:
        kept.append(b"x" * (10 << 20))
        return value

    assert sorted(run(leak, range(40), jobs=1, limits=TIGHT)) == [(value, value) for value in range(40)]


def test_little_work_takes_one_worker() -> None:
    assert len({pid for _, pid in run(lambda _: os.getpid(), range(3), jobs=8)}) == 1


@pytest.mark.slow
def test_a_slow_consumer_is_not_a_slow_worker() -> None:
    outcomes: list[tuple[int, int | Failure]] = []
    for outcome in run(double, range(40), jobs=2, limits=Allowance(wall=2.0)):
        if len(outcomes) in (0, 20):
            time.sleep(2.5)
        outcomes.append(outcome)
    assert sorted(outcomes) == [(value, 2 * value) for value in range(40)]


def test_closing_early_ends_the_workers() -> None:
    outcomes = run(time.sleep, [0, 0, 0, 0, 60, 60], jobs=2)
    next(outcomes)
    outcomes.close()


def test_an_interrupt_ends_the_work_in_the_middle_of_an_input() -> None:
    reading, writing = multiprocessing.Pipe(duplex=False)

    def work(value: int) -> int:
        if value == 1:
            writing.send(None)
            sleep_long()
        return value

    found = run(work, [0, 1, 2], jobs=1, limits=Allowance(interrupt=reading))
    assert [*found] in ([(0, 0)], []), "what came with the interrupt is made again later"
    assert reading.poll(), "it is for whoever waits for it"


def test_an_exception_in_the_consumer_ends_the_workers() -> None:
    def consume() -> None:
        for _ in run(time.sleep, [0, 0, 0, 0, 60, 60], jobs=2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        consume()


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG")
def test_workers_die_with_a_killed_parent() -> None:
    program = """
import os, time
from ballardwiki.build.workers import run
def work(value):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)
list(run(work, range(20), jobs=2))
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    assert parent.stdout.read() == b""  # ends when the last worker has closed it
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while any(map(_runs, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_signal_handlers_of_the_parent_do_not_run_in_workers() -> None:
    def handler(*_: object) -> None:
        raise AssertionError

    old = signal.signal(signal.SIGTERM, handler)
    try:
        ((_, outcome),) = run(lambda _: os.kill(os.getpid(), signal.SIGTERM), [0], jobs=1)
    finally:
        signal.signal(signal.SIGTERM, old)
    assert isinstance(outcome, Failure)
    assert "SIGTERM" in outcome.detail


def _misbehave(value: int) -> int:
    if value == 7:
        crash()
    return value


@pytest.mark.skipif(sys.platform == "win32", reason="checks fds through /proc")
def test_spawned_workers_keep_the_same_promise() -> None:
    outcomes = dict(run(_misbehave, range(20), jobs=2, context="spawn"))
    assert isinstance(outcomes.pop(7), Failure)
    assert outcomes == {value: value for value in range(20) if value != 7}


def test_workers_that_cannot_start_blame_no_input() -> None:
    with pytest.raises(WorkersError):
        list(run(functools.partial(_needs, Unloadable()), range(20), jobs=2, context="spawn"))


class Unloadable:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (__import__, ("no_such_module_anywhere",))


def _needs(_: Unloadable, value: int) -> int:
    return value


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_may_do_the_work(kind: type[ThreadPoolExecutor | ProcessPoolExecutor]) -> None:
    with kind(2) as executor:
        assert sorted(run(double, range(1000), jobs=2, context=executor)) == [(n, 2 * n) for n in range(1000)]
        ((_, failure),) = run(_fail_on, [0], jobs=2, context=executor)
    assert isinstance(failure, Failure)
    assert failure.kind == "exception"


def _fail_on(_: int) -> None:
    fail()


# A worker that stands by


def hang(value: int) -> int:
    """Hangs, crashes or raises where it is told to."""
    if value == 1:
        time.sleep(60)
    elif value == 2:
        while True:
            pass
    elif value == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    elif value == 4:
        bytearray(1 << 40)
    elif value == 5:
        raise LookupError("no")
    return 2 * value


@pytest.fixture
def standby(monkeypatch: pytest.MonkeyPatch) -> Iterator[Standby]:
    workers.be_ready()
    ready = workers._standby
    assert ready is not None
    monkeypatch.setattr(workers, "_standby", ready)
    yield ready
    ready.end()
    workers._standby = None


def test_a_worker_that_stands_by_keeps_the_same_promise(standby: Standby) -> None:
    for _ in range(2):
        found = dict(workers.promptly(hang, [6, 5, 7], jobs=2, limits=Allowance()))
        assert isinstance(found[1], Failure) and found[1].kind == "exception"
        assert (found[0], found[2]) == (12, 14) and standby.alive
    assert dict(workers.promptly(double, [1], jobs=2, limits=Allowance())) == {0: 2}, "another function"


@pytest.mark.skipif(sys.platform == "win32", reason="limits need a POSIX system")
@pytest.mark.parametrize(("value", "kind"), [(1, "wall"), (2, "cpu"), (3, "crash"), (4, "memory")])
def test_what_it_dies_of_costs_one_input_and_others_go_on(standby: Standby, value: int, kind: str) -> None:
    limits = Allowance(cpu=0.2, wall=1.0)
    found = dict(workers.promptly(hang, [6, value, 7], jobs=2, limits=limits))
    assert isinstance(found[1], Failure) and found[1].kind == kind
    assert (found[0], found[2]) == (12, 14) and not standby.alive
    assert dict(workers.promptly(hang, [6], jobs=2, limits=limits)) == {0: 12}


def tried(value: tuple[str, Path]) -> None:
    """Writes down that it was tried, and dies as it is told."""
    how, file = value
    with file.open("a") as notes:
        notes.write("x")
    if how == "cpu":
        hang(2)
    elif how == "crash":
        hang(3)


@pytest.mark.skipif(sys.platform == "win32", reason="limits need a POSIX system")
@pytest.mark.parametrize(("how", "times"), [("cpu", 1), ("crash", 2), ("nothing", 1)])
def test_what_takes_too_long_is_tried_once(standby: Standby, tmp_path: Path, how: str, times: int) -> None:
    """A crash may be the fault of the worker, which has done other things before."""
    file = tmp_path / "notes"
    found = dict(workers.promptly(tried, [(how, file)], jobs=1, limits=Allowance(cpu=0.2)))
    assert file.read_text() == "x" * times
    assert found[0].kind == how if isinstance(found[0], Failure) else (how, found[0]) == ("nothing", None)
