"""credit-aired: a credit on an episode that is still to come has a source."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.content import moments
from ballardwiki.content.designators import Position, parse_episodes
from ballardwiki.graph.timeline import within
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Credits in, or only for, episodes that come later than today, without a source."""
    graph = world.graph
    ahead: dict[Ref, str] = {}

    def to_come(ref: Ref) -> bool:
        if ref not in ahead:
            field = graph.kind(ref).released
            date = str(graph.value(ref, field) or "") if field else ""
            ahead[ref] = "" if date and moments.due(date, world.now, world.config.timezone) else date
        return bool(ahead[ref])

    for entity in records:
        if not entity.owner or entity.qualifiers.sources or any(_sourced(entity)):
            continue
        named = _named(world, entity)
        if named and all(map(to_come, named)):
            first = graph.entities[named[0]]
            message = f"{first.ref} comes out on {ahead[named[0]]}, and this credit on it has no source."
            at = Location(entity.path, entity.line, 1)
            yield Violation(at, message, "Add source: with the report that says so.")


def _sourced(entity: Entity) -> Iterator[bool]:
    for row in entity.statements.values():
        for statement in row:
            yield bool(statement.qualifiers.sources)


def _named(world: World, entity: Entity) -> list[Ref]:
    """The episodes a record is for: the one it is written in, or those in its runs of episodes but for exceptions."""
    graph = world.graph
    if len(graph.kind(entity.owner).position) == 2:
        return [Ref(entity.owner)]
    runs: dict[bool, list[tuple[Position, Position]]] = {True: [], False: []}
    for field in graph.kind(entity.ref).fields.values():
        for statement in entity.statements.get(field.name, ()) if field.kind == "episodes" else ():
            if bounds := parse_episodes(str(statement.value)):
                runs[bool(field.except_from)].append(bounds)
    if not runs[False]:
        return []
    series = graph.story.timeline(entity.ref)
    points = graph.story.episodes.get(series, {})
    found = {point for run in runs[False] for point in within(graph.story.numbers(series), *run)}
    return [points[point] for point in sorted(found) if not _within(point, runs[True])]


def _within(point: Position, runs: list[tuple[Position, Position]]) -> bool:
    return any(first <= point <= last for first, last in runs)


RULE = RecordRule(name="credit-aired", severity="warning", check=check, of_text=False)
