"""Signatures: what tells, without reading a file, whether it is as it was."""

from __future__ import annotations

import os
import time

from msgspec import Struct

SETTLED = 50_000_000
"""Nanoseconds after which a file's times tell two versions apart on every file system we know."""


class Signature(Struct, frozen=True, gc=False):
    """What the file system says of a file. Equal signatures mean equal bytes.

    Unless `settled` is false: the file was so young when it was looked at that a later change may bear its times.
    """

    size: int
    mtime: int
    ctime: int
    inode: int
    settled: bool = True

    def same(self, other: Signature | None) -> bool:
        """Whether the file need not be read again."""
        return (
            other is not None
            and other.settled
            and self.size == other.size
            and self.mtime == other.mtime
            and (self.ctime == other.ctime and self.inode == other.inode)
        )


def signature(found: os.stat_result, now: int = 0) -> Signature:
    """The signature of a file from its status; `now` in nanoseconds, if it is known."""
    modified, changed = found.st_mtime_ns, found.st_ctime_ns
    settled = max(modified, changed) + SETTLED < (now or time.time_ns())
    return Signature(found.st_size, modified, changed, found.st_ino, settled)
