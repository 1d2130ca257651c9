"""What must be made anew: the outputs whose facts, plan or bytes on disk are no longer those of the last publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass

from ballardwiki import differences, facts, history
from ballardwiki.cache import Cache, Record
from ballardwiki.facts import Fact
from ballardwiki.history import Past
from ballardwiki.ledger import Ledger
from ballardwiki.model import Document, Entity
from ballardwiki.outputs import Output
from ballardwiki.project import Project
from ballardwiki.world import World


@dataclass(frozen=True, slots=True)
class Comparison:
    """The stale outputs, and why each is: a sentence, or the changed facts that it read."""

    stale: Mapping[str, tuple[str, ...]]
    ledger: Ledger


def compare(
    project: Project,
    world: World,
    record: Record,
    cache: Cache,
    keys: Mapping[str, str],
    documents: Mapping[str, Document],
    withheld: set[str],
    amended: AbstractSet[str],
    planned: Mapping[str, Output],
    intact: Mapping[str, str],
    past: Mapping[str, Past] | None,
) -> Comparison:
    """The outputs to make anew. On any doubt about what was before, that is all of them.

    keys, documents: what pages are made from now. amended: the records of which pages see less than the documents have.
    past: the histories of files that the last publish showed; None when they are lost.
    """
    traces = cache.traces(record) if record.code == project.code else None
    own = _own(record, cache, keys, documents, withheld, amended, world) if traces else None
    if traces is None or own is None or past is None:
        reason = "nothing is known of the last build" if not record.code else "the program changed"
        return Comparison(dict.fromkeys(planned, (reason,)), Ledger())
    ledger = Ledger(traces)
    own |= {facts.HISTORY(path) for path in history.changed(past, world.history)}
    changes = ledger.changed(world, own)
    affected = ledger.stale(changes)
    stale: dict[str, tuple[str, ...]] = {}
    for path, output in planned.items():
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


def _own(
    record: Record,
    cache: Cache,
    keys: Mapping[str, str],
    documents: Mapping[str, Document],
    withheld: set[str],
    amended: AbstractSet[str],
    world: World,
) -> set[Fact] | None:
    """The changed facts that are entities' own; None when what they were is lost."""
    before = {path: key for path, (_, key) in record.sources.items()} | record.instead
    before = {path: key for path, key in before.items() if key}  # without are those that could not be read
    changed = [path for path in before.keys() | keys.keys() if before.get(path, "") != keys.get(path, "")]
    old = cache.library.documents(before[path] for path in changed if path in before)
    if any(path in before and before[path] not in old for path in changed):
        return None
    hidden = set(record.withheld)
    was = [each for path in changed if path in before for each in old[before[path]].entities]
    now = [each for path in changed if path in documents for each in documents[path].entities]
    found = differences.changed_in(_without(was, hidden), _without(now, withheld))
    seen = world.visible.hidden if world.visible else {}
    toggled = hidden ^ withheld | amended | {*record.amended}
    toggled |= {ref for ref in {*record.hidden, *seen} if record.hidden.get(ref) != seen.get(ref)}
    if toggled:
        for document in documents.values():
            found |= differences.changed_in((each for each in document.entities if each.ref in toggled), ())
    return found


def _without(entities: Iterable[Entity], withheld: set[str]) -> list[Entity]:
    return [entity for entity in entities if entity.ref not in withheld] if withheld else list(entities)
