"""What the last build knew, to be dropped on any doubt. Only data, in msgpack and SQLite: no format that carries code.

Three parts. The library keeps documents by the digest of all they are made from (text, types, engine, code), so that
reading them again is never wrong. The record says what was published: from which documents, and each output's digest
and signature. The shelves hold what a later build can go on from: what was linked and planned, and the facts that each
output read. A record that is damaged, foreign or of another version counts as absent, and so do shelves that are not
its own: then everything is made anew, which is always right.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from ballardwiki import plain_files
from ballardwiki.build.cache import checked_file
from ballardwiki.build.cache.record import Made, Record
from ballardwiki.build.publish.lock import Locked
from ballardwiki.config.history import Past
from ballardwiki.problems import DamagedError, UnusableError

if TYPE_CHECKING:
    from ballardwiki.build.cache.library import Library
    from ballardwiki.build.cache.shelves import Shelves

__all__ = ["FOLDER", "NONE", "Cache", "Made", "Record"]

FOLDER = ".ballardwiki"
"""Where a project's cache lies, beside its settings."""

WRITE, READ, NONE = "write", "read", "none"
"""How a cache is used at the moment: written and read, only read, not at all."""

Kind = TypeVar("Kind")

_LEFT = 3600
"""Seconds after which a file that is half written will not be finished any more."""


class Cache:
    """The cache in a folder. `notice` says, once, why an old one was thrown away, or why it is not used.

    Unless `writable` it is only read. What was published last stays in memory for as long as the object lives: a
    development server builds again and again.
    """

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        self.folder = folder
        self.notice = ""
        self._writable = writable
        self._way = WRITE
        self._former: object = None
        self._record: tuple[tuple[int, ...], Record] | None = None
        self._waiting: Callable[[], None] | None = None
        self.owing = False
        """Whether something is left to do before what this process knows may be saved."""
        self._library: Library | None = None
        self._shelves: Shelves | None = None
        self.begin()

    def begin(self) -> None:
        """A new build begins: what went wrong in the last may be mended, and the folder may be another."""
        self._way = WRITE if self._writable else READ
        try:
            if self._writable and not os.path.lexists(self.folder):
                self.folder.mkdir(parents=True)
            mode = os.lstat(self.folder).st_mode
        except FileNotFoundError:
            self._way = NONE
        except OSError as error:
            self.forgo(f"{error.strerror}: {self.folder}", NONE)
        else:
            if not stat.S_ISDIR(mode):
                what = plain_files.oddity(mode) or "a file"
                self.forgo(f"{self.folder.name} is {what}, not a folder", NONE)
        if self._library is not None and not self._library.is_there(self.folder):
            self.close()

    def forgo(self, reason: str, way: str = "") -> None:
        """Use the cache less until the next build begins: no more write it, or (`way`) no more read it either."""
        self._way = way or (READ if self._way == WRITE else NONE)
        where = "" if self.folder.name in reason else f" ({self.folder.name})"
        self.notice = self.notice or f"The cache is not used: {reason}{where}."
        self._forget()
        self.close()

    def _forget(self) -> None:
        """Let nothing that is in memory count any more."""
        self._former = self._record = self._waiting = None
        self.owing = False

    @property
    def library(self) -> Library:
        """The documents that were read. Opened when it is wanted: a build that changes nothing does without."""
        if self._library is None:
            from ballardwiki.build.cache.library import Library  # noqa: PLC0415  # late, as said

            try:
                self._library = self._opened(Library)
            except DamagedError:
                self.drop("its library can't be read")
                self._library = self._opened(Library)
        return self._library

    def _opened(self, library: type[Library]) -> Library:
        return library(None if self._way == NONE else self.folder, writable=self._way == WRITE)

    def drop(self, reason: str) -> None:
        """Throw everything away; where nothing may be written, only look at it no more."""
        self._forget()
        self.close()
        if self._way != WRITE:
            self._way = NONE
            return
        self.notice = self.notice or f"The cache was thrown away: {reason}. Everything is made anew."
        from ballardwiki.build.cache.library import FILES  # noqa: PLC0415  # late, as above
        from ballardwiki.build.cache.shelves import FILES as SHELVES  # noqa: PLC0415

        try:
            for name in (*FILES, *SHELVES, "record", *self._histories()):
                path = self.folder / name
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
        except OSError as error:
            self.notice = ""
            self.forgo(f"it is damaged, and can't be removed: {error.strerror}: {error.filename}", NONE)

    def close(self) -> None:
        """Let go of the files."""
        if self._library is not None:
            self._library.close()
            self._library = None
        self._put_away()

    def _put_away(self) -> None:
        if self._shelves is not None:
            self._shelves.close()
            self._shelves = None

    def record(self) -> Record | None:
        """What was published last, or None. What this process knows need not be read, nor even have been written."""
        if self._way != NONE and self._record and self._record[0] == self._identity():
            return self._record[1]
        self._forget()
        return self._read("record", Record)

    def _identity(self) -> tuple[int, ...]:
        """What tells the file of the record from one that somebody else wrote; () without one."""
        try:
            found = os.lstat(self.folder / "record")
        except OSError:
            return ()
        return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def shelves(self, record: Record) -> Shelves | None:
        """The shelves that belong to a record, or None."""
        from ballardwiki.build.cache.shelves import FILE, Shelves  # noqa: PLC0415  # late, as above

        if self._way == NONE or not record.stamp or not os.path.lexists(self.folder / FILE):
            return None
        if self._shelves is None:
            self._shelves = Shelves(self.folder)
        return self._shelves if self._shelves.stamp == record.stamp else None

    @property
    def keeps(self) -> bool:
        """Whether what is known of a build stays in memory for the next one."""
        return self._way == WRITE

    def keep(self, record: Record, build: object, save: Callable[[], None], *, owing: bool = False) -> None:
        """Keep what was published for the next build of this process, and `save` for `save_pending`."""
        if self._way == WRITE:
            self._record, self._former, self._waiting = (self._identity(), record), build, save
            self.owing = owing

    def save_pending(self) -> None:
        """Save what waits for it."""
        if self._waiting and not self.owing:
            save, self._waiting = self._waiting, None
            save()

    def recall(self, record: Record, build: object) -> None:
        """Take a build for the one to which a record belongs: it was found on the shelves."""
        self._record, self._former = (self._identity(), record), build

    def former(self, record: Record) -> object:
        """The build to which a record belongs, if it was one of this process; or None."""
        return self._former if self._record and self._record[1] is record else None

    def save(self, record: Record, shelve: Callable[[str], None], keep: Collection[str] | None) -> None:
        """Write what was published, and forget documents but those with a key in `keep`, if it says which.

        shelve: puts on shelves what goes there, under a stamp. The site is published already: what goes wrong is told
        by `notice`, and what was saved before stays.
        """
        if self._way != WRITE:
            return
        try:
            record = structs.replace(record, stamp=os.urandom(16).hex())
            shelve(record.stamp)
            self._put_away()
            plain = structs.replace(record, sources=dict(record.sources), outputs=dict(record.outputs))
            checked_file.write(self.folder / "record", plain)
            self._record = self._identity(), record
            for name in self._histories():
                if name != f"history-{record.commit[:16]}":
                    (self.folder / name).unlink()
            self._sweep()
            if keep is not None:
                self.library.forget({*keep})
        except OSError as error:
            self._unsaved(f"{error.strerror}: {error.filename or self.folder}")
        except (UnusableError, Locked) as error:
            self._unsaved(str(error))
        except DamagedError as error:
            self.drop(str(error))

    def _sweep(self) -> None:
        """Remove what builds that were killed while they wrote have left, an hour ago or longer."""
        written = (self.folder / "record").stat().st_mtime
        for path in self.folder.glob(".*.new"):
            if path.lstat().st_mtime < written - _LEFT:
                path.unlink()

    def _unsaved(self, reason: str) -> None:
        self._forget()
        self.close()
        self.notice = self.notice or f"The cache could not be saved: {reason}. The next build takes longer."

    def history(self, commit: str) -> dict[str, Past] | None:
        """The pasts of all content files as of a commit, or None."""
        return self._read(f"history-{commit[:16]}", dict[str, Past]) if commit else None

    def keep_history(self, commit: str, found: dict[str, Past]) -> None:
        """Keep them; until the next save() those of the last publish are kept as well."""
        if self._way == WRITE:
            with suppress(OSError):  # they are found anew
                checked_file.write(self.folder / f"history-{commit[:16]}", found)

    def _histories(self) -> list[str]:
        return [path.name for path in self.folder.glob("history-*")]

    def _read(self, name: str, kind: type[Kind]) -> Kind | None:
        """What a file of the cache holds. Raises `UnusableError`."""
        if self._way == NONE:
            return None
        try:
            return checked_file.read(self.folder / name, kind)
        except DamagedError as error:
            self.drop(str(error))
            return None
