"""cast-complete: a credit of the cast says which character was played."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation

ROLE, REASONS = "character", ("job", "as", "note", "as_self")
"""The field that names the character, and those that say why there is none: crew, words, a secret part, oneself."""


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Credits of actors without a character."""
    graph = world.graph
    kinds = {
        name
        for name, kind in graph.schema.types.items()
        if ROLE in kind.fields and any(field.kind == "parent" for field in kind.fields.values())
    }
    for entity in records:
        said = any(each in entity.statements or each in entity.refused for each in (ROLE, *REASONS))
        if entity.type not in kinds or said:
            continue
        person = graph.statement(entity.ref, "person")
        who = graph.titles.get(graph.present(str(person.value)), "") if person else ""
        at = Location(entity.path, entity.line, 1)
        message = f"the credit of {who or 'this person'} names neither character nor job."
        yield Violation(at, message, "Add character:, or say the part in words, as: a judge.")


RULE = RecordRule(name="cast-complete", severity="info", check=check, of_text=False, of_names=True)
