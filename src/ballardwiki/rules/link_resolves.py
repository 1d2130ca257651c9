"""link-resolves: a link in a text means one page. A missing page is a warning (a red link), several are an error."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.problems import Location, Problem
from ballardwiki.slugs import fold
from ballardwiki.values import suggest
from ballardwiki.world import World


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
            names = graph.urls if "/" in mention.target else graph.names
            hint = suggest(mention.target if "/" in mention.target else fold(mention.target), names).strip()
            message = f"there is no page for [[{mention.target}]]."
            yield Problem(
                at, "link-resolves", message, hint or "Readers see a red link until it is written.", "warning"
            )
