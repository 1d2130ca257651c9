"""character-portrayed: a character who appears in a series whose cast is known is played by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph import Graph
from ballardwiki.model import Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation
from ballardwiki.schema import Schema

ROLE = "character"
"""The field of a credit that names the character."""


def check(world: World) -> Iterator[Violation]:
    """Characters seen in episodes of a credited series, whom no credit names."""
    graph = world.graph
    played: set[Ref] = set()
    credited: set[str] = set()
    kinds: set[str] = set()
    for name, roles in _credits(graph.schema).items():
        kinds.update(roles)
        for ref in graph.lists[name]:
            found = graph.entities[ref].statements.get(ROLE, ())
            played.update(graph.present(str(each.value)) for each in found)
            if found:
                credited.add(graph.story.timeline(ref))
    for name in sorted(kinds & graph.lists.keys()):
        for ref in graph.lists[name]:
            series = "" if ref in played else next((each for each in _series(world, ref) if each in credited), "")
            if series:
                entity = graph.entities[ref]
                message = f"{graph.titles[ref]} appears in {series}, but no credit says who plays the part."
                at = Location(entity.path, entity.line, 1)
                yield Violation(at, message, "Add a credit, if a source names the actor.")


def _series(world: World, ref: Ref) -> Iterator[str]:
    """The series in whose episodes a character is said to be, on the character's record or on theirs."""
    graph = world.graph
    pointing = (each.source for row in graph.inverses.get(ref, {}).values() for each in row)
    pointed = (
        graph.present(str(each.value))
        for field in graph.kind(ref).fields.values()
        if field.kind == "ref"
        for each in graph.entities[ref].statements.get(field.name, ())
    )
    for other in (*pointing, *pointed):
        if other in graph.entities and len(graph.kind(other).position) == 2:
            yield graph.story.timeline(other)


def _credits(schema: Schema) -> dict[str, tuple[str, ...]]:
    """The types of credits, and of those who are played in each."""
    kinds = schema.types.items()
    inside = {name: kind for name, kind in kinds if any(each.kind == "parent" for each in kind.fields.values())}
    return {name: kind.fields[ROLE].to for name, kind in inside.items() if ROLE in kind.fields}


def _appearing(graph: Graph, ref: Ref) -> object:
    """What a record says of who appears where, and of itself if it is somebody who may be played."""
    entity, kind, found = graph.entities[ref], graph.kind(ref), _credits(graph.schema)
    if kind.name in found:
        return [each.value for each in entity.statements.get(ROLE, ())]
    fields = [each.name for each in kind.fields.values() if each.kind == "ref"]
    pointed = [(name, [each.value for each in entity.statements.get(name, ())]) for name in fields]
    played = any(kind.name in roles for roles in found.values())
    return pointed, played and (graph.titles[ref], entity.line)


RULE = SiteRule(name="character-portrayed", severity="info", check=check, of_record=_appearing)
