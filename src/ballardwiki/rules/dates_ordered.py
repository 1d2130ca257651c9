"""dates-ordered: what ends does not end before it began: no death before birth, no finale before the premiere."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.model import Entity, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation
from ballardwiki.schema import Field


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Dates before those that their type says they come `after`, and values that hold `until` before `from`."""
    types = world.graph.schema.types
    later = {
        name: [(each, kind.fields[each.after]) for each in kind.fields.values() if each.after]
        for name, kind in types.items()
    }
    for entity in records:
        for field, earlier in later[entity.type]:
            yield from _fields(entity, field, earlier)
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


RULE = RecordRule(name="dates-ordered", severity="error", check=check, of_text=False)
