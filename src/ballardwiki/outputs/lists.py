"""The list pages of types: all on one page, or in pages of so many, with an archive by year for news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil

from ballardwiki.outputs.output import Output, Studio, page_path
from ballardwiki.schema import EntityType, Index
from ballardwiki.view import EntityView, Horizon, SiteView
from ballardwiki.world import World


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list page stands: it is the `number`th of `count`; the neighbours' addresses, "" where there is none."""

    number: int
    count: int
    previous: str
    next: str


def plan(world: World, within: Horizon) -> Iterator[Output]:
    """The list pages of all types that have one."""
    for name, kind in world.shown.schema.types.items():
        index = kind.index
        if index is None:
            continue
        template = f"index-{name}.html" if f"index-{name}.html" in world.templates else "index.html"
        site = SiteView(world, within)
        refs = world.shown.lists[name]
        count = max(1, ceil(len(refs) / index.per_page)) if index.per_page else 1
        for number in range(1, count + 1):
            url = _url(index, number)
            yield Output(
                page_path(url), f"the list of {kind.plural.lower()}", partial(make, name, template, number, "")
            )
        for year in _years(site.entities(refs)) if index.archive else ():
            url = f"{index.url}{year}/"
            yield Output(page_path(url), f"the list of {kind.plural.lower()}", partial(make, name, template, 0, year))


def make(name: str, template: str, number: int, year: str, studio: Studio) -> bytes:
    """One list page: the `number`th, or the one of a year."""
    kind = studio.world.shown.schema.types[name]
    index = kind.index or Index(kind.url)
    url = f"{index.url}{year}/" if year else _url(index, number)

    def values(site: SiteView) -> dict[str, object]:
        entities = site.all(name)
        years = [(each, f"{index.url}{each}/") for each in _years(entities)] if index.archive else []
        pager = None
        if year:
            entities = [each for each in entities if each.date_key.startswith(year)]
        elif index.per_page:
            pager = _pager(index, number, max(1, ceil(len(entities) / index.per_page)))
            entities = entities[(number - 1) * index.per_page : number * index.per_page]
        return {"kind": _read(site, kind), "entities": entities, "pager": pager, "years": years, "year": year}

    return studio.page(template, url, f"the list of {kind.plural.lower()}", values)


def _read(site: SiteView, kind: EntityType) -> EntityType:
    return site.types[kind.name]


def _url(index: Index, number: int) -> str:
    return index.url if number == 1 else f"{index.url}page/{number}/"


def _pager(index: Index, number: int, count: int) -> Pager:
    previous = _url(index, number - 1) if number > 1 else ""
    return Pager(number, count, previous, _url(index, number + 1) if number < count else "")


def _years(entities: list[EntityView]) -> list[str]:
    return sorted({entity.date_key[:4] for entity in entities if entity.date_key}, reverse=True)
