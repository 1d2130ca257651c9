"""What more content costs, in processor time: `python bench/growth.py [KIND …]`.

Each kind of tests/growing.py is checked and built with 1, 1,000, 2,000 and 4,000 of what it grows with, each time
from nothing, in a process of its own. The exponent tells by what power of the content the cost grew at the last step:
1 is in step with it, 2 its square. tests/builds/test_growth.py holds the same on smaller sites by counting operations;
this looks at the sizes that take too long to count, and at what runs in C, which no count sees.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from math import log2
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from growing import SITES
from tinysite import Site, make

SIZES = (1, 1000, 2000, 4000)
WORK: dict[str, Callable[[Site], object]] = {
    "check": lambda site: site.build(publish=False),
    "build": lambda site: site.build(),
}


def main() -> None:
    """Print a line for each kind: the seconds at each size and the exponent, of a check and of a build."""
    parser = argparse.ArgumentParser(description="Measure what more content costs.")
    parser.add_argument("kinds", nargs="*", help="kinds of tests/growing.py (default: all)")
    kinds = parser.parse_args().kinds or list(SITES)
    if unknown := set(kinds) - SITES.keys():
        sys.exit(f"no such kind: {', '.join(sorted(unknown))}; there are: {', '.join(SITES)}")
    print(f"{'':50}", *(f"{f'{work} {size}':>12}" for work in WORK for size in (*SIZES[1:], "exp.")))
    for kind in kinds:
        rows = [_apart(kind, size) for size in SIZES]
        line = []
        for work in WORK:
            least, *_, former, last = seconds = [row[work] for row in rows]
            line += [f"{each:12.2f}" for each in seconds[1:]] + [f"{_exponent(former - least, last - least):>12}"]
        print(f"{kind:50}", *line, flush=True)


def _exponent(former: float, last: float) -> str:
    """By what power the cost grew while the content doubled; nothing where there is next to no cost to compare."""
    return f"{log2(last / former):.2f}" if former > 0.05 else ""


def _apart(kind: str, size: int) -> dict[str, float]:
    """The seconds of processor time that each work took, in a process that did nothing before."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (kind, size))


def _measured(kind: str, size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        site = make(Path(folder), SITES[kind](size))
        found = {}
        for name, work in WORK.items():
            begin = time.process_time()
            work(site)
            found[name] = time.process_time() - begin
        return found


if __name__ == "__main__":
    main()
