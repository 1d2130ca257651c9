"""The front page, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.outputs.output import Output, Studio
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World


def plan(_world: World, _within: Horizon) -> Iterator[Output]:
    """The front page and 404.html."""
    yield Output("index.html", "the front page", front)
    yield Output("404.html", "the page for missing addresses", missing)


def front(studio: Studio) -> bytes:
    """The front page."""
    return studio.page("home.html", "/", "the front page", lambda _: {})


def missing(studio: Studio) -> bytes:
    """404.html; its links start from the root of the host, since it is shown at any address."""
    return studio.page("404.html", "/404.html", "the page for missing addresses", lambda _: {})
