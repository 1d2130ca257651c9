"""Patterns such as `{series.title} {number}`, filled from records, and why a path through records has no value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from ballardwiki.model import Ref, Value
from ballardwiki.schema import fill, pattern_paths

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph


class Lack(NamedTuple):
    """The record at which a path such as `season.number` ends without a value, and the field that has none.

    told: an error that says it already: the value was refused, or what points here points at nothing.
    """

    ref: Ref
    field: str
    told: Literal["", "refused", "dangling"] = ""


def lacking(graph: Graph, ref: str, path: str) -> Lack:
    """At which record a path without a value ends, and why."""
    step, _, rest = path.partition(".")
    entity = graph.entities.get(Ref(ref))
    if entity is None:
        return Lack(Ref(ref), step, "dangling")
    if step in entity.refused:
        return Lack(entity.ref, step, "refused")
    statement = graph.statement(ref, step)
    return lacking(graph, graph.present(str(statement.value)), rest) if statement else Lack(entity.ref, step)


def run(graph: Graph, ref: str, path: str) -> tuple[Value, ...]:
    """The numbers at a path that has a run of them, such as `number` of a double episode; none of any other."""
    way, _, name = path.rpartition(".")
    if not way and Ref(ref) in graph.entities:
        field = graph.field(ref, name)
        if field and field.run:
            return tuple(each.value for each in graph.statements(ref, name))
    return ()


def fillings(graph: Graph, ref: Ref, pattern: str) -> list[str]:
    """A pattern, filled from an entity; for a run of numbers also once for each of them."""
    rows = ((path, run(graph, ref, path)) for path, _ in pattern_paths(pattern))
    single = [filled(graph, ref, pattern, given={path: each}) for path, row in rows if len(row) > 1 for each in row]
    return [filled(graph, ref, pattern, whole=bool(single)), *single]


def filled(
    graph: Graph,
    ref: Ref,
    pattern: str,
    *,
    partly: bool = False,
    whole: bool = False,
    given: Mapping[str, Value] = MappingProxyType({}),
) -> str:
    """A pattern, filled from an entity; "" when a value is missing. partly: a text may be, unless it was refused.

    Of a run of numbers it is the first; `whole`: all of them, with `-` between. given: values that stand instead.
    """
    values: dict[str, object] = {}
    for path, form in pattern_paths(pattern):
        numbers = run(graph, ref, path) if whole else ()
        found = numbers if len(numbers) > 1 else given.get(path, graph.value(ref, path))
        if found is None and (form or not partly or lacking(graph, ref, path).told):
            return ""
        values[path] = "" if found is None else found
    try:
        return fill(pattern, values.__getitem__)
    except ValueError:  # a number's format for a text
        return ""
