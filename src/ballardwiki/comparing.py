"""What must be made anew: the outputs whose facts, plan or bytes on disk are no longer those of the last publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ballardwiki import differences, facts, history
from ballardwiki.facts import Fact
from ballardwiki.ledger import Comparison, Ledger
from ballardwiki.model import Entity
from ballardwiki.steps import Job, Planned, Read


def compare(job: Job, read: Read, plan: Planned, intact: Mapping[str, str]) -> Comparison:
    """The outputs to make anew. On any doubt about what was before, that is all of them.

    intact: outputs that lie on disk as they were made -> their digests.
    """
    record = job.record
    traces = job.cache.traces(record) if record.code == job.project.code else None
    own = _own(job, read, plan) if traces else None
    if traces is None or own is None or read.shown is None:
        reason = "nothing is known of the last build" if not record.code else "the program changed"
        return Comparison(dict.fromkeys(plan.outputs, (reason,)), Ledger())
    ledger = Ledger(traces)
    own |= {facts.HISTORY(path) for path in history.changed(read.shown, plan.world.history)}
    changes = ledger.changed(plan.world, own)
    affected = ledger.stale(changes)
    stale: dict[str, tuple[str, ...]] = {}
    for path, output in plan.outputs.items():
        made = record.outputs.get(path)
        if made is None or path not in ledger:
            stale[path] = ("it is new",)
        elif made.plan != output.plan:
            stale[path] = ("it is planned otherwise",)
        elif path in affected:
            stale[path] = tuple(str(fact) for fact in ledger.reads(path) if fact in changes)
        elif path not in intact:
            stale[path] = ("it is missing or was changed by hand",)
    return Comparison(stale, ledger)


def _own(job: Job, read: Read, plan: Planned) -> set[Fact] | None:
    """The changed facts that are entities' own; None when what they were is lost."""
    record, documents, keys = job.record, read.documents, read.effective
    before = {path: key for path, (_, key) in record.sources.items()} | record.instead
    before = {path: key for path, key in before.items() if key}  # without are those that could not be read
    changed = [path for path in before.keys() | keys.keys() if before.get(path, "") != keys.get(path, "")]
    old = job.cache.library.documents(before[path] for path in changed if path in before)
    if any(path in before and before[path] not in old for path in changed):
        return None
    hidden, withheld, visible = set(record.withheld), plan.withheld.refs, plan.world.visible
    was = [each for path in changed if path in before for each in old[before[path]].entities]
    now = [each for path in changed if path in documents for each in documents[path].entities]
    found = differences.changed_in(_without(was, hidden), _without(now, withheld))
    seen = visible.hidden if visible else {}
    toggled = hidden ^ withheld | plan.rest.amended | {*record.amended}
    toggled |= {ref for ref in {*record.hidden, *seen} if record.hidden.get(ref) != seen.get(ref)}
    if toggled:
        for document in documents.values():
            found |= differences.changed_in((each for each in document.entities if each.ref in toggled), ())
    return found


def _without(entities: Iterable[Entity], withheld: set[str]) -> list[Entity]:
    return [entity for entity in entities if entity.ref not in withheld] if withheld else list(entities)
