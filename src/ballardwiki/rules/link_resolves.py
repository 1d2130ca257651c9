"""link-resolves: a link in a text means one page. A missing page is a warning (a red link), several are an error."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.problems import Location, Problem
from ballardwiki.values import suggest
from ballardwiki.world import World


def _names(world: World) -> set[str]:
    """All names that links may use, as editors write them."""
    graph = world.graph
    aliases = {str(each.value) for ref in graph.urls for each in graph.entities[ref].statements.get("aliases", ())}
    return aliases | {graph.titles[ref] for ref in graph.urls}


def check(world: World) -> Iterator[Problem]:
    """Links that lead nowhere or to several pages."""
    graph = world.graph
    for loose in graph.loose:
        mention = loose.mention
        at = Location(graph.entities[loose.source].path, mention.line, mention.column)
        if loose.candidates:
            choices = " or ".join(f"[[{ref}|{mention.target}]]" for ref in loose.candidates)
            yield Problem(at, "link-resolves", f"[[{mention.target}]] may mean several pages.", f"Write {choices}.")
        elif mention.path:
            hint = suggest(mention.target, graph.paths).strip()
            yield Problem(at, "link-resolves", f"the link leads to {mention.target}, which does not exist.", hint)
        else:
            hint = suggest(mention.target, graph.urls if "/" in mention.target else _names(world))
            message = f"there is no page for [[{mention.target}]]."
            yield Problem(
                at, "link-resolves", message, hint or "Readers see a red link until it is written.", "warning"
            )
