"""Another id for a record: its file or key, its former ids, and everything that names it.

What would change is told; nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from ballardwiki import yaml_reader
from ballardwiki.content.designators import split_designator
from ballardwiki.edit import NotPossibleError
from ballardwiki.edit.manuscript import Manuscript, Passage, Spot, UnplacedError
from ballardwiki.edit.relinking import Consequences, Placed, entity_meant, outcome, series_after, target_at
from ballardwiki.edit.workspace import SETTINGS, Desk
from ballardwiki.edit.yaml_edits import added, replaced_key
from ballardwiki.marks import Mark, NameLink, NoteReference, Spoiler
from ballardwiki.model import Entity, Ref, ref_id
from ballardwiki.slugs import IDS, fold, id_fault


def rename(desk: Desk, given: str, new_id: str) -> Consequences:
    """Another id for a record. Raises `NotPossibleError`."""
    entity = entity_meant(desk, given)
    new = Ref(f"{entity.type}/{_new_id(desk, entity, new_id)}")
    move = _Move(desk, entity, new)
    try:
        return outcome(desk, entity, new, list(move.edits()), move.moved())
    except UnplacedError as error:
        raise NotPossibleError(f"{error} Nothing was written.") from None


def _new_id(desk: Desk, entity: Entity, given: str) -> str:
    """The id asked for, if the record can have it."""
    graph = desk.graph
    type_, _, new = given.rpartition("/")
    if type_ and type_ != entity.type:
        raise NotPossibleError(f"A record can't change its type: {entity.ref} stays in {entity.type}/.")
    ref = Ref(f"{entity.type}/{new}")
    reason, other = id_fault(new, entity.type)
    if reason:
        raise NotPossibleError(f"{new} can't be an id: {reason}. {f'Write {other}.' if other else IDS}")
    if ref == entity.ref:
        raise NotPossibleError(f"{ref} has that id already.")
    if ref in graph.entities:
        there = graph.entities[ref]
        raise NotPossibleError(f"{ref} is another record's: {there.path}:{there.line}. Choose another id.")
    if graph.former.get(ref, entity.ref) != entity.ref:
        raise NotPossibleError(f"{new} is a former id of {graph.former[ref]}. Choose another id.")
    folder = entity.path.rpartition("/")[0]
    if entity.path.endswith(".md") and f"{folder}/{new}.md" in desk.found:
        raise NotPossibleError(f"{folder}/{new}.md is there already. Choose another id.")
    return new


class _Move(Struct, frozen=True):
    """A record that gets another id: the edits of its own lines, and of those that name it."""

    desk: Desk
    entity: Entity
    new: Ref

    @property
    def own_file(self) -> bool:
        """Whether the file's name is the id."""
        return self.entity.path.endswith(".md")

    def moved(self) -> dict[str, str]:
        """The file that gets another name."""
        path = self.entity.path
        return {path: f"{path.rpartition('/')[0]}/{ref_id(self.new)}.md"} if self.own_file else {}

    def edits(self) -> Iterator[Placed]:
        yield from self.own()
        id_ = self.entity.id
        for path in self.desk.containing(id_, id_.replace("-", " ")):
            made = self.desk.manuscript(path)
            for spot in made.spots:
                if (value := self.value(spot)) is not None:
                    yield path, made.rewrite(spot.scalar, value)
            for passage in made.passages:
                for mark, index in made.marks(passage):
                    for start, end, text in self.mark(made, passage, mark, index):
                        yield path, passage.edit(start, end, text)
        yield from self.settings()

    def own(self) -> Iterator[Placed]:
        """The key of a record in a file of many, and its former ids."""
        entity, path = self.entity, self.entity.path
        made = self.desk.manuscript(path)
        if not self.own_file and made.keys:
            yield path, replaced_key(made.text, made.lines, made.keys, entity.id, ref_id(self.new))
        if entity.id not in [statement.value for statement in entity.statements.get("was", ())]:
            for edit in added(made.text, made.lines, made.records[entity.ref], "was", entity.id):
                yield path, edit

    def value(self, spot: Spot) -> str | None:
        """What a scalar becomes that names the record; None for all others."""
        text, old = spot.scalar.text, self.entity.ref
        if spot.kind == "since":
            return self.designator(text)
        if spot.kind == "ref":
            if text == old:
                return self.new
            return ref_id(self.new) if len(spot.types) == 1 and f"{spot.types[0]}/{text}" == old else None
        return self.citation(text)

    def citation(self, text: str) -> str | None:
        """What the name of a source becomes if it is the record's."""
        if text == self.entity.ref:
            return self.new
        if text == self.entity.id and self.desk.graph.source(text) == self.entity.ref:
            return ref_id(self.new)
        return None

    def designator(self, text: str) -> str | None:
        """What `harbour s01e04` becomes if it counts in the episodes of the record."""
        try:
            series, _, _ = split_designator(text)
        except ValueError:
            return None
        if self.counts and series.lower() == self.entity.id:
            at = text.index(series)
            return text[:at] + ref_id(self.new) + text[at + len(series) :]
        return None

    @property
    def counts(self) -> bool:
        """Whether designators count in the episodes of the record."""
        return self.desk.project.schema.types[self.entity.type].timeline == "id"

    def mark(self, made: Manuscript, passage: Passage, mark: Mark, index: int) -> Iterator[tuple[int, int, str]]:
        """The characters of a mark that name the record by its id, and what they become."""
        text, id_ = passage.text, self.entity.id
        if isinstance(mark, NameLink):
            target = self.desk.graph.said(mark).target
            if self.desk.graph.find(target) == self.entity.ref and (typed := target_at(text, index, target)):
                type_, slash, rest = text[typed[0] : typed[1]].rpartition("/")
                named = rest.strip().replace(" ", "-").lower() == id_ and (slash or fold(rest) not in self.names)
                if named and type_.strip().lower() in ("", self.entity.type):
                    yield typed[1] - len(rest.lstrip()), typed[1], ref_id(self.new)
        elif isinstance(mark, NoteReference):
            if mark.label not in made.body(passage).notes and (label := self.citation(mark.label)):
                yield index + 2, index + 2 + len(mark.label), label
        elif isinstance(mark, Spoiler) and self.counts and mark.since and split_designator(mark.since)[0] == id_:
            yield from series_after(text, index, re.escape(id_), ref_id(self.new))

    @property
    def names(self) -> Mapping[str, tuple[Ref, ...]]:
        """The names of pages, which count before ids."""
        return self.desk.graph.names

    def settings(self) -> Iterator[Placed]:
        """How far the public pages may tell of the series."""
        if not self.counts:
            return
        settings = self.desk.side_file(SETTINGS)
        section = settings.node.items.get("spoilers") if settings.node else None
        if isinstance(section, yaml_reader.Mapping) and self.entity.id in section.items:
            yield SETTINGS, replaced_key(settings.text, settings.lines, section, self.entity.id, ref_id(self.new))
