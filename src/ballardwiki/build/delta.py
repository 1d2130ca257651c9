"""Linking a change: what a build takes over from the last one, of this process or found on disk (`former`).

Of a change of texts and of fields it can be told which rows of the graph are others (`graph.delta`), what rules may
find now, and which facts may differ: all else holds as it is. What is done here grows with the change. Where more may
follow than that (addresses, the story, what is withheld, which files there will be), or anything is wrong, `compared`
gives up, and everything is linked from nothing (`stages`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from ballardwiki import rules
from ballardwiki.amended import Amended
from ballardwiki.build import causes, planning, reading
from ballardwiki.build.build import Build, Compared, carried_over
from ballardwiki.build.cache import Cache, Record
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.comparison import Comparison
from ballardwiki.build.options import Options, Progress
from ballardwiki.build.publish import Publisher
from ballardwiki.build.set_digest import exchanged
from ballardwiki.build.staleness import changed_in
from ballardwiki.build.traces import Suspects
from ballardwiki.config import history
from ballardwiki.content import discovery
from ballardwiki.content.discovery import ContentFile
from ballardwiki.graph.delta import Changes, Delta, relinked
from ballardwiki.graph.visibility_delta import retold
from ballardwiki.model import Document, Entity, Ref
from ballardwiki.pages import facts
from ballardwiki.pages.world import World
from ballardwiki.problems import Problem, errors
from ballardwiki.rules.known import Known
from ballardwiki.signatures import Signature, signature


def resumed(options: Options, cache: Cache, record: Record, publisher: Publisher, progress: Progress) -> Build | None:
    """A build in which only the files that we were told of may be others than in the last one of this process.

    None where there was none, or where one of them came, went, or is no plain file of content/: then all is looked at.
    """
    former = cache.former(record)
    told = options.told or frozenset()
    if not isinstance(former, Compared) or history.head(options.root) != former.inputs.head:
        return None
    seen = {path: _seen(options.root / path) for path in told}
    if not former.content.files.keys() >= told or None in seen.values():
        return None
    files = Amended(former.content.files, {path: each for path, each in seen.items() if each})
    publisher.believe(former.disk, former.publisher.left)
    return Build(
        options=options,
        inputs=former.inputs,
        project=former.project,
        content=replace(former.content, files=files),
        disk=former.disk,
        record=record,
        cache=cache,
        publisher=publisher,
        progress=progress,
        told=told,
    )


def _seen(path: Path) -> Signature | None:
    """The signature of a plain file, or None."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return signature(status) if stat.S_ISREG(status.st_mode) else None


def found(build: Build) -> tuple[Sequence[ContentFile], Sequence[Problem]]:
    """The content files, and what is wrong with where they lie (see `discovery.sort`)."""
    former = build.cache.former(build.record)
    if build.told is None or not isinstance(former, Compared):
        return discovery.sort(build.content, build.project.schema)
    return [*Amended(former.files, _told(build, build.told, former)).values()], former.astray


def _told(build: Build, paths: Collection[str], former: Compared) -> dict[str, ContentFile]:
    """The files that we were told of, as they lie there now."""
    return {path: replace(former.files[path], signature=build.content.files[path]) for path in sorted(paths)}


class _Change(Struct, frozen=True):
    """What changed since a build: files by path, with the keys and documents of each, as they are now.

    changes: the records that differ. delta: what they change in the graph; shown: in what of it may be known. world:
    with all of these, as yet without their words.
    """

    former: Compared
    files: Mapping[str, ContentFile]
    keys: Mapping[str, str]
    documents: Mapping[str, Document]
    changes: Changes
    delta: Delta
    shown: Delta
    world: World


def compared(build: Build) -> Compared | None:
    """A build as far as it is known what is stale, from the one before it. None where the change does not tell.

    The same is come to by reading, linking, planning, checking and comparing everything.
    """
    change = _change(build)
    if change is None:
        return None
    read = _read(build, change)
    linked = _linked(read, change)
    checked = _checked(linked, change)
    if errors(checked.problems):
        checked.bodies.close()
        return None
    return _compared(checked, change)


def _change(build: Build) -> _Change | None:
    former = build.cache.former(build.record)
    if build.told is None or not isinstance(former, Compared) or not _alike(former, build):
        return None
    files = _told(build, build.told, former)
    staff = reading.Staff(build.options.jobs, build.progress)
    keys, documents, unread = reading.read_files(build.project, [*files.values()], build.cache, staff)
    changes = None if unread else _changes({path: former.documents[path] for path in files}, documents)
    if changes is None or not former.withheld.refs.isdisjoint(changes):
        return None
    graph, visible = former.world.graph, former.world.visible
    delta = relinked(graph, changes)
    seen = retold(visible, graph, delta, changes, former.withheld.refs) if delta and visible else None
    if delta is None or seen is None:
        return None
    world = replace(former.world, graph=delta.graph, visible=seen[0])
    return _Change(former, files, keys, documents, changes, delta, seen[1], world)


def _alike(former: Compared, build: Build) -> bool:
    """Whether a build is of the same project and time as an earlier one that left nothing out."""
    whole = not (former.instead or former.rest.left_out or former.rest.amended or former.rest.unshown)
    whole = whole and not errors(former.problems)
    asked = replace(build.options, now=former.options.now, told=former.options.told)
    same = former.inputs.digest == build.inputs.digest and former.options == asked
    return whole and same and _same_time(former, build.options.now)


def _same_time(former: Compared, now: datetime) -> bool:
    """Whether it is the same day, no earlier, and nothing that is scheduled has come due."""
    zone = ZoneInfo(former.project.config.timezone)
    then, turn = former.options.now, former.withheld.next_change
    passed = turn and datetime.fromisoformat(turn) <= now
    return not passed and then <= now and then.astimezone(zone).date() == now.astimezone(zone).date()


def _changes(before: Mapping[str, Document], after: Mapping[str, Document]) -> Changes | None:
    """The records that differ; None where some came, went or changed places."""
    found: dict[Ref, tuple[Entity, Entity]] = {}
    for path, document in after.items():
        was = before[path]
        if [each.ref for each in was.entities] != [each.ref for each in document.entities] or was.lost != document.lost:
            return None
        pairs = zip(was.entities, document.entities, strict=True)
        found |= {new.ref: (old, new) for old, new in pairs if old != new}
    return found


def _read(build: Build, change: _Change) -> Compared:
    """What the former build came to, with the documents as they are now."""
    former = change.former
    documents = Amended(former.documents, change.documents)
    return replace(
        former,
        **carried_over(Build, build),
        files=Amended(former.files, change.files),
        keys=Amended(former.keys, change.keys),
        documents=documents,
        rest=replace(former.rest, documents=documents),
        unjudged=_unjudged(change),
    )


def _unjudged(change: _Change) -> list[Problem]:
    """What is wrong with single files: first what reading no document found, then file by file."""
    rest = [each for each in change.former.unjudged if each.at.path not in change.files]
    apart = [each for each in rest if each.at.path not in change.former.documents]
    found = [each for document in change.documents.values() for each in document.problems]
    in_files = (each for each in rest if each.at.path in change.former.documents)
    return [*apart, *sorted((*in_files, *found), key=lambda each: each.at.path)]


def _linked(read: Compared, change: _Change) -> Compared:
    """The same with the world as it is now."""
    graph, bodies = change.world.graph, Amended(read.bodies.keys)
    for entity in (each for document in change.documents.values() for each in document.entities):
        bodies.pop(entity.ref, None)
        if entity.body and entity.ref in graph.entities:
            bodies[entity.ref] = change.keys[entity.path]
    texts = Bodies(read.cache.folder, bodies, read.cache.library.fresh)
    gone, come = ([f"{path} {keys[path]}" for path in change.files] for keys in (change.former.keys, change.keys))
    world = replace(
        change.world,
        now=read.options.now.astimezone(ZoneInfo(read.project.config.timezone)).isoformat(),
        body=texts.body,
        sentences=texts.sentences,
        content=exchanged(change.world.content, gone, come),
    )
    return replace(read, world=world, bodies=texts)


def _checked(linked: Compared, change: _Change) -> Compared:
    """The same with its problems: what looks at fields alone, and at other texts, found what it finds now."""
    world = linked.world
    planned: Collection[str] = Amended[str, object](linked.outputs, dict.fromkeys(world.withheld_files))

    def records(path: str) -> list[Entity]:
        refs = (each.ref for each in linked.documents[path].entities)
        return [world.graph.entities[ref] for ref in refs if ref in world.graph.entities]

    findings = rules.check(
        world, planned, thorough=False, known=Known(linked.findings, change.former.world.graph, change.delta, records)
    )
    problems = [*planning.judged(world, linked.unjudged, findings), *linked.clashes]
    return replace(linked, findings=findings, problems=causes.alone(problems))


def _compared(checked: Compared, change: _Change) -> Compared:
    """The same with the outputs that read what changed."""
    ledger = change.former.comparison.ledger
    ledger.revert()
    own = changed_in((old for old, _ in change.changes.values()), (new for _, new in change.changes.values()))
    rows = frozenset().union(*(each.touched | each.names for each in (change.delta, change.shown)))
    changes = ledger.changed(checked.world, own, Suspects([*facts.of_texts(change.shown.mentioned)], rows))
    stale = {path: tuple(map(str, read)) for path, read in ledger.stale(changes).items()}
    stale = {**change.former.comparison.owed, **stale}
    return replace(checked, comparison=Comparison(stale, ledger), resumed=True)
