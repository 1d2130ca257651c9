"""A page for every entity whose type declares an address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ballardwiki.model import Ref
from ballardwiki.pages.outputs.output import Output, Studio, page_path, required
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World

FALLBACK = "entity.html"
"""The template of a type that has none of its own."""


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """The pages of all entities that may be known."""
    graph = world.shown
    for ref, url in graph.urls.items():
        template = graph.kind(ref).template
        name = template if template in world.templates else FALLBACK
        path = graph.entities[ref].path
        yield Output(page_path(url), path, partial(make, ref, url, name, path))


def make(ref: Ref, url: str, template: str, about: str, studio: Studio) -> bytes:
    """One entity's page."""
    return studio.page(template, url, about, lambda site: {"entity": required(site.entity(ref))})
