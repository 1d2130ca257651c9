"""Credits gathered into roles, and these as a reader wants them: casts, crews, filmographies by series."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ballardwiki.pages.credits import entity_of, holder_of, place_key, series_of, ticked, told
from ballardwiki.pages.credits.roles import Role, rank
from ballardwiki.pages.view import EntityView, StatementView


def roles(
    credits: Iterable[StatementView | EntityView], *, across: bool = False, within: EntityView | None = None
) -> list[Role]:
    """Credits as roles: those of one person with the same character, job or part in the same series become one.

    A note tells parts apart where nothing else does. `across` leaves out the series, for a row per person in the cast
    of one page. `within` keeps to a season or series. Order: as first credited.
    """
    found: dict[tuple[object, ...], list[EntityView]] = {}
    for given in credits:
        credit = entity_of(given)
        if not credit.person:
            continue
        series = _whole(credit)
        character = credit.character.ref if getattr(credit, "character", None) else ""
        place = "" if across or series is None else series.ref
        key = (credit.person.ref, character, told(credit, "job"), _part(credit), told(credit, "version"))
        found.setdefault((*key, ticked(credit, "as_self"), place), []).append(credit)
    return [_role(same, within) for same in found.values()]


def _whole(credit: EntityView) -> EntityView | None:
    """The series that a credit is in, or what it is written in where that is no part of one."""
    within = credit.within.value if credit.within else None
    return within and (series_of(within) or (within if holder_of(within) is None else None))


def _part(credit: EntityView) -> str:
    """The part in words; the note, where nothing else says what the person is there."""
    known = getattr(credit, "character", None) or told(credit, "job") or ticked(credit, "as_self")
    return told(credit, "as") or ("" if known else told(credit, "note"))


def _role(same: list[EntityView], within: EntityView | None) -> Role:
    first = same[0]
    character = getattr(first, "character", None)
    return Role(
        person=first.person.value,
        character=character.value if character else None,
        job=told(first, "job"),
        part=_part(first),
        billing=min((told(credit, "billing") for credit in same), key=lambda each: rank(first, each)),
        series=_whole(first),
        version=told(first, "version"),
        as_self=ticked(first, "as_self"),
        credits=tuple(same),
        within=within,
    )


def cast(found: Iterable[Role]) -> list[Role]:
    """The roles in front of the camera, by billing."""
    return sorted((role for role in found if not role.job), key=lambda role: role.rank)


def crew(found: Iterable[Role]) -> list[tuple[str, list[Role]]]:
    """The roles behind the camera, by job, jobs in the order in which they first come."""
    jobs: dict[str, list[Role]] = {}
    for role in found:
        if role.job:
            jobs.setdefault(role.job, []).append(role)
    return list(jobs.items())


def by_series(found: Iterable[Role]) -> list[tuple[EntityView, list[Role]]]:
    """Roles by series, in the order of the universe; within each cast before crew, then by job, then by year."""
    groups: dict[str, tuple[EntityView, list[Role]]] = {}
    every = list(found)
    jobs = list(dict.fromkeys(role.job for role in every))
    for role in sorted(every, key=lambda each: (bool(each.job), each.rank, jobs.index(each.job), each.years)):
        if role.series is not None:
            groups.setdefault(role.series.ref, (role.series, []))[1].append(role)
    return sorted(groups.values(), key=lambda group: place_key(group[0]))


def recast_from(role: Role, found: Iterable[Role]) -> Role | None:
    """Who played the same version of a character in the same series before, the last of them; None for the first."""
    return recasts([*found, role]).get(role)


def recasts(found: Iterable[Role]) -> dict[Role, Role]:
    """By role, who played the same version of the character in the same series before, the last of them if any did.

    Roles are sorted once, however many play one part.
    """
    every = [*found]
    same: dict[tuple[object, ...], list[int]] = {}
    for number, role in enumerate(every):
        if role.character is not None and role.places:
            same.setdefault((role.character, role.series, role.version), []).append(number)
    before: dict[Role, Role] = {}
    for numbers in same.values():
        last: list[Role] = []  # the latest of those that began before, and the latest of another person than that
        numbers.sort(key=lambda number: place_key(every[number].places[0]))
        for _, begun in groupby(numbers, key=lambda number: place_key(every[number].places[0])):
            row = [*begun]
            for number in row:
                role = every[number]
                if found_last := next((each for each in last if each.person != role.person), None):
                    before[role] = found_last
            last = _latest([*(every[number] for number in row), *last])
    return before


def _latest(roles: list[Role]) -> list[Role]:
    """The first role and the first of another person."""
    other = next((role for role in roles if role.person != roles[0].person), None)
    return [roles[0], other] if other else [roles[0]]
