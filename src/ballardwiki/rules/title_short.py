"""title-short: a headline is short enough to be read at a glance, in lists, feeds and search results."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation

LONGEST = 100
"""Characters of a headline. News search engines cut off what is longer than about 110."""


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Long titles of news."""
    graph = world.graph
    for entity in records:
        length = len(graph.titles[entity.ref]) if graph.kind(entity.ref).dated else 0
        if length > LONGEST and (title := graph.statement(entity.ref, "title")):
            at = Location(entity.path, title.line, title.column)
            message = f"the title has {length} characters, more than {LONGEST}."
            yield Violation(at, message, "Say the rest in the summary.")


RULE = RecordRule(name="title-short", severity="warning", check=check, of_text=False)
