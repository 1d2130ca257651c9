"""The horizon of a world's public pages."""

from __future__ import annotations

from ballardwiki.graph import horizon as horizons
from ballardwiki.graph.horizon import Horizon
from ballardwiki.pages.world import World


def horizon(world: World) -> Horizon:
    """The safe horizon that the site declares for its public pages."""
    return horizons.horizon(world.graph.story, world.config)
