"""Render: the stale outputs, made anew in workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from hashlib import blake2b
from math import inf
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ballardwiki.build import workers
from ballardwiki.build.build import Compared, Ready, carried_over
from ballardwiki.build.publish import PublishError
from ballardwiki.build.workers import Failure
from ballardwiki.config import published
from ballardwiki.pages.environment import Templates
from ballardwiki.pages.facts import Fact
from ballardwiki.pages.outputs import Output, Studio
from ballardwiki.pages.view import Horizon
from ballardwiki.pages.world import World
from ballardwiki.problems import Problem, ProblemError

_encode = msgspec.msgpack.encode

PATIENCE = 0.3
"""Seconds after which the rest of what is stale is left to the next build of a process that is told of changes."""

MANY = 50
"""Outputs for which it pays to compile all templates before workers are forked, and not only the common ones."""


def render(compared: Compared) -> Ready:
    """Make the stale outputs anew, in workers, and note what they read; staged are those whose bytes are new."""
    options, project, comparison = compared.options, compared.project, compared.comparison
    todo = [compared.outputs[path] for path in sorted(comparison.stale)]
    stage = compared.publisher.stage if options.publish else None
    rendering = Rendering(project.templates, compared.world, compared.within, compared.intact, stage)
    made: dict[str, Rendered] = {}
    if todo:
        templates = project.templates
        templates.prepare(templates.files if len(todo) > MANY else templates.common)
    stop = time.monotonic() + PATIENCE if compared.may_owe else inf
    rest = compared.may_owe and not options.told
    limits = replace(project.limits, interrupt=options.interrupt if rest else None)
    with closing(workers.run(rendering, todo, jobs=options.jobs, limits=limits)) as answers:
        for done, (index, answer) in enumerate(answers, 1):
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
            compared.progress("rendering", done, len(todo))
            if time.monotonic() > stop:
                break
    compared.bodies.close()
    left = {path: why for path, why in comparison.stale.items() if path not in made}
    comparison = replace(comparison, owed={**comparison.owed, **left})
    return Ready(**carried_over(Compared, replace(compared, comparison=comparison)), rendered=made)


class Rendered(Struct, frozen=True):
    """What became of an output: the digest of its bytes, the facts it read, whether it was staged, what went wrong.

    anchors: of a page, the ids that links may count on.
    """

    digest: str = ""
    reads: tuple[Fact, ...] = ()
    staged: bool = False
    problems: tuple[Problem, ...] = ()
    anchors: str = ""


class Rendering(Struct, frozen=True):
    """Renders one output and stages its bytes, unless the file on disk has them already.

    intact: output on disk -> digest of its bytes. Without `stage` nothing is written.
    """

    templates: Templates
    world: World
    within: Horizon
    intact: Mapping[str, str]
    stage: Callable[[str], Path] | None

    def __call__(self, output: Output) -> bytes:
        """The packed `Rendered` of one output."""
        studio = Studio(self.world, self.within, self.templates)
        try:
            made = output.make(studio)
        except ProblemError as error:
            return _encode(Rendered(problems=error.problems))
        digest = blake2b(made, digest_size=16).hexdigest()
        staged = self.intact.get(output.path) != digest
        if staged and self.stage:
            _write(self.stage(output.path), made)
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
