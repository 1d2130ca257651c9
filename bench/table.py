"""Results as tables: the same Markdown for the terminal and for the README."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trial import CASES, COLD

BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
REFERENCE, REFERENCE_SERVER = "hugo", "hugo server"


def markdown(results: Mapping[str, Any]) -> str:
    """All tables of one run of the benchmark, as `run.py` collects it."""
    sizes = results["sizes"]
    parts = [_conditions(results)]
    for size, measured in sizes.items():
        parts += [f"### {int(size):,} pages", _builds(measured["builds"])]
        if measured["servers"]:
            parts += ["From saving a file to the change on its page, in the development server:"]
            parts += [_servers(measured["servers"])]
    if len(sizes) > 1:
        parts += _growth(sizes)
    return "\n\n".join(parts) + "\n"


def _conditions(results: Mapping[str, Any]) -> str:
    machine = results["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    return (
        f"{results['date']}, {machine['cores']} cores, {machine['cpu']}, Linux {machine['kernel']}, "
        f"Python {machine['python']}; "
        f"load {machine['load_before']:.1f} before and {machine['load_after']:.1f} after. {versions}. "
        f"Medians; in brackets the ratio to `{REFERENCE}` in the same run."
    )


def _builds(builds: Mapping[str, Any]) -> str:
    reference = builds.get(REFERENCE)
    rows = []
    for name, tool in builds.items():
        cells = [_cell(tool["seconds"][case], reference and reference["seconds"][case], "s") for case in CASES]
        cells.append(_cell(tool["cpu_seconds"], reference and reference["cpu_seconds"], "s"))
        cells.append(_cell(tool["pss_mb"], reference and reference["pss_mb"], "MB") if "pss_mb" in tool else "")
        cells.append(_cell(tool["biggest_process_mb"], reference and reference["biggest_process_mb"], "MB"))
        spread = tool["cold_runs"]
        rows.append([f"`{name}`", *cells, f"{min(spread):.2f}–{max(spread):.2f} ({len(spread)})"])
    heads = ["", *CASES, "CPU, cold", "peak memory (PSS)", "biggest process", "cold, from–to (runs)"]
    return _table(heads, rows)


def _servers(servers: Mapping[str, Any]) -> str:
    reference = servers.get(REFERENCE_SERVER)
    keys = (("ready", "s"), ("text", "s"), ("title", "s"), ("pss_mb", "MB"))
    rows = [
        [f"`{name}`", *(_cell(server[key], reference and reference[key], unit) for key, unit in keys)]
        for name, server in servers.items()
    ]
    return _table(["", "start to first page", "text → its page", "title → index", "memory after (PSS)"], rows)


def _growth(sizes: Mapping[str, Any]) -> list[str]:
    small, large = min(sizes, key=int), max(sizes, key=int)
    rows = []
    for name, big in sizes[large]["builds"].items():
        if name in sizes[small]["builds"]:
            little = sizes[small]["builds"][name]
            factors = [big["seconds"][case] / little["seconds"][case] for case in CASES]
            memory = f"{big['pss_mb'] / little['pss_mb']:.1f}×" if "pss_mb" in big and "pss_mb" in little else ""
            rows.append([f"`{name}`", *(f"{factor:.1f}×" for factor in factors), memory])
    return [f"### Growth from {int(small):,} to {int(large):,} pages", _table(["", *CASES, "peak memory (PSS)"], rows)]


def _cell(value: float, reference: float | None, unit: str) -> str:
    digits = f"{value:,.0f}" if unit == "MB" else f"{value:.2f}"
    ratio = f" ({value / reference:.2f}×)" if reference else ""
    return f"{digits} {unit}{ratio}"


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


def summary(runs: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The runs of one tool at one size, as the numbers that are stored."""
    return {
        "seconds": {case: statistics.median(run.seconds for run in runs[case]) for case in CASES},
        "cpu_seconds": statistics.median(run.cpu_seconds for run in runs[COLD]),
        "biggest_process_mb": max(run.biggest_process_mb for run in runs[COLD]),
        "cold_runs": [run.seconds for run in runs[COLD]],
    }


def write_between_markers(readme: Path, tables: str) -> None:
    """Replace what stands between the two markers of the README."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{tables}{END}{after}", encoding="utf-8")
