"""Filters for templates: dates in words, and credits gathered into the rows a reader wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ballardwiki.slugs import fold, slug
from ballardwiki.values import LAST, parse_episodes

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
BILLINGS = ("lead", "main", "recurring", "guest", "cameo", "")
"""The order in which casts are shown."""
CONFIDENCE = ("confirmed", "reported", "rumoured", "disputed")
"""From the firmest to the least firm."""
_CITED = 3
"""How many sources a row that sums up several credits cites; each credit's own page has them all."""
_LONG = 70
_MANY = 4
"""Texts of more characters, and fields of more texts, stand in the article's column, not in the box beside it."""


def date(value: object) -> str:
    """A partial ISO date in words: `2025-07-09` -> `9 July 2025`, `2025-07` -> `July 2025`."""
    parts = str(value or "")[:10].split("-")
    if not parts[0].isdecimal():
        return str(value or "")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:  # year, month, day
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def year(value: object) -> str:
    """The year of a partial ISO date."""
    return str(value or "")[:4]


def host(value: object) -> str:
    """The host of an address, without `www.`."""
    return urlsplit(str(value)).netloc.removeprefix("www.")


def count(number: int, one: str, many: str = "") -> str:
    """`3|count("episode")` -> `3 episodes`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def capital(text: object) -> str:
    """A text with its first letter as a capital, the rest as it is."""
    return str(text)[:1].upper() + str(text)[1:]


def tag_url(name: object) -> str:
    """The address of a tag's page from the site's root."""
    return f"/tags/{slug(fold(str(name))) or 'tag'}/"


def by_year(entities: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Dated entities by the year of their date, in the order given."""
    found: dict[str, list[Any]] = {}
    for entity in entities:
        found.setdefault(entity.date_key[:4], []).append(entity)
    return list(found.items())


def by_letter(entities: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Entities by the first letter of their title without accents, in the order given; digits and signs under `#`."""
    found: dict[str, list[Any]] = {}
    for entity in entities:
        first = fold(entity.title)[:1].upper()
        found.setdefault(first if first.isalpha() else "#", []).append(entity)
    return list(found.items())


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


def _entity(statement: Any) -> Any:
    return getattr(statement, "value", statement)


def parts_of(place: Any) -> list[Any]:
    """The seasons of a series or the episodes of a season, in story order; [] for anything else."""
    parts = {"series": "seasons", "season": "episodes"}.get(place.type)
    return sorted((_entity(each) for each in getattr(place, parts)), key=_place) if parts else []


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
    found = [_entity(each) for each in place.credits]
    for part in parts_of(place):
        found += credits_of(part) if part.type != "episode" else [_entity(each) for each in part.credits]
    if place.type == "episode" and place.season:
        for holder in (place.season.value, series_of(place)):
            around = [_entity(each) for each in holder.credits] if holder is not None else []
            found += [credit for credit in around if credit.episodes and place in covered(credit)]
    return found


def roles(credits: Iterable[Any], *, across: bool = False) -> list[Role]:
    """Credits as roles: those of one person with the same character or job in the same series become one.

    `across` leaves out the series, for a row per person in the cast of one page. Order: as first credited.
    """
    found: dict[tuple[str, ...], list[Any]] = {}
    for given in credits:
        credit = _entity(given)
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


def by_place(episodes: Iterable[Any]) -> list[tuple[Any, list[tuple[Any, list[Any]]]]]:
    """Episodes by series and in them by season, in the order given; those without a season are left out."""
    found: dict[str, tuple[Any, dict[str, tuple[Any, list[Any]]]]] = {}
    for episode in map(_entity, episodes):
        series = series_of(episode)
        if series is not None:
            season = episode.season.value
            seasons = found.setdefault(series.ref, (series, {}))[1]
            seasons.setdefault(season.ref, (season, []))[1].append(episode)
    return [(series, list(seasons.values())) for series, seasons in found.values()]


def code(episode: Any) -> str:
    """`S01E03` for an episode, `Season 2` for a season, the title of anything else."""
    if episode.type == "episode" and episode.season:
        return f"S{_number(episode.season.number):02}E{_number(episode.number):02}"
    return f"Season {_number(episode.number)}" if episode.type == "season" else str(episode.title)


def released(episodes: Iterable[Any], today: str) -> list[Any]:
    """The episodes that are out on a day, the newest first; those of one day in the order given."""
    found = [each for each in map(_entity, episodes) if each.aired and not _ahead(each.aired.text, today)]
    return sorted(found, key=lambda each: each.aired.text, reverse=True)


def upcoming(episodes: Iterable[Any], today: str) -> list[Any]:
    """The episodes with a date that is still to come, the next first."""
    found = [each for each in map(_entity, episodes) if each.aired and _ahead(each.aired.text, today)]
    return sorted(found, key=lambda each: each.aired.text)


def _ahead(date: str, today: str) -> bool:
    """Whether a partial date is still to come; of a month or year that has begun we can't tell, and wait."""
    now = today[: len(date)]
    return date > now or (date == now and len(date) < len(today))


def newest(entities: Iterable[Any], number: int = 0) -> list[Any]:
    """Dated entities, the newest first; `number` 0 for all."""
    found = sorted(entities, key=lambda each: (each.date_key, each.id), reverse=True)
    return found[:number] if number else found


def of_type(entities: Iterable[Any], *types: str) -> list[Any]:
    """The entities of some types."""
    return [_entity(entity) for entity in entities if _entity(entity).type in types]


def not_of_type(entities: Iterable[Any], *types: str) -> list[Any]:
    """The entities of all other types."""
    return [_entity(entity) for entity in entities if _entity(entity).type not in types]


def news(entity: Any) -> list[Any]:
    """The news that is about an entity or mentions it, the newest first."""
    found = [*map(_entity, getattr(entity, "news", ())), *entity.mentions]
    return newest({each.ref: each for each in found if each.date_key and each != entity}.values())


def inverses(entity: Any, types: Mapping[str, Any], *skip: str) -> list[tuple[str, list[Any]]]:
    """Who points at an entity, by the label of that way back; only pages, and without the inverses named in `skip`.

    A relation that holds both ways is not among them: its field shows both sides.
    """
    kind = entity.kind
    labels: dict[str, str] = {}
    for other in types.values():
        for field in other.fields.values():
            if field.inverse and (kind.name in field.to or ("any" in field.to and kind.url)):
                labels.setdefault(field.inverse, field.inverse_label or field.label)
    found = []
    for name, label in labels.items():
        if name not in skip and name not in kind.fields:
            pages = [each for each in getattr(entity, name) if each.value.url]
            found += [(label, pages)] if pages else []
    return found


def long(statements: Iterable[Any]) -> bool:
    """Whether a field's texts are too long or too many for the box beside the article."""
    found = list(statements)
    return len(found) > _MANY or any(len(each.text) > _LONG for each in found)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "date": date,
    "year": year,
    "host": host,
    "count": count,
    "capital": capital,
    "tag_url": tag_url,
    "by_year": by_year,
    "by_letter": by_letter,
    "parts_of": parts_of,
    "credits_of": credits_of,
    "roles": roles,
    "cast": cast,
    "crew": crew,
    "by_series": by_series,
    "by_place": by_place,
    "series_of": series_of,
    "code": code,
    "released": released,
    "upcoming": upcoming,
    "newest": newest,
    "news": news,
    "inverses": inverses,
    "of_type": of_type,
    "not_of_type": not_of_type,
}
TESTS: Mapping[str, Callable[..., bool]] = {"long": long}
