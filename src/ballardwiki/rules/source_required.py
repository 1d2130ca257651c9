"""source-required: a value whose field wants a source (`require_source` of its type) names one."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Values without source; one of the record as a whole counts for all that stands in it."""
    graph = world.graph
    for name, kind in graph.schema.types.items():
        wanted = [field for field in kind.fields.values() if field.require_source]
        for ref in graph.lists[name] if wanted else ():
            entity = graph.entities[ref]
            for field in wanted if not entity.qualifiers.sources else ():
                for statement in entity.statements.get(field.name, ()):
                    if not statement.qualifiers.sources:
                        at = Location(entity.path, statement.line, statement.column)
                        message = f"{field.name} has no source."
                        hint = f"Write {field.name}: {{value: {statement.value}, source: id-of-a-source}}."
                        yield Violation(at, message, hint)


RULE = SiteRule(name="source-required", severity="error", check=check, of_text=None)
