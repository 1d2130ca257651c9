"""One lock file, held by one process at a time and freed by the kernel when that process ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ballardwiki.problems import MachineError


class Locked(MachineError):
    """Another process holds the lock, and we were asked not to wait."""


@contextlib.contextmanager
def exclusive(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock on `path` (made when missing, never removed). Raises Locked instead of waiting unless `wait`.

    It is flock(2): processes forked meanwhile hold it too, so it stays taken until they have ended as well.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o644)
    try:
        _take(descriptor, path, wait=wait)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int, path: Path, *, wait: bool) -> None:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EDEADLK):
                    raise
                if not wait:
                    raise Locked(str(path)) from None
                time.sleep(0.1)
            else:
                return

else:
    import fcntl

    def _take(descriptor: int, path: Path, *, wait: bool) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Locked(str(path)) from None
