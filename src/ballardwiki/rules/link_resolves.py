"""link-resolves: a link in a text means one page. A missing page is a warning (a red link), several are an error.

An address from the site's root (`/news/`) must be that of a page or a file which the site has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from urllib.parse import unquote

from ballardwiki.likeness import Choices
from ballardwiki.model import Ref
from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.values import suggest
from ballardwiki.wikilinks import link, linkable
from ballardwiki.world import World

SEVERITY: Severity = "error"
"""A link that may mean several pages. A missing page is a warning: readers see a red link."""


MOST = 5
"""So many pages that a name may mean are told."""


def check(world: World) -> Iterator[Problem]:
    """Links that lead nowhere or to several pages."""
    graph = world.graph
    names = _Names(world)
    told: set[tuple[str, str]] = set()
    for loose in graph.loose:
        mention = loose.mention
        if (loose.source, mention.target) in told:
            continue
        told.add((loose.source, mention.target))
        at = Location(graph.entities[loose.source].path, mention.line, mention.column)
        if loose.candidates:
            message = f"[[{mention.target}]] may mean several pages."
            yield Problem(at, "link-resolves", message, f"Write {_choices(mention.target, loose.candidates)}.")
        elif mention.path:
            hint = suggest(mention.target, names.paths).strip()
            message = f"the link leads to {mention.target}, which does not exist."
            yield Problem(at, "link-resolves", message, hint, missing=mention.target)
        elif draft := world.drafts.named(mention.target):
            hint = "Readers see a red link until it is published."
            yield Problem(at, "link-resolves", f"[[{mention.target}]] {draft}.", hint, "warning")
        else:
            message = f"there is no page for [[{mention.target}]]."
            hint = names.near(mention.target, loose.source) or "Readers see a red link until it is written."
            yield Problem(at, "link-resolves", message, hint, "warning", missing=mention.target)


def _choices(words: str, refs: Sequence[Ref]) -> str:
    """The links to write instead of one whose name several pages bear."""
    rest = f" or another of the {len(refs)}" if len(refs) > MOST else ""
    return " or ".join(link(ref, words) for ref in refs[:MOST]) + rest


class _Names:
    """What a link that leads nowhere may have meant: never the page it stands on, nor what readers may not know yet."""

    def __init__(self, world: World) -> None:
        self._world = world

    @cached_property
    def _pages(self) -> list[Ref]:
        return [*self._world.shown.urls]

    @cached_property
    def _bearers(self) -> dict[str, list[Ref]]:
        """All names that links may use, as editors write them."""
        graph = self._world.shown
        found: dict[str, list[Ref]] = {}
        for ref in self._pages:
            aliases = graph.entities[ref].statements.get("aliases", ())
            for name in (graph.titles[ref], *(str(each.value) for each in aliases)):
                found.setdefault(name, []).append(ref)
        return found

    @cached_property
    def _addresses(self) -> dict[str, list[Ref]]:
        return {ref: [ref] for ref in self._pages}

    @cached_property
    def _choices(self) -> tuple[Choices, Choices]:
        """The addresses and the names, for finding the nearest of them again and again."""
        return Choices(self._addresses), Choices(self._bearers)

    @cached_property
    def paths(self) -> Choices:
        """The content files that hold a page."""
        return Choices(self._world.graph.paths)

    def near(self, target: str, source: Ref) -> str:
        """The hint with the name or address most like that of a link, "" when none is like it."""
        known = self._addresses if "/" in target else self._bearers
        name = self._choices["/" not in target].nearest(target, lambda each: known[each] != [source])
        if not name:
            return ""
        return f"Did you mean {name}?" if linkable(name) else f"Write {link(known[name][0], '')}."


def rooted(world: World, planned: Collection[str]) -> Iterator[Problem]:
    """Addresses in texts that lead to nothing. `planned`: the paths of all files of the site."""
    graph, known = world.graph, None
    for entity in graph.entities.values():
        for mention in entity.mentions:
            url = mention.target
            if not mention.path or not url.startswith("/") or url in graph.addresses or _file(unquote(url)) in planned:
                continue
            at = Location(entity.path, mention.line, mention.column)
            known = known or Choices(f"/{path.removesuffix('index.html')}" for path in planned)
            hint = suggest(url, known)
            message = f"the link leads to {url}, which is no page or file of this site."
            yield Problem(at, "link-resolves", message, hint or "Link to the file in content/, or write [[its name]].")


def _file(url: str) -> str:
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]
