"""One build, from the files of a project to its published site. Read this first.

    load -> read -> link -> plan -> check -> compare -> render -> publish

The stages find, link and check everything. What makes them quick is that documents are kept by the digest of what they
are made from, and that each output has written down which facts it read: only those whose facts changed are made again.
With an error nothing is published, unless the build is to keep going, or shows a preview.

There are two shorter ways. When nothing at all changed, there is a quick way out before anything is read
(`quick_exit`). When only texts changed, the build goes on from the last one: `delta` finds that one in this process, or
`former` on disk. Where either gives up, the stages do the work. Loading is here; `stages` has what follows, and `build`
the value that each stage hands on.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ballardwiki.build import quick_exit
from ballardwiki.build.cache import NONE, Cache, Record
from ballardwiki.build.options import Options, Progress, Result
from ballardwiki.build.publish import Publisher
from ballardwiki.config.inputs import Inputs, gather
from ballardwiki.content import discovery
from ballardwiki.problems import DamagedError, UnusableError, errors

if TYPE_CHECKING:
    from ballardwiki.build.project import Project

_TRIES = 3
"""How often a build begins anew because of its cache: dropped, only read, not used."""

__all__ = ["Options", "Result", "build"]


def build(options: Options, cache: Cache, progress: Progress = lambda *_: None) -> Result:
    """Bring the site up to date. Raises `Locked`, `Refused` or `PublishError`; all else is a problem of the result."""
    started = time.perf_counter()
    with _no_collections():
        result = _with_what_cache_there_is(options, cache, progress)
    notice, cache.notice = cache.notice, ""
    return replace(result, seconds=time.perf_counter() - started, notice=notice)


def _with_what_cache_there_is(options: Options, cache: Cache, progress: Progress) -> Result:
    """Build; without what is in the cache where it is damaged, and without touching it where the machine says no."""
    cache.begin()
    for _ in range(_TRIES):
        try:
            return _build(options, cache, progress)
        except DamagedError as error:
            cache.drop(str(error))
        except UnusableError as error:
            cache.forgo(str(error))
    cache.forgo("it is damaged again and again", NONE)
    return _build(options, cache, progress)


def _build(options: Options, cache: Cache, progress: Progress) -> Result:
    record = cache.record() or Record()
    publisher = Publisher(
        options.out, (options.root / name for name in ("content", "media", "root", "templates", "types"))
    )
    if options.told is not None and (resumed := _resumed(options, cache, record, publisher, progress)):
        return resumed
    cache.save_pending()
    record = cache.record() or record
    inputs = gather(options.root, record.assets, code=record.code, links=options.links)
    complete = options.publish and not cache.owing
    unchanged = complete and quick_exit.unchanged(record, inputs, options.now, drafts=options.drafts)
    project = None if unchanged else _parse(inputs, record)
    if project and errors(project.problems) and _stops(project, options):
        return Result(project.problems)
    content = discovery.scan(options.root)
    with publisher.lock(wait=options.wait) if options.publish else nullcontext():
        disk = publisher.survey() if options.publish else {}
        doubtful = quick_exit.doubtful(record, content, disk, options.out) if unchanged else None
        shelves = cache.shelves(record) if doubtful and not options.preview else None
        same = doubtful is not None and not doubtful
        if doubtful and not shelves:
            same = quick_exit.read_same(record, inputs, content, doubtful)
        if same:
            return Result(record.warnings, outputs=len(record.outputs), published=True, marks=record.marks)

        from ballardwiki.build import stages  # noqa: PLC0415  # late: to import all that makes pages takes as long as the above
        from ballardwiki.build.build import Build  # noqa: PLC0415

        loaded = Build(
            options=options,
            inputs=inputs,
            project=project or _parse(inputs, record),
            content=content,
            disk=disk,
            record=record,
            cache=cache,
            publisher=publisher,
            progress=progress,
        )
        if doubtful and shelves:
            from ballardwiki.build import former  # noqa: PLC0415  # late, as above

            loaded = former.resumed(loaded, shelves, doubtful)
        return stages.run(loaded)


def _resumed(options: Options, cache: Cache, record: Record, publisher: Publisher, progress: Progress) -> Result | None:
    """Build where only files in content/ may have changed, of which we were told; None where that does not do."""
    from ballardwiki.build import delta, stages  # noqa: PLC0415  # late, as below

    build = delta.resumed(options, cache, record, publisher, progress)
    if build is None:
        return None
    with publisher.lock(wait=options.wait):
        return stages.run(build)


def _stops(project: Project, options: Options) -> bool:
    from ballardwiki.build import salvage  # noqa: PLC0415  # late, as above: seldom needed

    return not (options.keep_going or options.preview) or salvage.hopeless(project.problems)


def _parse(inputs: Inputs, record: Record) -> Project:
    from ballardwiki.build import project as projects  # noqa: PLC0415  # late, as above

    return projects.parse(inputs, faultless=record.templates)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Builds make many values and no cycles: looking for cycles meanwhile costs a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
