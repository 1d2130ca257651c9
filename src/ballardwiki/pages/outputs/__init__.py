"""What a build makes, one kind of output per file. Each has `plan(world, within)`, which yields `Output`s."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.outputs import (
    data,
    feeds,
    files,
    headers,
    home,
    lists,
    maintenance,
    names,
    pages,
    redirects,
    robots,
    sitemap,
    tags,
    watch_order,
)
from ballardwiki.pages.outputs.output import Output, Studio
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World

PLANS = (
    home.plan,
    pages.plan,
    lists.plan,
    tags.plan,
    names.plan,
    watch_order.plan,
    maintenance.plan,
    feeds.plan,
    sitemap.plan,
    robots.plan,
    data.plan,
    redirects.plan,
    headers.plan,
    files.plan,
)

__all__ = ["PLANS", "Output", "Studio", "plan"]


def plan(world: World, within: Horizon) -> Iterator[Output]:
    """All outputs of a site."""
    for each in PLANS:
        yield from each(world, within)
