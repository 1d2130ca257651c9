"""tag-distinct: no two tags have one address."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.model import Entity, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation
from ballardwiki.slugs import fold, tag_url


def check(world: World) -> Iterator[Violation]:
    """Tags that differ in nothing that an address can show, each where it is first written."""
    first: dict[str, str] = {}
    for key in sorted(world.graph.tags):
        url = tag_url(key)
        other = first.setdefault(url, key)
        if other != key:
            entity, tag = _written(world, key)
            at, before = _written(world, other)
            message = f"the tags {tag.value} and {before.value} ({at.path}:{before.line}) have one address, {url}."
            hint = f"Write one of them for both, or tell them apart by a word: {before.value} (…)."
            yield Violation(Location(entity.path, tag.line, tag.column), message, hint)


def _written(world: World, key: str) -> tuple[Entity, Statement]:
    """The first record with a tag, and the place of it there."""
    entity = world.graph.entities[world.graph.tags[key][1][0]]
    return entity, next(each for each in entity.statements["tags"] if fold(str(each.value)) == key)


RULE = SiteRule(
    name="tag-distinct",
    severity="error",
    check=check,
    of_record=lambda graph, ref: graph.entities[ref].statements.get("tags"),
)
