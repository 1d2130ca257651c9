"""How long an editor waits in `serve`: `python bench/latency.py [--pages 1000,10000] [--against REVISION]`.

A server for each program, on a copy of the corpus of its own. Pages are edited in turns, one after another, and each
time it is measured how long it takes from saving the file until the address of its page answers with the new text. So
what else the machine does meanwhile hits both programs alike: look at the ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import corpus
import project
from measure import start, stop, wait_until
from project import Project
from tools import TOOLS

TOOL = {tool.name: tool for tool in TOOLS}["ballardwiki-commonmark"]
PAUSE = 0.5
"""Seconds between two edits: somebody who saves often."""


@dataclass(frozen=True, slots=True)
class Server:
    """A program that serves a project."""

    name: str
    project: Project
    root: str

    def wait(self, text: str, path: Path) -> float:
        """Seconds until the page of a content file answers with a text."""
        address = f"{self.root}pages/{path.stem}/"
        return wait_until(lambda: text.encode() in _answer(address), timeout=600)


def main() -> None:
    """Print the median, the 95th percentile and the worst of each program, and their ratios."""
    parser = argparse.ArgumentParser(description="Measure how long an editor waits in serve.")
    parser.add_argument("--pages", default="1000,10000", help="numbers of pages (default: %(default)s)")
    parser.add_argument("--edits", type=int, default=50, help="so many edits of each size (default: %(default)s)")
    parser.add_argument("--against", metavar="REVISION", help="an older program to compare with")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        here = Path(__file__).resolve().parent.parent
        programs = {"this": here / "src"}
        if arguments.against:
            programs[arguments.against] = stack.enter_context(_checked_out(here, arguments.against)) / "src"
        print(f"{'pages':>7} {'program':12} {'median':>8} {'95 %':>8} {'worst':>8}  seconds")
        for size in map(int, arguments.pages.split(",")):
            found = _measured(size, arguments.edits, programs)
            for name, seconds in found.items():
                median, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
                print(f"{size:7} {name:12} {median:8.3f} {late:8.3f} {max(seconds):8.3f}", flush=True)
            if len(found) > 1:
                this, other = (statistics.median(each) for each in found.values())
                print(f"{size:7} {'ratio':12} {this / other:8.3f}", flush=True)


def _measured(size: int, edits: int, programs: dict[str, Path]) -> dict[str, list[float]]:
    pages = corpus.pages(size)
    found: dict[str, list[float]] = {name: [] for name in programs}
    with ExitStack() as stack:
        servers = [stack.enter_context(_served(name, source, pages)) for name, source in programs.items()]
        for number in range(edits):
            for server in servers[:: 1 if number % 2 else -1]:
                file = server.project.folder / TOOL.dialect.path(pages[number * 7 % size])
                word = f"freshword{number}x"
                with file.open("a", encoding="utf-8") as text:
                    text.write(f"\nAn edit with {word}.\n")
                found[server.name].append(server.wait(word, file))
                time.sleep(PAUSE)
    return found


@contextmanager
def _served(name: str, source: Path, pages: Sequence[corpus.Page]) -> Iterator[Server]:
    """A server that has made its site."""
    with tempfile.TemporaryDirectory() as folder:
        made = project.make(TOOL, pages, Path(folder) / "project")
        port = 8100 + os.getpid() % 800 + 2 * (name == "this")
        command = [sys.executable, "-c", _PROGRAM, str(source), "serve", "--port", str(port)]
        process = start(command, made.folder, Path(folder) / "log")
        try:
            server = Server(name, made, f"http://127.0.0.1:{port}/")
            server.wait(made.edited.title, made.source)
            time.sleep(2)
            yield server
        finally:
            stop(process)


_PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from ballardwiki.cli import main; main()"


@contextmanager
def _checked_out(here: Path, revision: str) -> Iterator[Path]:
    """The program of another day, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "program"
        subprocess.run(["git", "-C", here, "worktree", "add", "--quiet", "--detach", tree, revision], check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "-C", here, "worktree", "remove", "--force", tree], check=True)


def _answer(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return bytes(response.read())
    except OSError:
        return b""


if __name__ == "__main__":
    main()
