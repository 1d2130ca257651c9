"""id-unique: no two records of a type have the same id, and no former id is another record's id."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.model import Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Ids given twice, with both places."""
    graph = world.graph
    for first, second in graph.duplicates:
        message = f"{second.ref} is written twice; the other is at {first.path}:{first.line}."
        at = Location(second.path, second.line, 1)
        yield Violation(at, message, "Merge them, or give one another id.", missing=second.ref)
    for entity in graph.entities.values():
        for statement in entity.statements.get("was", ()):
            old = f"{entity.type}/{statement.value}"
            at = Location(entity.path, statement.line, statement.column)
            if old == entity.ref:
                continue  # renamed, and renamed back: the first of `was` is the name of its feed item for good
            if Ref(old) in graph.entities:
                yield Violation(at, f"{old} is no former id: a record has it.", "Remove it from was.")
            elif graph.former[old] != entity.ref:
                yield Violation(at, f"{old} is also a former id of {graph.former[old]}.", "Keep it in one place.")


RULE = SiteRule(
    name="id-unique",
    severity="error",
    check=check,
    of_record=lambda graph, ref: graph.entities[ref].statements.get("was"),
)
