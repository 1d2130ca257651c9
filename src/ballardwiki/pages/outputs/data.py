"""The facts as files: /data/<type>.json, one SQLite file, and the page that says what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ballardwiki.pages import facts
from ballardwiki.pages.data import records, sqlite
from ballardwiki.pages.outputs.output import Output, Studio, page_path
from ballardwiki.pages.view import Horizon, SiteView
from ballardwiki.pages.world import World


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """A file for each type that has anything to tell, all of them as a database, and their description."""
    if not world.config.data:
        return
    graph = world.shown
    names = tuple(name for name in graph.schema.types if graph.lists.get(name))
    for name in names:
        yield Output(page_path(f"{records.FOLDER}{name}.json"), "the data", partial(document, name))
    yield Output(page_path(records.FOLDER + records.DATABASE), "the data", whole)
    yield Output(page_path(records.FOLDER), "the data", partial(dictionary, names))


def document(name: str, studio: Studio) -> bytes:
    """All of one type as JSON."""
    return _read(studio, lambda site: records.document(site, site.types[name]))


def whole(studio: Studio) -> bytes:
    """All types as a database."""
    return _read(studio, sqlite.database)


def dictionary(names: tuple[str, ...], studio: Studio) -> bytes:
    """The page about the data. `names`: the types that have a file."""

    def values(site: SiteView) -> dict[str, object]:
        return {"kinds": [site.types[name] for name in names], "database": records.FOLDER + records.DATABASE}

    return studio.page("data.html", records.FOLDER, "the data", values)


def _read(studio: Studio, made: Callable[[SiteView], bytes]) -> bytes:
    """What a file of whole types is. Of single entities it notes what it read by their types: that is what it holds."""
    site = SiteView(studio.world, studio.within, records.FOLDER, absolute=True)
    found = made(site)
    for fact in facts.coarse(site.trace):
        studio.trace.read(fact)
    return found
