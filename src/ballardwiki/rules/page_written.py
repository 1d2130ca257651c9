"""page-written: a page that several texts ask for is written."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.editors.wanted import wanted
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem, Severity

SEVERITY: Severity = "info"
LOOKS_AT = "all texts"
MANY = 3
"""Texts that must ask for a missing page."""


def check(world: World) -> Iterator[Problem]:
    """Missing pages that several texts link to; `link-resolves` tells of each link."""
    for each in wanted(world):
        if len(each.links) >= MANY:
            first = each.links[0]
            at = Location(world.graph.entities[first.source].path, first.mention.line, first.mention.column)
            message = f"{len(each.links)} texts link to {each.name}, which nobody has written."
            yield Problem(at, "page-written", message, "Begin it with: ballardwiki new TYPE TITLE", SEVERITY)
