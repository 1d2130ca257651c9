"""sitemap.xml (sitemaps.org protocol 0.9): the pages of all entities and their lists, with truthful dates only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from ballardwiki.pages.outputs import watch_order
from ballardwiki.pages.outputs.output import Output, Studio
from ballardwiki.pages.view import EntityView, Horizon, SiteView
from ballardwiki.pages.world import World

LIMIT = 50_000
"""Addresses that one sitemap may hold."""

_OTHERS = 3
"""Pages that are neither of an entity nor a list: the front page, the watch order, the data."""


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """sitemap.xml; an index and parts when the site has more pages than one file may hold."""
    lists = sum(kind.index is not None for kind in world.shown.schema.types.values())
    parts = -(-(len(world.shown.urls) + lists + _OTHERS) // LIMIT)
    if parts == 1:
        yield Output("sitemap.xml", "the sitemap", make)
        return
    yield Output("sitemap.xml", "the sitemap", partial(_index, parts))
    for part in range(parts):
        yield Output(f"sitemap-{part + 1}.xml", "the sitemap", partial(_part, part, parts))


def make(studio: Studio) -> bytes:
    """The whole sitemap."""
    return _render(_entries(studio))


def _part(part: int, parts: int, studio: Studio) -> bytes:
    """One of several sitemaps, which are about as long as each other: so none is empty."""
    entries = _entries(studio)
    begin, end = (len(entries) * each // parts for each in (part, part + 1))
    return _render(entries[begin:end])


def _index(parts: int, studio: Studio) -> bytes:
    """The list of several sitemaps."""
    site = studio.site("/")
    found = (site.canonical(f"/sitemap-{part + 1}.xml") for part in range(parts))
    rows = "".join(f"<sitemap><loc>{escape(address, quote=False)}</loc></sitemap>\n" for address in found)
    return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{rows}</sitemapindex>\n'.encode()


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _entries(studio: Studio) -> list[tuple[str, str]]:
    """(address, date of the last change if it is known), the front page first."""
    site = studio.site("/")
    found = [(site.canonical("/"), "")]
    if watch_order.wanted(site):
        found.append((site.canonical(watch_order.URL), ""))
    if site.data:
        found.append((site.canonical("/data/"), ""))
    for name, kind in site.types.items():
        if kind.index:
            found.append((site.canonical(kind.index.url), ""))
        if kind.url:
            found += [(site.canonical(each.url), _changed(each, site)) for each in site.all(name) if each.url]
    return found


def _changed(entity: EntityView, site: SiteView) -> str:
    if not entity.declared.dated:
        return ""
    updated = entity.updated if "updated" in entity.declared.fields else None
    dates = (str(updated or ""), entity.date_key)
    return next((date[:10] for date in dates if date and site.due(date)), "")


def _render(entries: list[tuple[str, str]]) -> bytes:
    rows = [
        f"<url><loc>{escape(address, quote=False)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for address, changed in entries
    ]
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{"".join(rows)}</urlset>\n'.encode()
