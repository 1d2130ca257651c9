"""Compare and render: which outputs are stale, and those made anew, in workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from ballardwiki.build import quick_exit, staleness, workers
from ballardwiki.build.project import Project
from ballardwiki.build.publish import PublishError
from ballardwiki.build.steps import Job, Made, Planned, Read
from ballardwiki.build.traces import Comparison
from ballardwiki.build.workers import Failure
from ballardwiki.config import published
from ballardwiki.pages.facts import Fact
from ballardwiki.pages.outputs import Output, Studio
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World
from ballardwiki.problems import Problem, ProblemError

_encode = msgspec.msgpack.encode

MANY = 50
"""Outputs for which it pays to compile all templates before workers are forked."""


def compare(job: Job, read: Read, plan: Planned) -> tuple[Comparison, Mapping[str, str]]:
    """What is stale, and why; and the digests of those outputs that lie on disk as they were made."""
    record = job.record
    intact = (
        quick_exit.intact(record, job.disk, job.options.out)
        if job.options.publish
        else {path: made.digest for path, made in record.outputs.items()}
    )
    return staleness.compare(job, read, plan, intact), intact


def render(job: Job, read: Read, plan: Planned) -> Made:
    """Make the stale outputs anew, in workers, and note what they read; staged are those whose bytes are new."""
    options, project = job.options, job.project
    comparison, intact = compare(job, read, plan)
    todo = [output for path, output in plan.outputs.items() if path in comparison.stale]
    stage = job.publisher.stage if options.publish else None
    rendering = Rendering(project, plan.world, plan.within, intact, stage)
    made: dict[str, Rendered] = {}
    if len(todo) > MANY:
        project.templates.prepare()
    for done, (index, answer) in enumerate(workers.run(rendering, todo, jobs=options.jobs, limits=project.limits), 1):
        output = todo[index]
        if isinstance(answer, Failure):
            if answer.error is not None:
                raise answer.error
            problem = answer.problem(output.about, project.config.limits.seconds)
            made[output.path] = Rendered(problems=(problem,))
        else:
            rendered = unpack_rendered(answer)
            comparison.ledger.note(output.path, rendered.reads, rendered.anchors)
            made[output.path] = replace(rendered, reads=())
        job.progress("rendering", done, len(todo))
    plan.bodies.close()
    return Made(made, comparison, intact)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of an output: the digest of its bytes, the facts it read, whether it was staged, what went wrong.

    anchors: of a page, the ids that links may count on.
    """

    digest: str = ""
    reads: tuple[Fact, ...] = ()
    staged: bool = False
    problems: tuple[Problem, ...] = ()
    anchors: str = ""


class Rendering:
    """Renders one output and stages its bytes, unless the file on disk has them already."""

    def __init__(
        self,
        project: Project,
        world: World,
        within: Horizon,
        intact: Mapping[str, str],
        stage: Callable[[str], Path] | None,
    ) -> None:
        """`intact`: output on disk -> digest of its bytes. Without `stage` nothing is written."""
        self._project = project
        self._world = world
        self._within = within
        self._intact = intact
        self._stage = stage

    def __call__(self, output: Output) -> bytes:
        """The packed `Rendered` of one output."""
        studio = Studio(self._world, self._within, self._project.templates)
        try:
            made = output.make(studio)
        except ProblemError as error:
            return _encode(Rendered(problems=error.problems))
        digest = blake2b(made, digest_size=16).hexdigest()
        staged = self._intact.get(output.path) != digest
        if staged and self._stage:
            _write(self._stage(output.path), made)
        anchors = published.anchors(made) if output.path.endswith(".html") else ""
        return _encode(Rendered(digest, tuple(studio.trace), staged, anchors=anchors))


def _write(path: Path, data: bytes) -> None:
    """Stage bytes. Raises `PublishError`: a disk that is full is no fault of the page."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise PublishError(f"{error.strerror}: {error.filename or path}") from error


_rendered: msgspec.msgpack.Decoder[Rendered] = msgspec.msgpack.Decoder(Rendered)


def unpack_rendered(answer: bytes) -> Rendered:
    """The answer of `Rendering`."""
    return _rendered.decode(answer)
