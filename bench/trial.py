"""The cases: what is done to a project, in which order, and which clock runs meanwhile."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from busy import busy
from measure import Memory, Run, run, run_and_watch, run_and_weigh
from project import Project, WrongOutput

COLD, NOTHING, TEXT, TITLE = CASES = ("cold", "nothing changed", "one text edited", "one title edited")
FAST = 3.0
REPEATS = 5

_numbers = itertools.count(1)


def one_round(project: Project) -> dict[str, list[Run]]:
    """A cold build and then the rebuilds; what takes less than 3 seconds is repeated."""
    log = project.folder.with_suffix(".log")
    index, page = project.published_index, project.published_page

    def build() -> Run:
        return run(project.tool.build, project.folder, log)

    def edit_text() -> Run:
        word = f"freshword{next(_numbers)}x"
        project.edited.edit_text(word)
        result = build()
        project.expect(word, page)
        return result

    def edit_title() -> Run:
        title = f"Renamed Court {next(_numbers)}"
        project.edit_title(title)
        result = build()
        project.expect(title, page, index)
        return result

    project.restore()
    project.forget()
    runs = {COLD: [build()]}
    project.expect_all_pages()
    runs |= {case: _repeat(action) for case, action in ((NOTHING, build), (TEXT, edit_text))}
    if project.titled:
        runs[TITLE] = _repeat(edit_title)
    project.restore()
    return runs


def _repeat(action: Callable[[], Run]) -> list[Run]:
    first = action()
    return [first, *(action() for _ in range(REPEATS - 1 if first.seconds < FAST else 0))]


Runs = dict[str, list[Run]]
"""Case -> its runs."""


def rounds(projects: Sequence[Project], count: int, patience: float, tell: Callable[[str], None]) -> dict[str, Runs]:
    """`count` rounds in which the tools take turns, so that a busy minute of the machine hits all of them.

    A tool whose round takes longer than `patience` seconds has only one; a tool that fails is told and left out.
    """
    runs: dict[str, Runs] = {}
    waiting = list(projects)
    for number in range(1, count + 1):
        for project in waiting[:: 1 if number % 2 else -1]:
            name = project.tool.name
            began = time.perf_counter()
            try:
                results = one_round(project)
            except (WrongOutput, OSError, RuntimeError) as problem:
                tell(f"{name}: left out: {problem}")
                waiting.remove(project)
                continue
            for case, more in results.items():
                runs.setdefault(name, defaultdict(list))[case] += more
            seconds = ", ".join(f"{case} {more[0].seconds:.2f} s" for case, more in results.items())
            tell(f"round {number}: {name}: {seconds}")
            if time.perf_counter() - began > patience:
                waiting.remove(project)
    return runs


def weigh(project: Project) -> Memory:
    """The memory of a cold build, in a run of its own."""
    project.restore()
    project.forget()
    return run_and_weigh(project.tool.build, project.folder, project.folder.with_suffix(".log"))


def watch(project: Project, cores: int) -> dict[str, Any]:
    """How busy the cores are in a cold build, in a run of its own: see `busy`."""
    project.restore()
    project.forget()
    notes = project.folder.with_suffix(".stages")
    command = [part.format(file=notes) for part in project.tool.staged]
    moments = run_and_watch(command, project.folder, project.folder.with_suffix(".log"))
    marks = [line.split() for line in notes.read_text(encoding="utf-8").splitlines()]
    return busy(moments, [(float(when), stage) for when, stage in marks], cores)
