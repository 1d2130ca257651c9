"""Credits gathered into roles: who played whom, who did what, in which episodes and years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ballardwiki.credits import (
    code,
    counted,
    covered,
    entity_of,
    episodes_of,
    holder_of,
    inside,
    named,
    place_key,
    series_of,
)
from ballardwiki.schema import CONFIDENCE

BILLINGS = ("lead", "main", "recurring", "guest", "cameo", "")
"""The order in which casts are shown."""
_CITED = 3
"""How many sources a row that sums up several credits cites; each credit's own page has them all."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a season, or in a series as a whole, a role is credited: for all of it, for single episodes, or both."""

    place: Any
    whole: bool
    episodes: tuple[Any, ...]

    @property
    def named(self) -> bool:
        """Whether the place is called by words of its own, not by its number."""
        return named(self.place)


@dataclass(frozen=True)
class Role:
    """What one person did in one place: all credits that say so.

    person, character, series: entities (character and series may be None). job: "" for cast. billing: the highest.
    version: which one of the character, "" for the usual. as_self: whether the person plays themselves.
    places: the series, seasons and episodes credited in, in story order. episodes: only the episodes among them.
    within: the series or season that the row is for; nothing outside is in its places. None for all.
    """

    person: Any
    character: Any
    job: str
    billing: str
    series: Any
    version: str
    as_self: bool
    credits: tuple[Any, ...]
    within: Any = None

    def _covered(self, credit: Any) -> list[Any]:
        if not credit.within:
            return []
        found = covered(credit)
        if self.within is None:
            return found
        small = [place for place in found if inside(place, self.within)]
        return small or [self.within for place in found if inside(self.within, place)][:1]

    @cached_property
    def places(self) -> list[Any]:
        """What the credits are for, each place once."""
        found = {place.ref: place for credit in self.credits for place in self._covered(credit)}
        return sorted(found.values(), key=place_key)

    @cached_property
    def spans(self) -> list[Span]:
        """The places season by season, in story order."""
        found: dict[str, tuple[Any, list[Any], list[Any]]] = {}
        for place in self.places:
            single = place.type == "episode" and place.season
            holder = place.season.value if single else place
            _, whole, episodes = found.setdefault(holder.ref, (holder, [], []))
            (episodes if single else whole).append(place)
        return [Span(holder, bool(whole), tuple(episodes)) for holder, whole, episodes in found.values()]

    @property
    def episodes(self) -> list[Any]:
        """The episodes among the places."""
        return [place for place in self.places if place.type == "episode"]

    @property
    def seasons(self) -> list[Any]:
        """The seasons credited in, as a whole or by an episode, each once."""
        return [span.place for span in self.spans if span.place.type == "season"]

    @cached_property
    def certain(self) -> list[Any]:
        """Every episode that the credits say the role is in, in story order."""
        credits = [credit for credit in self.credits if credit.within and counted(credit)]
        found = {
            episode.ref: episode
            for credit in credits
            for place in self._covered(credit)
            for episode in episodes_of(place)
        }
        return sorted(found.values(), key=place_key)

    @cached_property
    def vague(self) -> list[Any]:
        """The series and seasons in which the role is credited without a word on the episodes."""
        credits = [credit for credit in self.credits if credit.within and not counted(credit)]
        return [place for credit in credits for place in self._covered(credit)]

    @property
    def years(self) -> list[str]:
        """The first and the last year in which what the role is in came out; one when they are the same, or none."""
        vague = {part.ref: part for place in self.vague for part in _seasons(place)}.values()
        dates = [episode.aired for episode in self.certain]
        dates += [date for season in vague for date in (season.premiered, season.ended)]
        years = sorted({date.text[:4] for date in dates if date})
        return [years[0], years[-1]] if len(years) > 1 else years

    @property
    def extent(self) -> str:
        """`10 episodes, 2025`; `at least 2 episodes` where a season is credited without saying in how many.

        For what is credited in a whole series like that, only the years: they say more than the few episodes known.
        """
        number = 0 if any(place.type == "series" for place in self.vague) else len(self.certain)
        words = [f"{'at least ' if self.vague else ''}{number} episode{'' if number == 1 else 's'}"] if number else []
        return ", ".join([*words, *([" to ".join(self.years)] if self.years else [])])

    @property
    def notes(self) -> list[str]:
        """The credits' remarks, each once."""
        return list(dict.fromkeys(str(credit.note) for credit in self.credits if credit.note))

    @property
    def uncredited(self) -> str:
        """`uncredited`, with the places where the others of the row are credited; "" when all are."""
        unnamed = [credit for credit in self.credits if credit.uncredited and credit.uncredited.value]
        if len(unnamed) in (0, len(self.credits)):
            return "uncredited" if unnamed else ""
        places = {place.ref: place for credit in unnamed for place in self._covered(credit)}
        return f"uncredited in {', '.join(map(code, sorted(places.values(), key=place_key)))}" if places else ""

    @property
    def remarks(self) -> list[str]:
        """What to say beside a name: the version, that it is uncredited, and the notes."""
        return [each for each in (self.version, self.uncredited, *self.notes) if each]

    @property
    def sources(self) -> list[Any]:
        """The first sources of the credits, each once: enough to show where the role is from (for `cite`)."""
        found = {source.ref: source for credit in self.credits for source in credit.qualifiers.sources}
        return list(found.values())[:_CITED]

    @property
    def confidence(self) -> str:
        """The firmest confidence of the credits (for `cite`)."""
        return str(min((credit.qualifiers.confidence for credit in self.credits), key=CONFIDENCE.index))


def _seasons(place: Any) -> list[Any]:
    if place.type == "series":
        return [entity_of(each) for each in place.seasons]
    return [place] if place.type == "season" else [holder_of(place)] if holder_of(place) is not None else []


def roles(credits: Iterable[Any], *, across: bool = False, within: Any = None) -> list[Role]:
    """Credits as roles: those of one person with the same character or job in the same series become one.

    `across` leaves out the series, for a row per person in the cast of one page. `within` keeps to a season or
    series. Order: as first credited.
    """
    found: dict[tuple[object, ...], list[Any]] = {}
    for given in credits:
        credit = entity_of(given)
        if not credit.person:
            continue
        series = series_of(credit.within.value) if credit.within else None
        character = credit.character.ref if credit.character else ""
        itself = bool(credit.as_self and credit.as_self.value)
        place = "" if across or series is None else series.ref
        key = (credit.person.ref, character, str(credit.job or ""), str(credit.version or ""), itself, place)
        found.setdefault(key, []).append(credit)
    return [_role(same, within) for same in found.values()]


def _role(same: list[Any], within: Any) -> Role:
    first = same[0]
    billings = [str(credit.billing or "") for credit in same]
    return Role(
        person=first.person.value,
        character=first.character.value if first.character else None,
        job=str(first.job or ""),
        billing=min(billings, key=BILLINGS.index),
        series=series_of(first.within.value) if first.within else None,
        version=str(first.version or ""),
        as_self=bool(first.as_self and first.as_self.value),
        credits=tuple(same),
        within=within,
    )
