"""Claims: what an article says of another record's field, and which of several such sayings that record takes.

A claim is a record of the type `claim`, written inside an article. It becomes a statement of what it is about, with the
article as its source. What the record says itself comes first; see `settle`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ballardwiki import parsing
from ballardwiki.model import Entity, Qualifiers, Ref, Statement
from ballardwiki.schema import CONFIDENCE, EntityType, Field, Schema, pattern_paths
from ballardwiki.values import suggest

TYPE = "claim"
_STEERING = ("title", "aliases", "was", "tags", "draft", "publish_at")
"""Fields of every type that make names, addresses and lists: they are written in the record itself."""

State = Literal["shown", "agreed", "superseded", "open"]
"""shown: the record has its value from here. agreed: others say the same. superseded: something else is shown.
open: not confirmed, and later than what is shown."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What `article` says of a field of `target`. `date`: since when it holds, else the date of the article."""

    ref: Ref
    article: Ref
    target: Ref
    field: str
    statement: Statement
    date: str

    @property
    def confirmed(self) -> bool:
        """Whether it may take the place of an earlier one."""
        return self.firmness == 0

    @property
    def firmness(self) -> int:
        """How sure it is: 0 confirmed, less than that otherwise."""
        return -CONFIDENCE.index(self.statement.qualifiers.confidence)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record is no claim: which of its fields is wrong, and what to do. target: what it names and is missing."""

    field: str
    message: str
    hint: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a claim, and by which other claim; None for the record itself or nothing."""

    claim: Claim
    state: State
    by: Claim | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The statements that a field takes from its record and from claims, and what became of each claim."""

    statements: tuple[Statement, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    text: str


Claims = Mapping[Ref, Mapping[str, Sequence[Claim]]]
"""What is claimed: about whom -> field -> the claims, the earliest first."""


def gather(
    found: Iterable[Entity], entities: Mapping[Ref, Entity], schema: Schema, present: Callable[[str], Ref]
) -> Claims:
    """All valid claims among the records of the type."""
    claims = [each for entity in found if isinstance(each := read(entity, entities, schema, present), Claim)]
    gathered: dict[Ref, dict[str, list[Claim]]] = {}
    for claim in sorted(claims, key=lambda each: (each.date, each.article, each.statement.line)):
        gathered.setdefault(claim.target, {}).setdefault(claim.field, []).append(claim)
    return gathered


def read(
    entity: Entity, entities: Mapping[Ref, Entity], schema: Schema, present: Callable[[str], Ref]
) -> Claim | Fault | None:
    """A record as a claim; None when a field is missing, which has been reported where it was read."""
    given = {name: entity.statements[name][0] for name in ("about", "field", "value") if entity.statements.get(name)}
    article = entities.get(Ref(entity.owner))
    if len(given) < 3 or article is None:  # about, field, value
        return None
    name = str(given["field"].value)
    target = present(str(given["about"].value))
    if target not in entities:
        return Fault(
            "about", f"about points at {given['about'].value}, which does not exist.", target=str(given["about"].value)
        )
    kind = schema.types[entities[target].type]
    field = kind.fields.get(name)
    if field is None:
        return Fault("field", f"{kind.label.lower()} has no field {name}.", suggest(name, claimable(kind)))
    if name not in claimable(kind):
        return Fault("field", f"{name} can't be claimed.", "Write it in the record itself.")
    try:
        value = parsing.value(field, _Written(str(given["value"].value)), schema)
    except ValueError as error:
        return Fault("value", f"{name} {error}")
    if field.kind == "ref" and present(str(value)) not in entities:
        return Fault("value", f"{name} points at {value}, which does not exist.", target=str(value))
    own, written = entity.qualifiers, given["value"]
    confidence = own.confidence if "confidence" in entity.places else article.qualifiers.confidence
    sources = (article.ref, *own.sources)
    qualified = Qualifiers(own.since, sources, confidence, own.continuity, own.from_, own.until)
    said = Statement(value, qualified, written.line, written.column)
    dated = article.statements.get(schema.types[article.type].dated, ())
    date = own.from_ or (str(dated[0].value) if dated else "")
    return Claim(entity.ref, article.ref, target, name, said, date)


def claimable(kind: EntityType) -> list[str]:
    """The fields that may be claimed: not those that make the page's address, name or place in the story."""
    paths = [path for pattern in (kind.url, kind.title, *kind.names) for path, _ in pattern_paths(pattern)]
    made = {path.partition(".")[0] for path in (*paths, kind.timeline, kind.dated, *kind.position)}
    return [field.name for field in kind.fields.values() if field.valued and field.name not in made.union(_STEERING)]


def settle(own: Sequence[Statement], claims: Sequence[Claim], field: Field) -> Settled:
    """What a field says, given what the record says itself and the claims about it, the earliest first.

    Of one value: the record's, else the newest of the firmest claims. Of many: the record's and all confirmed ones that
    say more, by date; unconfirmed ones only where there is nothing else.
    """
    return _many(own, claims) if field.many else _single(own, claims)


def _single(own: Sequence[Statement], claims: Sequence[Claim]) -> Settled:
    taken = None if own else max(reversed(claims), key=lambda each: each.firmness, default=None)
    said = own[0] if own else taken.statement if taken else None
    reports = []
    for claim in claims:
        state: State = "superseded"
        if claim is taken:
            state = "shown"
        elif said and claim.statement.value == said.value:
            state = "agreed"
        elif not claim.confirmed and claim.date > (taken.date if taken else said.qualifiers.from_ if said else ""):
            state = "open"
        reports.append(Report(claim, state, None if claim is taken or state == "open" else taken))
    return Settled(tuple(own) or ((said,) if said else ()), tuple(reports))


def _many(own: Sequence[Statement], claims: Sequence[Claim]) -> Settled:
    rows: list[tuple[str, Statement, Claim | None]] = [(each.qualifiers.from_, each, None) for each in own]
    found: dict[Ref, Report] = {}
    sure = [each for each in claims if each.confirmed]
    unsure = [each for each in claims if not each.confirmed]
    for claim in sure or ([] if own else unsure):
        twin = next((row for row in rows if _same(row, claim)), None)
        found[claim.ref] = Report(claim, "agreed", twin[2]) if twin else Report(claim, "shown")
        if not twin:
            place = max((at for at, row in enumerate(rows, 1) if row[0] <= claim.date), default=0)
            rows.insert(place, (claim.date, claim.statement, claim))
    for claim in unsure:
        if claim.ref not in found:
            later = next((row for row in rows if _same(row, claim) or _later(row, claim)), None)
            found[claim.ref] = Report(claim, "agreed", later[2]) if later else Report(claim, "open")
    return Settled(tuple(row[1] for row in rows), tuple(found[each.ref] for each in claims))


def _same(row: tuple[str, Statement, Claim | None], claim: Claim) -> bool:
    """Whether a row says what a claim says, of the same time as far as both tell it."""
    dates = row[1].qualifiers.from_, claim.statement.qualifiers.from_
    return row[1].value == claim.statement.value and (dates[0].startswith(dates[1]) or dates[1].startswith(dates[0]))


def _later(row: tuple[str, Statement, Claim | None], claim: Claim) -> bool:
    """Whether a row says later what a claim said before."""
    return row[1].value == claim.statement.value and row[0] >= claim.date
