"""Another title for a record: its aliases, and the links that use the old title.

What would change is told; nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from ballardwiki import yaml_reader
from ballardwiki.content.designators import split_designator
from ballardwiki.edit import NotPossibleError
from ballardwiki.edit.manuscript import Manuscript, UnplacedError
from ballardwiki.edit.relinking import Consequences, Placed, entity_meant, outcome, series_after
from ballardwiki.edit.text_edits import Edit
from ballardwiki.edit.workspace import Desk
from ballardwiki.edit.yaml_edits import added, end_of, new_field, spelled
from ballardwiki.marks import Spoiler
from ballardwiki.model import Entity
from ballardwiki.slugs import fold


def retitle(desk: Desk, given: str, title: str, *, alias: bool = True) -> Consequences:
    """Another title for a record; the old one becomes an alias where it would otherwise be lost."""
    entity = entity_meant(desk, given)
    title = " ".join(title.split())
    old = desk.graph.titles[entity.ref]
    if not title or not title.isprintable():
        raise NotPossibleError(f'The title must be a line of text: ballardwiki retitle {entity.ref} "Its new title"')
    if title == old:
        raise NotPossibleError(f"{entity.ref} has that title already.")
    made = desk.manuscript(entity.path)
    try:
        first = list(_title(made, entity, title))
        lost = fold(old) not in desk.after(desk.changes(first)).names
        if alias and lost and desk.graph.names.get(fold(old)) == (entity.ref,):
            first = list(_exchanged(made, entity, title)) or [*first, *_alias(made, entity, old, title)]
        found = outcome(desk, entity, entity.ref, [*first, *_designators(desk, entity, old)], {})
        return replace(found, notes=[*found.notes, *_sourced(made, entity, first)])
    except UnplacedError as error:
        raise NotPossibleError(f"{error} Nothing was written.") from None


def _title(made: Manuscript, entity: Entity, title: str) -> Iterator[Placed]:
    record = made.records[entity.ref]
    node = record.items.get("title")
    if isinstance(node, yaml_reader.Mapping):
        node = node.items.get("value")
    if isinstance(node, yaml_reader.Scalar) and not yaml_reader.is_null(node):
        yield made.source.path, made.rewrite(node, title)
    elif node is None:
        yield made.source.path, new_field(made.text, made.lines, record, f"title: {spelled(title)}")
    else:
        raise NotPossibleError(f"{made.source.path}:{node.line}: the title is empty. Write it there.")


def _alias(made: Manuscript, entity: Entity, old: str, title: str) -> Iterator[Placed]:
    """The old title among the aliases; in the place of the new one if that was there."""
    record = made.records[entity.ref]
    for item in _scalars(record.items.get("aliases")):
        if fold(item.text) == fold(title):
            yield made.source.path, made.rewrite(item, old)
            return
    for edit in added(made.text, made.lines, record, "aliases", old):
        yield made.source.path, edit


def _scalars(node: yaml_reader.Node | None) -> Iterator[yaml_reader.Scalar]:
    """The values of a field, without their qualifiers."""
    for item in _items(node):
        value = item.items.get("value") if isinstance(item, yaml_reader.Mapping) else item
        if isinstance(value, yaml_reader.Scalar) and not yaml_reader.is_null(value):
            yield value


def _items(node: yaml_reader.Node | None) -> tuple[yaml_reader.Node, ...]:
    return node.items if isinstance(node, yaml_reader.Sequence) else () if node is None else (node,)


def _exchanged(made: Manuscript, entity: Entity, title: str) -> Iterator[Placed]:
    """The title and the alias that is to be it change places, with what is said of them: each keeps its own sources.

    Nothing where neither has more than a value, or where they take more than a line.
    """
    record = made.records[entity.ref]
    present = record.items.get("title")
    alias = next((each for each in _items(record.items.get("aliases")) if _value(each) == title), None)
    if present is None or alias is None or not any(isinstance(each, yaml_reader.Mapping) for each in (present, alias)):
        return
    (start, end), (first, last) = (
        (_start(made, each), end_of(made.text, made.lines, each)) for each in (present, alias)
    )
    if "\n" not in made.text[start:end] + made.text[first:last]:
        yield made.source.path, Edit(start, end, _written(made, alias))
        yield made.source.path, Edit(first, last, _written(made, present))


def _value(node: yaml_reader.Node) -> str:
    return next((scalar.text for scalar in _scalars(node)), "")


def _start(made: Manuscript, node: yaml_reader.Node) -> int:
    return made.lines.index(node.line, node.column)


def _written(made: Manuscript, node: yaml_reader.Node) -> str:
    """A value as it can stand anywhere on a line."""
    written = made.text[_start(made, node) : end_of(made.text, made.lines, node)]
    if isinstance(node, yaml_reader.Mapping):
        return written if written.startswith("{") else f"{{{written}}}"
    return spelled(_value(node))


def _sourced(made: Manuscript, entity: Entity, edits: list[Placed]) -> Iterator[str]:
    """That a title's sources were those of the old one, where they now stand beside the new one."""
    node = made.records[entity.ref].items.get("title")
    kept = isinstance(node, yaml_reader.Mapping) and all(edit.start != _start(made, node) for _, edit in edits)
    if isinstance(node, yaml_reader.Mapping) and "source" in node.items and kept:
        yield f"{made.source.path}:{node.line} the title's sources had the old title: see whether they have the new."


def _designators(desk: Desk, entity: Entity, old: str) -> Iterator[Placed]:
    """Designators that name a series by its title name it by its id from now on."""
    if desk.project.schema.types[entity.type].timeline != "id":
        return
    pattern = r"[ \t]+".join(map(re.escape, old.split()))
    for path in desk.containing(old):
        made = desk.manuscript(path)
        for spot in made.spots:
            if spot.kind == "since" and (found := re.match(rf"{pattern}(?=\s+s\d)", spot.scalar.text, re.IGNORECASE)):
                yield path, made.rewrite(spot.scalar, entity.id + spot.scalar.text[found.end() :])
        for passage in made.passages:
            for mark, index in made.marks(passage):
                if isinstance(mark, Spoiler) and mark.since and fold(split_designator(mark.since)[0]) == fold(old):
                    for start, end, text in series_after(passage.text, index, pattern, entity.id):
                        yield path, passage.edit(start, end, text)
