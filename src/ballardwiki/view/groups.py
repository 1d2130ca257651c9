"""What several entities have in common: a tag, a name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ballardwiki.slugs import name_url
from ballardwiki.versions import newest_first

if TYPE_CHECKING:
    from ballardwiki.view.entity import EntityView
    from ballardwiki.view.site import SiteView


class TagView:
    """A tag and what bears it."""

    def __init__(self, site: SiteView, key: str) -> None:
        self.key = key
        self._site = site

    @property
    def name(self) -> str:
        """The tag as it was first written."""
        self._site.reads.add(f"tag {self.key}")
        return self._site._graph.tags[self.key][0]

    @cached_property
    def entities(self) -> list[EntityView]:
        """What bears the tag: news first, newest before older; then the rest by title."""
        self._site.reads.add(f"tag {self.key}")
        found = self._site.entities(self._site._graph.tags.get(self.key, ("", []))[1])
        found.sort(key=lambda each: each.title.casefold())
        return newest_first(found)


class NameView:
    """A name and all that bear it, as far as they and their bearing it may be known."""

    def __init__(self, site: SiteView, key: str) -> None:
        self.key = key
        self._site = site

    @cached_property
    def entities(self) -> list[EntityView]:
        """What bears the name, in the order of addresses."""
        self._site.reads.add(f"bearers {self.key}")
        bearers = self._site.entities(self._site._graph.names.get(self.key, ()))
        return [each for each in bearers if each.called(self.key)]

    @property
    def name(self) -> str:
        """The name as the first of them writes it."""
        return next((called for each in self.entities if (called := each.called(self.key))), self.key)

    @property
    def url(self) -> str:
        """The address of the page that lists them."""
        return name_url(self.key)
