"""dates-ordered: what ends does not end before it began: no death before birth, no finale before the premiere."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.model import Entity, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation
from ballardwiki.schema import Field


def check(world: World) -> Iterator[Violation]:
    """Dates before those that their type says they come `after`, and values that hold `until` before `from`."""
    graph = world.graph
    for kind in graph.schema.types.values():
        later = [field for field in kind.fields.values() if field.after]
        for ref in graph.lists[kind.name] if later else ():
            for field in later:
                yield from _fields(graph.entities[ref], field, kind.fields[field.after])
    for entity in graph.entities.values():
        for name, row in entity.statements.items():
            for statement in row:
                held = statement.qualified
                if held and precedes(held.until, held.from_):
                    message = f"{name} holds until {held.until}, which lies before {held.from_}."
                    yield _violation(entity, statement, message)


def precedes(one: str, other: str) -> bool:
    """Whether a date lies before another for certain; either may lack its day or month, or be missing."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def _fields(entity: Entity, later: Field, earlier: Field) -> Iterator[Violation]:
    first = entity.statements.get(earlier.name)
    for statement in entity.statements.get(later.name, ()):
        if first and precedes(str(statement.value), str(first[0].value)):
            message = f"{later.name} ({statement.value}) lies before {earlier.name} ({first[0].value})."
            yield _violation(entity, statement, message)


def _violation(entity: Entity, statement: Statement, message: str) -> Violation:
    at = Location(entity.path, statement.line, statement.column)
    return Violation(at, message, "One of the two is wrong: look at their sources.")


RULE = SiteRule(name="dates-ordered", severity="error", check=check, of_text=None)
