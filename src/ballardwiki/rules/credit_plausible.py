"""credit-plausible: the episodes that a credit names exist in the series or season it stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.content.designators import LAST, Position, parse_episodes
from ballardwiki.graph.timeline import within
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Runs in `episodes` fields that hold no episode, or go from specials on to other episodes."""
    graph = world.graph
    fields = {
        name: [field.name for field in kind.fields.values() if field.kind == "episodes"]
        for name, kind in graph.schema.types.items()
    }
    for entity in records:
        for name in fields[entity.type]:
            for statement in entity.statements.get(name, ()):
                bounds = parse_episodes(str(statement.value))
                series = graph.story.timeline(entity.ref)
                known = graph.story.numbers(series) if graph.story.whole(series) else []
                if bounds and _mixed(*bounds, graph.story.specials):
                    at = Location(entity.path, statement.line, statement.column)
                    message = f"{name} runs from specials to episodes or back in {statement.value}: these stand apart."
                    yield Violation(at, message, "Name them one by one, as in [s00, s01e01-s01e02].")
                elif bounds and known and not within(known, *bounds):
                    at = Location(entity.path, statement.line, statement.column)
                    message = f"{name} names {statement.value}, which {series} does not have."
                    yield Violation(at, message, "Check the numbers, or add the episode.")


def _mixed(first: Position, last: Position, specials: frozenset[int]) -> bool:
    """Whether a run goes from specials to other seasons, or the other way; `all` does not count as a run."""
    return last[0] != LAST and (first[0] in specials) != (last[0] in specials)


RULE = RecordRule(name="credit-plausible", severity="error", check=check, of_text=False)
