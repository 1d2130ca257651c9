"""alias-distinct: an alias is another name than the title."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem, Severity

SEVERITY: Severity = "warning"


def check(world: World) -> Iterator[Problem]:
    """Aliases that repeat the title."""
    for entity, alias in _repeating(world.graph):
        at = Location(entity.path, alias.line, alias.column)
        message = f"the alias {alias.value} is the title itself."
        yield Problem(at, "alias-distinct", message, "Delete it.", SEVERITY)


def surplus(graph: Graph) -> Iterator[tuple[str, int, int]]:
    """Path, line and column of the values that `--fix` may delete."""
    for entity, alias in _repeating(graph):
        if alias.qualified is None:
            yield entity.path, alias.line, alias.column


def _repeating(graph: Graph) -> Iterator[tuple[Entity, Statement]]:
    for entity in graph.entities.values():
        for alias in entity.statements.get("aliases", ()):
            if alias.value == graph.titles[entity.ref]:
                yield entity, alias
