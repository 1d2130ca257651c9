"""SQLite files of one table: opening them, several transactions as one, and what an error means for who uses them."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ballardwiki.build.publish.lock import Locked
from ballardwiki.problems import DamagedError, UnusableError

_MACHINE = {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
    *(sqlite3.SQLITE_AUTH, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_PROTOCOL),
}


def judged(error: sqlite3.Error, *, writing: bool = False) -> Exception:
    """What an error of SQLite means: another process is at it, the machine is at fault, or the file is damaged.

    Whoever is `writing` while another process is at it need not wait: he can go on without.
    """
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnusableError("another process is at it") if writing else Locked("the cache")
    if code & 0xFF in _MACHINE and code != sqlite3.SQLITE_IOERR_SHORT_READ:
        return UnusableError(str(error))
    return DamagedError(str(error))


@contextmanager
def judging(*, writing: bool = False) -> Iterator[None]:
    """Raises `Locked`, `UnusableError` or `DamagedError` for what SQLite finds wrong."""
    try:
        yield
    except sqlite3.Error as error:
        raise judged(error, writing=writing) from error


def table(path: Path | None, columns: str, version: int, *, writable: bool) -> sqlite3.Connection:
    """A database with the one table `kept`; one in memory where there is no file to read. Raises as `judging`."""
    with judging():
        if path is not None and os.path.lexists(path):
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise sqlite3.DatabaseError("no regular file")
            address = f"{path.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
        else:
            address = f"{path.absolute().as_uri()}" if path is not None and writable else "file::memory:"
        database = sqlite3.connect(address, uri=True, isolation_level=None)
        try:
            if writable or address == "file::memory:":
                database.execute("PRAGMA page_size = 16384")
                database.execute("PRAGMA journal_mode = MEMORY")
                database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA temp_store = MEMORY")
            found = database.execute("PRAGMA user_version").fetchone()[0]
            if found not in (0, version):
                raise sqlite3.DatabaseError("another version")  # one way out for all that is wrong
            if found == 0 and (writable or address == "file::memory:"):
                database.execute(f"CREATE TABLE IF NOT EXISTS kept ({columns})")
                database.execute(f"PRAGMA user_version = {version}")
        except sqlite3.Error:
            database.close()
            raise
        return database


@contextmanager
def transactions(*databases: sqlite3.Connection) -> Iterator[None]:
    """All that happens in some databases inside, committed in their order; nothing of it when SQLite finds fault."""
    try:
        for database in databases:
            database.execute("BEGIN")
        try:
            yield
        except sqlite3.Error:
            raise
        except BaseException:  # not of our making: what was read stays good
            for database in databases:
                database.execute("COMMIT")
            raise
        for database in databases:
            database.execute("COMMIT")
    except sqlite3.Error:
        for database in databases:
            with contextlib.suppress(sqlite3.Error):
                database.execute("ROLLBACK")
        raise


def identities(*paths: Path) -> list[tuple[int, int]]:
    """What tells files from others of their names, of those that are there."""
    found = []
    for path in paths:
        with contextlib.suppress(OSError):
            status = os.lstat(path)
            found.append((status.st_dev, status.st_ino))
    return found
