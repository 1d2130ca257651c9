"""What a build is asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ballardwiki.problems import Problem, errors

if TYPE_CHECKING:
    from ballardwiki.comparing import Comparison


@dataclass(frozen=True, slots=True)
class Options:
    """What one build is asked for. `now` is its only clock. Without `publish` nothing is written but the cache."""

    root: Path
    out: Path
    now: datetime
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    publish: bool = True
    wait: bool = True
    links: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a build. `rendered`: the outputs made anew; `written`: those whose bytes differ."""

    problems: tuple[Problem, ...] = ()
    outputs: int = 0
    rendered: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    seconds: float = 0.0
    notice: str = ""
    comparison: Comparison | None = None
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a check: the addresses that the site would answer, with the anchors on each."""
    closed: frozenset[str] = frozenset()
    """Those of them that lead on, or say that there is nothing any more."""

    @property
    def failed(self) -> bool:
        """Whether the old site was left as it was because of errors."""
        return bool(errors(self.problems))
