"""The documents of a build: read by workers, or held by the library; and what of them is not yet to be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ballardwiki import history, making, moments, workers
from ballardwiki.cache import FOLDER, NONE, Cache, Record
from ballardwiki.damage import DamagedError, UnusableError
from ballardwiki.history import Past
from ballardwiki.model import Document, Entity
from ballardwiki.problems import Problem
from ballardwiki.project import Project
from ballardwiki.sources import Found
from ballardwiki.workers import Failure

SCHEDULE = ("publish_at",)
"""The fields of every type that say from when on a page is there."""

Progress = Callable[[str, int, int], None]
"""Told of long work: what is done, how much of it, of how much."""


def read(
    project: Project, found: Sequence[Found], record: Record, cache: Cache, jobs: int, progress: Progress
) -> tuple[dict[str, str], dict[str, Document], list[Problem]]:
    """The key and the document of every content file; those that the library does not hold are read by workers."""
    keys = {
        each.path: record.sources[each.path][1]
        for each in found
        if each.path in record.sources
        and each.signature.same(record.sources[each.path][0])
        and record.reading == project.reading
    }
    held = cache.library.documents(keys.values())
    documents = {path: held[key] for path, key in keys.items() if key in held}
    todo = [each for each in found if each.path not in documents]
    reading = making.Reading(project, cache.library.keys() if todo else frozenset())
    problems: list[Problem] = []
    again: list[str] = []
    with cache.library.keeping() as keep:
        for done, (index, answer) in enumerate(workers.run(reading, todo, jobs=jobs, limits=project.limits), 1):
            path = todo[index].path
            if isinstance(answer, Failure):
                problems.append(making.failed(path, answer, project.config.limits.seconds))
                continue
            keys[path], packed = making.unpack_read(answer)
            if not packed:
                again.append(path)
            else:
                documents[path] = keep(keys[path], packed)
            progress("reading", done, len(todo))
    held = cache.library.documents(keys[path] for path in again)
    if len(held) < len({keys[path] for path in again}):
        message = "a document that was there is gone"
        raise DamagedError(message)
    documents |= {path: held[keys[path]] for path in again}
    return keys, {each.path: documents[each.path] for each in found if each.path in documents}, problems


def documents(
    project: Project, found: Sequence[Found], jobs: int = 1
) -> tuple[dict[str, str], dict[str, Document], dict[tuple[str, str], bytes], list[Problem]]:
    """As `read`, where no build is going on, with the bodies of what the project's cache does not hold.

    The cache is left as it is; without a cache, or with one that is no good, everything is read.
    """
    cache = Cache(project.root / FOLDER, writable=False)
    try:
        for _ in range(2):
            try:
                keys, held, problems = read(project, found, cache.record() or Record(), cache, jobs, lambda *_: None)
                return keys, held, cache.library.fresh or {}, problems  # noqa: TRY300  # the first try that ends
            except (DamagedError, UnusableError):
                cache.forgo("it can't be read", NONE)
        message = "the content can't be read"
        raise UnusableError(message)
    finally:
        cache.close()


def histories(root: Path, commit: str, record: Record, cache: Cache) -> tuple[dict[str, Past], dict[str, Past] | None]:
    """The pasts of all content files now, and as of the last publish; None when those are lost."""
    now = cache.history(commit) if commit else {}
    if now is None:
        found = history.read(root, commit)
        now = found or {}
        if found is not None:
            cache.keep_history(commit, now)
    if record.commit == commit:
        return now, now
    return now, cache.history(record.commit) if record.commit else {}


@dataclass(frozen=True, slots=True)
class Withheld:
    """The addresses of drafts and of what is scheduled; the moments that came last and come next, or "".

    These are the moments at which something scheduled appears, or a date that is written with its time comes due.

    entities: those drafts and scheduled records, with what is written inside them.
    """

    refs: set[str]
    last_change: str = ""
    next_change: str = ""
    entities: tuple[Entity, ...] = ()


def withhold(entities: Sequence[Entity], project: Project, now: datetime, *, drafts: bool) -> Withheld:
    """What is not to be shown at the moment `now`. With `drafts` nothing is withheld."""
    zone = project.config.timezone
    today = now.astimezone(ZoneInfo(zone)).date().isoformat()
    dates = {name: {*SCHEDULE, kind.dated, kind.released} for name, kind in project.schema.types.items()}
    found: set[str] = set()
    turns: list[datetime] = []
    for entity in entities:
        draft = entity.statements.get("draft")
        if draft and draft[0].value:
            found.add(entity.ref)
        for name in dates[entity.type].intersection(entity.statements):
            for text in (str(each.value) for each in entity.statements[name]):
                moment = moments.begin(text, zone)
                if name in SCHEDULE and moment > now:
                    found.add(entity.ref)
                if len(text) > len(today) or name in SCHEDULE:
                    turns.append(moment)
                elif text == today:
                    turns.append(moments.begin(text, zone, moments.NOON))
    inside = [entity for entity in entities if entity.owner] if found else []
    while more := {entity.ref for entity in inside if entity.owner in found} - found:
        found |= more
    if drafts:
        found = set()
    held = tuple(entity for entity in entities if entity.ref in found)
    last = max((moment for moment in turns if moment <= now), default=None)
    following = min((moment for moment in turns if moment > now), default=None)
    return Withheld(found, last.isoformat() if last else "", following.isoformat() if following else "", held)
