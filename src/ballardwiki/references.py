"""References: what the fields of records point at, as it is written there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ballardwiki.graph import Graph
from ballardwiki.likeness import nearest
from ballardwiki.model import Entity, Statement, ref_id, ref_type
from ballardwiki.problems import Problem
from ballardwiki.schema import Field


def references(graph: Graph) -> Iterator[tuple[Entity, Field, Statement]]:
    """All references of a site: who points, in which field, and the statement with the address, old or new."""
    fields = pointing(graph)
    for entity in graph.entities.values():
        for field in fields[entity.type]:
            for statement in entity.statements.get(field.name, ()):
                yield entity, field, statement


def pointing(graph: Graph) -> dict[str, list[Field]]:
    """The fields of each type that hold references."""
    types = graph.schema.types
    return {name: [field for field in kind.fields.values() if field.kind == "ref"] for name, kind in types.items()}


def offered(graph: Graph, problem: Problem) -> Problem:
    """A problem of a name where an id is wanted, with the id of who bears the name, or of the next like it."""
    if problem.rule != "field-valid" or not problem.missing:
        return problem
    found = graph.find(problem.missing)
    if isinstance(found, str):
        return replace(problem, hint=f"Write {ref_id(found)}.")
    if found:
        return replace(problem, hint=f"Write one of: {', '.join(map(ref_id, found[:5]))}.")
    like = nearest(problem.missing, (title for ref, title in graph.titles.items() if ref in graph.urls))
    meant = graph.find(like) if like else ""
    return replace(problem, hint=f"Did you mean {ref_id(meant)}?") if meant and isinstance(meant, str) else problem


def near(graph: Graph, missing: str, but: str = "") -> str:
    """The hint that names the id most like that of an address which no record has; "" when none of its type is.

    but: the address of the record that says so, which surely means no other than itself.
    """
    own = ref_id(but) if ref_type(but) == ref_type(missing) else ""
    found = graph.likely(ref_type(missing)).nearest(ref_id(missing), lambda each: each != own)
    return f"Did you mean {found}?" if found else ""
