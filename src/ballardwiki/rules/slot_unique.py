"""slot-unique: no two episodes have the same season and number."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph import Graph
from ballardwiki.model import Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Records of a type with a position whose place in their series another one has."""
    graph = world.graph
    for name, kind in graph.schema.types.items():
        for ref in graph.lists[name] if len(kind.position) == 2 else ():
            slots = graph.story.episodes.get(graph.story.timeline(ref), {})
            others = (slots.get(point, ref) for point in graph.story.points(ref))
            if other := next((each for each in others if each != ref), None):
                yield _violation(world, ref, other, kind.position[-1])


def _violation(world: World, ref: Ref, other: Ref, field: str) -> Violation:
    entity, first = world.graph.entities[ref], world.graph.entities[other]
    number = entity.statements[field][0]
    message = f"{ref} has the same season and number as {other}, at {first.path}:{first.line}."
    at = Location(entity.path, number.line, number.column)
    return Violation(at, message, "Mend the number of one.", also=(other, ref))


def _slot(graph: Graph, ref: Ref) -> object:
    """The place of a record in its series, and where that is written."""
    kind, entity = graph.kind(ref), graph.entities[ref]
    if len(kind.position) != 2:  # season and episode
        return ()
    return graph.story.timeline(ref), graph.story.points(ref), entity.line, entity.statements.get(kind.position[-1])


RULE = SiteRule(name="slot-unique", severity="error", check=check, of_record=_slot)
