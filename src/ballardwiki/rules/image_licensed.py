"""image-licensed: every image that a text shows has a record that says whose it is and why it may be shown."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph import Graph
from ballardwiki.model import Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation

FILE, LICENSE = "file", "license"
"""The fields of a rights record."""


def check(world: World) -> Iterator[Violation]:
    """Images of this site without a rights record, each where it is shown first."""
    graph = world.graph
    recorded = {
        _path(statement.value)
        for name, kind in graph.schema.types.items()
        if FILE in kind.fields and LICENSE in kind.fields
        for ref in graph.lists[name]
        for statement in graph.entities[ref].statements.get(FILE, ())
    }
    drafts = {
        _path(statement.value): draft.ref
        for draft in world.drafts.entities
        if FILE in draft.statements
        for statement in draft.statements[FILE]
    }
    for entity in graph.entities.values():
        for image in entity.images:
            shown = next((path for path in (image.target, *image.fragment.split("\n")) if path in world.assets), "")
            if shown and shown not in recorded and not image.loose:
                recorded.add(shown)
                at = Location(entity.path, image.line, image.column)
                message = f"nothing says whose {shown} is."
                hint = "Add a record to content/images/ with file: and license:."
                if record := drafts.get(shown):
                    message = f"{record} says whose {shown} is, but {world.drafts.at(record)}."
                    hint = "Publish that record."
                yield Violation(at, message, hint)


def _path(file: object) -> str:
    """The file that a rights record is about, as a path from the project's root."""
    return f"media/{str(file).removeprefix('/').removeprefix('media/')}"


def _shown(graph: Graph, ref: Ref) -> object:
    """The images that a text shows, and the file that a rights record is about."""
    entity, kind = graph.entities[ref], graph.kind(ref)
    files = entity.statements.get(FILE, ()) if LICENSE in kind.fields else ()
    return [(each.target, each.fragment, each.loose) for each in entity.images], [each.value for each in files]


RULE = SiteRule(name="image-licensed", severity="warning", check=check, of_record=_shown, in_texts=True)
