"""What must be made anew: the outputs whose facts, plan or bytes on disk are no longer those of the last publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from ballardwiki.build import quick_exit, trace_rows
from ballardwiki.build.build import Checked, Compared, carried_over
from ballardwiki.build.comparison import Comparison
from ballardwiki.build.traces import Ledger
from ballardwiki.config import history
from ballardwiki.graph import claims
from ballardwiki.model import Entity, Ref, Statement, ref_type
from ballardwiki.pages import facts
from ballardwiki.pages.facts import Fact


def compare(checked: Checked) -> Compared:
    """Find the outputs to make anew. On any doubt about what was before, that is all of them."""
    record = checked.record
    intact = (
        quick_exit.intact(record, checked.disk, checked.options.out)
        if checked.options.publish
        else {path: made.digest for path, made in record.outputs.items()}
    )
    return Compared(**carried_over(Checked, checked), comparison=_comparison(checked, intact), intact=intact)


def urgent(compared: Compared) -> Compared:
    """With the pages of the files that we were told of first: whoever saved one waits for these, and for no other."""
    comparison, told = compared.comparison, compared.options.told or ()
    first = {path: why for path, why in comparison.stale.items() if compared.outputs[path].about in told}
    if not first or not compared.may_owe:
        return compared
    owed = {path: why for path, why in comparison.stale.items() if path not in first}
    return replace(compared, comparison=replace(comparison, stale=first, owed=owed))


def _comparison(checked: Checked, intact: Mapping[str, str]) -> Comparison:
    record, former = checked.record, checked.cache.former(checked.record)
    last = former.comparison if isinstance(former, Compared) else None
    ledger, owed = _ledger(checked, last), last.owed if last else {}
    own = _own(checked) if ledger else None
    if ledger is None or own is None or checked.shown_pasts is None:
        reason = "nothing is known of the last build" if not record.code else "the program changed"
        return Comparison(dict.fromkeys(checked.outputs, (reason,)), Ledger())
    own |= {facts.HISTORY(path) for path in history.changed(checked.shown_pasts, checked.world.history)}
    changes = ledger.changed(checked.world, own)
    affected = ledger.stale(changes)
    stale: dict[str, tuple[str, ...]] = {}
    for path, output in checked.outputs.items():
        made = record.outputs.get(path)
        if made is None or path not in ledger:
            stale[path] = ("it is new",)
        elif made.plan != output.plan:
            stale[path] = ("it is planned otherwise",)
        elif path in affected:
            stale[path] = tuple(map(str, affected[path]))
        elif path in owed:
            stale[path] = owed[path]
        elif path not in intact:
            stale[path] = ("it is missing or was changed by hand",)
    return Comparison(stale, ledger)


def _ledger(checked: Checked, last: Comparison | None) -> Ledger | None:
    """What the outputs read that were published last; None where that is lost, or of another program."""
    record = checked.record
    if record.code != checked.project.code:
        return None
    if last and isinstance(last.ledger, Ledger):
        last.ledger.revert()
        return last.ledger
    shelves = checked.cache.shelves(record)
    return Ledger(trace_rows.traces(trace_rows.on(shelves))) if shelves else None


def _own(checked: Checked) -> set[Fact] | None:
    """The changed facts that are entities' own; None when what they were is lost."""
    record, documents, keys = checked.record, checked.documents, checked.effective
    before = {path: key for path, (_, key) in record.sources.items()} | record.instead
    before = {path: key for path, key in before.items() if key}  # without are those that could not be read
    changed = [path for path in before.keys() | keys.keys() if before.get(path, "") != keys.get(path, "")]
    old = checked.cache.library.documents(before[path] for path in changed if path in before)
    if any(path in before and before[path] not in old for path in changed):
        return None
    hidden, withheld, visible = set(record.withheld), checked.withheld.refs, checked.world.visible
    was = [each for path in changed if path in before for each in old[before[path]].entities]
    now = [each for path in changed if path in documents for each in documents[path].entities]
    found = changed_in(_without(was, hidden), _without(now, withheld))
    seen = visible.hidden if visible else {}
    toggled = hidden ^ withheld | checked.rest.amended | {*record.amended}
    toggled |= {ref for ref in {*record.hidden, *seen} if record.hidden.get(ref) != seen.get(ref)}
    if toggled:
        for document in documents.values():
            found |= changed_in((each for each in document.entities if each.ref in toggled), ())
    return found


def _without(entities: Iterable[Entity], withheld: set[str]) -> list[Entity]:
    return [entity for entity in entities if entity.ref not in withheld] if withheld else list(entities)


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
            found |= {facts.RECORD(ref), facts.RECORDS(ref_type(ref))}
    return found


def _former(entity: Entity) -> Iterable[str]:
    return (f"{entity.type}/{each.value}" for each in entity.statements.get("was", ()))


def _differences(ref: Ref, old: Entity | None, new: Entity | None) -> set[Fact]:
    statements = (old.statements if old else {}, new.statements if new else {})
    fields = statements[0].keys() | statements[1].keys()
    said = [
        {name: [(each.value, each.qualifiers) for each in row] for name, row in side.items()} for side in statements
    ]
    found = {facts.FIELD(ref, name) for name in fields if said[0].get(name) != said[1].get(name)}
    if found:
        found.add(facts.FIELDS(ref_type(ref)))
    if (old and _places(old)) != (new and _places(new)):
        found.add(facts.LINE(ref))
    if (old and (old.path, old.line)) != (new and (new.path, new.line)):
        found.add(facts.PLACE(ref))
    if (old and old.body) != (new and new.body):
        found.add(facts.BODY(ref))
    if (old and old.sentences) != (new and new.sentences):
        found.add(facts.SENTENCES(ref))
    if (old.headings if old else ()) != (new.headings if new else ()):
        found.add(facts.HEADINGS(ref))
    if old is None or new is None or (old.qualifiers, old.owner) != (new.qualifiers, new.owner):
        found |= {facts.RECORD(ref), facts.RECORDS(ref_type(ref))}
    if ref_type(ref) == claims.TYPE and not found <= {facts.LINE(ref), facts.PLACE(ref)}:
        found |= {fact for side in statements for fact in _claimed(side)}
    return found


def _claimed(statements: Mapping[str, Iterable[Statement]]) -> Iterable[Fact]:
    """The fact that a claim is about. Who shows it need not have read of any claim: there may have been none."""
    about, field = ("".join(str(each.value) for each in statements.get(name, ())) for name in ("about", "field"))
    return (facts.FIELD(about, field), facts.FIELDS(ref_type(Ref(about))))


def _places(entity: Entity) -> tuple[object, ...]:
    """Where an entity and each of its statements is written."""
    rows = ((name, each.line) for name, row in entity.statements.items() for each in row)
    return (entity.path, entity.line, *rows)
