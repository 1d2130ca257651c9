"""field-required: what a page's address is made of is there. Fields that a type insists on are looked at in reading."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph.tables import lacks
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Pages that would not be made, for a part of their address is missing."""
    graph = world.graph
    for name, kind in graph.schema.types.items():
        for entity in graph.of_type(name) if kind.url else ():
            for lack in () if entity.ref in graph.urls else lacks(graph, entity):
                if not lack.told and not graph.kind(lack.ref).fields[lack.field].required:
                    message = f"{lack.ref} needs the field {lack.field}, of which the address {kind.url} is made."
                    at = Location(graph.entities[lack.ref].path, graph.entities[lack.ref].line, 1)
                    yield Violation(at, message, f"Add a line {lack.field}: …")


RULE = SiteRule(name="field-required", severity="error", check=check, of_text=None)
