"""The versions of a fact: its steps in time, and what it is in one telling of the story and in another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def steps(statements: Iterable[Any]) -> list[Any]:
    """The values of a field in the order of time. One without a date follows the one written before it."""
    found: list[tuple[str, Any]] = []
    for statement in statements:
        found.append((statement.from_ or statement.until or (found[-1][0] if found else ""), statement))
    return [statement for _, statement in sorted(found, key=lambda step: step[0])]


def differences(entity: Any) -> list[tuple[Any, dict[str, list[Any]]]]:
    """The fields of an entity that have values in two tellings or more, with the values of each telling."""
    found = []
    for field in entity.declared.fields.values():
        if not field.valued or field.kind == "boolean":
            continue
        cells: dict[str, list[Any]] = {}
        for statement in entity.statements(field):
            if statement.continuity:
                cells.setdefault(statement.continuity, []).append(statement)
        if len(cells) > 1:
            found.append((field, cells))
    return found


def continuities(found: Iterable[tuple[Any, dict[str, list[Any]]]]) -> list[str]:
    """The tellings, such as `tv` and `books`, in which differing fields have values."""
    return list(dict.fromkeys(name for _, cells in found for name in cells))
