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
    whole = runs(graph, ref, pattern)
    rows = ((path, whole[path]) for path, _ in pattern_paths(pattern) if path in whole)
    single = [filled(graph, ref, pattern, given={path: each}) for path, row in rows for each in row]
    return [filled(graph, ref, pattern, given=whole), *single]


def runs(graph: Graph, ref: Ref, pattern: str) -> dict[str, tuple[Value, ...]]:
    """The runs of several numbers that a pattern names, by path: given to `filled`, they stand with `-` between."""
    found = ((path, run(graph, ref, path)) for path, _ in pattern_paths(pattern))
    return {path: numbers for path, numbers in found if len(numbers) > 1}


def filled(
    graph: Graph,
    ref: Ref,
    pattern: str,
    *,
    partly: bool = False,
    given: Mapping[str, Value | tuple[Value, ...]] = MappingProxyType({}),
) -> str:
    """A pattern, filled from an entity; "" when a value is missing. partly: a text may be, unless it was refused.

    Of a run of numbers it is the first (see `runs`). given: path -> what stands instead.
    """
    values: dict[str, object] = {}
    for path, form in pattern_paths(pattern):
        found = given[path] if path in given else graph.value(ref, path)
        if found is None and (form or not partly or lacking(graph, ref, path).told):
            return ""
        values[path] = "" if found is None else found
    try:
        return fill(pattern, values.__getitem__)
    except ValueError:  # a number's format for a text
        return ""
