"""Former addresses (`was: [old-id]`) lead on to the present ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ballardwiki.model import Ref, ref_id, ref_type
from ballardwiki.outputs.output import Output, Studio, page_path, required
from ballardwiki.view import Horizon, SiteView
from ballardwiki.world import World


def plan(world: World, within: Horizon) -> Iterator[Output]:
    """A page for each former id of an entity with a page."""
    graph = world.graph
    site = SiteView(world, within)
    for old, ref in sorted(graph.former.items()):
        pattern = graph.schema.types[ref_type(old)].url
        if pattern.count("{") == 1 and "{id}" in pattern and ref in graph.urls and site.shown(ref):
            url = pattern.replace("{id}", ref_id(old))
            if old not in graph.entities:
                yield Output(page_path(url), graph.entities[ref].path, partial(make, ref, url))


def make(ref: Ref, url: str, studio: Studio) -> bytes:
    """A page that leads to an entity's present address."""
    return studio.page("redirect.html", url, ref, lambda site: {"target": required(site.entity(ref)).url})
