"""Addresses that are no more: former ids (`was: [old-id]`) and those in gone.yaml lead on, or say why they are gone.

Each is a page, which works on any host. `_redirects` has the same for hosts that read it, which answer 301 or 410.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ballardwiki.config.published import GONE
from ballardwiki.graph import Graph
from ballardwiki.graph.patterns import fillings
from ballardwiki.model import Ref, ref_id, ref_type
from ballardwiki.pages.outputs.output import Output, Studio, page_path, required
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World
from ballardwiki.web_addresses import decoded, encoded, tidy


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """A page for each former id of an entity with a page, and for each address in gone.yaml; `_redirects` if any."""
    graph, base = world.shown, world.config.base_path
    rows = []
    for old, ref in sorted(graph.former.items()):
        pattern = graph.schema.types[ref_type(old)].url
        if pattern.count("{") == 1 and "{id}" in pattern and ref in graph.urls:
            url = pattern.replace("{id}", ref_id(old))
            if old not in world.graph.entities:
                yield Output(page_path(url), graph.entities[ref].path, partial(make, ref, url), closed=True)
                rows.append((url, graph.urls[ref], 301))
    for url, ref in _other_places(graph):
        yield Output(page_path(url), graph.entities[ref].path, partial(make, ref, url), closed=True)
        rows.append((url, graph.urls[ref], 301))
    for each in world.gone:
        if not each.anchor:
            maker = partial(lead, each.url, each.to) if each.to else partial(tell, each.url, each.reason)
            if page_path(each.url).endswith(".html"):  # a reader of data or feeds has no use for a page
                yield Output(page_path(each.url), GONE, maker, closed=True)
            rows.append((each.url, each.to or each.url, 301 if each.to else 410))
    if rows:
        lines = (_line(base, *row) for row in sorted(rows))
        yield Output("_redirects", "the redirects", partial(table, "".join(lines)))


def _other_places(graph: Graph) -> list[tuple[str, Ref]]:
    """The addresses that a double episode would have by its other numbers, where no other page has them."""
    found: dict[str, Ref] = {}
    for name, kind in graph.schema.types.items():
        runs = [field.name for field in kind.fields.values() if field.run and kind.url]
        for ref in graph.lists[name] if runs else ():
            double = any(len(graph.entities[ref].statements.get(each, ())) > 1 for each in runs)
            for url in fillings(graph, ref, kind.url)[1:] if double else ():
                if url and url not in graph.addresses:
                    found.setdefault(url, ref)
    return sorted(found.items())


def make(ref: Ref, url: str, studio: Studio) -> bytes:
    """A page that leads to an entity's present address."""
    return studio.page("redirect.html", url, ref, lambda site: {"target": required(site.entity(ref)).url})


def lead(url: str, to: str, studio: Studio) -> bytes:
    """A page that leads to another address."""
    return studio.page("redirect.html", url, GONE, lambda _: {"target": to})


def tell(url: str, reason: str, studio: Studio) -> bytes:
    """A page that says why there is nothing any more."""
    return studio.page("gone.html", url, GONE, lambda _: {"reason": reason})


def table(text: str, _studio: Studio) -> bytes:
    """The text of `_redirects`."""
    return text.encode()


def _line(base: str, url: str, to: str, status: int) -> str:
    """Two lines: `!` makes Netlify prefer the line to the page; Cloudflare passes over it and reads the other."""
    start = encoded(decoded(base + url[1:]))
    target = tidy(base + to[1:] if to.startswith("/") else to)
    return "".join(f"{start} {target} {status}{force}\n" for force in ("!", ""))
