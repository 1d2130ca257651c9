"""The versions of a fact: its steps in time, and what it is in one telling of the story and in another."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

from ballardwiki.content import moments
from ballardwiki.schema import Field

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView
    from ballardwiki.pages.view.statement import StatementView


def steps(statements: Iterable[StatementView]) -> list[StatementView]:
    """The values of a field in the order of time. One without a date follows the one written before it."""
    found: list[tuple[str, StatementView]] = []
    for statement in statements:
        found.append((moments.order(statement.from_ or statement.until) or (found[-1][0] if found else ""), statement))
    return [statement for _, statement in sorted(found, key=lambda step: step[0])]


def newest_first(entities: Iterable[EntityView]) -> list[EntityView]:
    """Dated entities, the newest first; those of one moment or day by id, the last of them first; then all others."""
    found = [(each, each.date_key) for each in entities]
    dated = [(moments.order(date), each.id, each.type, each) for each, date in found if date]
    dated.sort(key=itemgetter(0, 1, 2), reverse=True)
    return [*(each for *_, each in dated), *(each for each, date in found if not date)]


def differences(entity: EntityView) -> list[tuple[Field, dict[str, list[StatementView]]]]:
    """The fields of an entity that have values in two tellings or more, with the values of each telling."""
    found = []
    for field in entity.declared.fields.values():
        if not field.valued or field.kind == "boolean":
            continue
        cells: dict[str, list[StatementView]] = {}
        for statement in entity.statements(field):
            if statement.continuity:
                cells.setdefault(statement.continuity, []).append(statement)
        if len(cells) > 1:
            found.append((field, cells))
    return found


def continuities(found: Iterable[tuple[Field, dict[str, list[StatementView]]]]) -> list[str]:
    """The tellings, such as `tv` and `books`, in which differing fields have values."""
    return list(dict.fromkeys(name for _, cells in found for name in cells))
