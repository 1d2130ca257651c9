"""The values that the stages of one build hand on: see `stages`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ballardwiki.build.cache import Cache, Record
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.options import Options
from ballardwiki.build.project import Project
from ballardwiki.build.publish import Publisher
from ballardwiki.build.publish.snapshot import Signature
from ballardwiki.build.reading import Progress
from ballardwiki.build.salvage import Rest
from ballardwiki.build.traces import Comparison
from ballardwiki.config.history import Past
from ballardwiki.config.inputs import Inputs
from ballardwiki.content.discovery import Found
from ballardwiki.graph.horizon import Horizon
from ballardwiki.graph.withheld import Withheld
from ballardwiki.model import Document
from ballardwiki.pages.outputs import Output
from ballardwiki.pages.world import World
from ballardwiki.problems import Problem

if TYPE_CHECKING:
    from ballardwiki.build.rendering import Rendered


@dataclass(frozen=True, slots=True)
class Job:
    """What a build works with. `disk`: the site as it lies there; `record`: what was published last."""

    options: Options
    inputs: Inputs
    project: Project
    disk: dict[str, Signature]
    record: Record
    cache: Cache
    publisher: Publisher
    progress: Progress

    @property
    def lenient(self) -> bool:
        """Whether mistakes cost only what is broken."""
        return self.options.publish and (self.options.keep_going or self.options.preview)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the content files, their documents by path, each under its key, and the problems so far.

    past: the histories of files; shown: those that the last publish showed, None when they are lost.
    instead: file with errors -> the key of an earlier document in its place.
    """

    found: Sequence[Found]
    keys: Mapping[str, str]
    documents: Mapping[str, Document]
    problems: Sequence[Problem]
    past: Mapping[str, Past]
    shown: Mapping[str, Past] | None
    instead: Mapping[str, str] = field(default_factory=dict)

    @property
    def effective(self) -> dict[str, str]:
        """The keys of the documents that pages are made from."""
        return {**self.keys, **self.instead}


@dataclass(frozen=True, slots=True)
class Planned:
    """A linked site, the files it wants by path, and its problems. `rest`: of which documents it is made."""

    rest: Rest
    world: World
    withheld: Withheld
    within: Horizon
    outputs: dict[str, Output]
    problems: list[Problem]
    bodies: Bodies


@dataclass(frozen=True, slots=True)
class Made:
    """The stale outputs, made anew; why they were stale, and which of the others lie on disk as they were made."""

    rendered: dict[str, Rendered]
    comparison: Comparison
    intact: Mapping[str, str]

    @property
    def problems(self) -> list[Problem]:
        """What went wrong in making them."""
        return [problem for each in self.rendered.values() for problem in each.problems]
