"""Credits gathered into the rows a reader wants: who played whom, who did what, and in which episodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ballardwiki.values import LAST, parse_episodes

BILLINGS = ("lead", "main", "recurring", "guest", "cameo", "")
"""The order in which casts are shown."""
CONFIDENCE = ("confirmed", "reported", "rumoured", "disputed")
"""From the firmest to the least firm."""
_CITED = 3
"""How many sources a row that sums up several credits cites; each credit's own page has them all."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a season, or in a series as a whole, a role is credited: for all of it, for single episodes, or both."""

    place: Any
    whole: bool
    episodes: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What one person did in one place: all credits that say so.

    person, character, series: entities (character and series may be None). job: "" for cast. billing: the highest.
    places: the series, seasons and episodes credited in, in story order. episodes: only the episodes among them.
    """

    person: Any
    character: Any
    job: str
    billing: str
    series: Any
    credits: tuple[Any, ...]

    @property
    def places(self) -> list[Any]:
        """What the credits are for, each place once."""
        found = {place.ref: place for credit in self.credits if credit.within for place in covered(credit)}
        return sorted(found.values(), key=_place)

    @property
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

    @property
    def notes(self) -> list[str]:
        """The credits' remarks, each once."""
        return list(dict.fromkeys(str(credit.note) for credit in self.credits if credit.note))

    @property
    def sources(self) -> list[Any]:
        """The first sources of the credits, each once: enough to show where the role is from (for `cite`)."""
        found = {source.ref: source for credit in self.credits for source in credit.qualifiers.sources}
        return list(found.values())[:_CITED]

    @property
    def confidence(self) -> str:
        """The firmest confidence of the credits (for `cite`)."""
        return str(min((credit.qualifiers.confidence for credit in self.credits), key=CONFIDENCE.index))


def _number(found: Any) -> int:
    return int(found.value) if found is not None else 0


def _place(place: Any) -> tuple[int, int, int, str]:
    series = series_of(place)
    order = _number(series.number) if series is not None else 0
    if place.type == "episode" and place.season:
        return (order, _number(place.season.number), _number(place.number), place.ref)
    return (order, _number(place.number) if place.type == "season" else 0, 0, place.ref)


def series_of(place: Any) -> Any:
    """The series that a series, season or episode belongs to."""
    if place.type == "series":
        return place
    holder = place.season if place.type == "episode" else place.series
    return series_of(holder.value) if holder else None


def entity_of(statement: Any) -> Any:
    """The entity that a statement is about; an entity stays itself."""
    return getattr(statement, "value", statement)


def parts_of(place: Any) -> list[Any]:
    """The seasons of a series or the episodes of a season, in story order; [] for anything else."""
    parts = {"series": "seasons", "season": "episodes"}.get(place.type)
    return sorted((entity_of(each) for each in getattr(place, parts)), key=_place) if parts else []


def covered(credit: Any) -> list[Any]:
    """What a credit is for: the place it is written in, or the seasons and episodes of it that the credit names."""
    within = credit.within.value
    found: list[Any] = []
    for text in credit.episodes:
        run = parse_episodes(str(text))
        if run and run != ((0, 0), (LAST, LAST)):
            found += _run(within, *run)
    return found or [within]


def _run(place: Any, first: tuple[int, int], last: tuple[int, int]) -> list[Any]:
    """The parts of a place from one (season, episode) to another: whole seasons where the run holds them whole."""
    if place.type == "episode":
        number = (_number(place.season.number), _number(place.number)) if place.season else (0, 0)
        return [place] if first <= number <= last else []
    if place.type == "season" and first <= (_number(place.number), 0) and (_number(place.number), LAST) <= last:
        return [place]
    return [found for part in parts_of(place) for found in _run(part, first, last)]


def credits_of(place: Any) -> list[Any]:
    """All credits of a series, season or episode: its own, then those of its parts.

    An episode has those too that stand in its season or series and name it.
    """
    found = [entity_of(each) for each in place.credits]
    for part in parts_of(place):
        found += credits_of(part) if part.type != "episode" else [entity_of(each) for each in part.credits]
    if place.type == "episode" and place.season:
        for holder in (place.season.value, series_of(place)):
            around = [entity_of(each) for each in holder.credits] if holder is not None else []
            found += [credit for credit in around if credit.episodes and place in covered(credit)]
    return found


def roles(credits: Iterable[Any], *, across: bool = False) -> list[Role]:
    """Credits as roles: those of one person with the same character or job in the same series become one.

    `across` leaves out the series, for a row per person in the cast of one page. Order: as first credited.
    """
    found: dict[tuple[str, ...], list[Any]] = {}
    for given in credits:
        credit = entity_of(given)
        if not credit.person:
            continue
        series = series_of(credit.within.value) if credit.within else None
        character = credit.character.ref if credit.character else ""
        key = (credit.person.ref, character, str(credit.job or ""), "" if across or series is None else series.ref)
        found.setdefault(key, []).append(credit)
    return [_role(same) for same in found.values()]


def _role(same: list[Any]) -> Role:
    first = same[0]
    billings = [str(credit.billing or "") for credit in same]
    return Role(
        person=first.person.value,
        character=first.character.value if first.character else None,
        job=str(first.job or ""),
        billing=min(billings, key=BILLINGS.index),
        series=series_of(first.within.value) if first.within else None,
        credits=tuple(same),
    )


def cast(found: Iterable[Role]) -> list[Role]:
    """The roles in front of the camera, by billing."""
    return sorted((role for role in found if not role.job), key=lambda role: BILLINGS.index(role.billing))


def crew(found: Iterable[Role]) -> list[tuple[str, list[Role]]]:
    """The roles behind the camera, by job, jobs in the order in which they first come."""
    jobs: dict[str, list[Role]] = {}
    for role in found:
        if role.job:
            jobs.setdefault(role.job, []).append(role)
    return list(jobs.items())


def by_series(found: Iterable[Role]) -> list[tuple[Any, list[Role]]]:
    """Roles by series, in the order of the universe; within each, cast before crew."""
    groups: dict[str, tuple[Any, list[Role]]] = {}
    for role in sorted(found, key=lambda each: (bool(each.job), BILLINGS.index(each.billing))):
        if role.series is not None:
            groups.setdefault(role.series.ref, (role.series, []))[1].append(role)
    return sorted(groups.values(), key=lambda group: _place(group[0]))


def code(episode: Any) -> str:
    """`S01E03` for an episode, `Season 2` for a season, the title of anything else."""
    if episode.type == "episode" and episode.season:
        return f"S{_number(episode.season.number):02}E{_number(episode.number):02}"
    return f"Season {_number(episode.number)}" if episode.type == "season" else str(episode.title)
