"""spoiler-valid: a link that looks like hidden words leads to a page. Other such marks are looked at in reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ballardwiki import lookalikes
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Iterable[Entity]) -> Iterator[Violation]:
    """Links to no page that look like hidden words. Told whether or not missing pages are."""
    graph = world.graph
    for loose in (each for record in records for each in graph.links.loose.get(record.ref, ())):
        mention = loose.mention
        lost = not (loose.candidates or mention.path or world.drafts.named(mention.target))
        if lost and lookalikes.calls(mention.target):
            at = Location(graph.entities[loose.source].path, mention.line, mention.column)
            moment = lookalikes.moment(mention.target, 0)
            message = f"[[{mention.target}]] looks hidden and is a link to no page, so its words would be seen."
            yield Violation(at, message, f"Write ||{moment}: words||.")


RULE = RecordRule(name=lookalikes.RULE, severity="error", check=check)
