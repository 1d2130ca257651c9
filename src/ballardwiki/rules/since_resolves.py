"""since-resolves: every `since` names a series of this site, and an episode or season that it has.

So do the moments in `site.yaml` that say how far the public pages may tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.graph import SEASON_END, Graph
from ballardwiki.graph.timeline import within
from ballardwiki.model import Entity, ref_id
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation
from ballardwiki.similarity import nearest, suggest


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Designators that mean nothing; what they qualify stays hidden until they do."""
    for entity in records:
        for since, line, column in _designators(entity):
            message = fault(world.graph, entity, since)
            if message:
                hint = _hint(world, entity, since)
                yield Violation(Location(entity.path, line, column), message, hint)


def settings(world: World) -> Iterator[Violation]:
    """What the settings say of series and moments that are none: a horizon that would not hold."""
    story, config = world.graph.story, world.config
    drafts = {ref_id(ref) for ref in world.withheld}
    first = next(iter(story.timelines), "")
    for series, text in (*config.horizon.items(), ("", config.default_horizon)):
        if series in drafts:
            continue
        if series and series not in story.timelines:
            hint = suggest(series, story.timelines) or "Write the id of a series, or default for all others."
            yield _setting(f"spoilers names {series}, which is no series of this site.", hint)
        elif text not in ("none", "all"):
            moment = story.moment(text, series or first)
            if story.timelines and (moment is None or (series in story.timelines and moment[0] != series)):
                yield _setting(f"spoilers says {text}, which is no moment of {series or 'a series'}.", _MOMENT)


_MOMENT = "Write none, all, or an episode such as s01e04."


def _setting(message: str, hint: str) -> Violation:
    return Violation(Location("site.yaml"), message, hint)


def _designators(entity: Entity) -> Iterator[tuple[str, int, int]]:
    if entity.qualifiers.since:
        yield (entity.qualifiers.since, *entity.places["since"])
    for statements in entity.statements.values():
        for statement in statements:
            if statement.qualifiers.since:
                yield statement.qualifiers.since, statement.line, statement.column
    for mark in entity.hidden:
        if mark.since:
            yield mark.since, mark.line, mark.column


def _hint(world: World, entity: Entity, since: str) -> str:
    """What to write, in the words of the text's own series or of the first."""
    story = world.graph.story
    name, _, code = since.rpartition(" ")
    if name and name not in story.timelines and (like := nearest(name, story.timelines)):
        return f"Did you mean {like} {code}?"
    moment = story.moment(since, story.timeline(entity.ref))
    series = moment[0] if moment else story.timeline(entity.ref) or next(iter(story.timelines), "series-id")
    season, episode = [(1, 4), *story.numbers(series)][-1]
    return f"Write the series' id and an episode, such as {series} s{season:02}e{episode:02}."


def fault(graph: Graph, entity: Entity, since: str) -> str:
    """What is wrong with a designator in an entity; "" when it means a point of a story."""
    moment = graph.story.moment(since, graph.story.timeline(entity.ref))
    if moment is None:
        return f"since {since} names no series of this site."
    series, season, episode = moment
    known = graph.story.episodes.get(series, {})
    if not known or not graph.story.whole(series):
        return ""
    if (season, episode) in known or (
        episode == SEASON_END and within(graph.story.numbers(series), (season, 0), (season, SEASON_END))
    ):
        return ""
    return f"since {since} names an episode that {series} does not have."


RULE = RecordRule(name="since-resolves", severity="error", check=check)
