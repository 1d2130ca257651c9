"""alias-distinct: an alias is another name than the title."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Surplus, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Aliases that repeat the title."""
    for entity, alias in _repeating(world.graph, records):
        at = Location(entity.path, alias.line, alias.column)
        message = f"the alias {alias.value} is the title itself."
        yield Violation(at, message, "Delete it.")


def fixes(graph: Graph) -> Iterator[Surplus]:
    """The aliases that may be deleted: those beside which nothing else is said of them."""
    for entity, alias in _repeating(graph, graph.entities.values()):
        if alias.qualified is None:
            yield Surplus(entity.path, alias.line, alias.column)


def _repeating(graph: Graph, records: Collection[Entity]) -> Iterator[tuple[Entity, Statement]]:
    for entity in records:
        for alias in entity.statements.get("aliases", ()):
            if alias.value == graph.titles[entity.ref]:
                yield entity, alias


RULE = RecordRule(name="alias-distinct", severity="warning", check=check, of_text=False, fixes=fixes)
