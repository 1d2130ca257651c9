"""Linking a change: the tables of a graph in which some records changed, told from these and from what they touch.

Each table is made of what single records put into it, so a change takes out what the old record put there and puts in
what the new one does; whatever stays is shared with the graph before. A name that gets or loses a bearer touches the
texts that use it. Where more may follow, `relinked` gives up, and everything is linked from nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from ballardwiki.graph import claims
from ballardwiki.graph.graph import Graph
from ballardwiki.graph.relinking import Changes, Delta, Linking
from ballardwiki.graph.steering import Steering, steering
from ballardwiki.model import Entity

__all__ = ["Changes", "Delta", "differing", "relinked"]

_ELSEWHERE = ("ref", "type", "id", "path", "owner", "refused")
"""What of a record can't change without more than its own rows."""


def relinked(graph: Graph, changes: Changes, whole: Delta | None = None) -> Delta | None:
    """A graph with other records in the place of some; None where more may follow than can be told from these.

    whole: the same of the graph that this one is a part of.
    """
    if any(graph.entities.get(ref) is not old for ref, (old, _) in changes.items()):
        return None
    if any(each.ref in changes for pair in graph.duplicates for each in pair):
        return None
    steers = steering(graph.schema)
    fields = {ref: differing(old, new) for ref, (old, new) in changes.items()}
    if not all(_near(graph, *pair, fields[ref], steers) for ref, pair in changes.items()):
        return None
    return Linking(graph, changes, fields, steers).done(whole)


def differing(old: Entity, new: Entity) -> set[str]:
    """The fields in which a record says something else."""
    if old.statements is new.statements:
        return set()
    names = old.statements.keys() | new.statements.keys()
    return {name for name in names if _said(old, name) != _said(new, name)}


def _said(entity: Entity, name: str) -> list[tuple[object, object]]:
    return [(each.value, each.qualified) for each in entity.statements.get(name, ())]


def _near(graph: Graph, old: Entity, new: Entity, fields: set[str], steers: Mapping[str, Steering]) -> bool:
    """Whether all that follows from a change can be told from it."""
    if any(getattr(old, name) != getattr(new, name) for name in _ELSEWHERE):
        return False
    kind = graph.schema.types[old.type]
    claiming = (each.name for each in kind.fields.values() if each.kind == "records" and each.of == claims.TYPE)
    alone = not any(name in old.statements or name in new.statements for name in claiming)
    return (
        old.type != claims.TYPE
        and (alone or old.qualified == new.qualified)
        and fields.isdisjoint(steers[old.type].far)
    )
