"""One build, from the files of a project to its published site. Read this first.

    configure -> find -> read -> link -> check -> plan -> compare -> render -> publish

Every build is whole: it finds, links and checks everything. What makes it quick is that documents are kept by the
digest of what they are made from, and that each output has written down which facts it read: only those whose facts
changed are made again. Nothing is published when anything is wrong.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ballardwiki import comparing, making, project as projects, reading, rules, sources, workers
from ballardwiki.cache import Cache, Record
from ballardwiki.comparing import Comparison
from ballardwiki.graph import link
from ballardwiki.library import Bodies, DamagedError
from ballardwiki.outputs import Output, plan
from ballardwiki.problems import Location, Problem, errors
from ballardwiki.project import Project
from ballardwiki.publish import Publisher
from ballardwiki.reading import Progress
from ballardwiki.sources import Found
from ballardwiki.survey import Signature
from ballardwiki.view import Horizon, horizon
from ballardwiki.workers import Failure
from ballardwiki.world import World

MANY = 50
"""Outputs for which it pays to compile all templates before workers are forked."""


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
    project = projects.load(options.root, record.assets, faultless=record.templates, links=options.links)
    if errors(project.problems):
        return Result(project.problems)
    found, problems = sources.find(options.root, project.schema)
    problems = [*project.problems, *problems]
    publisher = Publisher(options.out, (options.root / name for name in ("content", "media", "templates", "types")))
    with publisher.lock(wait=options.wait) if options.publish else nullcontext():
        disk = publisher.survey() if options.publish else {}
        surroundings = f"{project.surroundings} {options.drafts} {_today(project, options.now)}"
        if options.publish and not problems and _untouched(record, project, surroundings, found, disk, options):
            return Result(record.warnings, outputs=len(record.outputs))

        keys, documents, unread = reading.read(project, found, record, cache, options.jobs, progress)
        problems += unread
        problems += (problem for document in documents.values() for problem in document.problems)
        entities = [entity for document in documents.values() for entity in document.entities]
        withheld = reading.withhold(entities, project, options.now, drafts=options.drafts)
        graph = link((each for each in entities if each.ref not in withheld.refs), project.schema)
        world = World(
            graph=graph,
            config=project.config,
            now=options.now.astimezone(ZoneInfo(project.config.timezone)).isoformat(),
            templates=project.templates.digests,
            assets={path: digest for path, (_, digest) in project.assets.items()},
            files=project.files,
            body=Bodies(
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
        comparison = comparing.compare(project, world, record, cache, keys, documents, withheld.refs, planned, intact)
        rendered = render(project, world, within, planned, comparison, intact, publisher, options, progress)
        problems += (problem for each in rendered.values() for problem in each.problems)
        paths = tuple(path for path in planned if path in rendered)
        if _stops(problems, options) or not options.publish:
            return Result(tuple(problems), len(planned), paths, comparison=comparison)

        written = tuple(path for path in paths if rendered[path].staged)
        removed = tuple(sorted(disk.keys() - planned.keys()))
        signatures = publisher.commit(written, removed)
        ledger = comparison.ledger
        for path in record.outputs.keys() - planned.keys():
            ledger.forget(path)
        disk = disk | signatures
        record = Record(
            code=project.code,
            reading=project.reading,
            templates=project.templates.digest,
            surroundings=surroundings,
            sources={each.path: (each.signature, keys[each.path]) for each in found},
            assets=dict(project.assets),
            outputs={
                path: comparing.made(
                    rendered[path].digest if path in rendered else intact[path], output.plan, disk[path]
                )
                for path, output in planned.items()
            },
            withheld=tuple(sorted(withheld.refs)),
            warnings=tuple(problems),
            last_change=withheld.last_change,
            next_change=withheld.next_change,
        )
        cache.save(record, ledger.traces(world))
        cache.library.forget(set(keys.values()))
        return Result(tuple(problems), len(planned), paths, written, removed, comparison=comparison)


def arrange(found: Iterator[Output]) -> tuple[dict[str, Output], list[Problem]]:
    """The outputs by path, in code point order, and the clashes: two that want one path, or one that a folder has."""
    planned: dict[str, Output] = {}
    folded: dict[str, Output] = {}
    problems: list[Problem] = []
    folders: dict[str, Output] = {}
    for output in found:
        if {"", ".", ".."}.intersection(output.path.split("/")) or not output.path.isprintable() or "\\" in output.path:
            message = f"{output.path!r} can't be the address of a page."
            hint = "Its type makes it from fields; change what they hold."
            problems.append(Problem(Location(output.about), "url-valid", message, hint))
            continue
        other = folded.setdefault(output.path.casefold(), output)
        if other is not output:
            message = f"the address {output.path} is wanted by {other.about} and by {output.about}."
            at = output.about if output.about.startswith("content/") else other.about
            problems.append(Problem(Location(at), "url-unique", message, "Give one of them another id."))
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
    """Make the stale outputs anew, in workers, and note what they read; staged are those whose bytes are new."""
    todo = [output for path, output in planned.items() if path in comparison.stale]
    rendering = making.Rendering(project, world, within, intact, publisher.stage if options.publish else None)
    made: dict[str, making.Rendered] = {}
    if len(todo) > MANY:
        project.templates.prepare()
    for done, (index, answer) in enumerate(workers.run(rendering, todo, jobs=options.jobs, limits=project.limits), 1):
        output = todo[index]
        if isinstance(answer, Failure):
            if "DamagedError" in answer.detail:
                raise DamagedError(answer.detail.strip().rpartition("\n")[2])
            problem = making.failed(output.about, answer, project.config.limits.seconds)
            made[output.path] = making.Rendered(problems=(problem,))
        else:
            rendered = making.unpack_rendered(answer)
            comparison.ledger.note(output.path, rendered.reads)
            made[output.path] = replace(rendered, reads=())
        progress("rendering", done, len(todo))
    return made


def _today(project: Project, now: datetime) -> str:
    return now.astimezone(ZoneInfo(project.config.timezone)).date().isoformat()


def _untouched(
    record: Record,
    project: Project,
    surroundings: str,
    found: Sequence[Found],
    disk: dict[str, Signature],
    options: Options,
) -> bool:
    """The quick way out: nothing that went into the published site differs, and it lies there as it was written."""
    if record.surroundings != surroundings:
        return False
    if record.next_change and datetime.fromisoformat(record.next_change) <= options.now:
        return False
    if record.last_change and datetime.fromisoformat(record.last_change) > options.now:
        return False
    return comparing.untouched(record, project, found, disk, options.out)


def _intact(record: Record, disk: dict[str, Signature], options: Options) -> dict[str, str]:
    if options.publish:
        return comparing.intact(record, disk, options.out)
    return {path: made.digest for path, made in record.outputs.items()}


def _stops(problems: Sequence[Problem], options: Options) -> bool:
    return bool(problems if options.strict else errors(problems))


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
