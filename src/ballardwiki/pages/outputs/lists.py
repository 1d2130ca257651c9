"""The list pages of types: all on one page, or in pages of so many, with an archive by year for news."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from ballardwiki.graph import tables
from ballardwiki.pages.outputs.output import Output, Studio, page_path
from ballardwiki.pages.view import Horizon, ListView, SiteView
from ballardwiki.pages.world import World
from ballardwiki.schema import EntityType, Index


class Pager(Struct, frozen=True):
    """Where a list page stands: it is the `number`th of `count`; the neighbours' addresses, "" where there is none."""

    number: int
    count: int
    previous: str
    next: str


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """The list pages of all types that have one."""
    for name, kind in world.shown.schema.types.items():
        index = kind.index
        if index is None:
            continue
        template = f"index-{name}.html" if f"index-{name}.html" in world.templates else "index.html"
        graph = world.shown
        count = tables.pages(graph, name, index.per_page) if index.per_page else 1
        for number in range(1, count + 1):
            url = _url(index, number)
            yield Output(
                page_path(url), f"the list of {kind.plural.lower()}", partial(make, name, template, number, "")
            )
        for year in graph.years[name] if index.archive else ():
            url = f"{index.url}{year}/"
            yield Output(page_path(url), f"the list of {kind.plural.lower()}", partial(make, name, template, 0, year))


def make(name: str, template: str, number: int, year: str, studio: Studio) -> bytes:
    """One list page: the `number`th, or the one of a year."""
    kind = studio.world.shown.schema.types[name]
    index = kind.index or Index(kind.url)
    url = f"{index.url}{year}/" if year else _url(index, number)

    def values(site: SiteView) -> dict[str, object]:
        listed = ListView(site, name)
        years = [(each, f"{index.url}{each}/") for each in listed.years] if index.archive else []
        pager = None
        if year:
            entities = listed.of_year(year)
        elif index.per_page:
            pager = _pager(index, number, listed.pages(index.per_page))
            entities = listed.rows(number, index.per_page)
        else:
            entities = site.all(name)
        return {"kind": _read(site, kind), "entities": entities, "pager": pager, "years": years, "year": year}

    return studio.page(template, url, f"the list of {kind.plural.lower()}", values)


def _read(site: SiteView, kind: EntityType) -> EntityType:
    return site.types[kind.name]


def _url(index: Index, number: int) -> str:
    return index.url if number == 1 else f"{index.url}page/{number}/"


def _pager(index: Index, number: int, count: int) -> Pager:
    previous = _url(index, number - 1) if number > 1 else ""
    return Pager(number, count, previous, _url(index, number + 1) if number < count else "")
