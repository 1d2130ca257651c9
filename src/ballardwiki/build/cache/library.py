"""The library: documents by the digest of all they are made from, so that reading one again is never wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from sys import intern
from zlib import crc32

import msgspec
from msgspec.structs import force_setattr

from ballardwiki.build.cache import sqlite_file
from ballardwiki.content.quoting import Told
from ballardwiki.model import EMPTY_BODY, Body, Document, Ref, Sentence
from ballardwiki.problems import DamagedError

VERSION = 5
_DOCUMENTS = "documents.db"
_BODIES = "bodies.db"
FILES = tuple(f"{name}{suffix}" for name in (_DOCUMENTS, _BODIES) for suffix in ("", "-journal"))
"""The files of a library, below its folder."""

_FEW = 500
_MANY, _KEPT = 50, 32
"""Texts with more sentences than the first are kept, as many as the second."""

_encode = msgspec.msgpack.Encoder().encode
_documents: msgspec.msgpack.Decoder[Document] = msgspec.msgpack.Decoder(Document)
_bodies: msgspec.msgpack.Decoder[Body] = msgspec.msgpack.Decoder(Body)
_sentences: msgspec.msgpack.Decoder[tuple[Sentence, ...]] = msgspec.msgpack.Decoder(tuple[Sentence, ...])


def _sum(data: bytes, key: str) -> int:
    return crc32(data, crc32(key.encode()))


def pack(document: Document) -> bytes:
    """A document as bytes, its bodies and sentences apart from the rest so that linking need not read them."""
    meta = Document(document.path, document.entities, {}, {}, document.problems, document.lost)
    bodies = {ref: _encode(body) for ref, body in document.bodies.items()}
    bodies |= {_apart(ref): _encode(found) for ref, found in document.sentences.items()}
    return _encode((_encode(meta), bodies))


def _apart(ref: str) -> str:
    """The key under which the sentences of a text lie beside it; no address has a space."""
    return f"{ref} sentences"


def unpack(packed: bytes) -> tuple[Document, bytes, dict[str, bytes]]:
    """The document without bodies, its bytes, and those of each body and of the sentences of each text."""
    meta, bodies = msgspec.msgpack.decode(packed, type=tuple[bytes, dict[str, bytes]])
    document = _documents.decode(meta)
    for entity in document.entities:  # many texts link to one name: it need not stand in memory for each of them
        if entity.targets:
            force_setattr(entity, "targets", tuple(map(intern, entity.targets)))
    return document, meta, bodies


def _identities(folder: Path | None) -> list[tuple[int, int]]:
    return sqlite_file.identities(folder / _DOCUMENTS, folder / _BODIES) if folder else []


class Library:
    """The documents in a folder. Those that were read once stay decoded for as long as the object lives.

    Documents and bodies lie apart, so that reading all of the ones passes over none of the others.
    """

    def __init__(self, folder: Path | None, *, writable: bool = True) -> None:
        """Raises `DamagedError` when the files are not what they should be, `UnusableError`, `Locked`.

        Unless `writable` the folder stays as it is; without one nothing is held but what is given later.
        """
        self._loaded: dict[str, Document] = {}
        self.fresh: dict[tuple[str, str], bytes] | None = None if writable and folder else {}
        """Bodies that were given while nothing may be written, by key and address."""
        self._documents = sqlite_file.table(
            folder and folder / _DOCUMENTS, "key TEXT PRIMARY KEY, sum INTEGER, data BLOB", VERSION, writable=writable
        )
        try:
            self._bodies = sqlite_file.table(
                folder and folder / _BODIES,
                "key TEXT, ref TEXT, sum INTEGER, data BLOB, PRIMARY KEY (key, ref)",
                VERSION,
                writable=writable,
            )
        except Exception:
            self._documents.close()
            raise
        self._files = _identities(folder)

    def is_there(self, folder: Path) -> bool:
        """Whether the files that are open are still those in the folder."""
        return self._files == _identities(folder)

    def close(self) -> None:
        """Let go of the files."""
        self._documents.close()
        self._bodies.close()

    def documents(self, keys: Iterable[str]) -> dict[str, Document]:
        """The documents that the library holds, of those asked for; damaged ones are as if they were not there."""
        wanted = set(keys)
        for key, data in self._rows({key for key in wanted if key not in self._loaded}):
            self._loaded[key] = _documents.decode(data)
        return {key: self._loaded[key] for key in wanted if key in self._loaded}

    def _rows(self, keys: set[str]) -> Iterator[tuple[str, bytes]]:
        query = self._documents.execute
        with sqlite_file.judging():
            if len(keys) < _FEW:
                rows = [row for key in keys for row in query("SELECT * FROM kept WHERE key = ?", (key,))]
            else:
                rows = query("SELECT * FROM kept").fetchall()
        for key, check, data in rows:
            if key in keys and check == _sum(data, key):
                yield key, data

    def keys(self) -> frozenset[str]:
        """The keys of all documents that the library holds."""
        with sqlite_file.judging():
            return frozenset(key for (key,) in self._documents.execute("SELECT key FROM kept"))

    @contextmanager
    def keeping(self) -> Iterator[Callable[[str, bytes], Document]]:
        """Gives a function that adds a packed document under its key (none under ""), and returns it without bodies."""
        add_document, add_body = self._documents.execute, self._bodies.execute

        def keep(key: str, packed: bytes) -> Document:
            document, meta, bodies = unpack(packed)
            if key:
                self._loaded[key] = document
                if self.fresh is not None:
                    self.fresh |= {(key, ref): data for ref, data in bodies.items()}
                    return document
                add_document("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (key, _sum(meta, key), meta))
                for ref, data in bodies.items():
                    row = (key, ref, _sum(data, key + ref), data)
                    add_body("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)
            return document

        if self.fresh is not None:
            yield keep
            return
        with sqlite_file.judging(writing=True), sqlite_file.transactions(self._bodies, self._documents):
            yield keep

    def forget(self, keep: set[str]) -> None:
        """Leave only the documents in `keep`, once the others are as many."""
        for key in self._loaded.keys() - keep:
            del self._loaded[key]
        with sqlite_file.judging(writing=True):
            held = self._documents.execute("SELECT count(*) FROM kept").fetchone()[0]
            if held > 2 * len(keep) + 100:
                gone = [(key,) for (key,) in self._documents.execute("SELECT key FROM kept") if key not in keep]
                with sqlite_file.transactions(self._documents, self._bodies):
                    for database in (self._documents, self._bodies):
                        database.executemany("DELETE FROM kept WHERE key = ?", gone)


class Bodies:
    """The bodies, for a process that only reads them. Each process opens the file itself: SQLite crosses no fork."""

    def __init__(
        self, folder: Path, keys: Mapping[Ref, str], fresh: Mapping[tuple[str, str], bytes] | None = None
    ) -> None:
        """`keys`: address of an entity -> key of the document that holds its body. `fresh`: those not in the folder."""
        self._fresh = fresh or {}
        self._path = folder / _BODIES
        self.keys = keys
        self._connection: sqlite3.Connection | None = None
        self._told: dict[Ref, Told] = {}

    def close(self) -> None:
        """Let go of the file; the next body opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def body(self, ref: Ref) -> Body:
        """The body of an entity. Raises `DamagedError` when the library no longer holds it as it was written."""
        key = self.keys.get(ref)
        return EMPTY_BODY if key is None else _bodies.decode(self._data(key, ref))

    def sentences(self, ref: Ref) -> Told:
        """The sentences of a text that has some with links. Raises as `body`."""
        key = self.keys.get(ref)
        if key is None:
            return Told()
        told = self._told.get(ref)
        if told is None:
            told = Told(_sentences.decode(self._data(key, _apart(ref))))
            if sum(len(each.links) for each in told) > _MANY:  # many pages quote it: each would else read all of it
                self._told = dict([*self._told.items()][1 - _KEPT :]) | {ref: told}
        return told

    def _data(self, key: str, ref: str) -> bytes:
        if (key, ref) in self._fresh:
            return self._fresh[key, ref]
        with sqlite_file.judging():
            row = self._row(key, ref)
        if row is None or row[0] != _sum(row[1], key + ref):
            message = f"the cache no longer holds the text of {ref}"
            raise DamagedError(message)
        return row[1]

    def _row(self, key: str, ref: str) -> tuple[int, bytes] | None:
        if self._connection is None:
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
            self._connection.execute("BEGIN")  # one lock for all that is read, not one for each
        query = "SELECT sum, data FROM kept WHERE key = ? AND ref = ?"
        found: tuple[int, bytes] | None = self._connection.execute(query, (key, ref)).fetchone()
        return found
