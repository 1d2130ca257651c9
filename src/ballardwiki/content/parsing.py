"""What an editor wrote for a field -> its value, by the field's declaration."""

from __future__ import annotations

from ballardwiki import similarity
from ballardwiki.content import values
from ballardwiki.content.values import Written
from ballardwiki.model import Ref, Value
from ballardwiki.schema import ANY, Field, Schema
from ballardwiki.slugs import IDS, id_fault


class UnknownError(ValueError):
    """What was written names no record as it should. `named`: the name or id; `among`: the types it may be of."""

    def __init__(self, said: str, named: str, among: tuple[str, ...]) -> None:
        super().__init__(said)
        self.named = named
        self.among = among


def value(field: Field, written: Written, schema: Schema) -> Value:
    """One value; ValueError with the rest of a sentence that begins with the field's name."""
    if field.kind == "choice":
        return values.choice(written, field.options)
    if field.kind == "id":
        return _id(written)
    if field.kind == "ref":
        return _reference(field, written, schema)
    return values.KINDS[field.kind](written)


def _id(written: Written) -> str:
    """An id that a record has or had."""
    reason, other = id_fault(written.text)
    if reason:
        raise ValueError(f"must be an id: {reason}. {f'Write {other}.' if other else IDS}")
    return written.text


def _reference(field: Field, written: Written, schema: Schema) -> Ref:
    """`ada-lane` -> `person/ada-lane`, by the one type the field points at."""
    allowed = pointed(field, schema)
    try:
        id_ = values.ref_id(written)
    except ValueError as error:
        if values.address(written.text):
            raise
        raise UnknownError(str(error), written.text, allowed) from None
    if "/" not in id_ and len(field.to) == 1 and field.to[0] != ANY:
        return Ref(f"{field.to[0]}/{id_}")
    kind = id_.partition("/")[0]
    if "/" not in id_:
        raise UnknownError("must say which type it means.", id_, allowed)
    if kind not in allowed:
        hint = similarity.suggest(kind, allowed)
        said = f"must point at {' or '.join(allowed)}, not at {kind}. {hint}".rstrip()
        raise UnknownError(said, id_.partition("/")[2], allowed)
    return Ref(id_)


def pointed(field: Field, schema: Schema) -> tuple[str, ...]:
    """The types at whose records a field may point."""
    return tuple(name for name, each in schema.types.items() if each.url) if ANY in field.to else field.to
