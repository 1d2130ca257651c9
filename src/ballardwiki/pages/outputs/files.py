"""Files that are published as they are: the theme's assets, a site's own, and media."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ballardwiki import plain_files
from ballardwiki.config import assets
from ballardwiki.pages import facts
from ballardwiki.pages.outputs.output import Output, Studio
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World
from ballardwiki.problems import ProblemError


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """One output per file, but for media that only hidden things use."""
    for path in sorted(world.assets.keys() - world.withheld_files):
        yield Output(path, assets.shown(path, world.files[path]), partial(make, path, world.files[path]))


def make(path: str, file: str, studio: Studio) -> bytes:
    """The file's bytes."""
    studio.trace.read(facts.ASSET(path))
    try:
        with open(plain_files.opened(file), "rb") as opened:  # it may be a link by now
            return opened.read()
    except OSError as error:
        raise ProblemError(plain_files.unreadable(assets.shown(path, file), error)) from None
