"""Credits and the episodes they are for: what a credit covers, and all credits of a series, season or episode."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from ballardwiki.content.designators import Position, parse_episodes
from ballardwiki.graph.coverage import STARRING
from ballardwiki.pages.view import EntityView, StatementView
from ballardwiki.schema import fill, pattern_paths


def _number(found: StatementView | None) -> int:
    return int(str(found.value)) if found is not None else 0


def place_key(place: EntityView) -> tuple[int, bool, int, int, str]:
    """Series, seasons and episodes in the order of their series' and their own numbers; specials come last."""
    series = series_of(place)
    order = _number(series.number) if series is not None else 0
    season = place.season.value if place.type == "episode" and place.season else place
    if season.type != "season":
        return (order, False, 0, 0, place.ref)
    return (order, special(season), _number(season.number), 0 if season is place else _number(place.number), place.ref)


def special(place: EntityView) -> bool:
    """Whether a place stands after all others of its kind, as its type declares of `specials`; its parts do, too."""
    rule = place.declared.specials
    found: StatementView | None = getattr(place, rule.field, None) if rule else None
    if rule and found and found.value == rule.value:
        return True
    holder = holder_of(place)
    return holder is not None and special(holder)


def series_of(place: EntityView) -> EntityView | None:
    """The series that a series, season or episode belongs to."""
    if place.type == "series":
        return place
    holder = holder_of(place)
    return series_of(holder) if holder is not None else None


def holder_of(place: EntityView) -> EntityView | None:
    """The season of an episode or the series of a season; None for anything else."""
    field = {"episode": "season", "season": "series"}.get(place.type)
    found: StatementView | None = getattr(place, field) if field else None
    return entity_of(found) if found else None


def told(credit: EntityView, name: str) -> str:
    """What a credit says in a field, as text; "" where it says nothing, or its type has no such field."""
    return str(getattr(credit, name, None) or "")


def ticked(credit: EntityView, name: str) -> bool:
    """Whether a credit says yes in a field."""
    found = getattr(credit, name, None)
    return bool(found and found.value)


def runs(credit: EntityView, name: str) -> list[tuple[Position, Position]]:
    """The runs of episodes that a credit names in a field, each as its first and last place."""
    found = (parse_episodes(str(text)) for text in getattr(credit, name, None) or ())
    return [run for run in found if run]


def entity_of(found: StatementView | EntityView) -> EntityView:
    """The entity that a statement is about; an entity stays itself."""
    return cast(EntityView, found.value) if isinstance(found, StatementView) else found


def parts_of(place: EntityView) -> list[EntityView]:
    """The seasons of a series or the episodes of a season, in story order; [] for anything else."""
    parts = {"series": "seasons", "season": "episodes"}.get(place.type)
    return sorted((entity_of(each) for each in getattr(place, parts)), key=place_key) if parts else []


def episodes_of(place: EntityView) -> list[EntityView]:
    """The episodes of a series or season in story order; an episode is its own."""
    return [place] if place.type == "episode" else [found for part in parts_of(place) for found in episodes_of(part)]


def points_of(episode: EntityView) -> list[Position]:
    """The places of an episode, as season and number: two of a double one."""
    season = _number(episode.season.number) if episode.season else 0
    return [(season, number) for number in (episode.number.numbers if episode.number else (0,))]


def number_of(episodes: Iterable[StatementView | EntityView]) -> int:
    """How many episodes some records are: a double one is two."""
    return sum(len(points_of(entity_of(each))) for each in episodes)


def points_for(credit: EntityView, episode: EntityView) -> list[Position]:
    """The places of an episode that a credit is for."""
    named, excepted = runs(credit, "episodes"), runs(credit, "except")
    return [
        point
        for point in points_of(episode)
        if not any(first <= point <= last for first, last in excepted)
        and (not named or any(first <= point <= last for first, last in named))
    ]


def counted(credit: EntityView) -> bool:
    """Whether a credit says in which episodes: it is on one, names some, leaves some out, or is of the main cast."""
    return bool(
        credit.within.value.type == "episode"
        or runs(credit, "episodes")
        or runs(credit, "except")
        or told(credit, "billing") in STARRING
    )


def credits_of(place: EntityView) -> list[EntityView]:
    """All credits of a series, season or episode: its own, then those of its parts.

    A season or episode has those too that stand around it and are for it; for `regulars_of` an episode leaves its
    main cast.
    """
    return [*_held(place), *place.credited]


def _held(place: EntityView) -> list[EntityView]:
    own = [entity_of(each) for name in place.declared.credit_fields for each in getattr(place, name)]
    return own + [credit for part in parts_of(place) for credit in _held(part)]


def regulars_of(episode: EntityView) -> list[EntityView]:
    """The credits of the main cast of an episode's season and series, but those that name episodes."""
    return episode.regulars


def code(place: EntityView) -> str:
    """How lists call a place: `S01E03` for an episode; a season by its title, else `Season 2` or `Specials`.

    Types say how (`code`, `short`, `specials`); anything else is called by its title.
    """
    kind = place.declared
    short = kind.specials.short if kind.specials and special(place) else ""
    return _filled(place, kind.code) or _given(place) or _filled(place, short or kind.short) or str(place.title)


def named(place: EntityView) -> bool:
    """Whether lists call a place by words of its own, not by its number."""
    return bool(_given(place)) or special(place)


def _given(place: EntityView) -> str:
    """The title that an editor gave, "" for one made from a pattern."""
    field = place.declared.fields.get("title")
    found = place.statements(field) if field else ()
    return str(found[0].text) if found else ""


def _filled(place: EntityView, pattern: str) -> str:
    """A pattern filled from a place, "" when a number is missing."""
    found = {path: _at(place, path) for path, _ in pattern_paths(pattern)}
    return fill(pattern, found.__getitem__) if None not in found.values() else ""


def _at(place: EntityView, path: str) -> object:
    """The value at a path; a run of numbers with all of them."""
    way, _, name = path.rpartition(".")
    holder = place.path(way) if way else place
    return getattr(getattr(holder, name, None), "numbers", None) or place.path(path)
