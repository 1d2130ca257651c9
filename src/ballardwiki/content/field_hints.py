"""What to write where a field is not one of the type's, or a record does not begin as it should."""

from __future__ import annotations

from ballardwiki import yaml_reader
from ballardwiki.schema import EntityType, Schema

MOST_FIELDS = 15
"""So many fields of a type are listed."""

_ALL = ("title", "aliases", "was", "tags", "draft", "publish_at")
"""Fields that every type has."""


def bearing(schema: Schema, name: str) -> str:
    """The hint that says which types have a field, and where their files lie; "" when none has it."""
    found = [each for each in schema.types.values() if name in each.fields and each.folder][:4]
    if not found:
        return ""
    kinds = ", ".join(f"{each.label.lower()} (content/{each.folder}/)" for each in found)
    return f"It is a field of: {kinds}."


def fields_of(kind: EntityType) -> str:
    """The hint that lists the fields which a type has of its own, "" when it has none or too many to read."""
    own = [name for name, each in kind.fields.items() if each.kind not in ("parent", "markdown") and name not in _ALL]
    return f"Its fields are: {', '.join(own)}." if 0 < len(own) <= MOST_FIELDS else ""


def first_line(kind: EntityType) -> str:
    """The hint that says how a record in a list begins."""
    field = next((each.name for each in kind.fields.values() if each.required), "title")
    return f"Write - {field}: …, and the other fields below."


def instead(kind: EntityType, node: yaml_reader.Mapping, value: yaml_reader.Node) -> str:
    """The hint about a field of no type: the one field that the record lacks, or those that it may have."""
    lacking = [name for name, each in kind.fields.items() if each.required and not given(node.items.get(name))]
    if len(lacking) == 1 and lacking != ["title"] and isinstance(value, yaml_reader.Scalar):
        return f"If that is the {lacking[0]}, write {lacking[0]}: {value.text:.60}"
    return fields_of(kind)


def needed(name: str, node: yaml_reader.Mapping) -> str:
    """The hint to add a field to a record, which may stand in braces."""
    braced = bool(node.keys) and (node.line, node.column) not in node.keys.values()
    return f"Add {name}: …, inside the braces." if braced else f"Add a line {name}: …"


def given(value: yaml_reader.Node | None) -> bool:
    """Whether a field holds anything; whether it is valid is another question."""
    return value is not None and not yaml_reader.is_null(value)
