"""What follows in a build when anything changed: `build` tells the whole story.

read -> link -> check -> plan -> compare -> render -> publish
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ballardwiki import addresses, comparing, making, planning, quick, reading, rules, sources, workers
from ballardwiki.cache import Cache, Record
from ballardwiki.comparing import Comparison
from ballardwiki.damage import DamagedError, UnusableError
from ballardwiki.inputs import Inputs, digest
from ballardwiki.job import Options, Result
from ballardwiki.library import Bodies
from ballardwiki.outputs import Output
from ballardwiki.problems import Problem, stopping
from ballardwiki.project import Project
from ballardwiki.publish import Locked, Publisher, PublishError
from ballardwiki.reading import Progress
from ballardwiki.sources import Content
from ballardwiki.survey import Signature
from ballardwiki.view import Horizon
from ballardwiki.workers import Failure
from ballardwiki.world import World

SHALLOW = (
    "This clone has no past, so pages do not say when they were last changed. In CI, check out with fetch-depth: 0."
)

MANY = 50
"""Outputs for which it pays to compile all templates before workers are forked."""


def run(
    options: Options,
    inputs: Inputs,
    project: Project,
    content: Content,
    disk: dict[str, Signature],
    record: Record,
    cache: Cache,
    publisher: Publisher,
    progress: Progress,
) -> Result:
    """Make the stale outputs anew and publish. `disk`: the site as it lies there; `record`: what was published last."""
    found, problems = sources.sort(content, project.schema)
    problems = [*project.problems, *problems]
    keys, documents, unread = reading.read(project, found, record, cache, options.jobs, progress)
    problems += unread
    problems += (problem for document in documents.values() for problem in document.problems)
    graph, withheld = planning.linked(project, documents, options.now, drafts=options.drafts)
    held: dict[str, str] = {each.ref: keys[each.path] for each in graph.entities.values() if each.body}
    bodies = Bodies(cache.folder, held, cache.library.fresh)
    if inputs.head.shallow and options.publish:
        cache.notice = cache.notice or SHALLOW
    past, shown = reading.histories(options.root, inputs.head.commit, record, cache)
    world = replace(
        planning.world_of(project, graph, withheld, options.now, bodies.body, bodies.sentences),
        history=past,
        commit=inputs.head.commit,
        content=digest((*(f"{path} {key}" for path, key in sorted(keys.items())), *sorted(withheld.refs))),
    )
    within, planned, problems = planning.planned(world, problems, thorough=not options.publish)
    if _stops(problems, options):
        return Result(tuple(problems), outputs=len(planned))

    intact = _intact(record, disk, options)
    comparison = comparing.compare(
        project, world, record, cache, keys, documents, withheld.refs, planned, intact, shown
    )
    rendered = render(project, world, within, planned, comparison, intact, publisher, options, progress)
    bodies.close()
    problems += (problem for each in rendered.values() for problem in each.problems)
    now, closed, found_lost = addresses.kept(
        options.root, world, planned, comparison.ledger.anchors, always=not options.publish
    )
    problems += rules.judged(found_lost, project.config)
    paths = tuple(path for path in planned if path in rendered)
    if _stops(problems, options) or not options.publish:
        return Result(tuple(problems), len(planned), paths, comparison=comparison, addresses=now, closed=closed)

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
        surroundings=quick.surroundings(inputs, project.config.timezone, options.now, drafts=options.drafts),
        sources={each.path: (each.signature, keys[each.path]) for each in found},
        assets=dict(project.assets),
        outputs={
            path: quick.made(rendered[path].digest, output.plan, disk[path])
            if path in rendered
            else quick.kept(record.outputs[path], disk[path])
            for path, output in planned.items()
        },
        withheld=tuple(sorted(withheld.refs)),
        hidden=dict(world.visible.hidden) if world.visible else {},
        warnings=tuple(problems),
        last_change=withheld.last_change,
        next_change=withheld.next_change,
        commit=inputs.head.commit,
    )
    cache.save(record, ledger.traces(world), set(keys.values()))
    return Result(tuple(problems), len(planned), paths, written, removed, comparison=comparison)


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
            _pass_on(answer)
            problem = making.failed(output.about, answer, project.config.limits.seconds)
            made[output.path] = making.Rendered(problems=(problem,))
        else:
            rendered = making.unpack_rendered(answer)
            comparison.ledger.note(output.path, rendered.reads, rendered.anchors)
            made[output.path] = replace(rendered, reads=())
        progress("rendering", done, len(todo))
    return made


def _pass_on(failure: Failure) -> None:
    """Raise what a worker raised, where that is no fault of the page that it worked on."""
    name, _, text = failure.detail.strip().rpartition("\n")[2].partition(": ")
    for kind in (DamagedError, UnusableError, Locked, PublishError):
        if name == f"{kind.__module__}.{kind.__name__}":
            raise kind(text)


def _intact(record: Record, disk: dict[str, Signature], options: Options) -> dict[str, str]:
    if options.publish:
        return quick.intact(record, disk, options.out)
    return {path: made.digest for path, made in record.outputs.items()}


def _stops(problems: Sequence[Problem], options: Options) -> bool:
    return bool(stopping(problems, strict=options.strict))
