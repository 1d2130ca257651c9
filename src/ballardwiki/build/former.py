"""The build that published last, as a command-line build finds it again: looked up key by key where it is needed.

`delta` goes on from a build of its own process. This gives a command the same, from what that build has put on shelves:
the tables of its graph, the outputs that it planned, and what each of them read. A change of texts needs little of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from ballardwiki.build import reading, trace_rows
from ballardwiki.build.build import Build, Compared, carried_over
from ballardwiki.build.cache.library import Bodies, Library
from ballardwiki.build.cache.shelves import Shelves
from ballardwiki.build.comparison import Comparison
from ballardwiki.build.planning import free_media, surrounded
from ballardwiki.build.salvage import Rest
from ballardwiki.build.shelving import GRAPH, LEFTOVERS, SHOWN, WHOLE, Leftovers
from ballardwiki.build.traces_by_key import LedgerByKey
from ballardwiki.config.history import Past
from ballardwiki.content import discovery
from ballardwiki.content.discovery import ContentFile
from ballardwiki.graph.by_key import Column, GraphByKey
from ballardwiki.graph.horizon import horizon
from ballardwiki.graph.rows import Row, Tables
from ballardwiki.graph.uses import Uses
from ballardwiki.graph.visibility import Visible
from ballardwiki.graph.withheld import Withheld
from ballardwiki.model import Document, Entity, Ref
from ballardwiki.pages.outputs.by_path import OutputsByPath, PlannedOutput
from ballardwiki.problems import DamagedError
from ballardwiki.schema import Schema
from ballardwiki.signatures import Signature

Value = TypeVar("Value")


class _Files(Mapping[str, ContentFile]):
    """The content files, of which each is described when it is wanted."""

    def __init__(self, found: Mapping[str, Signature], schema: Schema) -> None:
        self._found = found
        self._schema = schema

    def __getitem__(self, path: str) -> ContentFile:
        return discovery.described(path, self._found[path], self._schema)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)


class _Documents(Mapping[str, Document]):
    """The documents of the content files, each read from the library when it is wanted."""

    def __init__(self, library: Library, keys: Mapping[str, str]) -> None:
        self._library = library
        self._keys = keys
        self._entities: dict[str, dict[Ref, Entity]] = {}

    def __getitem__(self, path: str) -> Document:
        key = self._keys[path]
        found = self._library.documents([key])
        if key not in found:
            message = "its library is damaged"
            raise DamagedError(message)
        return found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def entity(self, ref: Ref, path: str) -> Entity:
        """An entity of a file."""
        if path not in self._entities:
            self._entities[path] = {each.ref: each for each in self[path].entities}
        return self._entities[path][ref]


class _Later(Mapping[str, Value]):
    """A mapping that is only made when somebody looks into it."""

    def __init__(self, make: Callable[[], Mapping[str, Value]]) -> None:
        self._make = make
        self._made: Mapping[str, Value] | None = None

    @property
    def _rows(self) -> Mapping[str, Value]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, key: str) -> Value:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def resumed(build: Build, held: Shelves, doubtful: frozenset[str]) -> Build:
    """A build that may go on from the one that put this on shelves: only the doubtful files may hold something else."""
    if LEFTOVERS not in held:
        return build
    build.cache.recall(build.record, found(build, held))
    return replace(build, told=doubtful)


def found(build: Build, held: Shelves) -> Compared:
    """The build that put all this on shelves; `build` is of the same site, with other texts at most."""
    project, record, cache = build.project, build.record, build.cache
    rest = held.table(LEFTOVERS, Leftovers)[""]
    keys: Mapping[str, str] = Column(record.sources, lambda source: source[1])
    documents = _Documents(cache.library, keys)
    graph = GraphByKey(project.schema, _tables(held, WHOLE, rest), documents.entity)
    shown = GraphByKey(project.schema, _tables(held, SHOWN, rest), documents.entity, graph) if rest.apart else graph
    drafts = tuple(documents.entity(ref, path) for path, ref in rest.drafts)
    withheld = Withheld({*record.withheld}, record.last_change, record.next_change, drafts, frozenset(rest.private))
    uses = Uses(graph, free_media(project), project.config.base_url)
    seen = Visible(shown, record.hidden, frozenset(rest.files), frozenset(rest.suspected), uses)
    rows: Mapping[str, Row] = held.table(f"{WHOLE} rows", Row)
    texts: Mapping[Ref, str] = Column(rows, lambda row: keys[row.path] if row.has_body else None)
    bodies = Bodies(cache.folder, texts, cache.library.fresh)
    past: Mapping[str, Past] = _Later(
        lambda: reading.histories(build.options.root, build.inputs.head.commit, record, cache)[0]
    )
    world = replace(
        surrounded(project, graph, seen, withheld, build.options.now),
        body=bodies.body,
        sentences=bodies.sentences,
        history=past,
        commit=record.commit,
        content=rest.content,
    )
    ledger = LedgerByKey(trace_rows.on(held))
    return Compared(
        **carried_over(Build, build),
        files=_Files(build.content.files, project.schema),
        astray=(),
        keys=keys,
        documents=documents,
        unjudged=rest.unjudged,
        rest=Rest(documents),
        past=past,
        shown_pasts=past,
        world=world,
        withheld=withheld,
        within=horizon(graph.story, project.config),
        bodies=bodies,
        outputs=OutputsByPath(held.table("outputs", PlannedOutput)),
        clashes=rest.clashes,
        findings=rest.findings,
        problems=rest.problems,
        comparison=Comparison({}, ledger),
        intact=Column(record.outputs, lambda made: made.digest),
        lost=rest.lost,
    )


def _tables(held: Shelves, prefix: str, rest: Leftovers) -> Tables:
    rows: dict[str, Any] = {name: held.table(f"{prefix} {name}", kind) for name, kind in GRAPH.items()}
    return Tables(signed=frozenset(rest.signed[prefix == SHOWN]), **rows)
