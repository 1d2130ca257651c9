"""What the last build knew, to be dropped on any doubt. Only data, in msgpack and SQLite: no format that carries code.

Two parts. The library keeps documents by the digest of all they are made from (text, types, engine, code), so that
reading them again is never wrong. The record says what was published: from which documents, each output's digest and
signature, the facts each output read, and the digests of facts. A record that is damaged, foreign or of another version
counts as absent: then everything is made anew, which is always right.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ballardwiki.damage import DamagedError
from ballardwiki.history import Past
from ballardwiki.problems import Problem
from ballardwiki.sources import Signature

if TYPE_CHECKING:
    from ballardwiki.library import Library

FOLDER = ".ballardwiki"
"""Where a project's cache lies, beside its settings."""

VERSION = 1
_MAGIC = b"ballardwiki record %d\n" % VERSION
_SUM = 16


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
    are. withheld: drafts and scheduled entities. hidden: what readers might not know (see `Visible`). last_change,
    next_change: when a scheduled one last appeared and when the next one will, or "". commit: whose history of files
    the pages show, or "".
    """

    code: str = ""
    reading: str = ""
    templates: str = ""
    surroundings: str = ""
    sources: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    assets: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    outputs: dict[str, Made] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    hidden: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    last_change: str = ""
    next_change: str = ""
    commit: str = ""
    traces: str = ""
    """The sum of the traces that belong to this record."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What each output of a record read: numbers of facts, four bytes each. Nobody changes one that the cache gave out.

    facts: every fact that some output read. digests: those of the facts that are not an entity's own.
    anchors: the ids that links to a page may count on, of the pages that have any.
    """

    facts: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    traces: dict[str, bytes] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)


_encode = msgspec.msgpack.Encoder().encode


def _sum(data: bytes | memoryview, key: str) -> bytes:
    return blake2b(data, digest_size=_SUM, key=key.encode()).digest()


class Cache:
    """The cache in a folder. `notice` says, once, why an old one was thrown away.

    Traces stay in memory for as long as the object lives: a development server builds again and again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notice = ""
        self._traces: tuple[str, Traces] | None = None
        self._library: Library | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def library(self) -> Library:
        """The documents that were read. Opened when it is wanted: a build that changes nothing does without."""
        if self._library is None:
            from ballardwiki.library import Library  # noqa: PLC0415  # late, as said

            try:
                self._library = Library(self.folder)
            except DamagedError:
                self.drop("its library can't be read")
                self._library = Library(self.folder)
        return self._library

    def drop(self, reason: str) -> None:
        """Throw everything away."""
        from ballardwiki.library import FILES  # noqa: PLC0415  # late, as above

        self._traces = None
        self.notice = self.notice or f"The cache was thrown away: {reason}. Everything is made anew."
        self.close()
        for name in (*FILES, "record", "traces", *self._histories()):
            path = self.folder / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the files."""
        if self._library is not None:
            self._library.close()
            self._library = None

    def record(self) -> Record | None:
        """What was published last, or None."""
        loaded = self._load("record")
        return None if loaded is None else msgspec.msgpack.decode(loaded[0], type=Record)

    def traces(self, record: Record) -> Traces | None:
        """The traces that belong to a record, or None."""
        if self._traces and self._traces[0] == record.traces:
            return self._traces[1]
        loaded = self._load("traces")
        if loaded is None or loaded[1].hex() != record.traces:
            return None
        self._traces = record.traces, msgspec.msgpack.decode(loaded[0], type=Traces)
        return self._traces[1]

    def save(self, record: Record, traces: Traces | None) -> None:
        """Write what was published. Without `traces` those that the record names still hold."""
        if traces is not None:
            record = replace(record, traces=self._store("traces", _encode(traces)).hex())
            self._traces = record.traces, traces
        self._store("record", _encode(record))
        for name in self._histories():
            if name != f"history-{record.commit[:16]}":
                (self.folder / name).unlink()

    def history(self, commit: str) -> dict[str, Past] | None:
        """The pasts of all content files as of a commit, or None."""
        loaded = self._load(f"history-{commit[:16]}") if commit else None
        return None if loaded is None else msgspec.msgpack.decode(loaded[0], type=dict[str, Past])

    def keep_history(self, commit: str, found: dict[str, Past]) -> None:
        """Keep them; until the next save() those of the last publish are kept as well."""
        self._store(f"history-{commit[:16]}", _encode(found))

    def _histories(self) -> list[str]:
        return [path.name for path in self.folder.glob("history-*")]

    def discard_record(self) -> None:
        """From now until save() nothing is known of what is published."""
        (self.folder / "record").unlink(missing_ok=True)

    def _load(self, name: str) -> tuple[memoryview, bytes] | None:
        """What a file holds, and its sum."""
        try:
            data = memoryview((self.folder / name).read_bytes())
        except FileNotFoundError:
            return None
        except OSError:
            self.drop(f"its {name} can't be read")
            return None
        start = len(_MAGIC) + _SUM
        check = bytes(data[len(_MAGIC) : start])
        if data[: len(_MAGIC)] != _MAGIC or check != _sum(data[start:], name):
            self.drop(f"its {name} is damaged or of another version")
            return None
        return data[start:], check

    def _store(self, name: str, body: bytes) -> bytes:
        """Write a file, and return its sum."""
        temporary = self.folder / f"{name}.new"
        check = _sum(body, name)
        with temporary.open("wb") as file:
            file.writelines((_MAGIC, check, body))
        temporary.replace(self.folder / name)
        return check
