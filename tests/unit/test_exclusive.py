"""The lock: one holder at a time, freed by the kernel when the last process that has it ends."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from ballardwiki.build.publish.lock import Locked, exclusive

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def is_free(path: Path) -> bool:
    try:
        with exclusive(path, wait=False):
            return True
    except Locked:
        return False


def test_a_lock_is_held_until_the_last_worker_has_gone(tmp_path: Path) -> None:
    """A build is killed while a worker of it lives, which may still write."""
    path = tmp_path / "lock"
    wait_here, end = os.pipe()
    told, tell = os.pipe()
    holder = os.fork()
    if holder == 0:
        with exclusive(path, wait=False):
            if os.fork() == 0:  # the worker
                os.close(end)
                os.write(tell, b"x")
                os.read(wait_here, 1)
                os._exit(0)
            signal.pause()
    os.read(told, 1)
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    assert not is_free(path)
    os.close(wait_here)
    os.close(end)
    with exclusive(path, wait=True):  # waits for the worker
        pass
    assert is_free(path)


def test_a_lock_file_is_never_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("x")
    (tmp_path / "lock").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match=r"."), exclusive(tmp_path / "lock", wait=False):
        pass
    assert (tmp_path / "precious").read_text() == "x"
