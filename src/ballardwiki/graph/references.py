"""References: what the fields of records point at, as it is written there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Ref, Statement, ref_id, ref_type
from ballardwiki.problems import Problem
from ballardwiki.schema import Field
from ballardwiki.similarity import Choices
from ballardwiki.slugs import fold, slug

MOST = 5
"""So many records that a name may mean are told."""


def references(graph: Graph, among: Iterable[Entity]) -> Iterator[tuple[Entity, Field, Statement]]:
    """All references of some entities: who points, in which field, and the statement with the address, old or new."""
    fields = pointing(graph)
    for entity in among:
        for field in fields[entity.type]:
            for statement in entity.statements.get(field.name, ()):
                yield entity, field, statement


def pointing(graph: Graph) -> dict[str, list[Field]]:
    """The fields of each type that hold references."""
    types = graph.schema.types
    return {name: [field for field in kind.fields.values() if field.kind == "ref"] for name, kind in types.items()}


class Offers:
    """What to write where a name stands and an id is wanted."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._choices: dict[tuple[str, ...], Choices] = {}
        self._said: dict[tuple[str, ...], dict[str, list[Ref]]] = {}

    def offered(self, problem: Problem) -> Problem:
        """A problem of a name where an id is wanted, with the id of who bears the name, or of the next like it."""
        if problem.rule != "field-valid" or not problem.missing:
            return problem
        found = self._bearers(problem.missing.strip("[] "), problem.among)
        doubtful = not found
        if doubtful and (like := self._like(problem.among).nearest(problem.missing)):
            found = self._bearers(like, problem.among)
        ways = [each for ref in found[:MOST] if (each := _way(self._graph, problem, ref))]
        if not ways:
            return problem
        hint = f"Write {'one of: ' if len(ways) > 1 else ''}{', '.join(ways)}."
        hint = f"Did you mean {ways[0]}?" if doubtful and len(ways) == 1 else hint
        return replace(
            problem, message=problem.message.partition(" Write ")[0].partition(" Did you mean ")[0], hint=hint
        )

    def _bearers(self, name: str, among: tuple[str, ...]) -> list[Ref]:
        """The records of some types that a name or an id means; where it is nobody's, those with it as a value."""
        found = self._graph.find(name)
        named = [each for each in ((found,) if isinstance(found, str) else found) if ref_type(each) in among]
        known = [Ref(f"{kind}/{slug(name)}") for kind in among]
        return (
            named
            or [each for each in known if each in self._graph.entities]
            or self._values(among).get(fold(name), [])[: MOST + 1]
        )

    def _values(self, among: tuple[str, ...]) -> dict[str, list[Ref]]:
        """The records of some types by each text that they hold, folded."""
        if among not in self._said:
            found: dict[str, list[Ref]] = {}
            for ref, entity in self._graph.entities.items():
                for each in chain.from_iterable(entity.statements.values()) if entity.type in among else ():
                    if isinstance(each.value, str) and ref not in (row := found.setdefault(fold(each.value), []))[-1:]:
                        row.append(ref)
            self._said[among] = found
        return self._said[among]

    def _like(self, among: tuple[str, ...]) -> Choices:
        if among not in self._choices:
            titles = self._graph.titles.items()
            self._choices[among] = Choices(title for ref, title in titles if ref_type(ref) in among)
        return self._choices[among]


def _way(graph: Graph, problem: Problem, ref: Ref) -> str:
    """How a record is written where the problem is: by its id, its address, or as a moment of its story."""
    if not problem.message.startswith("since "):
        return ref_id(ref) if len(problem.among) == 1 or ref_type(ref) == "source" else ref
    series = graph.story.timeline(ref)
    places = graph.story.points(ref)
    return f"{series} s{places[0][0]:02}e{places[0][1]:02}" if series and places else ""


def near(graph: Graph, missing: str, but: str = "") -> str:
    """The hint that names the id most like that of an address which no record has; "" when none of its type is.

    but: the address of the record that says so, which surely means no other than itself.
    """
    own = ref_id(but) if ref_type(but) == ref_type(missing) else ""
    found = graph.likely(ref_type(missing)).nearest(ref_id(missing), lambda each: each != own)
    return f"Did you mean {found}?" if found else ""
