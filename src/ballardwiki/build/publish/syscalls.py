"""The few system calls that Python does not wrap: exchange two folders, flush one file system, die with the parent.

Each works on Linux; elsewhere it does what that system can, and says so in its result.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import signal
import sys
from functools import cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # <linux/fs.h>
_RENAME_SWAP = 2  # <sys/stdio.h> on macOS
_PR_SET_PDEATHSIG = 1
_RENAMEAT2_NUMBER = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "armv7l": 382, "ppc64le": 357, "s390x": 347}
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


@cache
def _libc() -> Any:
    """The C library, None on Windows."""
    import ctypes  # noqa: PLC0415  # late: a build that changes nothing does without, and would notice

    return None if sys.platform == "win32" else ctypes.CDLL(None, use_errno=True)


def exchange(one: Path, other: Path) -> bool:
    """Swap two existing paths in one atomic step.

    False: this system or file system cannot, and nothing happened. Raises OSError for any other failure, also with
    nothing changed.
    """
    libc = _libc()
    if libc is None:
        return False
    import ctypes  # noqa: PLC0415  # as above

    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        result = libc.renamex_np(first, second, ctypes.c_uint(_RENAME_SWAP))
    elif hasattr(libc, "renameat2"):
        result = libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE))
    elif sys.platform == "linux" and platform.machine() in _RENAMEAT2_NUMBER:
        number = _RENAMEAT2_NUMBER[platform.machine()]
        result = libc.syscall(
            ctypes.c_long(number), _AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE)
        )
    else:
        return False
    if result == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def sync_file_system(folder: Path) -> None:
    """Write everything pending on the folder's file system to the disk (all file systems where syncfs is missing)."""
    libc = _libc()
    if libc is not None and hasattr(libc, "syncfs"):
        import ctypes  # noqa: PLC0415  # as above

        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if libc.syncfs(descriptor) != 0:
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(folder))
        finally:
            os.close(descriptor)
    elif sys.platform != "win32":
        os.sync()


def sync(path: Path | str) -> None:
    """Write one file or folder to the disk. Windows cannot sync a folder and skips it."""
    if sys.platform == "win32":
        if not os.path.isdir(path):
            with open(path, "r+b") as file:
                os.fsync(file.fileno())
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(descriptor)


def replace(path: Path, *pieces: bytes, durable: bool = True) -> None:
    """Give a file other bytes in one step, `durable` unless losing them in a power cut is no loss.

    Raises OSError, with the file as it was and no litter.
    """
    temporary = path.with_name(f".{path.name.removeprefix('.')}.{os.getpid()}.new")
    with contextlib.suppress(FileNotFoundError):  # of a process with our number that was killed
        os.unlink(temporary)
    try:
        with open(temporary, "xb") as file:
            file.writelines(pieces)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    if durable:
        sync(path.parent)


def die_with_parent(parent: int) -> None:
    """Ask the kernel (Linux only) to kill this process when the thread that forked it ends."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  # as above

        _libc().prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)
