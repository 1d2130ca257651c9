"""title-short: a headline is short enough to be read at a glance, in lists, feeds and search results."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation

LONGEST = 100
"""Characters of a headline. News search engines cut off what is longer than about 110."""


def check(world: World) -> Iterator[Violation]:
    """Long titles of news."""
    graph = world.graph
    for name, kind in graph.schema.types.items():
        for ref in graph.lists[name] if kind.dated else ():
            if len(graph.titles[ref]) > LONGEST and (title := graph.statement(ref, "title")):
                message = f"the title has {len(graph.titles[ref])} characters, more than {LONGEST}."
                at = Location(graph.entities[ref].path, title.line, title.column)
                yield Violation(at, message, "Say the rest in the summary.")


RULE = SiteRule(name="title-short", severity="warning", check=check, of_text=None)
