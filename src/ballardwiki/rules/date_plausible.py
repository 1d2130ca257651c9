"""date-plausible: what can only be told afterwards, as the date of news is, does not lie in the future."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from ballardwiki.content import moments
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation

_AHEAD = 1
"""Days that a date may be ahead: elsewhere it is tomorrow already."""


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Dates of news, and others that a type calls `past`, that are later than the day after the build.

    What is scheduled for a later moment is not asked: it is not there yet.
    """
    graph, zone = world.graph, world.config.timezone
    today = date.fromisoformat(world.today)
    last = (today + timedelta(min(_AHEAD, (date.max - today).days))).isoformat()
    past = {name: kind.past for name, kind in graph.schema.types.items()}
    for entity in records:
        scheduled = entity.statements.get("publish_at", ())
        if any(not moments.due(str(each.value), world.now, zone) for each in scheduled):
            continue
        for name in past[entity.type]:
            for each in entity.statements.get(name, ()):
                text = str(each.value)[: len(last)]
                if text > last[: len(text)]:
                    at = Location(entity.path, each.line, each.column)
                    message = f"{name} is {text}, which is still to come: this is {world.today}."
                    hint = "Correct the year, or say from when on the page is to appear: publish_at."
                    yield Violation(at, message, hint)


RULE = RecordRule(name="date-plausible", severity="warning", check=check, of_text=False)
