"""`Output`: a path and a pure maker of its bytes; `Studio`: what a maker works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from ballardwiki.pages.environment import Templates
from ballardwiki.pages.facts import Trace
from ballardwiki.pages.view import EntityView, Horizon, SiteView
from ballardwiki.pages.world import World
from ballardwiki.web_addresses import decoded


class Studio(Struct):
    """Makes one output: gives out views, and gathers what they read."""

    world: World
    within: Horizon
    templates: Templates
    trace: Trace = field(default_factory=Trace)

    def site(self, url: str, *, absolute: bool = False) -> SiteView:
        """The site as the page at `url` sees it. With `absolute`, addresses are whole, as feeds need them."""
        return SiteView(self.world, self.within, url, absolute=absolute, trace=self.trace)

    def page(self, template: str, url: str, about: str, values: Callable[[SiteView], Mapping[str, Any]]) -> bytes:
        """A page from a template; `values` gives what the template may use besides the site."""
        site = self.site(url)
        return self.templates.render(template, site, values(site), about).encode("utf-8", "replace")


class Output(Struct, frozen=True):
    """A file of the site: its path, what it is made from (for messages), and the pure function that makes it.

    closed: it leads on to another address, or says that there is nothing here any more.
    """

    path: str
    about: str
    make: Callable[[Studio], bytes]
    closed: bool = False

    @property
    def plan(self) -> str:
        """What the plan decided of it, such as the template: when this differs the output is made anew."""
        return repr(getattr(self.make, "args", ()))


def page_path(url: str) -> str:
    """The file that a web server shows for an address from the site's root."""
    path = decoded(url[1:])
    return f"{path}index.html" if url.endswith("/") else path


def required(entity: EntityView | None) -> EntityView:
    """An entity that the plan has found to be there."""
    if entity is None:
        message = "an entity in the plan is not in the view"
        raise LookupError(message)
    return entity
