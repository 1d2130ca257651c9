"""A page for every tag, and one for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ballardwiki.pages.outputs.output import Output, Studio, page_path
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World
from ballardwiki.slugs import tag_url


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """The tags that lead to something, and their list if there is any. Of two with one address a rule tells."""
    found = world.shown.tags
    if found:
        yield Output("tags/index.html", "the list of tags", index)
    taken: set[str] = set()
    for key, (_, refs) in sorted(found.items()):
        path = page_path(tag_url(key))
        if path not in taken:
            taken.add(path)
            yield Output(path, world.shown.entities[refs[0]].path, partial(make, key))


def index(studio: Studio) -> bytes:
    """The list of all tags."""
    return studio.page("tags.html", "/tags/", "the list of tags", lambda _: {})


def make(key: str, studio: Studio) -> bytes:
    """One tag's page."""
    return studio.page("tag.html", tag_url(key), f"the tag {key}", lambda site: {"tag": site.tag(key)})
