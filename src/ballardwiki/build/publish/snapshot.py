"""What is in a folder now, without reading any file and without following any link."""

from __future__ import annotations

import os
import stat
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

MARKER = ".ballardwiki"  # a file at the top of every folder that we wrote


class Status(NamedTuple):
    """What tells a file from another without reading it. Anything but a `file` is alien to a site we wrote.

    `folder` is an empty folder; `inode` is 0 on Windows. A change that keeps size, time and inode goes unseen.
    """

    kind: Literal["file", "link", "folder", "other"]
    size: int
    mtime_ns: int
    inode: int


def signature(status: os.stat_result) -> Status:
    """The signature of what lstat described."""
    mode = status.st_mode
    if stat.S_ISREG(mode):
        kind: Literal["file", "link", "folder", "other"] = "file"
    elif stat.S_ISLNK(mode):
        kind = "link"
    else:
        kind = "folder" if stat.S_ISDIR(mode) else "other"
    return Status(kind, status.st_size, status.st_mtime_ns, 0 if sys.platform == "win32" else status.st_ino)


def survey(root: Path) -> dict[str, Status]:
    """Every file, link, odd thing and empty folder below root, without our marker; {} when root is missing."""
    found: dict[str, Status] = {}
    folders = [("", str(root))]
    while folders:
        prefix, folder = folders.pop()
        empty = True
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                empty = False
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    found[prefix + entry.name] = signature(entry.stat(follow_symlinks=False))
        if empty and prefix:
            found[prefix[:-1]] = signature(os.lstat(folder))
    found.pop(MARKER, None)
    return found


def fingerprint(surveyed: Mapping[str, Status]) -> int:
    """One number for a survey, the sum over its entries, so that what is added or taken away can be added or taken.

    It tells a folder somebody meddled with from one that nobody did; it does not withstand an attacker.
    """
    checksum, encode = zlib.crc32, os.fsencode
    return sum(
        hash((checksum(encode(path)), entry.size, entry.mtime_ns, entry.inode)) for path, entry in surveyed.items()
    )


def ours(root: Path) -> bool:
    """Whether a folder is missing, empty, or carries our marker: then we may replace it."""
    try:
        with os.scandir(root) as entries:
            names = [entry.name for entry in entries]
    except FileNotFoundError:
        return True
    return not names or MARKER in names
