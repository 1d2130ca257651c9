"""One build, from the files of a project to its published site. Read this first.

    configure -> find -> read -> link -> check -> plan -> compare -> render -> publish

Every build is whole: it finds, links and checks everything. What makes it quick is that documents are kept by the digest
of what they are made from, and that each output has written down which facts it read: only those whose facts changed are
made again. Nothing is published when anything is wrong.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ballardwiki import comparing, making, project as projects, rules, sources, workers
from ballardwiki.cache import Cache, DamagedError, Library, Record
from ballardwiki.comparing import Comparison
from ballardwiki.graph import link
from ballardwiki.model import Document, Entity
from ballardwiki.outputs import Output, plan
from ballardwiki.problems import Location, Problem, errors
from ballardwiki.project import Project
from ballardwiki.publish import Publisher
from ballardwiki.sources import Found
from ballardwiki.survey import Signature
from ballardwiki.view import Horizon, horizon
from ballardwiki.workers import Failure, Limits
from ballardwiki.world import World

Progress = Callable[[str, int, int], None]
"""Told of long work: what is done, how much of it, of how much."""


@dataclass(frozen=True, slots=True)
class Options:
    """What one build is asked for. `now` is its only clock. Without `publish` nothing is written but the cache."""

    root: Path
    out: Path
    now: datetime
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    publish: bool = True
    wait: bool = True
    links: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a build. `rendered`: the outputs made anew; `written`: those whose bytes differ."""

    problems: tuple[Problem, ...] = ()
    outputs: int = 0
    rendered: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    seconds: float = 0.0
    notice: str = ""
    comparison: Comparison | None = None

    @property
    def failed(self) -> bool:
        """Whether the old site was left as it was because of errors."""
        return bool(errors(self.problems))


def build(options: Options, cache: Cache, progress: Progress = lambda *_: None) -> Result:
    """Bring the site up to date. Raises `Locked`, `Refused` or `PublishError`; all else is a problem of the result."""
    started = time.perf_counter()
    with _no_collections():
        try:
            result = _build(options, cache, progress)
        except DamagedError as error:
            cache.drop(str(error))
            result = _build(options, cache, progress)
    notice, cache.notice = cache.notice, ""
    return replace(result, seconds=time.perf_counter() - started, notice=notice)


def _build(options: Options, cache: Cache, progress: Progress) -> Result:
    record = cache.record() or Record()
    project = projects.load(options.root, record.assets, links=options.links)
    if errors(project.problems):
        return Result(project.problems)
    found, problems = sources.find(options.root, project.schema)
    problems = [*project.problems, *problems]
    publisher = Publisher(options.out, (options.root / name for name in ("content", "media", "templates", "types")))
    with publisher.lock(wait=options.wait) if options.publish else nullcontext():
        disk = publisher.survey() if options.publish else {}
        surroundings = f"{project.surroundings} {options.drafts} {_today(project, options.now)}"
        if options.publish and not problems and _untouched(record, surroundings, found, disk, options):
            return Result(record.warnings, outputs=len(record.outputs))

        keys, documents, unread = read(project, found, record, cache, options, progress)
        problems += unread
        problems += (problem for document in documents.values() for problem in document.problems)
        withheld, next_change = withhold(documents.values(), project, options)
        graph = link((each for each in _entities(documents.values()) if each.ref not in withheld), project.schema)
        world = World(
            graph=graph,
            config=project.config,
            now=options.now.astimezone(ZoneInfo(project.config.timezone)).isoformat(),
            templates=project.templates.digests,
            assets={path: digest for path, (_, digest) in project.assets.items()},
            files=project.files,
            body=Library(
                cache.folder, {each.ref: keys[each.path] for each in graph.entities.values() if each.body}
            ).body,
        )
        problems += rules.check(world)
        within = horizon(world)
        planned, clashes = arrange(plan(world, within))
        problems += clashes
        if _stops(problems, options):
            return Result(tuple(problems), outputs=len(planned))

        intact = _intact(record, disk, options)
        comparison = comparing.compare(project, world, record, cache, keys, documents, withheld, planned, intact)
        rendered = render(project, world, within, planned, comparison, intact, publisher, options, progress)
        problems += (problem for each in rendered.values() for problem in each.problems)
        paths = tuple(path for path in planned if path in rendered)
        if _stops(problems, options) or not options.publish:
            return Result(tuple(problems), len(planned), paths, comparison=comparison)

        written = tuple(path for path in paths if rendered[path].staged)
        removed = tuple(sorted(disk.keys() - planned.keys()))
        signatures = publisher.commit(written, removed)
        ledger = comparison.ledger
        for path, each in rendered.items():
            ledger.note(path, each.reads)
        for path in removed:
            ledger.forget(path)
        disk = disk | signatures
        record = Record(
            code=project.code,
            surroundings=surroundings,
            sources={each.path: (each.signature, keys[each.path]) for each in found},
            assets=dict(project.assets),
            outputs={
                path: comparing.made(
                    rendered[path].digest if path in rendered else intact[path], output.plan, disk[path]
                )
                for path, output in planned.items()
            },
            withheld=tuple(sorted(withheld)),
            warnings=tuple(problems),
            next_change=next_change,
        )
        cache.save(record, ledger.traces(world))
        cache.forget(set(keys.values()))
        return Result(tuple(problems), len(planned), paths, written, removed, comparison=comparison)


def read(
    project: Project, found: Sequence[Found], record: Record, cache: Cache, options: Options, progress: Progress
) -> tuple[dict[str, str], dict[str, Document], list[Problem]]:
    """The key and the document of every content file; those that the library does not hold are read by workers."""
    keys = {
        each.path: record.sources[each.path][1]
        for each in found
        if each.path in record.sources
        and each.signature.same(record.sources[each.path][0])
        and record.code == project.code
    }
    held = cache.documents(keys.values())
    documents = {path: held[key] for path, key in keys.items() if key in held}
    todo = [each for each in found if each.path not in documents]
    reading = making.Reading(project, cache.keys() if todo else frozenset())
    problems: list[Problem] = []
    again: list[str] = []
    with cache.keeping() as keep:
        for done, (index, answer) in enumerate(
            workers.run(reading, todo, jobs=options.jobs, limits=_limits(project)), 1
        ):
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
    held = cache.documents(keys[path] for path in again)
    if len(held) < len({keys[path] for path in again}):
        message = "a document that was there is gone"
        raise DamagedError(message)
    documents |= {path: held[keys[path]] for path in again}
    return keys, {each.path: documents[each.path] for each in found if each.path in documents}, problems


def withhold(documents: Iterator[Document], project: Project, options: Options) -> tuple[set[str], str]:
    """The addresses of drafts and of what is scheduled for later, and the moment at which the next of these appears."""
    zone = ZoneInfo(project.config.timezone)
    found: set[str] = set()
    upcoming: list[datetime] = []
    for entity in _entities(documents):
        draft = entity.statements.get("draft")
        scheduled = entity.statements.get("publish_at")
        if draft and draft[0].value and not options.drafts:
            found.add(entity.ref)
        elif scheduled and not options.drafts:
            moment = datetime.fromisoformat(str(scheduled[0].value))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
            if moment > options.now:
                found.add(entity.ref)
                upcoming.append(moment)
    found |= {entity.ref for entity in _entities(documents) if entity.owner in found}
    return found, min(upcoming).isoformat() if upcoming else ""


def arrange(found: Iterator[Output]) -> tuple[dict[str, Output], list[Problem]]:
    """The outputs by path, in code point order, and the clashes: two that want one path, or one that a folder has."""
    planned: dict[str, Output] = {}
    folded: dict[str, Output] = {}
    problems: list[Problem] = []
    folders: dict[str, Output] = {}
    for output in found:
        other = folded.setdefault(output.path.casefold(), output)
        if other is not output:
            message = f"the address {output.path} is wanted by {other.about} and by {output.about}."
            problems.append(Problem(Location(output.about), "url-unique", message, "Give one of them another id."))
        planned.setdefault(output.path, output)
        folder = output.path
        while "/" in folder and folder not in folders:
            folder = folder.rpartition("/")[0]
            folders.setdefault(folder, output)
    for path in planned.keys() & folders.keys():
        message = f"{path} can't be a file and a folder, as {folders[path].about} needs it."
        problems.append(Problem(Location(planned[path].about), "url-unique", message, "Give one of them another id."))
    return dict(sorted(planned.items())), problems


def render(
    project: Project,
    world: World,
    within: Horizon,
    planned: dict[str, Output],
    comparison: Comparison,
    intact: dict[str, str],
    publisher: Publisher,
    options: Options,
    progress: Progress,
) -> dict[str, making.Rendered]:
    """Make the stale outputs anew, in workers; staged are those whose bytes differ from what is on disk."""
    todo = [output for path, output in planned.items() if path in comparison.stale]
    rendering = making.Rendering(project, world, within, intact, publisher.stage if options.publish else None)
    made: dict[str, making.Rendered] = {}
    if todo:
        project.templates.prepare()
    for done, (index, answer) in enumerate(workers.run(rendering, todo, jobs=options.jobs, limits=_limits(project)), 1):
        output = todo[index]
        if isinstance(answer, Failure):
            if "DamagedError" in answer.detail:
                raise DamagedError(answer.detail.strip().rpartition("\n")[2])
            problem = making.failed(output.about, answer, project.config.limits.seconds)
            made[output.path] = making.Rendered(problems=(problem,))
        else:
            made[output.path] = making.unpack_rendered(answer)
        progress("rendering", done, len(todo))
    return made


def _entities(documents: Iterator[Document]) -> Iterator[Entity]:
    return (entity for document in documents for entity in document.entities)


def _today(project: Project, now: datetime) -> str:
    return now.astimezone(ZoneInfo(project.config.timezone)).date().isoformat()


def _untouched(
    record: Record, surroundings: str, found: Sequence[Found], disk: dict[str, Signature], options: Options
) -> bool:
    """The quick way out: nothing that went into the published site differs, and it lies there as it was written."""
    if record.surroundings != surroundings or len(record.sources) != len(found) or disk.keys() != record.outputs.keys():
        return False
    if record.next_change and datetime.fromisoformat(record.next_change) <= options.now:
        return False
    known = record.sources
    if not all(each.path in known and each.signature.same(known[each.path][0]) for each in found):
        return False
    return all(comparing.same(made, disk[path]) for path, made in record.outputs.items())


def _intact(record: Record, disk: dict[str, Signature], options: Options) -> dict[str, str]:
    if options.publish:
        return comparing.intact(record, disk, options.out)
    return {path: made.digest for path, made in record.outputs.items()}


def _stops(problems: Sequence[Problem], options: Options) -> bool:
    return bool(problems if options.strict else errors(problems))


def _limits(project: Project) -> Limits:
    limits = project.config.limits
    return Limits(cpu=limits.seconds, memory=limits.memory << 20, wall=30 + 6 * limits.seconds)


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
