"""The world: all that a page can be made from, gathered in one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from ballardwiki.config.gone import Gone
from ballardwiki.config.history import Past
from ballardwiki.config.site import Config
from ballardwiki.graph import Graph
from ballardwiki.graph.drafts import Drafts
from ballardwiki.graph.visibility import Visible
from ballardwiki.model import EMPTY_BODY, Body, Ref, Sentence


def no_body(_: Ref) -> Body:
    """The body of an entity where texts play no part."""
    return EMPTY_BODY


def no_sentences(_: Ref) -> tuple[Sentence, ...]:
    """The sentences of a text where they play no part."""
    return ()


class World(Struct, frozen=True):
    """Facts, settings and surroundings of one build.

    graph: all that is written, but for drafts; what is checked. visible: what of it readers may know, with which pages
    are made (`shown`); without it, that is everything.
    now: the build's one clock, ISO 8601 with offset. passed: the last moment up to it at which something with a time of
    day came due, or "". templates: name -> digest of its closure.
    assets: path in the site -> digest of its bytes (style sheets, media); files: the same path -> the file on disk.
    gone: what became of addresses that are no more. history: content file -> its past, as of `commit`.
    content: digest of all content. withheld: addresses of drafts and of what is scheduled;
    drafts: these themselves, for messages.
    body: how to fetch an entity's text; sentences: those of a text that hold links.
    """

    graph: Graph
    config: Config
    visible: Visible | None = None
    now: str = "1970-01-01T00:00:00+00:00"
    passed: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[Gone, ...] = ()
    history: Mapping[str, Past] = field(default_factory=dict)
    commit: str = ""
    content: str = ""
    withheld: frozenset[str] = frozenset()
    drafts: Drafts = field(default_factory=Drafts)
    body: Callable[[Ref], Body] = no_body
    sentences: Callable[[Ref], tuple[Sentence, ...]] = no_sentences

    @property
    def shown(self) -> Graph:
        """The graph of what readers may know."""
        return self.visible.graph if self.visible else self.graph

    @property
    def withheld_files(self) -> frozenset[str]:
        """The media files that only hidden things use."""
        return self.visible.files if self.visible else frozenset()

    @property
    def today(self) -> str:
        """The date of `now` in the site's time zone."""
        return self.now[:10]
