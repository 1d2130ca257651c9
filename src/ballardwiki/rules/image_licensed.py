"""image-licensed: every image that a text shows has a record that says whose it is and why it may be shown."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.world import World

SEVERITY: Severity = "warning"
FILE, LICENSE = "file", "license"
"""The fields of a rights record."""


def check(world: World) -> Iterator[Problem]:
    """Images of this site without a rights record, each where it is shown first."""
    graph = world.graph
    recorded = {
        f"media/{str(statement.value).removeprefix('/').removeprefix('media/')}"
        for name, kind in graph.schema.types.items()
        if FILE in kind.fields and LICENSE in kind.fields
        for ref in graph.lists[name]
        for statement in graph.entities[ref].statements.get(FILE, ())
    }
    for entity in graph.entities.values():
        for image in entity.images:
            if image.target in world.assets and image.target not in recorded:
                recorded.add(image.target)
                at = Location(entity.path, image.line, image.column)
                message = f"nothing says whose {image.target} is."
                hint = "Add a record to content/images/ with file: and license:."
                yield Problem(at, "image-licensed", message, hint, SEVERITY)
