"""The benchmark: `python bench/run.py --help`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import install

if TYPE_CHECKING:
    from project import Project
    from tools import Tool

WORK = install.PEERS / "work"
PARTS = ("builds", "memory", "cores", "servers")
LARGE = 50_000
"""With so many pages, one round is enough: it takes minutes."""


def main() -> None:
    """Install what is missing, measure each size, and print, store and perhaps publish the tables."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    install.install_python_peers()
    install.install_node_peers()
    install.compile_ourselves()
    import table  # noqa: PLC0415 – tools.py looks for the binaries that were just installed

    against = install.commit(arguments.compare) if arguments.compare else ""
    tools = _tools(arguments.tools, against)
    named: dict[tuple[str, ...], str] = {}
    for tool in tools:
        named.setdefault(tool.version, tool.name)
    results = {"machine": _machine(), "versions": {name: _version(command) for command, name in named.items()}}
    sizes = json.loads(table.RESULTS.read_text(encoding="utf-8"))["sizes"] if arguments.add else {}
    tables = ""
    for size in arguments.sizes.split(","):
        before = os.getloadavg()[0]
        measured = _measure([tool for tool in tools if _takes(tool, size)], size, arguments)
        circumstances = {"date": datetime.now(UTC).date().isoformat(), "load": [before, os.getloadavg()[0]]}
        sizes[size] = circumstances | ({"against": against} if against else {}) | measured
        tables = table.markdown(results | {"sizes": sizes})
        if set(arguments.only) == set(PARTS):  # at once, since the next size may take an hour
            table.RESULTS.write_text(json.dumps(results | {"sizes": sizes}, indent=2) + "\n", encoding="utf-8")
    print(tables)
    if arguments.write:
        table.write_between_markers(table.README, tables)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Measure ballardwiki and other generators on the same pages, in turns."
    )
    help_sizes = "numbers of pages, and credits or credits:EPISODES for the wiki of credits (default: %(default)s)"
    parser.add_argument("--sizes", default="1000,10000", help=help_sizes)
    parser.add_argument("--tools", help="names of tools, with commas between (default: all that are installed)")
    parser.add_argument("--compare", metavar="REV", help="measure the program of an older revision beside this one")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each tool has its turn (default: %(default)s)")
    help_patience = "a tool whose round takes more seconds has only one (default: %(default)s)"
    parser.add_argument("--patience", type=float, default=120, help=help_patience)
    parser.add_argument("--edits", type=int, default=50, help="texts saved in each server (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="one round of builds and nothing else")
    parser.add_argument("--add", action="store_true", help="keep what is stored of other sizes")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    parser.add_argument("--keep", action="store_true", help="leave the generated projects in place")
    arguments = parser.parse_args()
    arguments.only = ["builds"] if arguments.quick else arguments.only.split(",")
    if unknown := set(arguments.only) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    return arguments


def _tools(names: str | None, against: str) -> list[Tool]:
    """The tools that are wanted and installed; and the program of an older revision wherever this one is."""
    from tools import TOOLS, ballardwiki  # noqa: PLC0415 – as above

    wanted = names.split(",") if names else [tool.name for tool in TOOLS]
    if unknown := set(wanted) - {tool.name for tool in TOOLS}:
        sys.exit(f"no such tool: {', '.join(sorted(unknown))}; there are: {', '.join(tool.name for tool in TOOLS)}")
    older = ballardwiki(install.older(against), against) if against else ()
    chosen = [tool for tool in (*TOOLS, *older) if tool.name.partition("@")[0] in wanted and _is_there(tool)]
    return sorted(chosen, key=lambda tool: wanted.index(tool.name.partition("@")[0]))


def _takes(tool: Tool, size: str) -> bool:
    """Whether a tool is measured at a size."""
    return tool.dialect is not None and int(size) <= tool.largest if size.isdigit() else tool.dialect is None


def _measure(tools: Sequence[Tool], size: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """All measurements at one size."""
    import serving  # noqa: PLC0415 – as above
    import table  # noqa: PLC0415
    import trial  # noqa: PLC0415

    _tell(f"{size}: writing the projects")
    projects = _projects(tools, size)
    cores = len(os.sched_getaffinity(0))
    builds: dict[str, dict[str, Any]] = {one.tool.name: {} for one in projects}
    watched: dict[str, dict[str, Any]] = {}
    if "builds" in arguments.only:
        count = 1 if arguments.quick or (size.isdigit() and int(size) >= LARGE) else arguments.rounds
        runs = trial.rounds(projects, count, arguments.patience, _tell)
        builds = {name: table.summary(cases, cores) for name, cases in runs.items()}
        projects = [one for one in projects if one.tool.name in builds]
    if "memory" in arguments.only:
        for one in projects:
            with _or_told(one):
                memory = trial.weigh(one)
                builds[one.tool.name] |= {"pss_mb": memory.pss_mb, "anonymous_mb": memory.anonymous_mb}
                _tell(f"{one.tool.name}: {memory.pss_mb:,.0f} MB at the peak of {memory.samples} samples")
    if "cores" in arguments.only:
        for one in (one for one in projects if one.tool.staged):
            with _or_told(one):
                found = watched[one.tool.name] = trial.watch(one, cores)
                _tell(f"{one.tool.name}: {found['share']:.0%} of {cores} cores busy")
    served = [one for one in projects if one.tool.serve] if "servers" in arguments.only else []
    servers = serving.served(served, arguments.edits, _tell)
    if not arguments.keep:
        for one in projects:
            shutil.rmtree(one.folder)
    return {"builds": {name: tool for name, tool in builds.items() if tool}, "servers": servers, "cores": watched}


@contextmanager
def _or_told(one: Project) -> Iterator[None]:
    """A command that fails is told: what else was measured counts all the same."""
    try:
        yield
    except (RuntimeError, OSError) as problem:
        _tell(f"{one.tool.name}: left out: {problem}")


def _projects(tools: Sequence[Tool], size: str) -> list[Project]:
    """A project for each tool. The corpus, which is larger than the texts of all pages, is forgotten."""
    import corpus  # noqa: PLC0415 – as above
    import credits as credited  # noqa: PLC0415
    import project  # noqa: PLC0415

    folders = [(tool, WORK / f"{tool.name}-{size}".replace(":", "-")) for tool in tools]
    if size.isdigit():
        pages = corpus.pages(int(size))
        return [project.make(tool, pages, folder) for tool, folder in folders]
    _, _, episodes = size.partition(":")
    wiki = credited.wiki(int(episodes or credited.EPISODES))
    return [project.make_credits(tool, wiki, folder) for tool, folder in folders]


def _is_there(tool: Tool) -> bool:
    found = bool(tool.needs.exists())
    if not found:
        _tell(f"{tool.name}: left out: not installed")
    return found


def _version(command: Sequence[str]) -> str:
    """The first word with a digit and a dot in what a version command prints."""
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    words = [word.strip(",v") for word in printed.split() if "." in word and word.strip("v")[:1].isdigit()]
    return words[0].split("-")[0] if words else "of unknown version"


def _machine() -> dict[str, Any]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": models[0] if models else platform.machine(),
        "kernel": platform.release().split("-")[0],
        "python": platform.python_version(),
    }


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
