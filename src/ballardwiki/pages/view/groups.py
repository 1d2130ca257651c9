"""What several entities have in common: a tag, a name, a place in a list."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ballardwiki.graph import tables
from ballardwiki.model import Ref
from ballardwiki.pages import facts
from ballardwiki.pages.versions import newest_first
from ballardwiki.slugs import fold, name_url

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView
    from ballardwiki.pages.view.site import SiteView


class TagView:
    """A tag and what bears it."""

    def __init__(self, site: SiteView, key: str) -> None:
        self.key = key
        self._site = site

    @property
    def name(self) -> str:
        """The tag as it was first written."""
        self._site.trace.read(facts.TAG(self.key))
        return self._site._graph.tags[self.key][0]

    @cached_property
    def entities(self) -> list[EntityView]:
        """What bears the tag: news first, newest before older; then the rest by title."""
        self._site.trace.read(facts.TAG(self.key))
        found = self._site.entities(self._site._graph.tags.get(self.key, ("", []))[1])
        found.sort(key=lambda each: each.title.casefold())
        return newest_first(found)


class NameView:
    """A name and all that bear it, as far as they and their bearing it may be known."""

    def __init__(self, site: SiteView, key: str) -> None:
        self.key = key
        self._site = site

    @property
    def entities(self) -> list[EntityView]:
        """What bears the name, in the order of addresses."""
        return self._site.entities(self._bearers)

    @property
    def name(self) -> str:
        """The name as the first of them writes it."""
        first = self._site.entities(self._bearers[:1])
        return _called(first[0], self.key) if first else self.key

    def others(self, entity: EntityView, most: int) -> list[EntityView]:
        """So many of those that bear the name, but for one of them: a page need not look at all that share its name."""
        return self._site.entities([ref for ref in self._bearers[: most + 1] if ref != entity.ref][:most])

    @property
    def _bearers(self) -> tuple[Ref, ...]:
        self._site.trace.read(facts.BEARERS(self.key))
        return self._site._graph.names.get(self.key, ())

    @property
    def url(self) -> str:
        """The address of the page that lists them."""
        return name_url(self.key)


class ListView:
    """The list of a type in pages of so many, or by years: what each of them needs, and no more."""

    def __init__(self, site: SiteView, type_: str) -> None:
        self._site = site
        self._type = type_

    def rows(self, number: int, size: int) -> list[EntityView]:
        """The entities of one page."""
        self._site.trace.read(facts.ROWS(self._type, f"{number}/{size}"))
        return self._site.entities(tables.rows(self._site._graph, self._type, number, size))

    def pages(self, size: int) -> int:
        """How many pages there are."""
        self._site.trace.read(facts.PAGES(self._type, str(size)))
        return tables.pages(self._site._graph, self._type, size)

    @property
    def years(self) -> list[str]:
        """The years of news, the latest first."""
        self._site.trace.read(facts.YEARS(self._type))
        return [*self._site._graph.years[self._type]]

    def of_year(self, year: str) -> list[EntityView]:
        """The news of one year, in the type's order."""
        self._site.trace.read(facts.YEAR(self._type, year))
        return self._site.entities(self._site._graph.years[self._type].get(year, ()))


def _called(view: EntityView, key: str) -> str:
    """How an entity writes its name with that folded form."""
    if fold(view.title) == key:
        return view.title
    field = view.declared.fields.get("aliases")
    return next((each.text for each in view.statements(field) if fold(each.text) == key), key) if field else key
