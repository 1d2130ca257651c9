"""record-distinct: no two records are about one person; those with like names or one title say that they are two."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.model import Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation
from ballardwiki.similarity import twins
from ballardwiki.slugs import fold

FIELD = "distinct_from"
"""The field that a type needs for its records to be compared, and that tells two of them apart."""

_SAME = 100
"""How like each other names are that are found alike."""


def check(world: World) -> Iterator[Violation]:
    """Pairs of records of one type with nearly the same name or alias."""
    graph = world.graph
    for kind in graph.schema.types.values():
        if FIELD not in kind.fields:
            continue
        names: dict[str, list[str]] = {}
        for ref in graph.lists[kind.name]:
            aliases = graph.entities[ref].statements.get("aliases", ())
            names[ref] = sorted({fold(graph.titles[ref]), *(fold(str(alias.value)) for alias in aliases)})
        for one, other, likeness in twins(names):
            shared = {*names[one]} & {*names[other]} and fold(graph.titles[Ref(one)]) != fold(graph.titles[Ref(other)])
            if not (shared or _told_apart(world, one, other) or _told_apart(world, other, one)):
                yield _violation(world, Ref(one), Ref(other), likeness)


def _told_apart(world: World, one: str, other: str) -> bool:
    given = world.graph.entities[Ref(one)].statements.get(FIELD, ())
    return any(world.graph.present(str(each.value)) == other for each in given)


def _violation(world: World, one: Ref, other: Ref, likeness: float) -> Violation:
    graph = world.graph
    entity, first = graph.entities[other], graph.entities[one]
    message = f"{graph.titles[other]} and {graph.titles[one]} ({first.path}:{first.line}) may be the same: " + (
        "they have one name." if likeness >= _SAME else f"their names are {likeness:.0f} % alike."
    )
    hint = f"Merge them, or add {FIELD}: {first.id}."
    return Violation(Location(entity.path, entity.line, 1), message, hint)


RULE = SiteRule(
    name="record-distinct",
    severity="warning",
    check=check,
    of_record=lambda graph, ref: graph.entities[ref],
    costly=True,
)
