"""Which facts of their own differ between two versions of entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ballardwiki import claims
from ballardwiki.facts import BODY, FIELD, FIELDS, HEADINGS, LINE, PLACE, RECORD, RECORDS, SENTENCES, Fact
from ballardwiki.model import Entity, Ref, Statement, ref_type


def changed_in(old: Iterable[Entity], new: Iterable[Entity]) -> set[Fact]:
    """The own facts that differ between two versions of some entities; an absent one has no facts."""
    before = {entity.ref: entity for entity in old}
    after = {entity.ref: entity for entity in new}
    found: set[Fact] = set()
    for ref in before.keys() | after.keys():
        found |= _differences(ref, before.get(ref), after.get(ref))
    free = before.keys() - after.keys() | {old for entity in before.values() for old in _former(entity)}
    for ref, entity in after.items():  # claims about an address that was another's may have come with it
        if ref in before and not free.isdisjoint({*_former(entity)} - {*_former(before[ref])}):
            found |= {RECORD(ref), RECORDS(ref_type(ref))}
    return found


def _former(entity: Entity) -> Iterable[str]:
    return (f"{entity.type}/{each.value}" for each in entity.statements.get("was", ()))


def _differences(ref: Ref, old: Entity | None, new: Entity | None) -> set[Fact]:
    statements = (old.statements if old else {}, new.statements if new else {})
    fields = statements[0].keys() | statements[1].keys()
    said = [
        {name: [(each.value, each.qualifiers) for each in row] for name, row in side.items()} for side in statements
    ]
    found = {FIELD(ref, name) for name in fields if said[0].get(name) != said[1].get(name)}
    if found:
        found.add(FIELDS(ref_type(ref)))
    if (old and _places(old)) != (new and _places(new)):
        found.add(LINE(ref))
    if (old and (old.path, old.line)) != (new and (new.path, new.line)):
        found.add(PLACE(ref))
    if (old and old.body) != (new and new.body):
        found.add(BODY(ref))
    if (old and old.sentences) != (new and new.sentences):
        found.add(SENTENCES(ref))
    if (old.headings if old else ()) != (new.headings if new else ()):
        found.add(HEADINGS(ref))
    if old is None or new is None or (old.qualifiers, old.owner) != (new.qualifiers, new.owner):
        found |= {RECORD(ref), RECORDS(ref_type(ref))}
    if ref_type(ref) == claims.TYPE and not found <= {LINE(ref), PLACE(ref)}:
        found |= {fact for side in statements for fact in _claimed(side)}
    return found


def _claimed(statements: Mapping[str, Iterable[Statement]]) -> Iterable[Fact]:
    """The fact that a claim is about. Who shows it need not have read of any claim: there may have been none."""
    about, field = ("".join(str(each.value) for each in statements.get(name, ())) for name in ("about", "field"))
    return (FIELD(about, field), FIELDS(ref_type(Ref(about))))


def _places(entity: Entity) -> tuple[object, ...]:
    """Where an entity and each of its statements is written."""
    rows = ((name, each.line) for name, row in entity.statements.items() for each in row)
    return (entity.path, entity.line, *rows)
