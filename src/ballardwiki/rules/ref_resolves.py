"""ref-resolves: every id in a field or qualifier is that of a record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ballardwiki.graph.references import near, references
from ballardwiki.model import Entity, Ref, Statement, ref_id, ref_type
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation

DRAFT = "Publish that as well, or make this a draft, too."
"""What to do where something public needs what is not."""


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """References and sources that lead nowhere, with the nearest ids."""
    graph = world.graph
    for entity, field, statement in references(graph, records):
        target = str(statement.value)
        if graph.present(target) not in graph.entities:
            yield _missing(world, entity, statement, field.name, target)
    for entity in records:
        yield from _sources(world, entity)


def _missing(world: World, entity: Entity, statement: Statement, name: str, target: str) -> Violation:
    at = Location(entity.path, statement.line or entity.line, statement.column or 1)
    draft = world.drafts.at(target)
    if draft:
        return Violation(at, f"{name} points at {target}, which {draft}.", DRAFT)
    message = f"{name} points at {target}, which does not exist."
    if others := [each for each in world.shown.schema.types if Ref(f"{each}/{ref_id(target)}") in world.shown.entities]:
        hint = f"{ref_id(target)} is the id of a {' and a '.join(others)}; {name} takes the id of a {ref_type(target)}."
        return Violation(at, message, hint, missing=target)
    return Violation(at, message, near(world.shown, target, entity.ref), missing=target)


def _sources(world: World, entity: Entity) -> Iterator[Violation]:
    for cited in entity.citations:
        if world.graph.source(cited.target) is None:
            yield _unsourced(world, Location(entity.path, cited.line, cited.column), f"[^{cited.target}]", cited.target)
    for id_ in entity.qualifiers.sources:
        if world.graph.source(id_) is None:
            yield _unsourced(world, Location(entity.path, *entity.places["source"]), "source", id_)
    told: set[tuple[int, int, str]] = set()  # the numbers of a run share their place and their sources
    for statements in entity.statements.values():
        for statement in statements:
            for id_ in statement.qualified.sources if statement.qualified else ():
                key = (statement.line, statement.column, id_)
                if world.graph.source(id_) is None and key not in told:
                    told.add(key)
                    yield _unsourced(world, Location(entity.path, statement.line, statement.column), "source", id_)


def _unsourced(world: World, at: Location, what: str, id_: str) -> Violation:
    kinds = ("source", *(name for name, each in world.graph.schema.types.items() if each.dated))
    draft = world.drafts.source(id_, kinds)
    if draft:
        return Violation(at, f"{what} names {id_}, which {draft}.", DRAFT)
    hint = _elsewhere(world, id_, kinds) or near(world.shown, f"source/{id_}")
    hint = hint or "Add a record to content/sources/, or define the footnote."
    target = id_ if "/" in id_ else f"source/{id_}"
    return Violation(at, f"{what} names {target}, which does not exist.", hint, missing=id_)


def _elsewhere(world: World, id_: str, kinds: Sequence[str]) -> str:
    """The hint with the address that a source has, if it is written with another type or none; else ""."""
    shown = world.shown
    own = ref_id(Ref(id_)) or id_
    first = [Ref(f"{each}/{own}") for each in kinds] if "/" in id_ else []
    others = [Ref(f"{each}/{own}") for each in shown.schema.types if each not in kinds]
    found = [each for each in (*first, *others) if each in shown.entities]
    return f"Write {found[0]}." if found else ""


RULE = RecordRule(name="ref-resolves", severity="error", check=check)
