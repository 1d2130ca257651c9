"""The facts of a site as plain data: for each type its records, with all that may be known of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from ballardwiki.pages.view import EntityView, QualifierView, SiteView, StatementView
from ballardwiki.schema import EntityType, Field

FOLDER = "/data/"
"""Where the data lies: its description, and the files beside it."""
DATABASE = "wiki.db"


class DataRecord(Struct, frozen=True):
    """One entity, or a record inside one, as data.

    id: its address (`person/ada-lane`). A record inside another, such as a credit, has its place there instead:
    `credit/series.harbour.3` is the third one of series/harbour that may be known; so it is no permanent name.
    within: the address of the record around; "" for an entity. number: the place in it.
    """

    id: str
    view: EntityView
    facts: tuple[tuple[Field, tuple[StatementView, ...]], ...]
    within: str = ""
    number: int = 0


def fields(kind: EntityType) -> list[Field]:
    """The fields whose values are in the data."""
    return [field for field in kind.fields.values() if field.valued]


def records(site: SiteView, kind: EntityType, inside: tuple[str, ...] = ()) -> Iterator[DataRecord]:
    """All records of a type that may be known: entities in the type's order, others in that of the records around.

    inside: the types on the way here, of which none is entered twice.
    """
    if kind.folder:
        for view in site.all(kind.name):
            yield DataRecord(view.ref, view, _facts(view))
        return
    for other in site.types.values():
        holders = [field for field in other.fields.values() if field.of == kind.name]
        way = (*inside, kind.name)
        for holder in records(site, other, way) if holders and other.name not in way else ():
            found = [each.value for field in holders for each in holder.view.statements(field)]
            name = holder.id.replace("/", ".") if other.folder else holder.id.partition("/")[2]
            for number, view in enumerate((each for each in found if isinstance(each, EntityView)), 1):
                yield DataRecord(f"{kind.name}/{name}.{number}", view, _facts(view), holder.id, number)


def _facts(view: EntityView) -> tuple[tuple[Field, tuple[StatementView, ...]], ...]:
    said = ((field, tuple(view.statements(field))) for field in view.filled if field.valued)
    return tuple((field, found) for field, found in said if found)


def value(statement: StatementView) -> str | int | bool:
    """What a statement says; an entity is its address."""
    found = statement.value
    return found.ref if isinstance(found, EntityView) else found if found is not None else ""


def qualifiers(stated: QualifierView) -> dict[str, Any]:
    """The qualifiers that say something, by their names in content."""
    found: dict[str, Any] = {}
    if sources := stated.sources:
        found["source"] = [each.ref for each in sources]
    if stated.confidence != "confirmed":
        found["confidence"] = stated.confidence
    named = (
        ("since", stated.since),
        ("continuity", stated.continuity),
        ("from", stated.from_),
        ("until", stated.until),
    )
    return found | {name: text for name, text in named if text}


def about(site: SiteView) -> dict[str, Any]:
    """Where data is from and on which terms."""
    return {
        "site": site.title,
        "base_url": site.canonical("/"),
        "license": {"name": site.license_name, "url": site.license_url},
        "generated_from": site.repository or site.canonical("/"),
        "generator": "ballardwiki",
        "dictionary": site.canonical(FOLDER),
    }


def described(field: Field) -> dict[str, Any]:
    """The declaration of a field, without what is not set."""
    found: dict[str, Any] = {"label": field.label, "kind": field.kind}
    settings = (("help", field.help), ("many", field.many), ("required", field.required), ("to", list(field.to)))
    more = (("options", list(field.options)), ("inverse", field.inverse), ("inverse_label", field.inverse_label))
    return found | {name: setting for name, setting in (*settings, *more) if setting}


def document(site: SiteView, kind: EntityType) -> bytes:
    """All of one type as JSON (RFC 8259), a record in each line."""
    head = about(site) | {
        "type": kind.name,
        "label": kind.label,
        "plural": kind.plural,
        "fields": {field.name: described(field) for field in fields(kind)},
    }
    lines = ",\n".join(_json(_as_json(site, each)) for each in records(site, kind))
    rows = f"[\n{lines}\n]" if lines else "[]"
    members = ",\n".join(f"{_json(name)}: {_json(each)}" for name, each in head.items())
    return f'{{\n{members},\n"records": {rows}\n}}\n'.encode("utf-8", "replace")


def _as_json(site: SiteView, record: DataRecord) -> dict[str, Any]:
    view = record.view
    found: dict[str, Any] = {"id": record.id}
    if record.within:
        found["within"] = record.within
    else:
        found["title"] = view.title
        if url := view.url:
            found["url"] = site.canonical(url)
    found |= qualifiers(view.qualifiers)
    found["facts"] = {
        field.name: [{"value": value(each)} | qualifiers(each) for each in said] for field, said in record.facts
    }
    return found


_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
