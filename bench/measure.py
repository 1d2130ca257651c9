"""Clocks and scales for process trees. Linux only: memory is read from /proc.

Time and memory are never taken in the same run: reading the page tables of a large process stops it for a moment.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 0.05
"""What sessions that do nothing use of a processor in half a second, at most."""
SAMPLING_SHARE = 0.1


class RunFailed(RuntimeError):
    """A measured command ended with an error; the message has its last lines."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command: wall seconds, CPU seconds of the tree, and MB of its biggest process (max RSS)."""

    seconds: float
    cpu_seconds: float
    biggest_process_mb: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Peaks over time, in MB: summed PSS of the tree, and summed private memory without shared or mapped file pages."""

    pss_mb: float
    anonymous_mb: float
    samples: int


Moment = tuple[float, float]
"""A moment of a run: the clock (`time.perf_counter`), and the CPU seconds that the tree has used until then."""


def start(command: Sequence[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """`command` in a session of its own, so that its whole tree can be found and stopped; output goes to `log`."""
    with log.open("wb") as sink:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def run(command: Sequence[str], folder: Path, log: Path) -> Run:
    """Run to the end and take the time. Raises RunFailed when the command fails."""
    began = time.perf_counter()
    process = start(command, folder, log)
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except (KeyboardInterrupt, SystemExit):
        stop(process)
        raise
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    _raise_on_failure(process, command, log)
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def run_and_weigh(command: Sequence[str], folder: Path, log: Path) -> Memory:
    """Run to the end and sample the memory of the tree. Raises RunFailed when the command fails."""
    process = start(command, folder, log)
    try:
        with weighing(process.pid) as result:
            process.wait()
    except (KeyboardInterrupt, SystemExit):
        stop(process)
        raise
    _raise_on_failure(process, command, log)
    return result()


def run_and_watch(command: Sequence[str], folder: Path, log: Path) -> list[Moment]:
    """Run to the end and look again and again at the CPU time of the tree. Raises RunFailed when the command fails."""
    began = time.perf_counter()
    process = start(command, folder, log)
    moments = [(began, 0.0)]

    def look() -> None:
        used = cpu_seconds(process.pid)
        moments.append((time.perf_counter(), max(used, moments[-1][1])))

    try:
        with _sampling(look):
            _, status, usage = os.wait4(process.pid, 0)
            ended = time.perf_counter()
    except (KeyboardInterrupt, SystemExit):
        stop(process)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    _raise_on_failure(process, command, log)
    return [*(moment for moment in moments if moment[0] < ended), (ended, usage.ru_utime + usage.ru_stime)]


def _raise_on_failure(process: subprocess.Popen[bytes], command: Sequence[str], log: Path) -> None:
    if process.returncode:
        tail = log.read_text(errors="replace").splitlines()[-15:]
        raise RunFailed(f"{' '.join(command)} ended with {process.returncode}:\n" + "\n".join(tail))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole session of `process`: politely, then not."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
            return


@contextlib.contextmanager
def weighing(session: int) -> Iterator[Callable[[], Memory]]:
    """Sample the memory of a session in a thread; the yielded function gives the peaks so far."""
    peaks = [0.0, 0.0, 0]

    def look() -> None:
        pss, anonymous = tree_memory(session)
        peaks[0], peaks[1], peaks[2] = max(peaks[0], pss), max(peaks[1], anonymous), peaks[2] + 1

    with _sampling(look):
        yield lambda: Memory(peaks[0], peaks[1], int(peaks[2]))


@contextlib.contextmanager
def _sampling(look: Callable[[], None]) -> Iterator[None]:
    """Look every 50 ms in a thread, and less often when a look takes longer than 5 ms."""
    done = threading.Event()

    def sample() -> None:
        pause = 0.0
        while not done.wait(pause):
            began = time.perf_counter()
            look()
            pause = max(INTERVAL, (time.perf_counter() - began) / SAMPLING_SHARE)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def tree_memory(session: int) -> tuple[float, float]:
    """Summed PSS and summed anonymous PSS, in MB, of a session; processes that just ended count as 0."""
    pss = anonymous = 0
    for process in session_members(session):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    pss += int(line.split()[1])
                elif line.startswith("Pss_Anon:"):
                    anonymous += int(line.split()[1])
    return pss / 1024, anonymous / 1024


def cpu_seconds(session: int) -> float:
    """User and system time of a session until now, with that of its processes that ended."""
    return sum(int(ticks) for fields in session_members(session).values() for ticks in fields[11:15]) / TICKS


def settle(sessions: Sequence[int], timeout: float = 120) -> None:
    """Wait until sessions do nothing any more; not forever."""
    used, ends = -1.0, time.perf_counter() + timeout
    while (now := sum(map(cpu_seconds, sessions))) - used > QUIET and time.perf_counter() < ends:
        used = now
        time.sleep(0.5)


def session_members(session: int) -> dict[int, list[str]]:
    """The processes of a session, also those whose parent is gone: the fields of their /proc stat from the state on."""
    members = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(") ")[2].split()
                if int(fields[3]) == session:
                    members[int(entry.name)] = fields
    return members


def wait_until(condition: Callable[[], bool], timeout: float, step: float = 0.002) -> float:
    """Seconds until `condition` holds; between two looks is as long a pause as a look takes. Raises TimeoutError."""
    began = looked = time.perf_counter()
    while not condition():
        now = time.perf_counter()
        if now - began > timeout:
            raise TimeoutError(f"nothing after {timeout:.0f} s")
        time.sleep(max(step, now - looked))
        looked = time.perf_counter()
    return time.perf_counter() - began
