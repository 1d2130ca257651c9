"""Filters for templates: dates in words, lists in the order a reader wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ballardwiki import slugs
from ballardwiki.content import moments
from ballardwiki.pages.credits import (
    code,
    credits_of,
    entity_of,
    named,
    number_of,
    parts_of,
    regulars_of,
    series_of,
    special,
)
from ballardwiki.pages.credits.casts import by_series, cast, crew, recast_from, recasts, roles
from ballardwiki.pages.versions import continuities, differences, newest_first, steps
from ballardwiki.pages.view import EntityView, StatementView
from ballardwiki.schema import EntityType
from ballardwiki.slugs import fold

Found = Iterable[StatementView | EntityView]
"""Entities, or statements about them: what a template has from a field or a way back."""

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


def time(value: object) -> str:
    """The time of day of an ISO date: `2025-07-09T18:00:00` -> `18:00`; "" for one without."""
    return str(value or "")[11:16]


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
    return slugs.tag_url(str(name))


def by_year(entities: Iterable[EntityView]) -> list[tuple[str, list[EntityView]]]:
    """Dated entities by the year of their date, in the order given."""
    found: dict[str, list[EntityView]] = {}
    for entity in entities:
        found.setdefault(entity.date_key[:4], []).append(entity)
    return list(found.items())


def by_letter(entities: Iterable[EntityView]) -> list[tuple[str, list[EntityView]]]:
    """Entities by the first letter of their title without accents, in the order given; digits and signs under `#`."""
    found: dict[str, list[EntityView]] = {}
    for entity in entities:
        first = fold(entity.title)[:1].upper()
        found.setdefault(first if first.isalpha() else "#", []).append(entity)
    return list(found.items())


def by_place(episodes: Found) -> list[tuple[EntityView, list[tuple[EntityView, list[EntityView]]]]]:
    """Episodes by series and in them by season, in the order given; those without a season are left out."""
    found: dict[str, tuple[EntityView, dict[str, tuple[EntityView, list[EntityView]]]]] = {}
    for episode in map(entity_of, episodes):
        series = series_of(episode)
        if series is not None:
            season = episode.season.value
            seasons = found.setdefault(series.ref, (series, {}))[1]
            seasons.setdefault(season.ref, (season, []))[1].append(episode)
    return [(series, list(seasons.values())) for series, seasons in found.values()]


def released(episodes: Found, today: str) -> list[EntityView]:
    """The episodes that are out on a day, the newest first; those of one day in the order given."""
    found = [each for each in map(entity_of, episodes) if each.aired and not _ahead(each.aired, today)]
    return sorted(found, key=lambda each: moments.order(each.aired.text), reverse=True)


def upcoming(episodes: Found, today: str) -> list[EntityView]:
    """The episodes with a date that is still to come, the next first."""
    found = [each for each in map(entity_of, episodes) if each.aired and _ahead(each.aired, today)]
    return sorted(found, key=lambda each: moments.order(each.aired.text))


def _ahead(statement: StatementView, today: str) -> bool:
    """Whether a date is still to come; of a month or year that has begun we can't tell, and wait."""
    date = statement.text
    if len(date) > len(today):  # it has a time of day
        return not statement.due
    now = today[: len(date)]
    return date > now or (date == now and len(date) < len(today))


def newest(entities: Iterable[EntityView], number: int = 0) -> list[EntityView]:
    """Dated entities, the newest first; `number` 0 for all."""
    found = newest_first(entities)
    return found[:number] if number else found


def of_type(entities: Found, *types: str) -> list[EntityView]:
    """The entities of some types."""
    return [entity_of(entity) for entity in entities if entity_of(entity).type in types]


def not_of_type(entities: Found, *types: str) -> list[EntityView]:
    """The entities of all other types."""
    return [entity_of(entity) for entity in entities if entity_of(entity).type not in types]


def news(entity: EntityView) -> list[EntityView]:
    """The news that is about an entity or mentions it, the newest first."""
    found = [*map(entity_of, getattr(entity, "news", ())), *entity.mentions]
    return newest({each.ref: each for each in found if each.date_key and each != entity}.values())


def inverses(entity: EntityView, types: Mapping[str, EntityType], *skip: str) -> list[tuple[str, list[StatementView]]]:
    """Who points at an entity, by the label of that way back; only pages, and without the inverses named in `skip`.

    A relation that holds both ways is not among them: its field shows both sides.
    """
    kind = entity.declared
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


def long(statements: Iterable[StatementView]) -> bool:
    """Whether a field's texts are too long or too many for the box beside the article."""
    found = list(statements)
    return len(found) > _MANY or any(len(each.text) > _LONG for each in found)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "date": date,
    "time": time,
    "year": year,
    "host": host,
    "count": count,
    "capital": capital,
    "tag_url": tag_url,
    "by_year": by_year,
    "by_letter": by_letter,
    "parts_of": parts_of,
    "credits_of": credits_of,
    "regulars_of": regulars_of,
    "roles": roles,
    "cast": cast,
    "crew": crew,
    "by_series": by_series,
    "recast_from": recast_from,
    "recasts": recasts,
    "by_place": by_place,
    "series_of": series_of,
    "code": code,
    "number_of": number_of,
    "steps": steps,
    "continuities": continuities,
    "differences": differences,
    "released": released,
    "upcoming": upcoming,
    "newest": newest,
    "news": news,
    "inverses": inverses,
    "of_type": of_type,
    "not_of_type": not_of_type,
}
TESTS: Mapping[str, Callable[..., bool]] = {"long": long, "named": named, "special": special}
