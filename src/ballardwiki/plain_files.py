"""Files that somebody gave us: plain ones, where they seem to be. No link is followed, and nothing can make us wait.

A link could lead out of the project, a pipe or a device never ends, and any of them can come with a contribution.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ballardwiki.problems import Location, Problem

LIMIT = 5 * 1024 * 1024
"""Bytes that a file of text may have unless somebody says otherwise."""

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


def oddity(mode: int) -> str:
    """What something is that is neither a regular file nor a folder, in words; "" for those."""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    kinds = ((stat.S_ISLNK, "a symbolic link"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((words for test, words in kinds if test(mode)), "a device")


def odd(shown: str, what: str) -> Problem:
    """The problem that something of a project is no regular file or folder."""
    if what == "a folder":
        return Problem(Location(shown), "file-readable", "is a folder; a file is wanted here.", "Move it away.")
    message = f"is {what}; only files and folders of the project itself are read."
    return Problem(Location(shown), "file-readable", message, "Put the file or folder itself in its place.")


def unreadable(shown: str, error: OSError, what: str = "file") -> Problem:
    """The problem that the system does not let us read something."""
    reason = error.strerror or type(error).__name__
    return Problem(Location(shown), "file-readable", f"the {what} can't be read: {reason}.")


def opened(path: Path | str) -> int:
    """A descriptor for reading a regular file. Raises OSError for all else, links too."""
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return descriptor


def data(path: Path, shown: str, limit: int = LIMIT) -> bytes | Problem:
    """What is in a file, or why it can't be had."""
    try:
        status = os.lstat(path)
        if what := "a folder" if stat.S_ISDIR(status.st_mode) else oddity(status.st_mode):
            return odd(shown, what)
        if status.st_size > limit:
            message = f"is larger than {limit >> 20} MiB."
            return Problem(Location(shown), "file-readable", message, "Split it, or take an earlier version of it.")
        with os.fdopen(opened(path), "rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        return unreadable(shown, error)


def text(path: Path, shown: str, limit: int = LIMIT) -> str | Problem:
    """A file's text, or why it can't be had."""
    found = data(path, shown, limit)
    return found if isinstance(found, Problem) else decoded(found, shown)


def decoded(found: bytes, shown: str) -> str | Problem:
    """Bytes as text, or the place of the first that is none."""
    try:
        return found.decode()
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        column = error.start - found.rfind(b"\n", 0, error.start)
        message = f"byte {error.start} is not UTF-8."
        return Problem(Location(shown, line, column), "file-readable", message, "Save the file as UTF-8.")


def folder(path: Path, shown: str) -> Problem | None:
    """What is wrong with a folder of a project: it is a link or no folder. A missing one is no problem here."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(shown, error, "folder")
    if stat.S_ISREG(mode):
        return Problem(Location(shown), "file-readable", "is a file; a folder is wanted here.", "Move it away.")
    return odd(shown, what) if (what := oddity(mode)) else None


def walk(path: Path | str, shown: str, problems: list[Problem], *, trusted: bool = False) -> Iterator[tuple[str, str]]:
    """The regular files below a folder that are not hidden: path as shown, and path on disk.

    In a `trusted` folder files may be links: package managers install them so.
    """
    try:
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(unreadable(shown, error, "folder"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = f"{shown}/{entry.name}"
        try:
            mode = entry.stat(follow_symlinks=trusted and entry.is_file()).st_mode
        except OSError as error:
            problems.append(unreadable(name, error))
            continue
        if stat.S_ISDIR(mode):
            yield from walk(entry.path, name, problems, trusted=trusted)
        elif what := oddity(mode):
            problems.append(odd(name, what))
        else:
            yield name, os.path.realpath(entry.path) if entry.is_symlink() else entry.path
