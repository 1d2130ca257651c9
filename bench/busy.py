"""Where a build leaves a core idle: how many were busy in each stage, and in which stretches fewer than all."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from measure import Moment

FULL = 0.75
"""A stretch is told in which a smaller share of the cores was busy."""
WINDOW = 0.2
"""Seconds over which cores are counted: the kernel counts in hundredths, too coarse for less."""
START = "start"

Mark = tuple[float, str]
"""A moment, and the stage that begins with it."""


def busy(moments: Sequence[Moment], marks: Iterable[Mark], cores: int) -> dict[str, Any]:
    """All about a build: its seconds, the share of them in which all cores were busy, its stages and idle stretches."""
    (began, _), (ended, used) = moments[0], moments[-1]
    marked = [(began, START), *((when, stage) for when, stage in marks if began < when < ended), (ended, "")]
    stages: dict[str, list[float]] = {}
    for (first, stage), (last, _) in pairwise(marked):
        sums = stages.setdefault(stage, [0.0, 0.0])
        sums[0] += last - first
        sums[1] += _used(moments, last) - _used(moments, first)
    return {
        "seconds": ended - began,
        "share": used / (ended - began) / cores,
        "stages": {stage: {"seconds": wall, "cores": cpu / wall} for stage, (wall, cpu) in stages.items() if wall},
        "idle": list(_stretches(moments, marked, cores)),
    }


def _stretches(moments: Sequence[Moment], marked: Sequence[Mark], cores: int) -> Iterable[dict[str, Any]]:
    """The stretches in which fewer than all cores were busy, in seconds from the beginning, each within one stage."""
    began, ended = moments[0][0], moments[-1][0]
    count = max(1, round((ended - began) / WINDOW))
    edges = [began + (ended - began) * number / count for number in range(count + 1)]

    def kind(window: tuple[float, float]) -> tuple[bool, str]:
        first, last = window
        stage = marked[bisect([when for when, _ in marked], (first + last) / 2) - 1][1]
        return (_used(moments, last) - _used(moments, first)) < FULL * cores * (last - first), stage

    for (idle, stage), windows in groupby(pairwise(edges), kind):
        if idle:
            stretch = list(windows)
            first, last = stretch[0][0], stretch[-1][1]
            busy_cores = (_used(moments, last) - _used(moments, first)) / (last - first)
            yield {"from": first - began, "to": last - began, "stage": stage, "cores": busy_cores}


def _used(moments: Sequence[Moment], when: float) -> float:
    """The CPU seconds used until some time between the first and the last moment."""
    place = min(max(bisect(moments, (when, 0.0)), 1), len(moments) - 1)
    (before, little), (after, much) = moments[place - 1], moments[place]
    return little + (much - little) * (when - before) / (after - before)
