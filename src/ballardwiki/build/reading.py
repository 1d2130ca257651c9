"""The documents of a build: read by workers, or held by the library."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from ballardwiki.build import workers
from ballardwiki.build.cache import FOLDER, NONE, Cache, Record, library
from ballardwiki.build.options import Progress
from ballardwiki.build.project import Project
from ballardwiki.build.workers import Failure
from ballardwiki.config import history
from ballardwiki.config.history import Past
from ballardwiki.content import discovery, remains
from ballardwiki.content.discovery import ContentFile
from ballardwiki.content.documents import read as parsed
from ballardwiki.model import Document, Source
from ballardwiki.problems import DamagedError, Problem, UnusableError

_encode = msgspec.msgpack.encode

_FEW = 16
"""So many files are sooner read than looked up in the library."""


class Staff(Struct, frozen=True):
    """Who reads: so many workers at once; and who is told how far they are."""

    jobs: int = 1
    progress: Progress = lambda *_: None


def read(
    project: Project, found: Sequence[ContentFile], record: Record, cache: Cache, staff: Staff
) -> tuple[dict[str, str], dict[str, Document], list[Problem]]:
    """The key and the document of every content file; those that the library does not hold are read by workers."""
    keys = {
        each.path: record.sources[each.path][1]
        for each in found
        if each.path in record.sources
        and each.signature.same(record.sources[each.path][0])
        and record.reading == project.reading
    }
    held = cache.library.documents(keys.values())
    documents = {path: held[key] for path, key in keys.items() if key in held}
    todo = [each for each in found if each.path not in documents]
    keys_read, read_now, problems = read_files(project, todo, cache, staff)
    documents |= read_now
    return (
        {**keys, **keys_read},
        {each.path: documents[each.path] for each in found if each.path in documents},
        problems,
    )


def read_files(
    project: Project, todo: Sequence[ContentFile], cache: Cache, staff: Staff
) -> tuple[dict[str, str], dict[str, Document], list[Problem]]:
    """The key and the document of some content files, which workers read; what the library holds is not read again."""
    reading = FileReader(project, cache.library.keys() if len(todo) > _FEW else frozenset())
    keys: dict[str, str] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    again: list[str] = []
    with cache.library.keeping() as keep:
        answers = workers.promptly(reading, todo, jobs=staff.jobs, limits=project.limits)
        for done, (index, answer) in enumerate(answers, 1):
            path = todo[index].path
            if isinstance(answer, Failure):
                problems.append(answer.problem(path, project.config.limits.seconds))
                continue
            keys[path], packed = unpack_read(answer)
            if not packed:
                again.append(path)
            else:
                documents[path] = keep(keys[path], packed)
            staff.progress("reading", done, len(todo))
    held = cache.library.documents(keys[path] for path in again)
    if len(held) < len({keys[path] for path in again}):
        message = "a document that was there is gone"
        raise DamagedError(message)
    return keys, documents | {path: held[keys[path]] for path in again}, problems


def documents(
    project: Project, found: Sequence[ContentFile], jobs: int = 1
) -> tuple[dict[str, str], dict[str, Document], dict[tuple[str, str], bytes], list[Problem]]:
    """As `read`, where no build is going on, with the bodies of what the project's cache does not hold.

    The cache is left as it is; without a cache, or with one that is no good, everything is read.
    """
    cache = Cache(project.root / FOLDER, writable=False)
    try:
        for _ in range(2):
            try:
                keys, held, problems = read(project, found, cache.record() or Record(), cache, Staff(jobs))
                return keys, held, cache.library.fresh or {}, problems  # noqa: TRY300  # the first try that ends
            except (DamagedError, UnusableError):
                cache.forgo("it can't be read", NONE)
        message = "the content can't be read"
        raise UnusableError(message)
    finally:
        cache.close()


def histories(root: Path, commit: str, record: Record, cache: Cache) -> tuple[dict[str, Past], dict[str, Past] | None]:
    """The pasts of all content files now, and as of the last publish; None when those are lost."""
    now = cache.history(commit) if commit else {}
    if now is None:
        found = history.read(root, commit)
        now = found or {}
        if found is not None:
            cache.keep_history(commit, now)
    if record.commit == commit:
        return now, now
    return now, cache.history(record.commit) if record.commit else {}


def key(project: Project, found: ContentFile, text: str) -> str:
    """The digest of all that a document is made from."""
    pieces = f"{project.reading}\0{found.path}\0{found.type}\0{found.id}\0{text}"
    return blake2b(pieces.encode(), digest_size=20).hexdigest()


def document(project: Project, source: Source) -> Document:
    """The document that a file of the project is."""
    config = project.config
    return parsed(source, project.schema, config.engine, config.timezone, config.base_url)


class FileReader:
    """Reads one content file. The answer is packed: (key, packed document; empty when the library has that key)."""

    def __init__(self, project: Project, known: frozenset[str]) -> None:
        self._project = project
        self._known = known

    def __call__(self, found: ContentFile) -> bytes:
        """The packed answer for one file."""
        project = self._project
        text = discovery.text(project.root, found)
        if isinstance(text, Problem):
            lost = tuple(remains.records(Source(found.path, found.type, found.id, "")))
            return _encode(("", library.pack(Document(found.path, problems=(text,), lost=lost))))
        its = key(project, found, text)
        if its in self._known:
            return _encode((its, b""))
        source = Source(found.path, found.type, found.id, text)
        return _encode((its, library.pack(document(project, source))))


def unpack_read(answer: bytes) -> tuple[str, bytes]:
    """The answer of `FileReader`."""
    return msgspec.msgpack.decode(answer, type=tuple[str, bytes])
