"""page-linked: some other page leads to each page."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.editors.wanted import orphans
from ballardwiki.pages.view import SiteView, horizon
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Orphans: pages to which nothing that readers see leads but lists. News have their feed and front page."""
    graph = world.graph
    for ref in orphans(world, SiteView(world, horizon(world))):
        entity = graph.entities[ref]
        if not graph.schema.types[entity.type].dated:
            message = f"no page leads to {graph.titles[ref]}, except lists."
            at = Location(entity.path, entity.line, 1)
            yield Violation(at, message, "Link to it where it is spoken of.")


RULE = SiteRule(
    name="page-linked", severity="info", check=check, of_record=lambda graph, ref: graph.entities[ref], costly=True
)
