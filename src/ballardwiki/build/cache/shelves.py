"""Shelves: tables on disk that are read key by key, so that what changes little need not load what it leaves alone.

The rows of a table lie in drawers, by a number that follows from their keys. A drawer is read whole and has a checksum.
So a key that is not in its drawer is not in the table: nothing is taken for absent because it was damaged.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

from ballardwiki.build.cache import sqlite_file
from ballardwiki.problems import DamagedError

VERSION = 1
FILE = "shelves.db"
FILES = (FILE, f"{FILE}-journal")
"""The files of the shelves, below the folder of the cache."""

_EACH = 64
"""About so many rows lie in a drawer."""
_KEYS = -1
"""The drawer with all keys of a table in their order, for whoever wants every row."""
_LABELS = ("", 0)
"""Where the labels lie: the stamp of the shelves, and the numbers of drawers and rows of each table."""
_COLUMNS = "shelf TEXT, drawer INTEGER, sum INTEGER, data BLOB, PRIMARY KEY (shelf, drawer)"

Value = TypeVar("Value")
_encode = msgspec.msgpack.Encoder().encode
_keys = msgspec.msgpack.Decoder(list[str])
_DAMAGED = "its shelves are damaged"


def _sum(data: bytes, shelf: str, drawer: int) -> int:
    return crc32(data, crc32(f"{shelf} {drawer}".encode()))


class _Labels(msgspec.Struct, frozen=True):
    stamp: str
    drawers: dict[str, int]
    rows: dict[str, int]


def write(folder: Path, stamp: str, tables: Mapping[str, Mapping[str, Any]], large: Collection[str] = ()) -> None:
    """Write shelves with these tables, in the place of those that are there. Raises `UnusableError`, OSError.

    large: tables with long rows, of which each has a drawer of its own, or nearly.
    """
    path, new = folder / FILE, folder / f".{FILE}.new"
    new.unlink(missing_ok=True)
    try:
        database = sqlite_file.table(new, _COLUMNS, VERSION, writable=True)
        try:
            with sqlite_file.judging(writing=True), sqlite_file.transactions(database):
                labels = _Labels(stamp, {}, {})
                for name, rows in tables.items():
                    labels.rows[name] = len(rows)
                    labels.drawers[name] = len(rows) // (1 if name in large else _EACH) + 1
                    _put(database, name, _KEYS, _encode([*rows]))
                    for number, drawer in enumerate(_sorted(rows.items(), labels.drawers[name])):
                        _put(database, name, number, _encode(drawer))
                _put(database, *_LABELS, _encode(labels))
        finally:
            database.close()
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def _sorted(rows: Iterable[tuple[str, Any]], count: int) -> list[dict[str, Any]]:
    """The rows by drawers."""
    found: list[dict[str, Any]] = [{} for _ in range(count)]
    for key, row in rows:
        found[_drawer(key, count)][key] = row
    return found


def _drawer(key: str, count: int) -> int:
    return crc32(key.encode(errors="surrogatepass")) % count


def _decoded(data: bytes, decoder: msgspec.msgpack.Decoder[Value]) -> Value:
    """What lies in a drawer. Raises `DamagedError`."""
    try:
        return decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise DamagedError(_DAMAGED) from error


def _put(database: sqlite3.Connection, shelf: str, drawer: int, data: bytes) -> None:
    row = (shelf, drawer, _sum(data, shelf, drawer), data)
    database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)


class Shelves:
    """The shelves in a folder. Raises `DamagedError` where something is wrong with them, `UnusableError`, `Locked`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._others: list[sqlite3.Connection] = []
        self._labels: _Labels = _decoded(self.data(*_LABELS), msgspec.msgpack.Decoder(_Labels))

    @property
    def stamp(self) -> str:
        """What tells these shelves from those of any other build."""
        return self._labels.stamp

    def close(self) -> None:
        """Let go of the file; what is looked up next opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def table(self, name: str, kind: type[Value]) -> Shelf[Value]:
        """One table."""
        return Shelf(self, name, (self._labels.drawers[name], self._labels.rows[name]), kind)

    def __contains__(self, name: str) -> bool:
        return name in self._labels.drawers

    def data(self, shelf: str, drawer: int) -> bytes:
        """What lies in a drawer."""
        if self._connection is not None and self._process != os.getpid():
            self._others.append(self._connection)  # SQLite crosses no fork: what came with it is not even closed
            self._connection = None
            self._process = os.getpid()
        with sqlite_file.judging():
            if self._connection is None:
                self._connection = sqlite_file.table(self._path, _COLUMNS, VERSION, writable=False)
            query = "SELECT sum, data FROM kept WHERE shelf = ? AND drawer = ?"
            row: tuple[int, bytes] | None = self._connection.execute(query, (shelf, drawer)).fetchone()
        if row is None or row[0] != _sum(row[1], shelf, drawer):
            raise DamagedError(_DAMAGED)
        return row[1]

    def exchange(self, stamp: str, changes: Sequence[tuple[Shelf[Any], Mapping[str, Any], Collection[str]]]) -> None:
        """Put rows into tables, and take rows out, all or nothing: (table, what to put, the keys of what to take)."""
        drawers = [(shelf.name, *each) for shelf, rows, gone in changes for each in shelf.drawers(rows, gone)]
        numbers = self._labels.rows | {shelf.name: len(shelf) for shelf, _, _ in changes}
        drawers.append((*_LABELS, _encode(msgspec.structs.replace(self._labels, stamp=stamp, rows=numbers))))
        self.close()  # what is read while it is written waits, and then fails
        database = sqlite_file.table(self._path, _COLUMNS, VERSION, writable=True)
        try:
            with sqlite_file.judging(writing=True):
                database.execute("PRAGMA journal_mode = DELETE")  # a process that is killed leaves nothing half done
                database.execute("BEGIN")
                for drawer in drawers:
                    _put(database, *drawer)
                database.execute("COMMIT")
        finally:
            database.close()  # what was not committed is taken back


class Shelf(Mapping[str, Value], Generic[Value]):
    """One table. What was looked up once stays in memory."""

    def __init__(self, shelves: Shelves, name: str, size: tuple[int, int], kind: type[Value]) -> None:
        self._shelves = shelves
        self.name = name
        self._count, self._size = size
        self._decoder = msgspec.msgpack.Decoder(dict[str, kind])  # type: ignore[valid-type]
        self._found: dict[int, dict[str, Value]] = {}
        self._rows: dict[str, Value] = {}

    def _drawer(self, number: int) -> dict[str, Value]:
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = _decoded(self._shelves.data(self.name, number), self._decoder)
            self._rows |= found
        return found

    def __getitem__(self, key: str) -> Value:
        if key in self._rows:
            return self._rows[key]
        return self._drawer(_drawer(key, self._count))[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The row of a key; mostly there is none, so that is told without an exception."""
        if key in self._rows:
            return self._rows[key]
        return self._drawer(_drawer(key, self._count)).get(key, default) if self._size else default

    def __contains__(self, key: object) -> bool:
        return key in self._rows or (isinstance(key, str) and key in self._drawer(_drawer(key, self._count)))

    def __iter__(self) -> Iterator[str]:
        keys = _decoded(self._shelves.data(self.name, _KEYS), _keys)
        return iter(keys)

    def __len__(self) -> int:
        return self._size

    def drawers(self, rows: Mapping[str, Value], gone: Collection[str]) -> Iterator[tuple[int, bytes]]:
        """The drawers that change with some rows, and what lies in them then."""
        touched = {_drawer(key, self._count) for key in (*rows, *gone)}
        fresh = [key for key in rows if key not in self]
        lost = [key for key in gone if key in self]
        if fresh or lost:
            keys = [each for each in self if each not in {*lost}]
            yield _KEYS, _encode([*keys, *fresh])
            self._size += len(fresh) - len(lost)
        for number in touched:
            drawer = self._drawer(number)
            self._rows = {}  # what is looked up from now on is what is put here
            drawer |= {key: row for key, row in rows.items() if _drawer(key, self._count) == number}
            for key in gone:
                drawer.pop(key, None)
            yield number, _encode(drawer)
