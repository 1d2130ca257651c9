"""All content of a project laid out for editing: its texts, what they say, and what would be wrong after a change.

What is shown to the editor before anything is written has been checked with every rule, as a build would.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from ballardwiki.build import project as projects, reading
from ballardwiki.build.cache import FOLDER
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.project import Project
from ballardwiki.config import gone, site_file
from ballardwiki.config.published import GONE
from ballardwiki.content import discovery
from ballardwiki.content.discovery import ContentFile
from ballardwiki.edit import NotPossibleError, preview
from ballardwiki.edit.manuscript import Manuscript, Passage, take_apart
from ballardwiki.edit.preview import Proof
from ballardwiki.edit.side_file import SideFile
from ballardwiki.edit.text_edits import Change, Edit, applied, by_path
from ballardwiki.graph import Graph, link
from ballardwiki.graph.withheld import withhold
from ballardwiki.model import Body, Document, Entity, Ref, Source
from ballardwiki.problems import DamagedError, Problem, UnusableError
from ballardwiki.schema import Schema
from ballardwiki.similarity import suggest

SETTINGS = "site.yaml"
"""Settings. They and `GONE` are edited like content, and hold none."""

_UNREADABLE = {"yaml-valid", "file-readable", "page-affordable", "internal"}


ReadBody = Callable[[Manuscript, Passage], Body | None]


class _Contents(dict[str, str]):
    """The texts of content files, read when first wanted."""

    def __init__(self, project: Project, found: Iterable[ContentFile]) -> None:
        super().__init__()
        self._project = project
        self._found = {each.path: each for each in found}

    def __missing__(self, path: str) -> str:
        text: str | Problem
        if path not in self._found:
            file = self._project.root / path
            text = file.read_bytes().decode() if file.is_file() else ""
        else:
            text = discovery.text(self._project.root, self._found[path])
        if isinstance(text, Problem):
            raise NotPossibleError(f"{text} Mend that first.")
        self[path] = text
        return text


class Desk(Struct, frozen=True, dict=True):
    """The content of a project at one moment. The graph holds everything, drafts and scheduled pages included."""

    project: Project
    now: datetime
    found: dict[str, ContentFile]
    documents: dict[str, Document]
    keys: dict[str, str]
    texts: _Contents
    cache: Path
    fresh: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """The bodies that the cache does not hold."""

    @cached_property
    def graph(self) -> Graph:
        """All entities, linked."""
        return link(self._entities(self.documents), self.project.schema)

    @cached_property
    def withheld(self) -> set[str]:
        """The addresses of drafts and of what is scheduled."""
        return withhold(
            self._entities(self.documents), self.project.schema, self.project.config.timezone, self.now, drafts=False
        ).refs

    def manuscript(self, path: str) -> Manuscript:
        """A content file, taken apart."""
        return self._manuscripts(path)

    @cached_property
    def _manuscripts(self) -> Callable[[str], Manuscript]:
        known: dict[str, Manuscript] = {}

        def get(path: str) -> Manuscript:
            if path not in known:
                known[path] = take_apart(self._source(path, self.texts[path]), *self._reading)
            return known[path]

        return get

    @contextmanager
    def bodies(self) -> Iterator[ReadBody]:
        """Gives a function that tells what a passage was read as; None when that would have to be read anew."""
        entities = self.graph.entities
        texts = [(ref, self.keys.get(each.path)) for ref, each in entities.items() if each.body]
        keys = {ref: key for ref, key in texts if key}
        kept = Bodies(self.cache, keys, self.fresh)

        def get(made: Manuscript, passage: Passage) -> Body | None:
            entity = entities.get(passage.ref)
            if entity is None or entity.path != made.source.path or passage.ref not in keys:
                return None
            if any(each.rule == "link-inside" for each in self.documents[entity.path].problems):
                return None  # what such a link becomes shows no more where it was
            try:
                return kept.body(passage.ref)
            except (DamagedError, UnusableError):
                return None

        try:
            yield get
        finally:
            kept.close()

    def paths(self, given: Sequence[str], here: Path) -> list[str]:
        """The content files that paths from `here` or the project's folder mean; all for none."""
        paths = []
        for each in given:
            tries = [(base / each).resolve() for base in (here, self.project.root)]
            known = [
                path.relative_to(self.project.root).as_posix()
                for path in tries
                if path.is_relative_to(self.project.root)
            ]
            if not (found := [path for path in known if path in self.found]):
                raise NotPossibleError(f"{each} is no content file. {suggest(each, self.found)}".rstrip())
            paths.append(found[0])
        return paths or list(self.found)

    def side_file(self, path: str) -> SideFile:
        """The settings, or what became of addresses."""
        return SideFile(path, self.texts[path])

    def containing(self, *needles: str) -> list[str]:
        """The files that hold one of some texts, in any case."""
        wanted = {each.casefold() for each in needles if each}
        return [path for path in self.found if any(each in self.texts[path].casefold() for each in wanted)]

    def linking(self, refs: Collection[Ref]) -> list[str]:
        """The files whose texts link to one of some pages by a name or an address."""
        find = self.graph.find
        return sorted(
            {
                entity.path
                for entity in self.graph.entities.values()
                if any(find(each) in refs for each in entity.targets)
                or any(not each.path and self.graph.meant(each) in refs for each in entity.mentions)
            }
        )

    def changes(self, edits: Iterable[tuple[str, Edit]], moved: dict[str, str] | None = None) -> list[Change]:
        """What edits make of the files; `moved`: old path -> new path."""
        moved = moved or {}
        found = by_path(self.texts, edits)
        return [
            Change(path, self.texts[path], applied(self.texts[path], found.get(path, ())), moved.get(path, ""))
            for path in sorted(found.keys() | moved.keys())
        ]

    def after(self, changes: Sequence[Change]) -> Graph:
        """The graph as it would be."""
        return link(self._entities(self._changed(changes)), self.project.schema)

    def new_problems(self, changes: Sequence[Change]) -> list[Problem]:
        """What a check would find after the changes, and does not find now."""
        project = self.project
        for change in changes:
            if change.path == SETTINGS:
                project = replace(project, config=site_file.load(change.new)[0])
            elif change.path == GONE:
                entries, faults = gone.load(change.new)
                project = replace(project, gone=entries, problems=(*project.problems, *faults))
        after = self._proof(project, self._changed(changes)).problems()
        return preview.new(self._problems, after, {change.path: change.target for change in changes})

    @cached_property
    def _problems(self) -> list[Problem]:
        return self._proof(self.project, self.documents).problems()

    @cached_property
    def published(self) -> set[str]:
        """The files that a build makes now."""
        return self._proof(self.project, self.documents).outputs()

    def _proof(self, project: Project, held: dict[str, Document]) -> Proof:
        return Proof(project, self.now, held, self.keys, self.cache, self.fresh)

    def _changed(self, changes: Sequence[Change]) -> dict[str, Document]:
        held = dict(self.documents)
        for change in changes:
            held.pop(change.path, None)
        for change in changes:
            if change.path in self.found:
                source = self._source(change.path, change.new, change.target)
                held[change.target] = reading.document(self.project, source)
        return held

    def _source(self, path: str, text: str, to: str = "") -> Source:
        return Source(to or path, self.found[path].type, discovery.id_of(to or path), text)

    @property
    def _reading(self) -> tuple[Schema, str]:
        return self.project.schema, self.project.config.engine

    def _entities(self, held: dict[str, Document]) -> list[Entity]:
        return [entity for document in held.values() for entity in document.entities]


def lay_out(root: Path, now: datetime, jobs: int = 1) -> Desk:
    """The content of the project in a folder. Raises `NotPossibleError` while a file of it can't be read."""
    if not os.path.lexists(root / SETTINGS):
        raise NotPossibleError(f"There is no site.yaml in {root}. Name the project's folder: ballardwiki --root FOLDER")
    project = projects.load(root)
    found, problems = discovery.find(root, project.schema)
    keys, held, fresh, unread = reading.documents(project, found, jobs)
    problems = [*project.problems, *problems, *unread, *(each for one in held.values() for each in one.problems)]
    unreadable = [each for each in problems if each.rule in _UNREADABLE and each.severity == "error"]
    if unreadable:
        raise NotPossibleError(f"{unreadable[0]} A file that can't be read can't be searched: mend that first.")
    paths = {each.path: each for each in found}
    return Desk(project, now, paths, held, keys, _Contents(project, found), root / FOLDER, fresh)
