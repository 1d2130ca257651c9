"""Which problems people are shown, and in which order, so that many of one kind hide no other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from ballardwiki.problems import Problem

FEW = 30
"""So many problems are all shown, by place."""

EACH = 5
"""Of more than that so many of each rule are shown."""

RANKS = ("error", "warning", "info")
"""The severities, the worst first."""

_FIRST = ("config-valid", "type-valid", "template-valid", "file-readable", "merge-complete", "yaml-valid")
"""Rules that others may follow from."""


class Group(Struct, frozen=True):
    """The problems of one rule and severity: those to show, and how many there are."""

    rule: str
    severity: str
    shown: tuple[Problem, ...]
    number: int


class Listing(Struct, frozen=True):
    """What to show. groups: by rule, the worst first; a short list is one group without a rule.

    follow: place of a problem -> how many others follow from it, which are not shown.
    """

    groups: tuple[Group, ...]
    follow: dict[str, int]


def listing(problems: Sequence[Problem]) -> Listing:
    """What of some problems to show to people."""
    follow = Counter(each.cause for each in problems if each.cause)
    alone = sorted(each for each in problems if not each.cause)
    if len(alone) <= FEW:
        ordered = tuple(sorted(alone, key=lambda each: (RANKS.index(each.severity), each)))
        return Listing((Group("", "", ordered, len(ordered)),) if ordered else (), dict(follow))
    found: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for each in alone:
        found[each.severity, each.rule].append(each)
    groups = [Group(rule, severity, _some(row), len(row)) for (severity, rule), row in found.items()]
    return Listing(tuple(sorted(groups, key=_urgency)), dict(follow))


def _urgency(group: Group) -> tuple[int, int, int, str]:
    """The worse first, causes first, and what is rare before what is many."""
    cause = _FIRST.index(group.rule) if group.rule in _FIRST else len(_FIRST)
    return RANKS.index(group.severity), cause, group.number, group.rule


def _some(row: Sequence[Problem]) -> tuple[Problem, ...]:
    """Some of the problems of a rule, by place: of those that say the same, one before a second of any."""
    said: Counter[str] = Counter()
    nth: dict[Problem, int] = {}
    for each in row:
        nth[each] = said[each.message]
        said[each.message] += 1
    return tuple(sorted(sorted(row, key=lambda each: (nth[each], each))[:EACH]))
