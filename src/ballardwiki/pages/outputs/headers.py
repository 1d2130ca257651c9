"""`_headers` for hosts that read it, such as Netlify and Cloudflare Pages: what browsers may do with its files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ballardwiki.config import policy
from ballardwiki.pages.outputs.output import Output, Studio
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World
from ballardwiki.web_addresses import tidy

PATH = "_headers"


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """The file, unless the site has one of its own."""
    if PATH in world.assets:
        return
    config = world.config
    rows = (
        ("Content-Security-Policy", policy.header(config.policy, from_disk=config.links == "files")),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
    )
    lines = "".join(f"  {name}: {value}\n" for name, value in rows)
    yield Output(PATH, "the headers", partial(make, f"{tidy(config.base_path)}*\n{lines}"))


def make(text: str, _studio: Studio) -> bytes:
    """The file's text."""
    return text.encode()
