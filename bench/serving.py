"""How long an editor waits for a development server: from saving a file until its page answers with what was saved.

The servers of all tools run at once, each on a project of its own, and take turns: so what else the machine does
meanwhile hits all of them alike, and a server has time to end what it does after a page is shown.
"""

from __future__ import annotations

import http.client
import random
import socket
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from measure import cpu_seconds, settle, start, stop, tree_memory, wait_until
from project import Project, WrongOutput

BURST = 5
"""So many saves are one turn."""
PAUSES = (0.5, 1.0)
"""Seconds between two saves of a turn: somebody who saves often. At random, for servers look at a beat of their own."""
READY, SAVED = 1800.0, 600.0
"""Seconds after which a server is given up, when it starts and after a save."""


@dataclass(slots=True)
class Server:
    """The development server of a project. `texts` and `titles` are the seconds of each save, `cpu` of each turn."""

    project: Project
    process: subprocess.Popen[bytes]
    root: str
    log: Path
    ready: float = 0.0
    texts: list[float] = field(default_factory=list)
    titles: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def wait(self, text: str, path: str, timeout: float = SAVED) -> float:
        """Seconds until the address of a published file answers with a text."""

        def shown() -> bool:
            if self.process.poll() is not None:
                raise WrongOutput(f"the server ended: {self.log.read_text(errors='replace')[-500:]}")
            return text.encode() in _get(self.root + path.removesuffix("index.html"))

        return wait_until(shown, timeout)

    def start_up(self) -> None:
        """Wait for the first page."""
        page = self.project.edited
        self.ready = self.wait(page.title, self.project.tool.page.format(slug=page.slug), READY)

    def save_texts(self, numbers: Sequence[int]) -> None:
        """A turn: edit a page for each number, one after another."""
        pages, address = self.project.pages, self.project.tool.page
        used = cpu_seconds(self.process.pid)
        for number in numbers:
            page, word = pages[number % len(pages)], f"freshword{number}x"
            page.edit_text(word)
            self.texts.append(self.wait(word, address.format(slug=page.slug)))
            time.sleep(random.uniform(*PAUSES))
        settle([self.process.pid])
        self.cpu.append((cpu_seconds(self.process.pid) - used) / len(numbers))

    def save_titles(self) -> None:
        """A turn, the last: edit the title of one page, and wait for the list of all pages."""
        for number in range(BURST):
            title = f"Renamed Court {number}"
            self.project.edit_title(title)
            self.titles.append(self.wait(title, self.project.tool.index))
            time.sleep(random.uniform(*PAUSES))

    def results(self) -> dict[str, float]:
        """Seconds: until the server was ready, of saving, and of the processor for each text saved; MB of memory."""
        late = statistics.quantiles(self.texts, n=20, method="inclusive")[-1]
        pss, _anonymous = tree_memory(self.process.pid)
        found = {"ready": self.ready, "text": statistics.median(self.texts), "text_95": late}
        return found | {"text_worst": max(self.texts), "text_cpu": statistics.median(self.cpu), "pss_mb": pss}


def served(projects: Sequence[Project], edits: int, tell: Callable[[str], None]) -> dict[str, dict[str, float]]:
    """Start the servers, one after another; then they take turns in `edits` saves of texts, and in some of titles.

    A server that fails is told and left out.
    """
    random.seed(edits)
    with ExitStack() as stack:
        servers: list[Server] = []

        def turn(server: Server, action: Callable[[Server], object]) -> None:
            try:
                action(server)
            except (WrongOutput, OSError) as problem:
                tell(f"{server.project.tool.name}, server: left out: {problem}")
                servers.remove(server)
                stop(server.process)
            settle([each.process.pid for each in servers])

        for project in projects:
            servers.append(stack.enter_context(_started(project)))
            turn(servers[-1], Server.start_up)
        for first in range(0, edits, BURST):
            for server in servers[:: -1 if first // BURST % 2 else 1]:
                turn(server, partial(Server.save_texts, numbers=range(first, min(first + BURST, edits))))
        results = {server.project.tool.name: server.results() for server in servers}
        for server in tuple(servers):
            if server.project.titled:
                turn(server, Server.save_titles)
            if server.titles:
                results[server.project.tool.name]["title"] = statistics.median(server.titles)
    for name, found in results.items():
        tell(f"{name}, server: " + ", ".join(f"{key} {value:.2f}" for key, value in found.items()))
    return results


@contextmanager
def _started(project: Project) -> Iterator[Server]:
    """A server that starts from nothing. In the end it is stopped, and all edits are undone."""
    port = _free_port()
    project.restore()
    project.forget()
    log = project.folder.with_suffix(".serve.log")
    process = start([part.format(port=port) for part in project.tool.serve], project.folder, log)
    try:
        yield Server(project, process, f"http://127.0.0.1:{port}/", log)
    finally:
        stop(process)
        project.restore()


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
