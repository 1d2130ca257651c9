"""Each system call of a build that changes or reads the disk fails, one after the other: once, and from then on.

What would fail in the working of the program itself, as pipes to its own processes, is not our matter.
"""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import machine
import pytest
from machine import build, failing, one_clear_line, tree, whole, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="needs strace"),
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]
CALLS = [
    *(("fsync", "EIO"), ("rename", "ENOSPC"), ("renameat2", "EIO"), ("mkdir", "EROFS"), ("rmdir", "EACCES")),
    *(("link", "EIO"), ("linkat", "EIO"), ("unlink", "EACCES"), ("unlinkat", "EACCES"), ("flock", "ENOLCK")),
    *(("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("pread64", "EIO"), ("ftruncate", "EIO"), ("chmod", "EPERM")),
]
MOST = 200


@pytest.fixture(scope="module")
def shelf() -> Iterator[Path]:
    """A project published as version 0 and edited since, in memory where there is room."""
    where = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as made:
        shelf = Path(made)
        for version in (0, 1):
            write(shelf / "wiki", version)
            assert build(shelf / "wiki").code == 0
        write(shelf / "wiki", 0)
        yield shelf


@pytest.mark.parametrize("ever_after", [False, True], ids=["once", "ever-after"])
@pytest.mark.parametrize(("call", "error"), CALLS, ids=["-".join(each) for each in CALLS])
def test_a_failing_call_is_one_clear_line(shelf: Path, call: str, error: str, *, ever_after: bool) -> None:
    for count in itertools.count(1):
        work = machine.copy(shelf / "wiki", shelf / "work")
        done = build(work, before=failing(call, error, f"{count}{'+' if ever_after else ''}"))
        if done.code == 127 or "Fatal Python error" in done.err or "shared librar" in done.err:
            continue  # it failed before the program had begun
        one_clear_line(done)
        if ever_after:  # what can't be put back while every call fails is put back by the next build
            assert tree(work) in (machine.clean(shelf, 1), machine.clean(shelf, 0)), done
        whole(work, shelf, 1, 0, done)
        if done.code == 0 and not done.err:
            return
        assert count < MOST
