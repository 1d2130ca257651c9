"""The last stage: swap in what was made, and write down what the site is made from now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ballardwiki.build import preview_marks, quick_exit
from ballardwiki.build.build import Compared, Ready, known
from ballardwiki.build.cache import Record
from ballardwiki.build.options import Result
from ballardwiki.build.publish.snapshot import Status
from ballardwiki.problems import errors


def publish(ready: Ready) -> Result:
    """Swap in what was made, and write down what the site is made from now."""
    record, rendered, failed, ledger = ready.record, ready.rendered, ready.failed, ready.comparison.ledger
    paths = tuple(path for path in ready.outputs if path in rendered)
    written = tuple(path for path in paths if rendered[path].staged and path not in failed)
    removed = tuple(sorted(ready.disk.keys() - ready.outputs.keys()))
    signatures = ready.publisher.commit(written, removed)
    for path in {*failed, *(record.outputs.keys() - ready.outputs.keys())}:
        ledger.forget(path)
    disk = {**ready.disk, **signatures}
    now = _record(ready, disk)
    left = {path: each for path, each in disk.items() if path not in removed}
    former = Compared(**known(Compared, replace(ready, disk=left, told=frozenset(), delta=None)))

    def save() -> None:
        ready.cache.save(now, ledger.traces(ready.world), {*ready.keys.values(), *ready.instead.values()})
        ready.cache.remember(None if errors(ready.problems) else former)  # what is left out is no ground to go on from

    ready.cache.keep(save, later=bool(ready.told))
    return Result(
        tuple(ready.problems),
        len(ready.outputs),
        paths,
        written,
        removed,
        published=True,
        left_out=tuple(sorted(ready.rest.left_out)),
        marks=now.marks,
        comparison=ready.comparison,
    )


def _record(ready: Ready, disk: Mapping[str, Status]) -> Record:
    """What is published now, and from what. `disk`: the site as it lies there now."""
    options, project, record, rendered = ready.options, ready.project, ready.record, ready.rendered
    faults, failed, withheld = errors(ready.problems), ready.failed, ready.withheld
    return Record(
        code=project.code,
        reading=project.reading,
        templates="" if any(each.at.path.startswith("templates/") for each in faults) else project.templates.digest,
        surroundings=""  # there is no quick way out as long as there are errors
        if faults
        else quick_exit.surroundings(ready.inputs, project.config.timezone, options.now, drafts=options.drafts),
        sources={each.path: (each.signature, ready.keys.get(each.path, "")) for each in ready.files},
        assets=dict(project.assets),
        outputs={
            path: quick_exit.made(rendered[path].digest, output.plan, disk[path])
            if path in rendered
            else quick_exit.kept(record.outputs[path], disk[path])
            for path, output in ready.outputs.items()
            if path not in failed
        },
        withheld=tuple(sorted(withheld.refs)),
        hidden=dict(ready.world.visible.hidden) if ready.world.visible else {},
        warnings=tuple(ready.problems),
        last_change=withheld.last_change,
        next_change=withheld.next_change,
        commit=ready.inputs.head.commit,
        instead=dict(ready.instead),
        amended=tuple(sorted(ready.rest.amended)),
        marks=preview_marks.of(ready) if options.preview else {},
    )
