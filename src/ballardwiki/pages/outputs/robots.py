"""robots.txt (RFC 9309): everything may be read; where the sitemap is."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.pages.outputs.output import Output, Studio
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World


def plan(_world: World, _within: Horizon) -> Iterator[Output]:
    """robots.txt."""
    yield Output("robots.txt", "robots.txt", make)


def make(studio: Studio) -> bytes:
    """The file's text."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {studio.site('/').canonical('/sitemap.xml')}\n".encode()
