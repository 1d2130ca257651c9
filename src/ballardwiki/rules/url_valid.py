"""url-valid: no part of a page's address is empty. What else addresses can't be is seen when they are planned."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.graph.patterns import filled
from ballardwiki.graph.tables import lacks
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Pages that would not be made, though all is there of which their address is made."""
    graph = world.graph
    for entity in records:
        url = graph.kind(entity.ref).url
        if url and entity.ref not in graph.urls and not lacks(graph, entity):
            message = f"the address of {entity.ref} would have an empty part: {filled(graph, entity.ref, url)}"
            hint = f"Its type makes it as {url}; change what fields hold."
            yield Violation(Location(entity.path, entity.line, 1), message, hint)


RULE = RecordRule(name="url-valid", severity="error", check=check, of_text=False)
