"""What a build is asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ballardwiki.problems import Problem, errors

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from ballardwiki.build.comparison import Comparison

Progress = Callable[[str, int, int], None]
"""Told of long work: what is done, how much of it, of how much."""


class Options(Struct, frozen=True):
    """What one build is asked for. `now` is its only clock. Without `publish` nothing is written but the cache.

    keep_going: what is broken is left out, and the rest is published. preview: the same for the editor's own eyes: what
    is broken stays as it was, and pages that are not public are told apart (`Result.marks`). compare: to find out what
    is stale is enough; only without `publish`. told: all content files, from the root, that
    may have changed since the last build of this process; None where nobody watched. Their pages are made first, and
    the rest may be left to later builds. interrupt: as soon as something can be read from it, a build that makes such a
    rest leaves it, too.
    """

    root: Path
    out: Path
    now: datetime
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    publish: bool = True
    compare: bool = False
    wait: bool = True
    links: str = ""
    keep_going: bool = False
    preview: bool = False
    told: frozenset[str] | None = None
    interrupt: Connection | None = None


class Result(Struct, frozen=True):
    """What became of a build. `rendered`: the outputs made anew; `written`: those whose bytes differ.

    left: so many outputs are stale, and left to later builds of this process.
    published: whether the site is now as its content says, as far as that can be. left_out: the records that are
    missing there because of errors. marks: of a preview, address of a page -> what its readers should know.
    """

    problems: tuple[Problem, ...] = ()
    outputs: int = 0
    rendered: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left: int = 0
    seconds: float = 0.0
    notice: str = ""
    published: bool = False
    left_out: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    comparison: Comparison | None = None
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a check: the addresses that the site would answer, with the anchors on each."""
    closed: frozenset[str] = frozenset()
    """Those of them that lead on, or say that there is nothing any more."""

    @property
    def failed(self) -> bool:
        """Whether there are errors. Unless `published` all the same, the old site was left as it was."""
        return bool(errors(self.problems))
