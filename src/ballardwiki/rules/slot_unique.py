"""slot-unique: no two episodes have the same season and number."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.model import Ref
from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.world import World

SEVERITY: Severity = "error"


def check(world: World) -> Iterator[Problem]:
    """Records of a type with a position whose place in their series another one has."""
    graph = world.graph
    first = {ref for points in graph.story.episodes.values() for ref in points.values()}
    for name, kind in graph.schema.types.items():
        for ref in graph.lists[name] if len(kind.position) == 2 else ():
            season, number = (graph.value(ref, path) for path in kind.position) if ref not in first else ("", "")
            if isinstance(season, int) and isinstance(number, int):
                other = graph.story.episodes[graph.story.timeline(ref)][season, number]
                yield _problem(world, ref, other, kind.position[-1])


def _problem(world: World, ref: Ref, other: Ref, field: str) -> Problem:
    entity, first = world.graph.entities[ref], world.graph.entities[other]
    number = entity.statements[field][0]
    message = f"{ref} has the same season and number as {other}, at {first.path}:{first.line}."
    at = Location(entity.path, number.line, number.column)
    return Problem(at, "slot-unique", message, "Mend the number of one.", SEVERITY, also=(other, ref))
