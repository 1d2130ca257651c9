"""summary-present: what is shown in lists, feeds and search results has a summary of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Records without the summary that their type expects."""
    graph = world.graph
    for entity in records:
        summary = graph.kind(entity.ref).fields.get("summary")
        there = "summary" in entity.statements or "summary" in entity.refused
        if summary and summary.expected and not there:
            message = f"{graph.titles[entity.ref]} has no summary; lists and feeds show the beginning of its text."
            at = Location(entity.path, entity.line, 1)
            yield Violation(at, message, "Add a line summary: one or two sentences.")


RULE = RecordRule(name="summary-present", severity="info", check=check, of_text=False)
