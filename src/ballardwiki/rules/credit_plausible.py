"""credit-plausible: the episodes that a credit names exist in the series or season it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.values import parse_episodes
from ballardwiki.world import World

SEVERITY: Severity = "error"


def check(world: World) -> Iterator[Problem]:
    """Ranges in `episodes` fields that hold no episode."""
    graph = world.graph
    fields = {
        name: [field.name for field in kind.fields.values() if field.kind == "episodes"]
        for name, kind in graph.schema.types.items()
    }
    for ref, entity in graph.entities.items():
        for name in fields[entity.type]:
            for statement in entity.statements.get(name, ()):
                bounds = parse_episodes(str(statement.value))
                series = graph.story.timeline(ref)
                known = graph.story.episodes.get(series, {}) if graph.story.whole(series) else {}
                if bounds and known and not any(bounds[0] <= point <= bounds[1] for point in known):
                    at = Location(entity.path, statement.line, statement.column)
                    message = f"{name} names {statement.value}, which {series} does not have."
                    yield Problem(at, "credit-plausible", message, "Check the numbers, or add the episode.")
