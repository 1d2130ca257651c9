"""address-present: fields and links name a record by its present id, not by one it had before."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.graph import Graph
from ballardwiki.graph.references import references
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import Moved, RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """References and links by former ids. They lead to the right page, but a reader of the file looks in vain."""
    for entity, line, column, old, new in _outdated(world.graph, records):
        at = Location(entity.path, line, column)
        yield Violation(at, f"{old} is now {new}.", f"Write {new}.")


def fixes(graph: Graph) -> Iterator[Moved]:
    """The addresses that may be rewritten."""
    for entity, _, _, old, new in _outdated(graph, graph.entities.values()):
        yield Moved(entity.path, old, new)


def _outdated(graph: Graph, records: Collection[Entity]) -> Iterator[tuple[Entity, int, int, str, Ref]]:
    former = {old: new for old, new in graph.former.items() if Ref(old) not in graph.entities}
    if not former:
        return
    for entity, _, statement in references(graph, records):
        old = str(statement.value)
        if old in former:
            yield entity, statement.line, statement.column, old, former[old]
    for entity in records:
        for number, target in enumerate(entity.targets):
            if target in former:
                yield entity, *entity.spot(number), target, former[target]
        for mention in entity.mentions:
            if mention.target in former and not mention.path:
                yield entity, mention.line, mention.column, mention.target, former[mention.target]


RULE = RecordRule(name="address-present", severity="info", check=check, fixes=fixes)
