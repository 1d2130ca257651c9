"""name-unique: an alias is nobody else's title, and no two pages of a type have the same title."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.slugs import fold
from ballardwiki.world import World

SEVERITY: Severity = "error"
MOST = 5
"""Pages of one title that a message names."""


def check(world: World) -> Iterator[Problem]:
    """Names that make links ambiguous for no good reason; for an alias that several share, a page lists them."""
    graph = world.graph
    for name, refs in graph.names.items():
        if len(refs) == 1:
            continue
        titled: dict[str, str] = {}
        owners = [ref for ref in refs if fold(graph.titles[ref]) == name]
        for ref in refs:
            entity = graph.entities[ref]
            others = ", ".join([other for other in owners[: MOST + 1] if other != ref][:MOST])
            for alias in entity.statements.get("aliases", ()):
                if others and fold(str(alias.value)) == name:
                    at = Location(entity.path, alias.line, alias.column)
                    message = f"the alias {alias.value} is also the title of {others}."
                    yield Problem(at, "name-unique", message, "Remove the alias, or make it more precise.")
            if fold(graph.titles[ref]) == name:
                first = titled.setdefault(entity.type, ref)
                given = entity.statements.get("title")
                if first != ref:
                    at = Location(entity.path, given[0].line if given else entity.line, given[0].column if given else 1)
                    message = f"the title {graph.titles[ref]} is also that of {first}."
                    yield Problem(at, "name-unique", message, "Tell them apart, as in Angels Flight (novel).")
