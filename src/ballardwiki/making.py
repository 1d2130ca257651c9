"""The two pure functions that run in workers: a content file -> a packed document; an output -> what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import msgspec

from ballardwiki import documents, library, published, remains, sources
from ballardwiki.facts import Fact
from ballardwiki.model import Document, Source
from ballardwiki.outputs import Output, Studio
from ballardwiki.problems import FAULT, Location, Problem, ProblemError
from ballardwiki.project import Project
from ballardwiki.publish import PublishError
from ballardwiki.sources import Found
from ballardwiki.view import Horizon
from ballardwiki.workers import Failure
from ballardwiki.world import World

_encode = msgspec.msgpack.encode


def key(project: Project, found: Found, text: str) -> str:
    """The digest of all that a document is made from."""
    pieces = f"{project.reading}\0{found.path}\0{found.type}\0{found.id}\0{text}"
    return blake2b(pieces.encode(), digest_size=20).hexdigest()


def read(project: Project, source: Source) -> Document:
    """The document that a file of the project is."""
    config = project.config
    return documents.read(source, project.schema, config.engine, config.timezone, config.base_url)


class Reading:
    """Reads one content file. The answer is packed: (key, packed document; empty when the library has that key)."""

    def __init__(self, project: Project, known: frozenset[str]) -> None:
        self._project = project
        self._known = known

    def __call__(self, found: Found) -> bytes:
        """The packed answer for one file."""
        project = self._project
        text = sources.text(project.root, found)
        if isinstance(text, Problem):
            lost = tuple(remains.records(Source(found.path, found.type, found.id, "")))
            return _encode(("", library.pack(Document(found.path, problems=(text,), lost=lost))))
        its = key(project, found, text)
        if its in self._known:
            return _encode((its, b""))
        source = Source(found.path, found.type, found.id, text)
        return _encode((its, library.pack(read(project, source))))


def unpack_read(answer: bytes) -> tuple[str, bytes]:
    """The answer of `Reading`."""
    return msgspec.msgpack.decode(answer, type=tuple[str, bytes])


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of an output: the digest of its bytes, the facts it read, whether it was staged, what went wrong.

    anchors: of a page, the ids that links may count on.
    """

    digest: str = ""
    reads: tuple[Fact, ...] = ()
    staged: bool = False
    problems: tuple[Problem, ...] = ()
    anchors: str = ""


class Rendering:
    """Renders one output and stages its bytes, unless the file on disk has them already."""

    def __init__(
        self,
        project: Project,
        world: World,
        within: Horizon,
        intact: Mapping[str, str],
        stage: Callable[[str], Path] | None,
    ) -> None:
        """`intact`: output on disk -> digest of its bytes. Without `stage` nothing is written."""
        self._project = project
        self._world = world
        self._within = within
        self._intact = intact
        self._stage = stage

    def __call__(self, output: Output) -> bytes:
        """The packed `Rendered` of one output."""
        studio = Studio(self._world, self._within, self._project.templates)
        try:
            made = output.make(studio)
        except ProblemError as error:
            return _encode(Rendered(problems=error.problems))
        digest = blake2b(made, digest_size=16).hexdigest()
        staged = self._intact.get(output.path) != digest
        if staged and self._stage:
            _write(self._stage(output.path), made)
        anchors = published.anchors(made) if output.path.endswith(".html") else ""
        return _encode(Rendered(digest, tuple(studio.trace), staged, anchors=anchors))


def _write(path: Path, data: bytes) -> None:
    """Stage bytes. Raises `PublishError`: a disk that is full is no fault of the page."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise PublishError(f"{error.strerror}: {error.filename or path}") from error


_rendered: msgspec.msgpack.Decoder[Rendered] = msgspec.msgpack.Decoder(Rendered)


def unpack_rendered(answer: bytes) -> Rendered:
    """The answer of `Rendering`."""
    return _rendered.decode(answer)


def failed(path: str, failure: Failure, seconds: int) -> Problem:
    """A worker's end as the problem of the file or page it worked on."""
    reasons = {
        "cpu": f"took longer than {seconds} seconds of processor time.",
        "wall": "took far too long.",
        "memory": "needs more memory than one page may use.",
        "crash": "crashed the program that reads it.",
    }
    message = reasons.get(failure.kind, f"could not be made: {failure.reason}.")
    hint = "Look for very long lines, deep nesting or endless loops." if failure.kind in reasons else FAULT
    return Problem(Location(path, 1, 1), "page-affordable" if failure.kind in reasons else "internal", message, hint)
