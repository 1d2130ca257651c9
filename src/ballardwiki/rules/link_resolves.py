"""link-resolves: a link in a text means one page. A missing page is a warning (a red link), several are an error.

An address from the site's root (`/news/`) must be that of a page or a file which the site has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import unquote

from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.values import suggest
from ballardwiki.world import World

SEVERITY: Severity = "error"
"""A link that may mean several pages. A missing page is a warning: readers see a red link."""


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


def rooted(world: World, planned: Collection[str]) -> Iterator[Problem]:
    """Addresses in texts that lead to nothing. `planned`: the paths of all files of the site."""
    graph = world.graph
    for entity in graph.entities.values():
        for mention in entity.mentions:
            url = mention.target
            if not mention.path or not url.startswith("/") or url in graph.addresses or _file(unquote(url)) in planned:
                continue
            at = Location(entity.path, mention.line, mention.column)
            hint = suggest(url, (f"/{path.removesuffix('index.html')}" for path in planned))
            message = f"the link leads to {url}, which is no page or file of this site."
            yield Problem(at, "link-resolves", message, hint or "Link to the file in content/, or write [[its name]].")


def _file(url: str) -> str:
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]
