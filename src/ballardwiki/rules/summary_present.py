"""summary-present: what is shown in lists, feeds and search results has a summary of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Records without the summary that their type expects."""
    graph = world.graph
    for name, kind in graph.schema.types.items():
        summary = kind.fields.get("summary")
        for ref in graph.lists[name] if summary and summary.expected else ():
            entity = graph.entities[ref]
            if "summary" not in entity.statements and "summary" not in entity.refused:
                message = f"{graph.titles[ref]} has no summary; lists and feeds show the beginning of its text."
                at = Location(entity.path, entity.line, 1)
                yield Violation(at, message, "Add a line summary: one or two sentences.")


RULE = SiteRule(name="summary-present", severity="info", check=check, of_text=None)
