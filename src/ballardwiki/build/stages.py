"""What follows in a build when anything changed: `run` tells the whole story, and the stages stand below it in order.

read -> link -> plan -> check -> compare -> render -> publish

Planning comes before checking, since rules ask which files there will be.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

from msgspec.structs import replace

from ballardwiki import rules
from ballardwiki.build import causes, delta, kept_urls, planning, reading, salvage
from ballardwiki.build.build import Build, Checked, Linked, Planned, Read, Ready, carried_over
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.options import Result
from ballardwiki.build.publishing import publish
from ballardwiki.build.rendering import render
from ballardwiki.build.salvage import Rest
from ballardwiki.build.set_digest import set_digest
from ballardwiki.build.staleness import compare, urgent
from ballardwiki.config.gone import Gone
from ballardwiki.config.published import Addresses
from ballardwiki.content import remains
from ballardwiki.graph.horizon import horizon
from ballardwiki.model import Document, Ref
from ballardwiki.pages.outputs.output import page_path
from ballardwiki.problems import Problem, errors, stopping

SHALLOW = (
    "This clone has no past, so pages do not say when they were last changed. In CI, check out with fetch-depth: 0."
)


def run(build: Build) -> Result:
    """Make the stale outputs anew and publish. With errors nothing is published, unless the build is lenient."""
    options, compared = build.options, delta.compared(build)
    if compared is None:
        checked = check(plan(link(read(build))))
        if _stops(checked):
            if not build.lenient or salvage.hopeless(checked.problems):
                return Result(tuple(checked.problems), outputs=len(checked.outputs))
            checked = _without(salvage.broken(checked.problems, checked.documents), checked, checked.problems)
        compared = compare(checked)
    if options.compare:
        compared.bodies.close()
        return Result(tuple(compared.problems), len(compared.outputs), comparison=compared.comparison)
    ready = render(urgent(compared))
    if build.lenient:
        ready = _honest(_possible(ready))
    ready, result = _judged(ready)
    stops = _stops(ready) and (not build.lenient or (ready.failures and not options.preview))
    return result if stops or not options.publish else publish(ready)


def read(build: Build) -> Read:
    """Read the content files, or take from the cache what they hold."""
    project, options = build.project, build.options
    files, astray = delta.found(build)
    staff = reading.Staff(options.jobs, build.progress)
    keys, documents, unread = reading.read(project, files, build.record, build.cache, staff)
    found = (problem for document in documents.values() for problem in document.problems)
    if build.inputs.head.shallow and options.publish:
        build.cache.notice = build.cache.notice or SHALLOW
    past, shown = reading.histories(options.root, build.inputs.head.commit, build.record, build.cache)
    return Read(
        **carried_over(Build, build),
        files={each.path: each for each in files},
        astray=astray,
        keys=keys,
        documents=documents,
        unjudged=[*project.problems, *astray, *unread, *found],
        rest=Rest(documents),
        past=past,
        shown_pasts=shown,
    )


def link(read: Read) -> Linked:
    """Link the documents that are shown, all together."""
    project, options, rest, keys = read.project, read.options, read.rest, read.effective
    graph, withheld = planning.linked(project, rest.documents, options.now, drafts=options.drafts, without=rest.unshown)
    held = {each.ref: keys[each.path] for each in graph.entities.values() if each.body}
    bodies = Bodies(read.cache.folder, held, read.cache.library.fresh)
    world = replace(
        planning.world_of(project, graph, withheld, options.now, bodies),
        history=read.past,
        commit=read.inputs.head.commit,
        content=set_digest(chain(map(" ".join, keys.items()), withheld.refs, (f"- {each}" for each in rest.amended))),
    )
    within = horizon(world.graph.story, project.config)
    return Linked(**carried_over(Read, read), world=world, withheld=withheld, within=within, bodies=bodies)


def plan(linked: Linked) -> Planned:
    """Find out which files the site wants."""
    outputs, clashes = planning.arranged(linked.world, linked.within)
    return Planned(**carried_over(Linked, linked), outputs=outputs, clashes=clashes)


def check(planned: Planned) -> Checked:
    """Ask the rules, and tell causes from what follows from them."""
    options, documents, root = planned.options, planned.documents, planned.options.root
    thorough = not options.publish and not options.compare
    paths = planned.outputs.keys() | planned.world.withheld_files
    findings = rules.check(planned.world, paths, thorough=thorough)
    problems = [*planning.judged(planned.world, planned.unjudged, findings), *planned.clashes]
    unread = remains.unread(planned.files, documents, problems)
    told = causes.told(problems, documents, unread, planned.project.schema, lambda path: remains.words(root / path))
    return Checked(**carried_over(Planned, planned), findings=findings, problems=told)


def _judged(ready: Ready) -> tuple[Ready, Result]:
    """A site with all its problems, lost addresses among them; and what is to be told where it is not published."""
    ledger, always = ready.comparison.ledger, not ready.options.publish
    addresses: Addresses = {}
    closed: frozenset[str] = frozenset()
    lost = ready.lost
    if not ready.resumed or ledger.moved:
        addresses, closed, lost = kept_urls.kept(
            ready.options.root, ready.world, ready.outputs, ledger.anchors, always=always
        )
    problems = list(dict.fromkeys([*ready.problems, *ready.failures]))
    if not errors(problems):  # else what is missing may be what is left out
        problems += rules.judged(lost, ready.project.config)
    paths = tuple(sorted(ready.rendered))
    return replace(ready, problems=problems, lost=lost), Result(
        tuple(problems), len(ready.outputs), paths, comparison=ready.comparison, addresses=addresses, closed=closed
    )


def _stops(checked: Checked) -> bool:
    """Whether problems keep a build from publishing; where it is to keep going, errors alone cost anything."""
    options = checked.options
    return bool(stopping(checked.problems, strict=options.strict and not options.keep_going))


# What can be published where something is wrong


def _possible(ready: Ready) -> Ready:
    """The site without the records whose pages could not be made. A preview keeps them: it shows what they were."""
    if ready.options.preview or not ready.failed:
        return ready
    refs = {ref for ref, url in ready.world.graph.urls.items() if page_path(url) in ready.failed}
    if not refs:
        return ready
    problems = [*ready.problems, *ready.failures]
    return render(compare(_without(ready.rest.left_out | refs, ready, problems)))


def _honest(ready: Ready) -> Ready:
    """The site without the addresses in gone.yaml that must not be published, for they may tell of what is hidden."""
    wrong = _misleading(ready)
    if not wrong:
        return ready
    gone = tuple(each for each in ready.project.gone if each not in wrong)
    less = replace(ready, project=replace(ready.project, gone=gone))
    return render(compare(_anew(less, [*ready.problems, *wrong.values()])))


def _misleading(ready: Ready) -> dict[Gone, Problem]:
    found = kept_urls.misleading(ready.world, ready.outputs, ready.comparison.ledger.anchors)
    judged = ((each, errors(rules.judged([problem], ready.project.config))) for each, problem in found)
    return {each: faults[0] for each, faults in judged if faults}


def _without(refs: Collection[Ref], checked: Checked, problems: Sequence[Problem]) -> Checked:
    """What can be made without some records; in a preview, with the last good state of files that have errors."""
    read: Read = checked
    if read.options.preview and not read.instead:
        read = _with_last_good(read)
        refs = {ref for ref in refs if not any(ref in _refs(read.documents[path]) for path in read.instead)}
    rest = salvage.rest(read.documents, refs, read.project.schema)
    whole = {path for path, each in read.documents.items() if not each.lost}
    unread = remains.unread(read.files, whole, read.unjudged)
    texts = {path: remains.words(read.options.root / path) for path in unread}
    guessed = salvage.guesses(texts, read.documents, read.project.assets, read.project.schema)
    checked.bodies.close()
    return _anew(replace(read, rest=replace(rest, unshown=(*rest.unshown, *guessed))), problems)


def _anew(read: Read, problems: Sequence[Problem]) -> Checked:
    """Link and plan once more. What is wrong was found before."""
    return Checked(**carried_over(Planned, plan(link(read))), findings={}, problems=problems)


def _with_last_good(read: Read) -> Read:
    """The last good state of the files with errors of which a document without errors is still known."""
    record, documents, library = read.record, read.documents, read.cache.library
    before = {path: key for path, (_, key) in record.sources.items()} | record.instead
    faulty = [path for path in read.files if path not in documents or errors(documents[path].problems)]
    wanted = {path: before[path] for path in faulty if before.get(path)}
    held = library.documents(wanted.values())
    instead = {path: key for path, key in wanted.items() if key in held and not errors(held[key].problems)}
    return replace(read, documents={**documents, **{path: held[key] for path, key in instead.items()}}, instead=instead)


def _refs(document: Document) -> set[Ref]:
    return {each.ref for each in document.entities}
