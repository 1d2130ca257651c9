"""What a field takes of its record and of claims is what a slow and simple reference takes; it takes time by number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from hypothesis import given, strategies as st

from ballardwiki.graph.claims import Claim
from ballardwiki.graph.settling import Outcome, Settled, settle
from ballardwiki.model import Qualifiers, Ref, Statement
from ballardwiki.schema import Field

FIELD = Field("status", "text", "Status", many=True)
DATES = ("", "2024", "2024-05", "2024-05-04", "2024-06", "2025", "2025-01")

Row = tuple[str, Statement, Claim | None]


def reference(own: Sequence[Statement], claims: Sequence[Claim]) -> Settled:
    """Each claim is held against every row before it."""
    rows: list[Row] = [(each.qualifiers.from_, each, None) for each in own]
    found: dict[Ref, Outcome] = {}
    sure = [each for each in claims if each.confirmed]
    for claim in sure or ([] if own else claims):
        twin = next((row for row in rows if same(row, claim)), None)
        found[claim.ref] = Outcome(claim, "agreed", twin[2]) if twin else Outcome(claim, "shown")
        if not twin:
            place = max((at for at, row in enumerate(rows, 1) if row[0] <= claim.date), default=0)
            rows.insert(place, (claim.date, claim.statement, claim))
    for claim in claims:
        if claim.ref not in found:
            later = next((row for row in rows if same(row, claim) or after(row, claim)), None)
            found[claim.ref] = Outcome(claim, "agreed", later[2]) if later else Outcome(claim, "open")
    return Settled(tuple(row[1] for row in rows), tuple(found[each.ref] for each in claims))


def same(row: Row, claim: Claim) -> bool:
    one, other = row[1].qualifiers.from_, claim.statement.qualifiers.from_
    return row[1].value == claim.statement.value and (one.startswith(other) or other.startswith(one))


def after(row: Row, claim: Claim) -> bool:
    return row[1].value == claim.statement.value and row[0] >= claim.date


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    confidence = draw(st.sampled_from(("confirmed", "confirmed", "reported")))
    return Statement(
        draw(st.sampled_from("abc")), Qualifiers(confidence=confidence, from_=draw(st.sampled_from(DATES)))
    )


@given(st.lists(statements(), max_size=4), st.lists(st.tuples(statements(), st.sampled_from(DATES[1:])), max_size=9))
def test_a_field_takes_what_the_reference_takes(own: list[Statement], said: list[tuple[Statement, str]]) -> None:
    number = count()
    claims = [
        Claim(
            Ref(f"claim/{next(number)}"),
            Ref("article/n"),
            Ref("series/s"),
            "status",
            each,
            each.qualifiers.from_ or day,
        )
        for each, day in said
    ]
    claims.sort(key=lambda each: each.date)
    assert settle(own, claims, FIELD) == reference(own, claims)


def test_what_became_of_a_claim_is_found_by_its_article() -> None:
    claims = [
        Claim(Ref(f"claim/{at}"), Ref(f"article/{at % 2}"), Ref("series/s"), "status", Statement(value), "2025")
        for at, value in enumerate("aab")
    ]
    found = settle([], claims, FIELD)
    assert [each.claim.ref for each in found.by_article[Ref("article/0")]] == ["claim/0", "claim/2"]
    assert found.shown == {"claim/0", "claim/2"}
