"""A role: what one person did in a series, by all credits that say so, and in which episodes and years."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ballardwiki.content.designators import Position
from ballardwiki.pages.credits import (
    code,
    counted,
    entity_of,
    episodes_of,
    named,
    place_key,
    points_for,
    ticked,
    told,
)
from ballardwiki.pages.view import EntityView
from ballardwiki.schema import CONFIDENCE

_APART = ("billing", "credited_as", "note")
"""The fields of a credit that are shown beside the episodes they are for."""
_CITED = 3
"""How many sources a row that sums up several credits cites; each credit's own page has them all."""


class Span(Struct, frozen=True):
    """Where in a season, or in a series as a whole, a role is credited: for all of it, for single episodes, or both."""

    place: EntityView
    whole: bool
    episodes: tuple[EntityView, ...]

    @property
    def named(self) -> bool:
        """Whether the place is called by words of its own, not by its number."""
        return named(self.place)


class Role(Struct, frozen=True, dict=True):
    """What one person did in one place: all credits that say so.

    person, character, series: entities (character and series may be None). job: "" for cast. part: the part in words,
    if it is told so. billing: the highest. version: which one of the character, "" for the usual. as_self:
    whether the person plays themselves. places: the series, seasons and episodes credited in, in story order.
    episodes: only the episodes among them. within: the series or season that the row is for; nothing outside is in its
    places. None for all.
    """

    person: EntityView
    character: EntityView | None
    job: str
    part: str
    billing: str
    series: EntityView | None
    version: str
    as_self: bool
    credits: tuple[EntityView, ...]
    within: EntityView | None = None

    def _covered(self, credit: EntityView) -> list[EntityView]:
        if not credit.within:
            return []
        return credit.covered if self.within is None else credit.covered_in(self.within)

    @cached_property
    def places(self) -> list[EntityView]:
        """What the credits are for, each place once."""
        found = {place.ref: place for credit in self.credits for place in self._covered(credit)}
        return sorted(found.values(), key=place_key)

    @cached_property
    def spans(self) -> list[Span]:
        """The places season by season, in story order."""
        found: dict[str, tuple[EntityView, list[EntityView], list[EntityView]]] = {}
        for place in self.places:
            single = place.type == "episode" and place.season
            holder = place.season.value if single else place
            _, whole, episodes = found.setdefault(holder.ref, (holder, [], []))
            (episodes if single else whole).append(place)
        return [Span(holder, bool(whole), tuple(episodes)) for holder, whole, episodes in found.values()]

    @property
    def episodes(self) -> list[EntityView]:
        """The episodes among the places."""
        return [place for place in self.places if place.type == "episode"]

    @property
    def seasons(self) -> list[EntityView]:
        """The seasons credited in, as a whole or by an episode, each once."""
        return [span.place for span in self.spans if span.place.type == "season"]

    @cached_property
    def certain(self) -> list[EntityView]:
        """Every episode that the credits say the role is in, in story order."""
        credits = [credit for credit in self.credits if credit.within and counted(credit)]
        found = {
            episode.ref: episode
            for credit in credits
            for place in self._covered(credit)
            for episode in episodes_of(place)
        }
        return sorted(found.values(), key=place_key)

    @property
    def number(self) -> int:
        """How many episodes these are: of a double one both, or the one that is named."""
        found: set[tuple[str, Position]] = set()
        for credit in self.credits:
            places = self._covered(credit) if credit.within and counted(credit) else ()
            for episode in (each for place in places for each in episodes_of(place)):
                found |= {(episode.ref, point) for point in points_for(credit, episode)}
        return len(found)

    @cached_property
    def vague(self) -> list[EntityView]:
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
        number = 0 if any(place.type == "series" for place in self.vague) else self.number
        words = [f"{'at least ' if self.vague else ''}{number} episode{'' if number == 1 else 's'}"] if number else []
        return ", ".join([*words, *([" to ".join(self.years)] if self.years else [])])

    @cached_property
    def stretches(self) -> list[Role]:
        """The role apart for each billing, name and note that its credits have, in story order; itself if all agree.

        A credit without a billing has that of the others, if they have but one.
        """
        billings = {told(credit, "billing") for credit in self.credits} - {""}
        apart = _APART if len(billings) > 1 else _APART[1:]
        found: dict[tuple[str, ...], list[EntityView]] = {}
        for credit in self.credits:
            found.setdefault(tuple(told(credit, name) for name in apart), []).append(credit)
        if len(found) == 1:
            return [self]
        billed = [next(filter(None, (told(credit, "billing") for credit in row)), "") for row in found.values()]
        parts = [
            replace(self, billing=name, credits=tuple(row)) for name, row in zip(billed, found.values(), strict=True)
        ]
        return sorted(parts, key=lambda part: [place_key(place) for place in part.places])

    @property
    def rank(self) -> int:
        """The place of the billing among those that the type of credits has, in whose order casts are shown."""
        return rank(self.credits[0], self.billing)

    @property
    def words(self) -> dict[str, str]:
        """What the credits say in words by the names of their fields, where no record says it."""
        return {} if self.character else {"as": told(self.credits[0], "as")}

    @property
    def notes(self) -> list[str]:
        """The credits' remarks, each once, and the names that the person has in them."""
        names = (f"credited as {name}" for credit in self.credits if (name := told(credit, "credited_as")))
        notes = (note for credit in self.credits if (note := told(credit, "note")) and note != self.part)
        return list(dict.fromkeys((*names, *notes)))

    @property
    def uncredited(self) -> str:
        """`uncredited`, with the places where the others of the row are credited; "" when all are."""
        unnamed = [credit for credit in self.credits if ticked(credit, "uncredited")]
        if len(unnamed) in (0, len(self.credits)):
            return "uncredited" if unnamed else ""
        places = {place.ref: place for credit in unnamed for place in self._covered(credit)}
        return f"uncredited in {', '.join(map(code, sorted(places.values(), key=place_key)))}" if places else ""

    @property
    def remarks(self) -> list[str]:
        """What to say beside a name: the version, words on a part with a record, that it is uncredited, the notes."""
        beside = self.part if self.character or self.job or self.as_self else ""
        return [each for each in (self.version, beside, self.uncredited, *self.notes) if each]

    @property
    def common(self) -> list[str]:
        """The remarks that hold of all its stretches; all of them, if there is but one."""
        if len(self.stretches) == 1:
            return self.remarks
        first, *others = (stretch.remarks for stretch in self.stretches)
        return [each for each in first if all(each in row for row in others)]

    @property
    def label(self) -> str:
        """What is shown beside the places of a stretch: its billing and remarks."""
        return ", ".join(each for each in (self.billing, *self.remarks) if each)

    @property
    def sources(self) -> list[EntityView]:
        """The first sources of the credits, each once: enough to show where the role is from (for `cite`)."""
        found = {source.ref: source for credit in self.credits for source in credit.qualifiers.sources}
        return list(found.values())[:_CITED]

    @property
    def confidence(self) -> str:
        """The firmest confidence of the credits (for `cite`)."""
        return min((credit.qualifiers.confidence for credit in self.credits), key=CONFIDENCE.index)


def _seasons(place: EntityView) -> list[EntityView]:
    """The seasons of a series; a season itself; none of what has no part in a series."""
    if place.type == "series":
        return [entity_of(each) for each in place.seasons]
    return [place] if place.type == "season" else []


def rank(credit: EntityView, billing: str) -> int:
    """The place of a billing in the order of the options that its field has; the last for none."""
    field = credit.declared.fields.get("billing")
    options = field.options if field else ()
    return options.index(billing) if billing in options else len(options)
