"""What the last build knew, to be dropped on any doubt. Only data, in msgpack and SQLite: no format that carries code.

Two parts. The library keeps documents by the digest of all they are made from (text, types, engine, code), so that
reading them again is never wrong. The record says what was published: from which documents, each output's digest and
signature, the facts each output read, and the digests of facts. A record that is damaged, foreign or of another version
counts as absent: then everything is made anew, which is always right.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from ballardwiki.model import EMPTY_BODY, Body, Document, Ref
from ballardwiki.problems import Problem
from ballardwiki.sources import Signature

VERSION = 1
_MAGIC = b"ballardwiki record %d\n" % VERSION
_SUM = 16
_FEW = 500
_DOCUMENTS = "documents.db"
_BODIES = "bodies.db"


@dataclass(frozen=True, slots=True)
class Made:
    """A published output: the digest of its bytes, what the plan decided of it, its signature on disk.

    Unless `settled` the file was so young when it was looked at that a later change may bear the same signature.
    """

    digest: str
    plan: str
    size: int
    mtime: int
    inode: int
    settled: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What was published last.

    code: digest of the program. reading: of what documents are made from besides their text. templates: of all
    templates, which had no fault. surroundings: of all but the content, for the quick way out.
    sources: content file -> its signature and the key of its document. assets: the same for files published as they
    are. withheld: drafts and scheduled entities. next_change: when the next scheduled one appears, or "".
    """

    code: str = ""
    reading: str = ""
    templates: str = ""
    surroundings: str = ""
    sources: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    assets: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    outputs: dict[str, Made] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    next_change: str = ""
    traces: str = ""
    """The sum of the traces that belong to this record."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What each output of a record read: numbers of facts, four bytes each.

    facts: every fact that some output read. digests: those of the facts that are not an entity's own.
    """

    facts: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    traces: dict[str, bytes] = field(default_factory=dict)


_encode = msgspec.msgpack.Encoder().encode
_documents: msgspec.msgpack.Decoder[Document] = msgspec.msgpack.Decoder(Document)
_bodies: msgspec.msgpack.Decoder[Body] = msgspec.msgpack.Decoder(Body)


class DamagedError(Exception):
    """The cache is not what was written. Drop it and build again."""


def _sum(data: bytes, key: str) -> bytes:
    return blake2b(data, digest_size=_SUM, salt=blake2b(key.encode(), digest_size=16).digest()).digest()


def _table(path: Path, columns: str) -> sqlite3.Connection:
    """A database with the one table `kept`. Raises `sqlite3.DatabaseError` if it is damaged or of another version."""
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA page_size = 16384")
        database.execute("PRAGMA journal_mode = MEMORY")
        database.execute("PRAGMA synchronous = OFF")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError  # noqa: TRY301  # one way out for all that is wrong with it
        database.execute(f"CREATE TABLE IF NOT EXISTS kept ({columns})")
        database.execute(f"PRAGMA user_version = {VERSION}")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def pack(document: Document) -> bytes:
    """A document as bytes, its bodies apart from the rest so that linking need not read them."""
    meta = Document(document.path, document.entities, {}, document.problems)
    bodies = {ref: _encode(body) for ref, body in document.bodies.items()}
    return _encode((_encode(meta), bodies))


def unpack(packed: bytes) -> tuple[Document, bytes, dict[str, bytes]]:
    """The document without bodies, its bytes, and those of each body."""
    meta, bodies = msgspec.msgpack.decode(packed, type=tuple[bytes, dict[str, bytes]])
    return _documents.decode(meta), meta, bodies


class Cache:
    """The cache in a folder. `notice` says, once, why an old one was thrown away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notice = ""
        self._loaded: dict[str, Document] = {}
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.DatabaseError:
            self.drop("its library can't be read")

    def _open(self) -> None:
        """Documents and bodies lie apart, so that reading all of the ones passes over none of the others."""
        self._documents = _table(self.folder / _DOCUMENTS, "key TEXT PRIMARY KEY, sum BLOB, data BLOB")
        self._bodies = _table(self.folder / _BODIES, "key TEXT, ref TEXT, sum BLOB, data BLOB, PRIMARY KEY (key, ref)")

    def drop(self, reason: str) -> None:
        """Throw everything away."""
        self.notice = self.notice or f"The cache was thrown away: {reason}. Everything is made anew."
        self.close()
        self._loaded.clear()
        for name in (_DOCUMENTS, _BODIES, "record", "traces"):
            (self.folder / name).unlink(missing_ok=True)
            (self.folder / f"{name}-journal").unlink(missing_ok=True)
        self._open()

    def close(self) -> None:
        """Let go of the files."""
        for name in ("_documents", "_bodies"):
            if hasattr(self, name):
                getattr(self, name).close()

    # The library

    def documents(self, keys: Iterable[str]) -> dict[str, Document]:
        """The documents that the library holds, of those asked for; damaged ones are as if they were not there."""
        wanted = set(keys)
        for key, data in self._rows(wanted - self._loaded.keys()):
            self._loaded[key] = _documents.decode(data)
        return {key: self._loaded[key] for key in wanted if key in self._loaded}

    def _rows(self, keys: set[str]) -> Iterator[tuple[str, bytes]]:
        try:
            if len(keys) < _FEW:
                rows = [
                    row for key in keys for row in self._documents.execute("SELECT * FROM kept WHERE key = ?", (key,))
                ]
            else:
                rows = self._documents.execute("SELECT * FROM kept").fetchall()
        except sqlite3.DatabaseError:
            self.drop("its library is damaged")
            return
        for key, check, data in rows:
            if key in keys and check == _sum(data, key):
                yield key, data

    def keys(self) -> frozenset[str]:
        """The keys of all documents that the library holds."""
        return frozenset(key for (key,) in self._documents.execute("SELECT key FROM kept"))

    @contextmanager
    def keeping(self) -> Iterator[Callable[[str, bytes], Document]]:
        """Gives a function that adds a packed document under its key (none under ""), and returns it without bodies."""
        databases = (self._documents, self._bodies)
        add_document, add_body = (each.execute for each in databases)

        def keep(key: str, packed: bytes) -> Document:
            document, meta, bodies = unpack(packed)
            if key:
                self._loaded[key] = document
                add_document("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (key, _sum(meta, key), meta))
                for ref, data in bodies.items():
                    row = (key, ref, _sum(data, key + ref), data)
                    add_body("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)
            return document

        for database in databases:
            database.execute("BEGIN")
        try:
            yield keep
        finally:
            for database in reversed(databases):
                database.execute("COMMIT")

    def forget(self, keep: set[str]) -> None:
        """Leave only the documents in `keep`, once the others are as many."""
        for key in self._loaded.keys() - keep:
            del self._loaded[key]
        held = self._documents.execute("SELECT count(*) FROM kept").fetchone()[0]
        if held > 2 * len(keep) + 100:
            gone = [(key,) for (key,) in self._documents.execute("SELECT key FROM kept") if key not in keep]
            for database in (self._documents, self._bodies):
                database.execute("BEGIN")
                database.executemany("DELETE FROM kept WHERE key = ?", gone)
                database.execute("COMMIT")

    # The record

    def record(self) -> Record | None:
        """What was published last, or None."""
        data = self._load("record")
        return None if data is None else msgspec.msgpack.decode(data, type=Record)

    def traces(self, record: Record) -> Traces | None:
        """The traces that belong to a record, or None."""
        data = self._load("traces")
        if data is None or _sum(data, "traces").hex() != record.traces:
            return None
        return msgspec.msgpack.decode(data, type=Traces)

    def save(self, record: Record, traces: Traces | None) -> None:
        """Write what was published. Without `traces` those that the record names still hold."""
        if traces is not None:
            data = _encode(traces)
            self._store("traces", data)
            record = replace(record, traces=_sum(data, "traces").hex())
        self._store("record", _encode(record))

    def discard_record(self) -> None:
        """From now until save() nothing is known of what is published."""
        (self.folder / "record").unlink(missing_ok=True)

    def _load(self, name: str) -> bytes | None:
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        start = len(_MAGIC) + _SUM
        if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : start] != _sum(data[start:], name):
            self.drop(f"its {name} is damaged or of another version")
            return None
        return data[start:]

    def _store(self, name: str, body: bytes) -> None:
        temporary = self.folder / f"{name}.new"
        temporary.write_bytes(_MAGIC + _sum(body, name) + body)
        temporary.replace(self.folder / name)


class Library:
    """The bodies, for a process that only reads them. Each process opens the file itself: SQLite crosses no fork."""

    def __init__(self, folder: Path, keys: Mapping[str, str]) -> None:
        """`keys`: address of an entity -> key of the document that holds its body."""
        self._path = folder / _BODIES
        self._keys = keys
        self._connection: sqlite3.Connection | None = None

    def body(self, ref: Ref) -> Body:
        """The body of an entity. Raises `DamagedError` when the library no longer holds it as it was written."""
        key = self._keys.get(ref)
        if key is None:
            return EMPTY_BODY
        if self._connection is None:
            self._connection = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True)
        row = self._connection.execute("SELECT sum, data FROM kept WHERE key = ? AND ref = ?", (key, ref)).fetchone()
        if row is None or row[0] != _sum(row[1], key + ref):
            message = f"the cache no longer holds the text of {ref}"
            raise DamagedError(message)
        return _bodies.decode(row[1])
