"""address-present: fields and links name a record by its present id, not by one it had before."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.graph import Graph
from ballardwiki.graph.references import references
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem, Severity

SEVERITY: Severity = "info"
LOOKS_AT = "all texts"


def check(world: World) -> Iterator[Problem]:
    """References and links by former ids. They lead to the right page, but a reader of the file looks in vain."""
    for entity, line, column, old, new in _outdated(world.graph):
        at = Location(entity.path, line, column)
        yield Problem(at, "address-present", f"{old} is now {new}.", f"Write {new}.", SEVERITY)


def moved(graph: Graph) -> Iterator[tuple[str, str, Ref]]:
    """The files in which `--fix` may rewrite an address: path, the former address, the present one."""
    for entity, _, _, old, new in _outdated(graph):
        yield entity.path, old, new


def _outdated(graph: Graph) -> Iterator[tuple[Entity, int, int, str, Ref]]:
    former = {old: new for old, new in graph.former.items() if Ref(old) not in graph.entities}
    if not former:
        return
    for entity, _, statement in references(graph):
        old = str(statement.value)
        if old in former:
            yield entity, statement.line, statement.column, old, former[old]
    for entity in graph.entities.values():
        for number, target in enumerate(entity.targets):
            if target in former:
                yield entity, *entity.spot(number), target, former[target]
        for mention in entity.mentions:
            if mention.target in former and not mention.path:
                yield entity, mention.line, mention.column, mention.target, former[mention.target]
