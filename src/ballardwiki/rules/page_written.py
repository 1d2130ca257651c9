"""page-written: a page that several texts ask for is written."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph import Graph
from ballardwiki.model import Ref
from ballardwiki.pages.editors.wanted import wanted
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation

MANY = 3
"""Texts that must ask for a missing page."""


def check(world: World) -> Iterator[Violation]:
    """Missing pages that several texts link to; `link-resolves` tells of each link."""
    for each in wanted(world):
        if len(each.links) >= MANY:
            first = each.links[0]
            at = Location(world.graph.entities[first.source].path, first.mention.line, first.mention.column)
            message = f"{len(each.links)} texts link to {each.name}, which nobody has written."
            yield Violation(at, message, "Begin it with: ballardwiki new TYPE TITLE")


def _asked(graph: Graph, ref: Ref) -> object:
    """The pages that a text asks for."""
    found = graph.links.loose.get(ref, ())
    return [each.mention.target for each in found if not each.candidates and not each.mention.path]


RULE = SiteRule(name="page-written", severity="info", check=check, of_record=_asked, in_texts=True)
