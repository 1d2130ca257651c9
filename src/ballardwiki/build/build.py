"""A build as a frozen value, as far as it has come: what each stage gives is what it was given, and more.

    load -> Build        what the project is, what lies on disk, and what the last build knew
    read -> Read         its documents
    link -> Linked       the world that they make
    plan -> Planned      the files that it wants
    check -> Checked     what is wrong with it
    compare -> Compared  which of the files must be made anew
    render -> Ready      those files, staged: only publishing is left

So every attribute is set from the start: which class a function takes says how far the build must have come. A later
one will do as well, and whatever a stage finds out is found out once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import fields

from ballardwiki.build.cache import Cache, Record
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.comparison import Comparison
from ballardwiki.build.options import Options, Progress
from ballardwiki.build.project import Project
from ballardwiki.build.publish import Publisher
from ballardwiki.build.publish.snapshot import Status
from ballardwiki.build.salvage import Rest
from ballardwiki.build.traces import Ledger
from ballardwiki.config.history import Past
from ballardwiki.config.inputs import Inputs
from ballardwiki.content.discovery import Content, ContentFile
from ballardwiki.graph.horizon import Horizon
from ballardwiki.graph.withheld import Withheld
from ballardwiki.model import Document
from ballardwiki.pages.outputs import Output
from ballardwiki.pages.world import World
from ballardwiki.problems import Problem, errors
from ballardwiki.rules.known import Findings

if TYPE_CHECKING:
    from ballardwiki.build.rendering import Rendered


class Build(Struct, frozen=True, kw_only=True):
    """What a build works with. `content`: its files as they lie there; `disk`: the site, likewise.

    record: what was published last. told: the only files that may be others than those of the last build of this
    process; None where all are looked at.
    """

    options: Options
    inputs: Inputs
    project: Project
    content: Content
    disk: Mapping[str, Status]
    record: Record
    cache: Cache
    publisher: Publisher
    progress: Progress
    told: frozenset[str] | None = None

    @property
    def lenient(self) -> bool:
        """Whether mistakes cost only what is broken."""
        return self.options.publish and (self.options.keep_going or self.options.preview)


class Read(Build, frozen=True, kw_only=True):
    """The content files are read: `files` and their documents by path, each under its key.

    astray: what is wrong with where files lie. unjudged: the problems so far, before the site says how bad each is.
    rest: what of the documents is shown, all of them as long as no mistake leaves some out. past: the histories of
    files; shown_pasts: those that the last publish showed, None when they are lost. instead: file with errors -> the
    key of an earlier document in its place.
    """

    files: Mapping[str, ContentFile]
    astray: Sequence[Problem]
    keys: Mapping[str, str]
    documents: Mapping[str, Document]
    unjudged: Sequence[Problem]
    rest: Rest
    past: Mapping[str, Past]
    shown_pasts: Mapping[str, Past] | None
    instead: Mapping[str, str] = field(default_factory=dict)

    @property
    def effective(self) -> dict[str, str]:
        """The keys of the documents that pages are made from."""
        return {**self.keys, **self.instead}


class Linked(Read, frozen=True, kw_only=True):
    """The documents are linked: all that pages are made from, how far they may tell, and what is withheld."""

    world: World
    withheld: Withheld
    within: Horizon
    bodies: Bodies


class Planned(Linked, frozen=True, kw_only=True):
    """It is known which files the site wants, by path, and what is wrong with their paths."""

    outputs: Mapping[str, Output]
    clashes: Sequence[Problem]


class Checked(Planned, frozen=True, kw_only=True):
    """All problems are known, as the site judges them, causes told from what follows from them.

    findings: what the rules found, before the site judged it.
    """

    findings: Findings
    problems: Sequence[Problem]


class Compared(Checked, frozen=True, kw_only=True):
    """It is known which outputs are stale, and why; and which lie on disk as they were made: path -> digest.

    resumed: all that is not stale is as the last build of this process left it (see `delta`). lost: what was wrong then
    with addresses that are no more.
    """

    comparison: Comparison
    intact: Mapping[str, str]
    resumed: bool = False
    lost: Sequence[Problem] = ()

    @property
    def may_owe(self) -> bool:
        """Whether a later build of this process can make what this one leaves stale."""
        kept = self.cache.keeps and isinstance(self.comparison.ledger, Ledger)
        return self.options.told is not None and kept and not errors(self.problems)


class Ready(Compared, frozen=True, kw_only=True):
    """The stale outputs are made anew and staged: the site is ready to be published."""

    rendered: Mapping[str, Rendered]

    @property
    def failures(self) -> list[Problem]:
        """What went wrong in making them."""
        return [problem for each in self.rendered.values() for problem in each.problems]

    @property
    def failed(self) -> frozenset[str]:
        """The outputs that could not be made."""
        return frozenset(path for path, each in self.rendered.items() if each.problems)


def carried_over(stage: type[Build], build: Build) -> dict[str, Any]:
    """What a build knows that has come as far as `stage`, to be handed on; what it knows besides is left out."""
    return {each.name: getattr(build, each.name) for each in fields(stage)}
