"""Story time: in whose episodes an entity counts, and which point a designator such as `s02e10` means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from ballardwiki.content.designators import Position, split_designator
from ballardwiki.graph.patterns import lacking, run
from ballardwiki.model import Ref, ref_id

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph

Moment = tuple[str, int, int]
"""A point in a story: series id, season, episode."""

SEASON_END = 1_000_000
"""The episode number of a moment that means a whole season."""


class Story:
    """The series of a graph, their episodes, and the moments that designators mean."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._numbers: dict[str, list[Position]] = {}
        self._moments: dict[tuple[str, str], Moment | None] = {}

    def timeline(self, ref: str) -> str:
        """The id of the series in whose episodes an entity counts, or ""."""
        entity = self._graph.entities.get(Ref(ref))
        if entity is None:
            return ""
        if entity.owner:
            return self.timeline(entity.owner)
        path = self._graph.schema.types[entity.type].timeline
        return str(self._graph.text(ref, path)) if path else ""

    @cached_property
    def timelines(self) -> dict[str, None]:
        """The ids of all series that episodes count in."""
        kinds = [name for name, kind in self._graph.schema.types.items() if kind.timeline == "id"]
        return {ref_id(ref): None for name in kinds for ref in self._graph.lists.get(name, ())}

    def moment(self, designator: str, series: str) -> Moment | None:
        """The point in a story that a designator means, in a text that belongs to `series` ("" for none).

        None when it names no series of this site. A season alone means its end.
        """
        key = (designator, series)
        if key not in self._moments:
            self._moments[key] = self._moment(designator, series)
        return self._moments[key]

    def _moment(self, designator: str, series: str) -> Moment | None:
        try:
            name, season, episode = split_designator(designator)
        except ValueError:
            return None
        if name and name not in self.timelines:
            found = self._graph.named(name)
            name = ref_id(found) if isinstance(found, str) else name
        name = name or series
        return (name, season, SEASON_END if episode is None else episode) if name in self.timelines else None

    @cached_property
    def specials(self) -> frozenset[int]:
        """The numbers of seasons that stand after all others."""
        schema = self._graph.schema
        found = (schema.last(name, kind.position[0]) for name, kind in schema.types.items() if len(kind.position) == 2)
        return frozenset(number for number in found if number is not None)

    @cached_property
    def unclear(self) -> frozenset[str]:
        """The ids of series of which not all episodes are known, since some value of one was refused; "" for any."""
        graph = self._graph
        found = set()
        for name, kind in graph.schema.types.items():
            for ref in graph.lists[name] if len(kind.position) == 2 else ():  # season and episode
                places = (*kind.position, kind.timeline)
                if any(graph.value(ref, path) is None and lacking(graph, ref, path).told for path in places if path):
                    found.add(self.timeline(ref))
        return frozenset(found)

    def whole(self, series: str) -> bool:
        """Whether all episodes of a series are known, as far as anybody wrote them down."""
        return not self.unclear.intersection((series, ""))

    def points(self, ref: Ref) -> list[tuple[int, int]]:
        """The places of an episode, as season and number: two of a double one, none of what has no position."""
        season, number = self._graph.kind(ref).position
        first = self._graph.value(ref, season)
        return [
            (first, each) for each in run(self._graph, ref, number) if isinstance(first, int) and isinstance(each, int)
        ]

    @cached_property
    def episodes(self) -> dict[str, dict[tuple[int, int], Ref]]:
        """Series id -> (season, episode) -> the entity at that point, for types that declare a position."""
        graph = self._graph
        found: dict[str, dict[tuple[int, int], Ref]] = defaultdict(dict)
        for name, kind in graph.schema.types.items():
            if len(kind.position) == 2:  # season and episode
                for ref in graph.lists[name]:
                    for point in self.points(ref):
                        found[self.timeline(ref)].setdefault(point, ref)
        return found

    def numbers(self, series: str) -> list[Position]:
        """The seasons and numbers of the episodes of a series, in order."""
        found = self._numbers.get(series)
        if found is None:
            found = self._numbers[series] = sorted(self.episodes.get(series, ()))
        return found


def within(points: list[Position], first: Position, last: Position) -> list[Position]:
    """Those of the points, which are in order, that a run of episodes holds."""
    return points[bisect_left(points, first) : bisect_right(points, last)]
