"""claim-resolves: a claim is about a record that exists, a field that it has, and a value that the field takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.graph import claims
from ballardwiki.graph.claims import Fault
from ballardwiki.graph.references import near
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Claims that say nothing of anybody."""
    graph = world.graph
    for entity in (each for each in records if each.type == claims.TYPE):
        found = claims.read(entity, graph.entities, graph.schema, graph.present)
        if isinstance(found, Fault) and found.field != "about":  # that is a reference: see ref-resolves
            statement = entity.statements[found.field][0]
            at = Location(entity.path, statement.line, statement.column)
            yield Violation(at, found.message, found.hint or near(graph, found.target), missing=found.target)


RULE = RecordRule(name="claim-resolves", severity="error", check=check, of_text=False)
