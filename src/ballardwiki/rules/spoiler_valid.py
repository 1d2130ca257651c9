"""spoiler-valid: a link that looks like hidden words leads to a page. Other such marks are looked at in reading."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki import lookalikes
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation


def check(world: World) -> Iterator[Violation]:
    """Links to no page that look like hidden words. Told whether or not missing pages are."""
    graph = world.graph
    for loose in graph.loose:
        mention = loose.mention
        lost = not (loose.candidates or mention.path or world.drafts.named(mention.target))
        if lost and lookalikes.calls(mention.target):
            at = Location(graph.entities[loose.source].path, mention.line, mention.column)
            moment = lookalikes.moment(mention.target, 0)
            message = f"[[{mention.target}]] looks hidden and is a link to no page, so its words would be seen."
            yield Violation(at, message, f"Write ||{moment}: words||.")


RULE = SiteRule(name=lookalikes.RULE, severity="error", check=check, reads_texts=True)
