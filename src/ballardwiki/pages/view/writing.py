"""How one page writes what stands in it: addresses, and names that run the other way than its text."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ballardwiki.pages import direction, facts
from ballardwiki.web_addresses import encoded, tidy

if TYPE_CHECKING:
    from ballardwiki.pages.facts import Trace
    from ballardwiki.pages.view.entity import EntityView
    from ballardwiki.pages.world import World


class Writing:
    """What a page needs to write. `url` is its own address from the site's root; `trace` the facts it has read."""

    trace: Trace

    def __init__(self, world: World, url: str, *, absolute: bool) -> None:
        self._world = world
        config = world.config
        self._index = "index.html" if config.links == "files" and not absolute else ""
        base = config.base_url if absolute else config.base_path
        self._prefix = base if absolute or url.endswith("404.html") else "../" * (url.count("/") - 1)
        self.url = url

    @cached_property
    def direction(self) -> str:
        """How the language of the site runs: `ltr` or `rtl`."""
        self.trace.read(facts.SITE("language"))
        return direction.of_language(self._world.config.language)

    def isolated(self, text: object) -> Markup:
        """A name as HTML: in `<bdi>` if it may run otherwise than the text around it, or steers that."""
        shown = str(text)
        if direction.strays(shown, self.direction):
            return Markup("<bdi>{}</bdi>").format(direction.balanced(shown))
        return escape(shown)

    def set_apart(self, text: object) -> str:
        """The same as plain text, for attributes: between characters that isolate it."""
        return direction.set_apart(str(text), self.direction)

    def href(self, target: EntityView | str) -> str:
        """The address of an entity's page, or of a path from the site's root, as this page must write it."""
        url = target if isinstance(target, str) else target.url
        url = tidy(url)
        if not url.startswith("/"):
            return url
        if url.endswith("/"):
            return (self._prefix + url[1:] + self._index) or "./"
        path, mark, fragment = url.partition("#")
        if mark and path.endswith("/"):
            return f"{self._prefix}{path[1:]}{self._index}#{fragment}"
        return self._prefix + url[1:]

    def canonical(self, url: str) -> str:
        """The absolute address of a path from the site's root."""
        return self._world.config.base_url + tidy(url[1:])

    def asset(self, path: str) -> str:
        """The address of a file beside the pages, with a mark that changes with its content."""
        self.trace.read(facts.ASSET(path))
        digest = self._world.assets.get(path, "")
        return f"{self._prefix}{encoded(path)}" + (f"?v={digest[:8]}" if digest else "")

    def has_asset(self, path: str) -> bool:
        """Whether such a file exists."""
        self.trace.read(facts.ASSET(path))
        return path in self._world.assets and path not in self._world.withheld_files
