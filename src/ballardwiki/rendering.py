"""Compare and render: which outputs are stale, and those made anew, in workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ballardwiki import comparing, making, quick, workers
from ballardwiki.ledger import Comparison
from ballardwiki.steps import Job, Made, Planned, Read
from ballardwiki.workers import Failure

MANY = 50
"""Outputs for which it pays to compile all templates before workers are forked."""


def compare(job: Job, read: Read, plan: Planned) -> tuple[Comparison, Mapping[str, str]]:
    """What is stale, and why; and the digests of those outputs that lie on disk as they were made."""
    record = job.record
    intact = (
        quick.intact(record, job.disk, job.options.out)
        if job.options.publish
        else {path: made.digest for path, made in record.outputs.items()}
    )
    return comparing.compare(job, read, plan, intact), intact


def render(job: Job, read: Read, plan: Planned) -> Made:
    """Make the stale outputs anew, in workers, and note what they read; staged are those whose bytes are new."""
    options, project = job.options, job.project
    comparison, intact = compare(job, read, plan)
    todo = [output for path, output in plan.outputs.items() if path in comparison.stale]
    stage = job.publisher.stage if options.publish else None
    rendering = making.Rendering(project, plan.world, plan.within, intact, stage)
    made: dict[str, making.Rendered] = {}
    if len(todo) > MANY:
        project.templates.prepare()
    for done, (index, answer) in enumerate(workers.run(rendering, todo, jobs=options.jobs, limits=project.limits), 1):
        output = todo[index]
        if isinstance(answer, Failure):
            if answer.error is not None:
                raise answer.error
            problem = making.failed(output.about, answer, project.config.limits.seconds)
            made[output.path] = making.Rendered(problems=(problem,))
        else:
            rendered = making.unpack_rendered(answer)
            comparison.ledger.note(output.path, rendered.reads, rendered.anchors)
            made[output.path] = replace(rendered, reads=())
        job.progress("rendering", done, len(todo))
    plan.bodies.close()
    return Made(made, comparison, intact)
