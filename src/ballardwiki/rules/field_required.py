"""field-required: what a page's address is made of is there. Fields that a type insists on are looked at in reading."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph.patterns import filled
from ballardwiki.graph.tables import lacks
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem, Severity

SEVERITY: Severity = "error"


def check(world: World) -> Iterator[Problem]:
    """Pages that would not be made, for a part of their address is missing."""
    graph = world.graph
    for name, kind in graph.schema.types.items():
        for entity in graph.of_type(name) if kind.url else ():
            if entity.ref in graph.urls:
                continue
            missing = lacks(graph, entity)
            for lack in missing:
                if not lack.told and not graph.kind(lack.ref).fields[lack.field].required:
                    message = f"{lack.ref} needs the field {lack.field}, of which the address {kind.url} is made."
                    yield _problem(graph.entities[lack.ref], "field-required", message, f"Add a line {lack.field}: …")
            if not missing:
                message = f"the address of {entity.ref} would have an empty part: {filled(graph, entity.ref, kind.url)}"
                yield _problem(
                    entity, "url-valid", message, f"Its type makes it as {kind.url}; change what fields hold."
                )


def _problem(entity: Entity, rule: str, message: str, hint: str) -> Problem:
    return Problem(Location(entity.path, entity.line, 1), rule, message, hint, SEVERITY)
