"""tag-known: a tag that one page alone has is not another tag misspelt."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation
from ballardwiki.similarity import slips
from ballardwiki.slugs import fold

SHORTEST = 5
"""Letters a tag must have to be compared: `s01` and `s02` are no slips."""


def check(world: World) -> Iterator[Violation]:
    """Tags used once, one letter from a tag used more often."""
    tags = world.graph.tags
    if not any(len(set(refs)) == 1 for _, refs in tags.values()):
        return
    for pair in slips(tag for tag in tags if len(tag) >= SHORTEST and not tag[-1].isdecimal()):
        rare, known = sorted(pair, key=lambda tag: len(set(tags[tag][1])))
        if len(set(tags[rare][1])) == 1 < len(set(tags[known][1])):
            yield _violation(world, rare, known)


def _violation(world: World, rare: str, known: str) -> Violation:
    word, (ref, *_) = world.graph.tags[rare]
    entity = world.graph.entities[ref]
    written = next(each for each in entity.statements["tags"] if fold(str(each.value)) == rare)
    name, refs = world.graph.tags[known]
    message = f"only this page has the tag {word}; {len(set(refs))} have {name}."
    at = Location(entity.path, written.line, written.column)
    return Violation(at, message, f"Did you mean {name}?")


RULE = SiteRule(
    name="tag-known",
    severity="warning",
    check=check,
    of_record=lambda graph, ref: graph.entities[ref].statements.get("tags"),
)
