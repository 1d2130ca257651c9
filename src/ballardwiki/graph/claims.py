"""Claims: what an article says of another record's field.

A claim is a record of the type `claim`, written inside an article. It becomes a statement of what it is about, with the
article as its source. Which of several the record takes, `settling` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from ballardwiki.content import moments, parsing
from ballardwiki.model import Entity, Qualifiers, Ref, Statement
from ballardwiki.schema import CONFIDENCE, EntityType, Schema, pattern_paths
from ballardwiki.similarity import suggest

TYPE = "claim"
_STEERING = ("title", "aliases", "was", "tags", "draft", "publish_at")
"""Fields of every type that make names, addresses and lists: they are written in the record itself."""


class Claim(Struct, frozen=True):
    """What `article` says of a field of `target`. `date`: since when it holds, else the date of the article."""

    ref: Ref
    article: Ref
    target: Ref
    field: str
    statement: Statement
    date: str

    @property
    def moment(self) -> str:
        """The date as text that sorts."""
        return moments.order(self.date)

    @property
    def confirmed(self) -> bool:
        """Whether it may take the place of an earlier one."""
        return self.firmness == 0

    @property
    def firmness(self) -> int:
        """How sure it is: 0 confirmed, less than that otherwise."""
        return -CONFIDENCE.index(self.statement.qualifiers.confidence)


class Fault(Struct, frozen=True):
    """Why a record is no claim: which of its fields is wrong, and what to do. target: what it names and is missing."""

    field: str
    message: str
    hint: str = ""
    target: str = ""


class _Written(Struct, frozen=True):
    text: str


Claims = Mapping[Ref, Mapping[str, Sequence[Claim]]]
"""What is claimed: about whom -> field -> the claims, the earliest first."""


def gather(
    found: Iterable[Entity], entities: Mapping[Ref, Entity], schema: Schema, present: Callable[[str], Ref]
) -> Claims:
    """All valid claims among the records of the type."""
    claims = [each for entity in found if isinstance(each := read(entity, entities, schema, present), Claim)]
    gathered: dict[Ref, dict[str, list[Claim]]] = {}
    for claim in sorted(claims, key=lambda each: (each.moment, each.article, each.statement.line)):
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
    closer = written.qualifiers  # said of the value alone
    confidence = own.confidence if "confidence" in entity.places else article.qualifiers.confidence
    confidence = confidence if closer.confidence == CONFIDENCE[0] else closer.confidence
    sources = tuple(dict.fromkeys((article.ref, *own.sources, *closer.sources)))
    rest = ((closer.continuity or own.continuity), (closer.from_ or own.from_), (closer.until or own.until))
    qualified = Qualifiers(closer.since or own.since, sources, confidence, *rest)
    said = Statement(value, qualified, written.line, written.column)
    dated = article.statements.get(schema.types[article.type].dated, ())
    date = qualified.from_ or (str(dated[0].value) if dated else "")
    return Claim(entity.ref, article.ref, target, name, said, date)


def claimable(kind: EntityType) -> list[str]:
    """The fields that may be claimed: not those that make the page's address, name or place in the story."""
    paths = [path for pattern in (kind.url, kind.title, *kind.names) for path, _ in pattern_paths(pattern)]
    made = {path.partition(".")[0] for path in (*paths, kind.timeline, kind.dated, *kind.position)}
    return [field.name for field in kind.fields.values() if field.valued and field.name not in made.union(_STEERING)]
