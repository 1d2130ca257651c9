"""Which of several sayings a record takes, its own and those of claims. The time it takes grows with their number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from ballardwiki.content import moments
from ballardwiki.graph.claims import Claim
from ballardwiki.model import Ref, Statement, Value
from ballardwiki.schema import Field

State = Literal["shown", "agreed", "superseded", "open"]
"""shown: the record has its value from here. agreed: others say the same. superseded: something else is shown.
open: not confirmed, and later than what is shown."""


class Outcome(Struct, frozen=True):
    """What became of a claim, and by which other claim; None for the record itself or nothing."""

    claim: Claim
    state: State
    by: Claim | None = None


class Settled(Struct, frozen=True, dict=True):
    """The statements that a field takes from its record and from claims, and what became of each claim."""

    statements: tuple[Statement, ...]
    reports: tuple[Outcome, ...]

    @cached_property
    def by_article(self) -> Mapping[Ref, Sequence[Outcome]]:
        """What became of the claims of each article."""
        found: dict[Ref, list[Outcome]] = {}
        for report in self.reports:
            found.setdefault(report.claim.article, []).append(report)
        return found

    @cached_property
    def shown(self) -> frozenset[Ref]:
        """The claims from which the field has values."""
        return frozenset(report.claim.ref for report in self.reports if report.state == "shown")


def settle(own: Sequence[Statement], claims: Sequence[Claim], field: Field) -> Settled:
    """What a field says, given what the record says itself and the claims about it, the earliest first.

    Of one value: the record's, else the newest of the firmest claims. Of many: the record's and all confirmed ones that
    say more, by date; unconfirmed ones only where there is nothing else.
    """
    return _many(own, claims) if field.many else _single(own, claims)


def _single(own: Sequence[Statement], claims: Sequence[Claim]) -> Settled:
    taken = None if own else max(reversed(claims), key=lambda each: each.firmness, default=None)
    said = own[0] if own else taken.statement if taken else None
    since = moments.order(said.qualifiers.from_) if said else ""
    reports = []
    for claim in claims:
        state: State = "superseded"
        if claim is taken:
            state = "shown"
        elif said and claim.statement.value == said.value:
            state = "agreed"
        elif not claim.confirmed and claim.moment > (taken.moment if taken else since):
            state = "open"
        reports.append(Outcome(claim, state, None if claim is taken or state == "open" else taken))
    return Settled(tuple(own) or ((said,) if said else ()), tuple(reports))


def _many(own: Sequence[Statement], claims: Sequence[Claim]) -> Settled:
    rows = _Rows(own)
    found: dict[Ref, Outcome] = {}
    sure = [each for each in claims if each.confirmed]
    unsure = [each for each in claims if not each.confirmed]
    for claim in sure or ([] if own else unsure):
        twin = rows.same(claim)
        found[claim.ref] = Outcome(claim, "agreed", twin.claim) if twin else Outcome(claim, "shown")
        if not twin:
            rows.add(claim)
    for claim in unsure:
        if claim.ref not in found:
            later = min(filter(None, (rows.same(claim), rows.later(claim))), key=lambda row: row.place, default=None)
            found[claim.ref] = Outcome(claim, "agreed", later.claim) if later else Outcome(claim, "open")
    return Settled(rows.statements(), tuple(found[each.ref] for each in claims))


class _Row(Struct, frozen=True):
    """A value of a field, by its record or by a claim. place: where it stands among the others."""

    place: tuple[int, str, int]
    date: str
    statement: Statement
    claim: Claim | None


class _Rows:
    """The values of a field in order: the record's as it has them, each claim after the last that is not later.

    Rows are found by value and date, not by looking at all.
    """

    def __init__(self, own: Sequence[Statement]) -> None:
        self._rows: list[_Row] = []
        self._same: dict[tuple[Value, str, bool], _Row] = {}
        for number, each in enumerate(own, 1):
            self._put(_Row((number, "", 0), moments.order(each.qualifiers.from_), each, None))
        dated = sorted((row.date, row.place[0]) for row in self._rows)
        self._dates = [date for date, _ in dated]
        self._last = list(accumulate((number for _, number in dated), max))

    def _put(self, row: _Row) -> None:
        self._rows.append(row)
        since = row.statement.qualifiers.from_
        for key in ((since, True), *((start, False) for start in _beginnings(since))):
            first = self._same.setdefault((row.statement.value, *key), row)
            if row.place < first.place:
                self._same[(row.statement.value, *key)] = row

    def add(self, claim: Claim) -> None:
        """Put a claim in its place."""
        at = bisect_right(self._dates, claim.moment)
        place = (self._last[at - 1] if at else 0, claim.moment, len(self._rows) + 1)
        self._put(_Row(place, claim.moment, claim.statement, claim))

    def same(self, claim: Claim) -> _Row | None:
        """The first row that says what a claim says, of the same time as far as both tell it."""
        value, since = claim.statement.value, claim.statement.qualifiers.from_
        keys = ((value, since, False), *((value, start, True) for start in _beginnings(since)))
        return min((self._same[key] for key in keys if key in self._same), key=lambda row: row.place, default=None)

    def later(self, claim: Claim) -> _Row | None:
        """The first row that says later what a claim said before. All rows must be there."""
        rows, dates = self._by_value.get(claim.statement.value, ((), ()))
        at = bisect_left(dates, claim.moment)
        return rows[at] if at < len(rows) else None

    @cached_property
    def _by_value(self) -> dict[Value, tuple[list[_Row], list[str]]]:
        """The rows of each value in order, and the latest date up to each."""
        found: dict[Value, tuple[list[_Row], list[str]]] = {}
        for row in sorted(self._rows, key=lambda each: each.place):
            rows, dates = found.setdefault(row.statement.value, ([], []))
            rows.append(row)
            dates.append(max(row.date, dates[-1] if dates else ""))
        return found

    def statements(self) -> tuple[Statement, ...]:
        """What all rows say, in order."""
        return tuple(row.statement for row in sorted(self._rows, key=lambda each: each.place))


def _beginnings(date: str) -> Iterator[str]:
    """A date and all that it may be cut down to."""
    return (date[:length] for length in range(len(date) + 1))
