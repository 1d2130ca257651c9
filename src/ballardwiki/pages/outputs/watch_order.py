"""The watch order of a universe: everything in the order of release, in the order of the story, and what to see first.

Types say what takes part: those with a `timeline` and a date of release, and fields with `story` or `see_first`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from msgspec import Struct

from ballardwiki.pages.credits import special
from ballardwiki.pages.outputs.output import Output, Studio, page_path
from ballardwiki.pages.view import EntityView, Horizon, SiteView, StatementView
from ballardwiki.pages.world import World
from ballardwiki.schema import Field

URL = "/watch-order/"
_LATE = "9999"
"""Stands for the date of what has none yet."""


class WatchRow(Struct, frozen=True):
    """A stretch of a season: its parts in order. whole: whether they are all of it. series: what it belongs to."""

    place: EntityView
    series: EntityView
    parts: tuple[EntityView, ...]
    whole: bool
    dates: tuple[StatementView, ...]
    """When the first and the last dated part came out: statements, one if it was on the same day."""


class Start(Struct, frozen=True):
    """What is best seen before an entity: the statements by the label of their field."""

    entity: EntityView
    before: tuple[tuple[str, list[StatementView]], ...]


def plan(world: World, within: Horizon) -> Iterator[Output]:
    """The page, for a site with two series or more."""
    if wanted(SiteView(world, within)):
        yield Output(page_path(URL), "the watch order", make)


def wanted(site: SiteView) -> bool:
    """Whether there is anything to put in order."""
    return len(_series(site)) > 1


def make(studio: Studio) -> bytes:
    """The page."""

    def values(site: SiteView) -> dict[str, object]:
        universe = Universe(site)
        return {
            "release": universe.rows(universe.release),
            "story": universe.rows(universe.story()),
            "starts": universe.starts(),
        }

    return studio.page("watch-order.html", URL, "the watch order", values)


def _series(site: SiteView) -> list[EntityView]:
    return [found for name, kind in site.types.items() if kind.timeline == "id" for found in site.all(name)]


class Universe:
    """All series of a site, with what they are made of.

    series: in the order of their type. release: the smallest parts known (episodes; seasons and series of which no
    more is known), as they came out, those without a date last. places: each series with its parts, top down.
    """

    def __init__(self, site: SiteView) -> None:
        self.series = _series(site)
        self._parts: dict[str, list[EntityView]] = {}
        self._series_of: dict[str, EntityView] = {}
        for name, kind in site.types.items():
            for place in site.all(name) if kind.released and kind.timeline else ():
                holder = place.path(kind.timeline.partition(".")[0])
                if isinstance(holder, EntityView):
                    self._parts.setdefault(holder.ref, []).append(place)
        self.places = self._all_places()
        self.release = self._released()

    def _within(self, place: EntityView) -> list[EntityView]:
        """The smallest parts of a place, in its order; a place without parts is its own."""
        parts = self._parts.get(place.ref)
        return [place] if parts is None else [found for part in parts for found in self._within(part)]

    def _told(self, place: EntityView) -> list[EntityView]:
        """The smallest parts of a place but its specials, of which nobody knows where the story has them."""
        parts = self._within(place)
        return [part for part in parts if not special(part)] or parts

    def _released(self) -> list[EntityView]:
        found: list[tuple[str, int, int, EntityView]] = []
        for number, series in enumerate(self.series):
            dates = {False: _LATE, True: _LATE}
            parts = self._within(series)
            self._series_of |= dict.fromkeys((part.ref for part in parts), series)
            for place in range(len(parts) - 1, -1, -1):
                apart = special(parts[place])
                out = _out(parts[place])
                dates[apart] = out.text if out else dates[apart]
                found.append((dates[apart], number, place, parts[place]))
        return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]

    def story(self) -> list[EntityView]:
        """The parts in the order of the story: as released, but for what a relation moves before or after."""
        before: dict[str, list[EntityView]] = {}
        for series in self.series:
            for first, second in pairwise(self._told(series)):
                before.setdefault(second.ref, []).append(first)
        known = {place.ref for place in self.places}
        for place, field, target in self._relations():
            early, late = (place, target) if field.story == "before" else (target, place)
            if early.ref in known and late.ref in known:
                before.setdefault(self._told(late)[0].ref, []).append(self._told(early)[-1])
        done: dict[str, EntityView] = {}
        for part in self.release:
            _settle(part, before, done)
        return list(done.values())

    def _all_places(self) -> list[EntityView]:
        found: list[EntityView] = []
        waiting = [*reversed(self.series)]
        while waiting:
            place = waiting.pop()
            found.append(place)
            waiting += reversed(self._parts.get(place.ref, []))
        return found

    def _relations(self) -> Iterator[tuple[EntityView, Field, EntityView]]:
        for place in self.places:
            for field in place.declared.fields.values():
                for statement in place.statements(field) if field.story else ():
                    if isinstance(statement.value, EntityView):
                        yield place, field, statement.value

    def starts(self) -> list[Start]:
        """What to see before each series, and before those of its parts that say so."""
        found = []
        whole = {each.ref for each in self.series}
        for place in self.places:
            fields = [field for field in place.declared.fields.values() if field.see_first]
            said = [(field.label, place.statements(field)) for field in fields]
            before = tuple((label, statements) for label, statements in said if statements)
            if before or place.ref in whole:
                found.append(Start(place, before))
        return found

    def rows(self, parts: Iterable[EntityView]) -> list[WatchRow]:
        """Parts with those of one season that follow each other in one row."""
        found = []
        for holder, run in groupby(parts, key=self._holder):
            row = tuple(run)
            dates = [date for date in map(_out, row) if date]
            ends = tuple(dict.fromkeys([min(dates, key=str), max(dates, key=str)])) if dates else ()
            whole = len(row) == len(self._within(holder))
            found.append(WatchRow(holder, self._series_of[row[0].ref], row, whole, ends))
        return found

    def _holder(self, part: EntityView) -> EntityView:
        path = part.declared.timeline
        if path == "id" or not len(part.declared.position):
            return part
        holder = part.path(path.partition(".")[0])
        return holder if isinstance(holder, EntityView) else part


def _out(part: EntityView) -> StatementView | None:
    """The statement of when a part came out, or none."""
    return getattr(part, part.declared.released) if part.declared.released else None


def _settle(part: EntityView, before: dict[str, list[EntityView]], done: dict[str, EntityView]) -> None:
    """Put a part at the end of `done`, and what comes before it first. A circle is cut where it is entered."""
    waiting = [part]
    entered: set[str] = set()
    while waiting:
        each = waiting[-1]
        first = [] if each.ref in entered else before.get(each.ref, [])
        entered.add(each.ref)
        first = [early for early in first if early.ref not in entered and early.ref not in done]
        if first:
            waiting += reversed(first)
        else:
            waiting.pop()
            done.setdefault(each.ref, each)
