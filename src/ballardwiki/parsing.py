"""What an editor wrote for a field -> its value, by the field's declaration."""

from __future__ import annotations

from ballardwiki import values
from ballardwiki.model import Ref, Value
from ballardwiki.schema import ANY, Field, Schema
from ballardwiki.slugs import IDS, id_fault
from ballardwiki.values import Written


def value(field: Field, written: Written, schema: Schema) -> Value:
    """One value; ValueError with the rest of a sentence that begins with the field's name."""
    if field.kind == "choice":
        return values.choice(written, field.options)
    if field.kind == "id":
        return _id(written)
    if field.kind == "ref":
        return _reference(field, values.ref_id(written), schema)
    return values.KINDS[field.kind](written)


def _id(written: Written) -> str:
    """An id that a record has or had."""
    reason, other = id_fault(written.text)
    if reason:
        raise ValueError(f"must be an id: {reason}. {f'Write {other}.' if other else IDS}")
    return written.text


def _reference(field: Field, id_: str, schema: Schema) -> Ref:
    """`ada-lane` -> `person/ada-lane`, by the one type the field points at."""
    if "/" not in id_ and len(field.to) == 1 and field.to[0] != ANY:
        return Ref(f"{field.to[0]}/{id_}")
    kind = id_.partition("/")[0]
    allowed = tuple(name for name, each in schema.types.items() if each.url) if ANY in field.to else field.to
    if "/" not in id_:
        raise ValueError(f"must say which type it means: {', '.join(f'{name}/{id_}' for name in allowed[:4])} …")
    if kind not in allowed:
        hint = values.suggest(kind, allowed)
        raise ValueError(f"must point at {' or '.join(allowed)}, not at {kind}. {hint}".rstrip())
    return Ref(id_)
