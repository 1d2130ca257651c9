"""alias-used: an alias is a name that some link uses."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation
from ballardwiki.slugs import fold


def check(world: World) -> Iterator[Violation]:
    """Aliases by which no text links."""
    graph = world.graph
    given = [
        (entity, alias)
        for ref in graph.urls
        for entity in (graph.entities[ref],)
        for alias in entity.statements.get("aliases", ())
    ]
    if not given:
        return
    typed: set[str] = set()
    for entity in graph.entities.values():
        typed.update(entity.targets)
        typed.update(each.target for each in entity.mentions)
    used = {fold(each) for each in typed}
    for entity, alias in given:
        if fold(str(alias.value)) not in used:
            at = Location(entity.path, alias.line, alias.column)
            message = f"no link uses the alias {alias.value}."
            yield Violation(at, message, "Keep it if readers know that name.")


RULE = SiteRule(
    name="alias-used", severity="info", check=check, of_record=lambda graph, ref: graph.entities[ref], costly=True
)
