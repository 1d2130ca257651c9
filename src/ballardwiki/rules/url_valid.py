"""url-valid: no part of a page's address is empty. What else addresses can't be is seen when they are planned."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph.patterns import filled
from ballardwiki.graph.tables import lacks
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Pages that would not be made, though all is there of which their address is made."""
    graph = world.graph
    for name, kind in graph.schema.types.items():
        for entity in graph.of_type(name) if kind.url else ():
            if entity.ref not in graph.urls and not lacks(graph, entity):
                message = f"the address of {entity.ref} would have an empty part: {filled(graph, entity.ref, kind.url)}"
                hint = f"Its type makes it as {kind.url}; change what fields hold."
                yield Violation(Location(entity.path, entity.line, 1), message, hint)


RULE = SiteRule(name="url-valid", severity="error", check=check, of_text=None)
