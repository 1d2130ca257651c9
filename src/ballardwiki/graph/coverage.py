"""What credits are for, from the numbers of seasons and episodes: worked out once, for all pages.

A credit is written in a series, season or episode, and may name runs of episodes in it and exceptions. Runs are looked
up among sorted numbers, so that the work grows with what is found, not with the episodes that are not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ballardwiki.content.designators import LAST, Position, parse_episodes
from ballardwiki.model import Ref, ref_type

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph

STARRING = ("lead", "main")
"""The billings of those who are credited in every episode of what their credit stands in."""
ALL = ((0, 0), (LAST, LAST))
PARTS = {"series": "seasons", "season": "episodes"}
"""The way back by which a place sees its parts."""
HOLDERS = {"episode": "season", "season": "series"}
"""The field that says what a place is a part of."""


class Around(Struct, frozen=True):
    """The credits of what stands around a place that are for it; of an episode, `regulars` are the main cast."""

    credits: list[Ref] = field(default_factory=list)
    regulars: list[Ref] = field(default_factory=list)


_NOBODY = Around()


class Coverage:
    """What each credit is for, and which credits each season and episode has from what stands around it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._parts: dict[Ref, tuple[list[int], list[Ref]]] = {}
        self._covered: dict[Ref, tuple[Ref, ...]] = {}
        self._pieces: dict[Ref, dict[Ref, list[Ref]]] = {}
        self._around: dict[Ref, dict[Ref, Around]] = {}

    def covered(self, credit: Ref) -> tuple[Ref, ...]:
        """What a credit is for: the place it is written in, or the parts of it that it names; never its exceptions.

        Whole seasons stand for themselves, unless an exception leaves only some of their episodes.
        """
        found = self._covered.get(credit)
        if found is None:
            found = self._covered[credit] = tuple(dict.fromkeys(self._find(credit)))
        return found

    def reach(self, ref: Ref) -> set[Ref]:
        """The places that a credit may be seen at, of a place those in it: all whose `around` may follow from it."""
        pieces = [*self.covered(ref), *(ref,) * (ref_type(ref) in PARTS)]
        places = {each for piece in pieces for each in self._whole(piece)}
        return places.union(*(self.holders(each) for each in pieces))

    def inside(self, credit: Ref, place: Ref) -> tuple[Ref, ...]:
        """What a credit is for in a place; the place itself, where the credit is for something around it."""
        pieces = self._pieces.get(credit)
        if pieces is None:
            pieces = self._pieces[credit] = {}
            for piece in self.covered(credit):
                for each in (piece, *self.holders(piece)):
                    pieces.setdefault(each, []).append(piece)
        if place in pieces:
            return tuple(pieces[place])
        return (place,) if any(each in self.covered(credit) for each in self.holders(place) if each in pieces) else ()

    def around(self, place: Ref) -> Iterator[Around]:
        """The credits of the season and of the series around a place, as far as they are for it."""
        for holder in self.holders(place):
            if holder not in self._around:
                self._around[holder] = self._held(holder)
            yield self._around[holder].get(place, _NOBODY)

    def _held(self, holder: Ref) -> dict[Ref, Around]:
        """The parts of a place, and which of its credits are for each."""
        found: dict[Ref, Around] = {}
        fields = self._graph.schema.types[ref_type(holder)].credit_fields
        for statement in (each for name in fields for each in self._graph.statements(holder, name)):
            credit = Ref(str(statement.value))
            if credit not in self._graph.entities:
                continue
            named, but = (bool(self._runs(credit, name)) for name in ("episodes", "except"))
            billing = self._graph.statement(credit, "billing")
            starring = billing is not None and str(billing.value) in STARRING
            if not (named or but or starring):
                continue
            places = dict.fromkeys(each for piece in self.covered(credit) for each in self._whole(piece))
            places |= dict.fromkeys(each for piece in self.covered(credit) for each in self.holders(piece))
            for place in places:
                row = found.setdefault(place, Around())
                apart = starring and not named and ref_type(place) == "episode"
                (row.regulars if apart else row.credits).append(credit)
        return found

    def _find(self, credit: Ref) -> Iterator[Ref]:
        within = self._graph.statement(credit, "within")
        if within is None or Ref(str(within.value)) not in self._graph.entities:
            return
        place = Ref(str(within.value))
        found: list[Ref] = []
        runs = self._runs(credit, "episodes")
        for run in runs:
            found += [place] if run == ALL else self._run(place, *run)
        if not found and not (runs and self._has_episodes(place)):  # else it names some that may not be known
            found = [place]
        taken = self._taken(place, self._runs(credit, "except"))
        broken = {holder for part in taken for holder in self.holders(part)}
        for each in found:
            yield from self._without(each, taken, broken) if taken else (each,)

    def _taken(self, place: Ref, runs: Iterable[tuple[Position, Position]]) -> set[Ref]:
        """The parts of a place that lie in some runs; a double episode only with both its places."""
        left: dict[Ref, set[Position]] = {}
        for first, last in runs:
            for part in self._run(place, first, last):
                points = left.setdefault(part, set(self._points(part)) if ref_type(part) == "episode" else set())
                points -= {point for point in points if first <= point <= last}
        return {part for part, points in left.items() if not points}

    def _runs(self, credit: Ref, name: str) -> list[tuple[Position, Position]]:
        said = self._graph.statements(credit, name)
        return [run for each in said if (run := parse_episodes(str(each.value)))]

    def _run(self, place: Ref, first: Position, last: Position) -> list[Ref]:
        """The parts of a place from one (season, episode) to another: whole seasons where the run holds them whole."""
        kind = ref_type(place)
        if kind == "episode":
            return [place] if any(first <= point <= last for point in self._points(place)) else []
        numbers, parts = self._parts_of(place)
        if kind == "season":
            number = self._number(place)
            if first <= (number, 0) and (number, LAST) <= last:
                return [place]
            begin = first[1] if first[0] == number else 0 if first[0] < number else LAST + 1
            end = last[1] if last[0] == number else LAST if last[0] > number else -1
            return parts[bisect_left(numbers, begin) : bisect_right(numbers, end)]
        seasons = parts[bisect_left(numbers, first[0]) : bisect_right(numbers, last[0])]
        return [each for season in sorted(seasons, key=self._last) for each in self._run(season, first, last)]

    def _has_episodes(self, place: Ref) -> bool:
        return ref_type(place) == "episode" or any(map(self._has_episodes, self._parts_of(place)[1]))

    def _without(self, place: Ref, taken: Iterable[Ref], broken: Iterable[Ref]) -> Iterator[Ref]:
        """A place without some of its parts: itself where none of them is in it."""
        if place in taken or any(each in taken for each in self.holders(place)):
            return
        if place not in broken:
            yield place
            return
        for part in sorted(self._parts_of(place)[1], key=self._last):
            yield from self._without(part, taken, broken)

    def _parts_of(self, place: Ref) -> tuple[list[int], list[Ref]]:
        """The numbers of the parts of a place, in order, and the part at each: a double episode stands there twice."""
        found = self._parts.get(place)
        if found is None:
            pointers = self._graph.inverses.get(place, {}).get(PARTS.get(ref_type(place), ""), ())
            refs = {each.source for each in pointers if each.source in self._graph.entities}
            rows = sorted((number, ref) for ref in refs for number in self._numbers(ref))
            found = self._parts[place] = [number for number, _ in rows], [ref for _, ref in rows]
        return found

    def _whole(self, place: Ref) -> Iterator[Ref]:
        """A place and all its parts."""
        yield place
        for part in self._parts_of(place)[1]:
            yield from self._whole(part)

    def _holder(self, place: Ref) -> Ref | None:
        name = HOLDERS.get(ref_type(place), "")
        said = self._graph.statement(place, name) if name and self._graph.field(place, name) else None
        found = self._graph.present(str(said.value)) if said else None
        return found if found in self._graph.entities else None

    def holders(self, place: Ref) -> Iterator[Ref]:
        """What a place is a part of, from the inside out."""
        holder = self._holder(place)
        while holder:
            yield holder
            holder = self._holder(holder)

    def _last(self, place: Ref) -> bool:
        """Whether a place stands after all others, as specials do."""
        rule = self._graph.kind(place).specials
        said = self._graph.statement(place, rule.field) if rule else None
        return bool(rule and said and said.value == rule.value)

    def _number(self, place: Ref) -> int:
        return self._numbers(place)[0]

    def _numbers(self, place: Ref) -> list[int]:
        """The number of a place; two of a double episode."""
        said = self._graph.statements(place, "number")
        return [each.value for each in said if isinstance(each.value, int)] or [0]

    def _points(self, episode: Ref) -> list[Position]:
        holder = self._holder(episode)
        season = self._number(holder) if holder else 0
        return [(season, number) for number in self._numbers(episode)] if holder else [(0, 0)]
