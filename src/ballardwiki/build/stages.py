"""What follows in a build when anything changed: `build` tells the whole story.

read -> link -> check -> plan -> compare -> render -> publish
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set as AbstractSet
from dataclasses import replace

from ballardwiki import rules
from ballardwiki.build import causes, kept_urls, planning, preview_marks, quick_exit, reading, rendering, salvage
from ballardwiki.build.cache import Record
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.options import Options, Result
from ballardwiki.build.salvage import Rest
from ballardwiki.build.steps import Job, Made, Planned, Read
from ballardwiki.config.gone import Gone
from ballardwiki.config.inputs import digest
from ballardwiki.content import discovery, remains
from ballardwiki.content.discovery import Content
from ballardwiki.graph.horizon import horizon
from ballardwiki.model import Document, Ref
from ballardwiki.pages.outputs.output import page_path
from ballardwiki.problems import Problem, errors, stopping

SHALLOW = (
    "This clone has no past, so pages do not say when they were last changed. In CI, check out with fetch-depth: 0."
)


def run(job: Job, content: Content) -> Result:
    """Make the stale outputs anew and publish. `content`: the content files as they lie there."""
    options = job.options
    read = _read(job, content)
    plan = _plan(job, read, Rest(read.documents))
    problems = _told(job, read, plan.problems)
    if _stops(problems, options):
        if not job.lenient or salvage.hopeless(problems):
            return Result(tuple(problems), outputs=len(plan.outputs))
        plan.bodies.close()
        read, plan = _salvaged(job, read, salvage.broken(problems, read.documents))
    if options.compare:
        comparison, _ = rendering.compare(job, read, plan)
        plan.bodies.close()
        return Result(tuple(problems), len(plan.outputs), comparison=comparison)
    made = rendering.render(job, read, plan)
    if job.lenient and not options.preview and (failed := _failed(plan, made)):
        problems = [*problems, *made.problems]
        read, plan = _salvaged(job, read, plan.rest.left_out | failed)
        made = rendering.render(job, read, plan)
    if job.lenient and (wrong := _misleading(job, plan, made)):
        problems = [*problems, *wrong.values()]
        gone = tuple(each for each in job.project.gone if each not in wrong)
        job = replace(job, project=replace(job.project, gone=gone))
        plan.bodies.close()
        plan = _plan(job, read, plan.rest, again=True)
        made = rendering.render(job, read, plan)
    problems = list(dict.fromkeys([*problems, *made.problems]))
    now, closed, found_lost = kept_urls.kept(
        options.root, plan.world, plan.outputs, made.comparison.ledger.anchors, always=not options.publish
    )
    if not errors(problems):  # else what is missing may be what is left out
        problems += rules.judged(found_lost, job.project.config)
    paths = tuple(path for path in plan.outputs if path in made.rendered)
    stops = _stops(problems, options) and (not job.lenient or (made.problems and not options.preview))
    if stops or not options.publish:
        return Result(
            tuple(problems), len(plan.outputs), paths, comparison=made.comparison, addresses=now, closed=closed
        )
    return _publish(job, read, plan, made, problems)


def _read(job: Job, content: Content) -> Read:
    project = job.project
    found, problems = discovery.sort(content, project.schema)
    problems = [*project.problems, *problems]
    keys, documents, unread = reading.read(project, found, job.record, job.cache, job.options.jobs, job.progress)
    problems += unread
    problems += (problem for document in documents.values() for problem in document.problems)
    if job.inputs.head.shallow and job.options.publish:
        job.cache.notice = job.cache.notice or SHALLOW
    past, shown = reading.histories(job.options.root, job.inputs.head.commit, job.record, job.cache)
    return Read(found, keys, documents, problems, past, shown)


def _told(job: Job, read: Read, problems: Sequence[Problem]) -> list[Problem]:
    """The problems, causes told from what follows from them."""
    unread = remains.unread((each.path for each in read.found), read.documents, problems)
    root = job.options.root
    return causes.told(problems, read.documents, unread, job.project.schema, lambda path: remains.words(root / path))


def _salvaged(job: Job, read: Read, without: AbstractSet[Ref]) -> tuple[Read, Planned]:
    """What can be made without some records; in a preview, with the last good state of files that have errors."""
    documents = dict(read.documents)
    instead = dict(read.instead)
    if job.options.preview and not instead:
        instead = _last_good(job, read)
        documents |= {path: job.cache.library.documents([key])[key] for path, key in instead.items()}
        read = replace(read, documents=documents, instead=instead)
        without = {ref for ref in without if not any(ref in _refs(documents[path]) for path in instead)}
    rest = salvage.rest(documents, without, job.project.schema)
    known = {path for path, each in documents.items() if not each.lost}
    unread = remains.unread((each.path for each in read.found), known, read.problems)
    texts = {path: remains.words(job.options.root / path) for path in unread}
    guessed = salvage.guesses(texts, read.documents, job.project.assets, job.project.schema)
    return read, _plan(job, read, replace(rest, unshown=(*rest.unshown, *guessed)), again=True)


def _last_good(job: Job, read: Read) -> dict[str, str]:
    """The files with errors of which a document without errors is still known, and its key."""
    record, documents = job.record, read.documents
    known = {path: key for path, (_, key) in record.sources.items()} | record.instead
    faulty = [each.path for each in read.found if each.path not in documents or errors(documents[each.path].problems)]
    wanted = {path: known[path] for path in faulty if known.get(path)}
    held = job.cache.library.documents(wanted.values())
    return {path: key for path, key in wanted.items() if key in held and not errors(held[key].problems)}


def _refs(document: Document) -> set[Ref]:
    return {each.ref for each in document.entities}


def _plan(job: Job, read: Read, rest: Rest, *, again: bool = False) -> Planned:
    """Link, check and plan; without the check where that was done before."""
    project, options = job.project, job.options
    graph, withheld = planning.linked(project, rest.documents, options.now, drafts=options.drafts, without=rest.unshown)
    keys = read.effective
    held: dict[str, str] = {each.ref: keys[each.path] for each in graph.entities.values() if each.body}
    bodies = Bodies(job.cache.folder, held, job.cache.library.fresh)
    known = (*(f"{path} {key}" for path, key in sorted(keys.items())), *sorted(withheld.refs), *sorted(rest.amended))
    world = replace(
        planning.world_of(project, graph, withheld, options.now, bodies.body, bodies.sentences),
        history=read.past,
        commit=job.inputs.head.commit,
        content=digest(known),
    )
    if again:
        within = horizon(graph.story, project.config)
        outputs, problems = planning.arranged(world, within)
    else:
        within, outputs, problems = planning.planned(
            world, read.problems, thorough=not options.publish and not options.compare
        )
    return Planned(rest, world, withheld, within, outputs, problems, bodies)


def _failed(plan: Planned, made: Made) -> set[Ref]:
    """The records whose pages could not be made."""
    failed = {path for path, each in made.rendered.items() if each.problems}
    return {ref for ref, url in plan.world.graph.urls.items() if page_path(url) in failed}


def _misleading(job: Job, plan: Planned, made: Made) -> dict[Gone, Problem]:
    """The addresses in gone.yaml that must not be published, for they may tell of what is hidden; and why."""
    found = kept_urls.misleading(plan.world, plan.outputs, made.comparison.ledger.anchors)
    judged = ((each, errors(rules.judged([problem], job.project.config))) for each, problem in found)
    return {each: faults[0] for each, faults in judged if faults}


def _publish(job: Job, read: Read, plan: Planned, made: Made, problems: Sequence[Problem]) -> Result:
    """Swap in what was made, and write down what the site is made from now."""
    options, project, record, rendered = job.options, job.project, job.record, made.rendered
    failed = {path for path, each in rendered.items() if each.problems}
    paths = tuple(path for path in plan.outputs if path in rendered)
    written = tuple(path for path in paths if rendered[path].staged and path not in failed)
    removed = tuple(sorted(job.disk.keys() - plan.outputs.keys()))
    signatures = job.publisher.commit(written, removed)
    ledger, withheld = made.comparison.ledger, plan.withheld
    for path in {*failed, *(record.outputs.keys() - plan.outputs.keys())}:
        ledger.forget(path)
    disk = job.disk | signatures
    faults = errors(problems)
    now = Record(
        code=project.code,
        reading=project.reading,
        templates="" if any(each.at.path.startswith("templates/") for each in faults) else project.templates.digest,
        surroundings=""  # there is no quick way out as long as there are errors
        if faults
        else quick_exit.surroundings(job.inputs, project.config.timezone, options.now, drafts=options.drafts),
        sources={each.path: (each.signature, read.keys.get(each.path, "")) for each in read.found},
        assets=dict(project.assets),
        outputs={
            path: quick_exit.made(rendered[path].digest, output.plan, disk[path])
            if path in rendered
            else quick_exit.kept(record.outputs[path], disk[path])
            for path, output in plan.outputs.items()
            if path not in failed
        },
        withheld=tuple(sorted(withheld.refs)),
        hidden=dict(plan.world.visible.hidden) if plan.world.visible else {},
        warnings=tuple(problems),
        last_change=withheld.last_change,
        next_change=withheld.next_change,
        commit=job.inputs.head.commit,
        instead=dict(read.instead),
        amended=tuple(sorted(plan.rest.amended)),
        marks=preview_marks.of(plan, read, failed, job.project, options) if options.preview else {},
    )
    job.cache.save(now, ledger.traces(plan.world), {*read.keys.values(), *read.instead.values()})
    return Result(
        tuple(problems),
        len(plan.outputs),
        paths,
        written,
        removed,
        published=True,
        left_out=tuple(sorted(plan.rest.left_out)),
        marks=now.marks,
        comparison=made.comparison,
    )


def _stops(problems: Iterable[Problem], options: Options) -> bool:
    """Whether problems keep a build from publishing; where it is to keep going, errors alone cost anything."""
    return bool(stopping(problems, strict=options.strict and not options.keep_going))
