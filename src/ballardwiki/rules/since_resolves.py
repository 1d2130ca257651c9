"""since-resolves: every `since` names a series of this site, and an episode or season that it has."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph import SEASON_END
from ballardwiki.model import Entity
from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.world import World

SEVERITY: Severity = "error"


def check(world: World) -> Iterator[Problem]:
    """Designators that mean nothing; what they qualify stays hidden until they do."""
    for entity in world.graph.entities.values():
        for since, line, column in _designators(entity):
            message = _fault(world, entity, since)
            if message:
                hint = "Write the series' id and an episode, such as bosch-legacy s03e10."
                yield Problem(Location(entity.path, line, column), "since-resolves", message, hint)


def _designators(entity: Entity) -> Iterator[tuple[str, int, int]]:
    if entity.qualifiers.since:
        yield (entity.qualifiers.since, *entity.places["since"])
    for statements in entity.statements.values():
        for statement in statements:
            if statement.qualifiers.since:
                yield statement.qualifiers.since, statement.line, statement.column
    for mark in entity.hidden:
        if mark.since:
            yield mark.since, mark.line, mark.column


def _fault(world: World, entity: Entity, since: str) -> str:
    graph = world.graph
    moment = graph.story.moment(since, graph.story.timeline(entity.ref))
    if moment is None:
        return f"since {since} names no series of this site."
    series, season, episode = moment
    known = graph.story.episodes.get(series, {})
    if not known:
        return ""
    if (season, episode) in known or (episode == SEASON_END and any(number == season for number, _ in known)):
        return ""
    return f"since {since} names an episode that {series} does not have."
