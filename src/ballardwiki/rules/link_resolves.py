"""link-resolves: a link in a text means one page. A missing page is a warning (a red link), several are an error.

An address from the site's root (`/news/`) must be that of a page or a file which the site has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from posixpath import dirname

from ballardwiki import lookalikes
from ballardwiki.content import designators
from ballardwiki.content.markup.wikilinks import link, linkable
from ballardwiki.expressions import expression
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation
from ballardwiki.similarity import Choices, suggest

_HOST = expression(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#:]|$)", re.IGNORECASE)
_FILE = expression(
    r"\.(?:html?|md|markdown|ya?ml|txt|pdf|png|jpe?g|gif|webp|avif|svg|json|xml|mp[34]|zip)$", re.IGNORECASE
)

MOST = 5
"""So many pages that a name may mean are told."""


def check(world: World, records: Iterable[Entity]) -> Iterator[Violation]:
    """Links that lead nowhere or to several pages."""
    graph = world.graph
    names = _Names(world)
    told: set[tuple[str, str]] = set()
    for loose in (each for record in records for each in graph.links.loose.get(record.ref, ())):
        mention = loose.mention
        if (loose.source, mention.target) in told:
            continue
        told.add((loose.source, mention.target))
        at = Location(graph.entities[loose.source].path, mention.line, mention.column)
        if loose.candidates:
            message = f"[[{mention.target}]] may mean several pages."
            yield Violation(at, message, f"Write {_choices(mention.target, loose.candidates)}.")
        elif mention.path:
            message, hint = _astray(world, mention.target, at.path, names.paths)
            yield Violation(at, message, hint, missing=mention.target)
        elif draft := world.drafts.named(mention.target):
            hint = "Readers see a red link until it is published."
            yield Violation(at, f"[[{mention.target}]] {draft}.", hint, severity="warning")
        elif not lookalikes.calls(mention.target):
            message = f"there is no page for [[{mention.target}]]."
            hint = (
                names.coded(mention.target, loose.source)
                or names.near(mention.target, loose.source)
                or "Readers see a red link until it is written."
            )
            yield Violation(at, message, hint, severity="warning", missing=mention.target)


def _astray(world: World, path: str, source: str, known: Choices) -> tuple[str, str]:
    """What is wrong with a link to a path of the project that is no page, and what to write."""
    drafts = world.drafts
    typed = path.removeprefix(f"{dirname(source)}/")
    if draft := drafts.file(path):
        return f"the link leads to {path}, which {draft}.", "Publish that as well, or leave out the link."
    records = [*world.graph.files.records.get(path, ()), *drafts.records(path)]
    if records:
        seen = [ref for ref in records if ref in world.graph.urls]
        hint = f"Write {' or '.join(f'[[{ref}]]' for ref in seen[:MOST])}." if seen else ""
        hint = hint or " ".join(f"{ref} {said}." for ref in records[:MOST] if (said := drafts.at(ref)))
        return f"the link leads to {path}, a file of {len(records)} records.", hint
    if _HOST.match(typed) and not _FILE.search(typed.partition("/")[0]):
        return f"the link leads to {path}, which does not exist.", f"Write https://{typed} if that is the address."
    if not path.startswith(("content/", "media/")):
        return f"the link leads to {path}, which is no part of the site.", "Only content/ and media/ are published."
    near = known.nearest(path, lambda each: each != source)
    return f"the link leads to {path}, which does not exist.", f"Did you mean {near}?" if near else ""


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
            for name in (graph.titles[ref], *graph.aliases.get(ref, ())):
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
        return Choices(self._world.shown.paths)

    @cached_property
    def _series(self) -> Choices:
        """The titles of what episodes count in."""
        graph = self._world.shown
        return Choices(graph.titles[ref] for ref in map(graph.find, graph.story.timelines) if isinstance(ref, str))

    def coded(self, target: str, source: Ref) -> str:
        """The hint with the episode or season that a code in another form means; "" for any other name."""
        graph = self._world.shown
        meant = designators.meant_code(target) or designators.likely_code(target)
        series, _, code = meant.rpartition(" ")
        if series and not isinstance(graph.find(series), str):
            series = self._series.nearest(series)
        found = graph.find(f"{series} {code}") if series else ()
        return f"Write [[{series} {code.upper()}]]." if isinstance(found, str) and found != source else ""

    def near(self, target: str, source: Ref) -> str:
        """The hint with the name or address most like that of a link, "" when none is like it."""
        known = self._addresses if "/" in target else self._bearers
        name = self._choices["/" not in target].nearest(target, lambda each: known[each] != [source])
        if not name:
            return ""
        return f"Did you mean {name}?" if linkable(name) else f"Write {link(known[name][0], '')}."


def rooted(world: World, planned: Collection[str], records: Iterable[Entity]) -> Iterator[Violation]:
    """Addresses in texts that lead to nothing. `planned`: the paths of all files of the site."""
    graph, known, own = world.graph, None, None
    for entity in records:
        for mention in entity.mentions:
            url = mention.target
            if not mention.path or not url.startswith("/") or url in graph.addresses or _file(url) in planned:
                continue
            at = Location(entity.path, mention.line, mention.column)
            if draft := world.drafts.page(url):
                hint = "Publish that as well, or leave out the link."
                yield Violation(at, f"the link leads to {url}, which {draft}.", hint)
                continue
            if mention.loose:
                own = own or {_folder(url) for url in (*graph.addresses, *(f"/{path}" for path in planned))}
                if _folder(url) not in own:
                    continue
            known = known or Choices(
                f"/{path.removesuffix('index.html')}" for path in planned if path not in world.withheld_files
            )
            hint = suggest(url, known)
            message = f"the link leads to {url}, which is no page or file of this site."
            yield Violation(at, message, hint or "Link to the file in content/, or write [[its name]].")


def _folder(url: str) -> str:
    """The folder of an address, at the root; a whole address that leads to another one may be of another program."""
    return url[1:].partition("/")[0] if "/" in url[1:] else ""


def _file(url: str) -> str:
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]


RULE = RecordRule(name="link-resolves", severity="error", check=check, of_names=True)
