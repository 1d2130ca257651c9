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
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import install

HERE = Path(__file__).parent
WORK = install.PEERS / "work"


def main() -> None:
    """Install what is missing, measure each size, and print, store and perhaps publish the tables."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    install.install_python_peers()
    install.install_node_peers()
    install.compile_ourselves()
    import table  # noqa: PLC0415 – tools.py looks for the binaries that were just installed
    from tools import TOOLS  # noqa: PLC0415

    wanted = arguments.tools.split(",") if arguments.tools else [tool.name for tool in TOOLS]
    unknown = set(wanted) - {tool.name for tool in TOOLS}
    if unknown:
        sys.exit(f"no such tool: {', '.join(sorted(unknown))}; there are: {', '.join(tool.name for tool in TOOLS)}")
    tools = [tool for tool in TOOLS if tool.name in wanted and _is_there(tool)]
    load_before = os.getloadavg()[0]
    sizes = {size: _measure(tools, int(size), arguments) for size in arguments.sizes.split(",")}
    results = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": _machine() | {"load_before": load_before, "load_after": os.getloadavg()[0]},
        "versions": {tool.name: _version(tool.version) for tool in tools if not tool.variant},
        "sizes": sizes,
    }
    tables = table.markdown(results)
    print(tables)
    if not arguments.quick:
        (HERE / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    if arguments.write:
        table.write_between_markers(HERE / "README.md", tables)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Measure ballardwiki and other generators on the same pages, in turns."
    )
    parser.add_argument("--sizes", default="1000,10000", help="numbers of pages (default: %(default)s)")
    parser.add_argument("--tools", help="names of tools, with commas between (default: all that are installed)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each tool has its turn (default: %(default)s)")
    help_patience = "a tool whose round takes more seconds has only one (default: %(default)s)"
    parser.add_argument("--patience", type=float, default=60, help=help_patience)
    parser.add_argument("--quick", action="store_true", help="one round, no memory, no servers, nothing stored")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    parser.add_argument("--keep", action="store_true", help="leave the generated projects in place")
    return parser.parse_args()


def _measure(tools: Sequence[Any], size: int, arguments: argparse.Namespace) -> dict[str, Any]:
    """All measurements at one size."""
    import corpus  # noqa: PLC0415
    import project  # noqa: PLC0415
    import table  # noqa: PLC0415
    import trial  # noqa: PLC0415

    _tell(f"{size} pages: writing the projects")
    pages = corpus.pages(size)
    projects = [project.make(tool, pages, WORK / f"{tool.name}-{size}") for tool in tools]
    runs = trial.rounds(projects, 1 if arguments.quick else arguments.rounds, arguments.patience, _tell)
    builds = {name: table.summary(cases) for name, cases in runs.items()}
    servers = {}
    for one in [one for one in projects if one.tool.name in builds and not arguments.quick]:
        memory = trial.weigh(one)
        builds[one.tool.name] |= {"pss_mb": memory.pss_mb, "anonymous_mb": memory.anonymous_mb}
        _tell(f"{one.tool.name}: {memory.pss_mb:,.0f} MB at the peak of {memory.samples} samples")
        for label, command in one.tool.serve.items():
            try:
                servers[label] = dict(trial.served(one, command))
                _tell(f"{label}: " + ", ".join(f"{key} {value:.2f}" for key, value in servers[label].items()))
            except (project.WrongOutput, TimeoutError) as problem:
                _tell(f"{label}: left out: {problem}")
    if not arguments.keep:
        for one in projects:
            shutil.rmtree(one.folder)
    return {"builds": builds, "servers": servers}


def _is_there(tool: Any) -> bool:
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
