"""source-required: a value whose field wants a source (`require_source` of its type) names one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Values without source; one of the record as a whole counts for all that stands in it."""
    wanted = {
        name: [each.name for each in kind.fields.values() if each.require_source]
        for name, kind in world.graph.schema.types.items()
    }
    for entity in records:
        for name in wanted[entity.type] if not entity.qualifiers.sources else ():
            for statement in entity.statements.get(name, ()):
                if not statement.qualifiers.sources:
                    at = Location(entity.path, statement.line, statement.column)
                    hint = f"Write {name}: {{value: {statement.value}, source: id-of-a-source}}."
                    yield Violation(at, f"{name} has no source.", hint)


RULE = RecordRule(name="source-required", severity="error", check=check, of_text=False)
