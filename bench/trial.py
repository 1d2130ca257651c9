"""The cases: what is done to a project, in which order, and which clock runs meanwhile."""

from __future__ import annotations

import http.client
import itertools
import socket
import statistics
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from measure import Memory, Run, run, run_and_weigh, start, stop, tree_memory, wait_until
from project import Project, WrongOutput

COLD, NOTHING, TEXT, TITLE = CASES = ("cold", "nothing changed", "one text edited", "one title edited")
FAST = 3.0
REPEATS = 5
SAVES = 5

_numbers = itertools.count(1)


def one_round(project: Project) -> dict[str, list[Run]]:
    """A cold build and then the three rebuilds; what takes less than 3 seconds is repeated."""
    log = project.folder.with_suffix(".log")
    index, page = project.published_index, project.published_page

    def build() -> Run:
        return run(project.tool.build, project.folder, log)

    def edit_text() -> Run:
        word = f"freshword{next(_numbers)}x"
        project.edit_text(word)
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
    runs |= {case: _repeat(action) for case, action in ((NOTHING, build), (TEXT, edit_text), (TITLE, edit_title))}
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
    for number in range(count):
        for project in tuple(waiting):
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
            tell(f"round {number + 1}: {name}: {seconds}")
            if time.perf_counter() - began > patience:
                waiting.remove(project)
    return runs


def weigh(project: Project) -> Memory:
    """The memory of a cold build, in a run of its own."""
    project.restore()
    project.forget()
    return run_and_weigh(project.tool.build, project.folder, project.folder.with_suffix(".log"))


def served(project: Project, command: Sequence[str]) -> Mapping[str, float]:
    """Start the development server and save files, as an editor does.

    Gives the seconds until the first page is there, the median seconds from saving a text to the page with that text,
    and from saving a title to the index with that title, and the memory of the server after all that, in MB.
    """
    port = _free_port()
    project.restore()
    project.forget()
    log = project.folder.with_suffix(".serve.log")
    root = f"http://127.0.0.1:{port}/"
    page = root + project.tool.page.format(slug=project.edited.slug).removesuffix("index.html")
    index = root + project.tool.index.removesuffix("index.html")
    process = start([part.format(port=port) for part in command], project.folder, log)

    def shown(text: str, address: str) -> bool:
        if process.poll() is not None:
            raise WrongOutput(f"{' '.join(command)} ended: {log.read_text(errors='replace')[-500:]}")
        return text.encode() in _get(address)

    def saved(save: Callable[[str], None], text: str, address: str) -> float:
        save(text)
        seconds = wait_until(lambda: shown(text, address), timeout=30)
        time.sleep(max(1.5, seconds))
        return seconds

    try:
        ready = wait_until(lambda: shown(project.edited.title, page), timeout=600, step=0.05)
        time.sleep(3)
        texts = [saved(project.edit_text, f"freshword{next(_numbers)}x", page) for _ in range(SAVES)]
        titles = [saved(project.edit_title, f"Renamed Court {next(_numbers)}", index) for _ in range(SAVES)]
        pss, _anonymous = tree_memory(process.pid)
    finally:
        stop(process)
        project.restore()
    return {"ready": ready, "text": statistics.median(texts), "title": statistics.median(titles), "pss_mb": pss}


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return bytes(response.read())
    except (OSError, http.client.HTTPException):
        return b""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
