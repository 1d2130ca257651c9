"""The results as Markdown tables: `python bench/table.py [--write]` makes them of what results.json holds."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import goals
from busy import FULL
from trial import CASES, COLD, TEXT

RESULTS = Path(__file__).with_name("results.json")
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
REFERENCE = "hugo"
SERVERS = {
    "ready": ("start to first page", "s"),
    "text": ("text → its page, median", "s"),
    "text_95": ("95 of 100", "s"),
    "text_worst": ("worst", "s"),
    "text_cpu": ("CPU, each save", "s"),
    "title": ("title → index", "s"),
    "pss_mb": ("memory after (PSS)", "MB"),
}
"""What is measured in a server -> its head and unit."""

STRETCHES = 6
"""So many idle stretches of a build are told."""

Tools = Mapping[str, Any]
"""Name of a tool -> what was measured of it."""


def markdown(results: Mapping[str, Any]) -> str:
    """All tables of one run of the benchmark, as `run.py` collects it."""
    sizes = results["sizes"]
    heads = ["10,000 pages, commonmark, where nothing else is said", "to reach", "measured", "reached"]
    parts = [_conditions(results), "### Goals", _table(heads, goals.rows(sizes))]
    for size, measured in sizes.items():
        parts += [f"### {_title(size)}", _condition(measured), *_measured(measured, lambda _: REFERENCE)]
        if against := measured.get("against"):
            parts += [f"This program and that of {against}, which took turns; in brackets the ratio to the older one:"]
            parts += _measured(_both(measured, f"@{against}"), _older(f"@{against}"))
        parts += _cores(measured.get("cores", {}))
    counted = {size: measured["builds"] for size, measured in sizes.items() if size.isdigit()}
    if len(counted) > 1:
        parts += _growth(counted)
    return "\n\n".join(parts) + "\n"


def _title(size: str) -> str:
    if size.isdigit():
        return f"{int(size):,} pages"
    kind, _, episodes = size.partition(":")
    return f"A wiki of {kind}" + (f", {episodes} episodes" if episodes else "")


def _conditions(results: Mapping[str, Any]) -> str:
    machine = results["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    return (
        f"{machine['cores']} cores, {machine['cpu']}, Linux {machine['kernel']}, Python {machine['python']}. "
        f"{versions}. Medians; in brackets the ratio to `{REFERENCE}` in the same run."
    )


def _condition(measured: Mapping[str, Any]) -> str:
    before, after = measured["load"]
    return f"{measured['date']}; load {before:.1f} before and {after:.1f} after."


def _measured(measured: Mapping[str, Any], reference: Callable[[str], str]) -> list[str]:
    """The tables of builds and servers. `reference`: name of a tool -> that of the one it is compared with."""
    parts = [_builds(measured["builds"], reference)] if measured["builds"] else []
    if measured["servers"]:
        parts += ["From saving a file to the change on its page, in the development server:"]
        rows = [
            [
                f"`{name}`",
                *(
                    _cell(tool, measured["servers"].get(reference(name)), [key], unit)
                    for key, (_, unit) in SERVERS.items()
                ),
            ]
            for name, tool in measured["servers"].items()
        ]
        parts += [_table(["", *(head for head, _ in SERVERS.values())], rows)]
    return parts


def _builds(builds: Tools, reference: Callable[[str], str]) -> str:
    columns = {
        **{case: (["seconds", case], "s") for case in CASES},
        "CPU, cold": (["cpu", COLD], "s"),
        "CPU, text": (["cpu", TEXT], "s"),
        "cores busy, cold": (["busy"], "%"),
        "peak memory (PSS)": (["pss_mb"], "MB"),
        "biggest process": (["biggest_process_mb"], "MB"),
    }
    rows = []
    for name, tool in builds.items():
        cells = [_cell(tool, builds.get(reference(name)), path, unit) for path, unit in columns.values()]
        spread = tool.get("cold_runs")
        rows.append([f"`{name}`", *cells, f"{min(spread):.2f}–{max(spread):.2f} ({len(spread)})" if spread else ""])
    return _table(["", *columns, "cold, from–to (runs)"], rows)


def _older(suffix: str) -> Callable[[str], str]:
    """The older one of a tool, which is its own."""
    return lambda name: name.removesuffix(suffix) + suffix


def _both(measured: Mapping[str, Any], suffix: str) -> dict[str, Any]:
    """What was measured of this program and of the older one."""
    return {
        part: {
            name: tool
            for name, tool in measured[part].items()
            if name.endswith(suffix) or name + suffix in measured[part]
        }
        for part in ("builds", "servers")
    }


def _cores(cores: Tools) -> list[str]:
    """How many cores were busy in each stage, and where fewer than all."""
    if not cores:
        return []
    stages = list(dict.fromkeys(stage for tool in cores.values() for stage in tool["stages"]))
    rows, idle = [], []
    for name, tool in cores.items():
        found = (tool["stages"].get(stage) for stage in stages)
        cells = (f"{each['seconds']:.2f} s × {each['cores']:.1f}" if each else "" for each in found)
        rows.append([f"`{name}`", f"{tool['seconds']:.2f} s", f"{tool['share']:.0%}", *cells])
        longest = sorted(tool["idle"], key=lambda each: each["from"] - each["to"])[:STRETCHES]
        stretches = (
            f"{each['from']:.1f}–{each['to']:.1f} s {each['stage']} ({each['cores']:.1f})"
            for each in sorted(longest, key=lambda each: float(each["from"]))
        )
        idle.append(f"- `{name}`: {', '.join(stretches) or 'nowhere'}")
    return [
        "Stage by stage, how long a cold build took and how many cores were busy on average:",
        _table(["", "cold", "cores busy", *stages], rows),
        f"The longest stretches in which fewer than {FULL:.0%} of the cores were busy, and how many were:",
        "\n".join(idle),
    ]


def _growth(sizes: Mapping[str, Tools]) -> list[str]:
    small, large = min(sizes, key=int), max(sizes, key=int)
    rows = []
    for name, big in sizes[large].items():
        little = sizes[small].get(name, {})
        paths = [*(["seconds", case] for case in CASES), ["pss_mb"]]
        factors = [(_value(big, path), _value(little, path)) for path in paths]
        rows.append([f"`{name}`", *(f"{most / least:.1f}×" if most and least else "" for most, least in factors)])
    return [f"### Growth from {int(small):,} to {int(large):,} pages", _table(["", *CASES, "peak memory (PSS)"], rows)]


def _value(tool: Mapping[str, Any] | None, path: Sequence[str]) -> float | None:
    """A number that was measured of a tool; None where it was not."""
    found: Any = tool or {}
    for name in path:
        found = found.get(name, {})
    return found if found != {} else None


def _cell(tool: Tools, reference: Tools | None, path: Sequence[str], unit: str) -> str:
    value, other = _value(tool, path), _value(reference, path)
    if value is None:
        return ""
    if unit == "%":
        return f"{value:.0%}"
    digits = f"{value:,.0f}" if unit == "MB" else f"{value:.2f}"
    return f"{digits} {unit}" + (f" ({value / other:.2f}×)" if other else "")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(heads), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_row(line, widths) for line in (lines[0], rule, *lines[1:]))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """The first cell to the left, the others to the right."""
    padded = [
        cells[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)),
    ]
    return f"| {' | '.join(padded)} |"


def summary(runs: Mapping[str, Sequence[Any]], cores: int) -> dict[str, Any]:
    """The runs of one tool at one size, as the numbers that are stored."""
    return {
        "seconds": {case: statistics.median(run.seconds for run in some) for case, some in runs.items()},
        "cpu": {case: statistics.median(run.cpu_seconds for run in some) for case, some in runs.items()},
        "busy": statistics.median(run.cpu_seconds / run.seconds / cores for run in runs[COLD]),
        "biggest_process_mb": max(run.biggest_process_mb for run in runs[COLD]),
        "cold_runs": [run.seconds for run in runs[COLD]],
    }


def write_between_markers(readme: Path, tables: str) -> None:
    """Replace what stands between the two markers of the README."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{tables}{END}{after}", encoding="utf-8")


def main() -> None:
    """Print the tables of the stored results, and put them into the README where that is asked for."""
    parser = argparse.ArgumentParser(description="Make the tables of the stored results.")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    arguments = parser.parse_args()
    tables = markdown(json.loads(RESULTS.read_text(encoding="utf-8")))
    print(tables)
    if arguments.write:
        write_between_markers(README, tables)


if __name__ == "__main__":
    main()
