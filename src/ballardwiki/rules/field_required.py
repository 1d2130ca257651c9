"""field-required: what a page's address is made of is there. Fields that a type insists on are looked at in reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.graph.tables import lacks
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Pages that would not be made, for a part of their address is missing."""
    graph = world.graph
    for entity in records:
        url = graph.kind(entity.ref).url
        for lack in lacks(graph, entity) if url and entity.ref not in graph.urls else ():
            if not lack.told and not graph.kind(lack.ref).fields[lack.field].required:
                message = f"{lack.ref} needs the field {lack.field}, of which the address {url} is made."
                at = Location(graph.entities[lack.ref].path, graph.entities[lack.ref].line, 1)
                yield Violation(at, message, f"Add a line {lack.field}: …")


RULE = RecordRule(name="field-required", severity="error", check=check, of_text=False)
