"""value-unique: a field says each thing once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Surplus, Violation


def check(_world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Values given twice with the same qualifiers."""
    for entity, name, again in _repeated(records):
        at = Location(entity.path, again.line, again.column)
        yield Violation(at, f"{name} says {again.value} twice.", "Delete one of them.")


def fixes(graph: Graph) -> Iterator[Surplus]:
    """The values that may be deleted: the repeated ones."""
    for entity, _, again in _repeated(graph.entities.values()):
        yield Surplus(entity.path, again.line, again.column)


def _repeated(records: Collection[Entity]) -> Iterator[tuple[Entity, str, Statement]]:
    for entity in records:
        for name, row in entity.statements.items():
            if len(row) == 1:
                continue
            seen = set()
            for statement in row:
                key = (statement.value, statement.qualified) if statement.qualified else statement.value
                if key in seen:
                    yield entity, name, statement
                seen.add(key)


RULE = RecordRule(name="value-unique", severity="warning", check=check, of_text=False, fixes=fixes)
