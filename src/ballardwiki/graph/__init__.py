"""link(): all documents -> one `Graph`, with all references resolved.

Linking is serial. Where few records changed, `delta` exchanges their rows; else everything is linked from nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from ballardwiki.graph.graph import Graph
from ballardwiki.graph.links import Backlink, Loose
from ballardwiki.graph.tables import Incoming
from ballardwiki.graph.timeline import SEASON_END, Moment
from ballardwiki.model import Entity
from ballardwiki.schema import Schema

__all__ = ["SEASON_END", "Backlink", "Graph", "Incoming", "Loose", "Moment", "link"]


def link(entities: Iterable[Entity], schema: Schema, whole: Graph | None = None) -> Graph:
    """All entities of a site, linked. Of two with one address the first (by path) counts; `duplicates` has both.

    whole: the graph that these are a part of.
    """
    return Graph(entities, schema, whole)
