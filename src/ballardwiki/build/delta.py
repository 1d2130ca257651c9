"""Linking a change: what a build takes over from the one before it in the same process.

Most edits change a text, and nothing that a field says. Names, addresses, lists, story and ways back, what is withheld
and which files there will be follow from fields alone, so all of them hold as they are; only the links of that text are
put into their rows anew. Whatever else may have changed, all is linked from nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ballardwiki.build.build import Build, Compared, Read
from ballardwiki.build.cache import Cache, Record
from ballardwiki.build.options import Options, Progress
from ballardwiki.build.publish import Publisher
from ballardwiki.config import history
from ballardwiki.content import discovery
from ballardwiki.content.discovery import ContentFile
from ballardwiki.graph.delta import retold
from ballardwiki.model import Document, Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Problem
from ballardwiki.signatures import Signature, signature

_FIELDS = ("ref", "type", "id", "path", "statements", "qualified", "owner", "line", "places", "refused")
"""All that an entity has but its text and what follows from it."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed since a build: the texts of some entities, as they were and as they are. `world`: with these."""

    former: Compared
    texts: Mapping[Ref, tuple[Entity, Entity]]
    world: World

    @property
    def mentioned(self) -> frozenset[Ref]:
        """The entities that are mentioned otherwise than before, as far as may be known."""
        before, after = self.former.world.shown.links, self.world.shown.links
        pairs = ((before.backlinks, after.backlinks), (before.veiled, after.veiled), (before.called, after.called))
        return frozenset(
            ref for was, now in pairs for ref in was.keys() | now.keys() if was.get(ref) is not now.get(ref)
        )


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
    files = {**former.content.files, **{path: each for path, each in seen.items() if each}}
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
    former = build.cache.former(build.record) if build.told else None
    if not isinstance(former, Compared):
        return discovery.sort(build.content, build.project.schema)
    files = build.content.files
    told = (replace(each, signature=files[each.path]) if each.path in build.told else each for each in former.files)
    return [*told], former.astray


def since(read: Read) -> Delta | None:
    """What changed since the last build of this process; None where that may be more than texts."""
    former = read.cache.former(read.record)
    if not isinstance(former, Compared) or not _alike(former, read):
        return None
    texts = _texts(former.documents, read.documents)
    if texts is None or not former.withheld.refs.isdisjoint(texts):
        return None
    graph = former.world.graph.retold(texts)
    seen = retold(former.world.visible, former.world.graph, graph, texts)
    return Delta(former, texts, replace(former.world, graph=graph, visible=seen)) if graph and seen else None


def _alike(former: Compared, read: Read) -> bool:
    """Whether a build without mistakes is of the same project and time as another one, and that leaves nothing out."""
    whole = not (read.instead or read.rest.left_out or read.rest.amended or read.rest.unshown)
    asked = replace(read.options, now=former.options.now, told=former.options.told)
    same = former.inputs.digest == read.inputs.digest and former.options == asked
    return whole and same and _same_time(former, read.options.now)


def _same_time(former: Compared, now: datetime) -> bool:
    """Whether it is the same day, no earlier, and nothing that is scheduled has come due."""
    zone = ZoneInfo(former.project.config.timezone)
    then, turn = former.options.now, former.withheld.next_change
    passed = turn and datetime.fromisoformat(turn) <= now
    return not passed and then <= now and then.astimezone(zone).date() == now.astimezone(zone).date()


def _texts(before: Mapping[str, Document], after: Mapping[str, Document]) -> dict[Ref, tuple[Entity, Entity]] | None:
    """The entities whose texts differ; None where anything else does. Documents that are as they were are the same."""
    if before.keys() != after.keys():
        return None
    found: dict[Ref, tuple[Entity, Entity]] = {}
    for path, document in after.items():
        was = before[path]
        if was is document:
            continue
        if len(was.entities) != len(document.entities) or was.lost != document.lost:
            return None
        for old, new in zip(was.entities, document.entities, strict=True):
            if any(getattr(old, name) != getattr(new, name) for name in _FIELDS):
                return None
            if old != new:
                found[new.ref] = (old, new)
    return found
