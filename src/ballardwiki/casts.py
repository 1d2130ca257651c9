"""Roles in the order a reader wants: casts by billing, crews by job, filmographies by series; and who was recast."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ballardwiki.credits import place_key
from ballardwiki.roles import BILLINGS, Role


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
    """Roles by series, in the order of the universe; within each cast before crew, then by job, then by year."""
    groups: dict[str, tuple[Any, list[Role]]] = {}
    every = list(found)
    jobs = list(dict.fromkeys(role.job for role in every))
    for role in sorted(
        every, key=lambda each: (bool(each.job), BILLINGS.index(each.billing), jobs.index(each.job), each.years)
    ):
        if role.series is not None:
            groups.setdefault(role.series.ref, (role.series, []))[1].append(role)
    return sorted(groups.values(), key=lambda group: place_key(group[0]))


def recast_from(role: Role, found: Iterable[Role]) -> Role | None:
    """Who played the same version of a character in the same series before, the last of them; None for the first."""
    if role.character is None or not role.places:
        return None
    start = place_key(role.places[0])
    before = [
        other
        for other in found
        if other.character == role.character
        and (other.series, other.version) == (role.series, role.version)
        and other.person != role.person
        and other.places
        and place_key(other.places[0]) < start
    ]
    return max(before, key=lambda other: place_key(other.places[0]), default=None)
