"""A page for every name that several entities bear: what it may mean."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ballardwiki.pages.outputs.output import Output, Studio, page_path
from ballardwiki.pages.view import EntityView, Horizon, NameView, SiteView
from ballardwiki.pages.world import World
from ballardwiki.slugs import name_url


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """The names that, as far as may be known, mean several pages. Names with the same address share their page."""
    found: dict[str, list[str]] = {}
    for key, refs in sorted(world.shown.names.items()):
        if len(refs) > 1:
            found.setdefault(name_url(key), []).append(key)
    for url, keys in found.items():
        yield Output(page_path(url), f"the name {keys[0]}", partial(make, url, tuple(keys)))


def make(url: str, keys: tuple[str, ...], studio: Studio) -> bytes:
    """The page of a name."""

    def values(site: SiteView) -> dict[str, object]:
        names = [NameView(site, key) for key in keys]
        bearers: dict[str, EntityView] = {each.ref: each for name in names for each in name.entities}
        return {"name": names[0].name, "entities": list(bearers.values())}

    return studio.page("names.html", url, f"the name {keys[0]}", values)
