"""ballardwiki, with a note of when each stage of a build begins: `python bench/staged.py FILE build`.

A line of the file is a moment of `time.perf_counter`, which all processes share on Linux, and the stage. It runs with
the program of whichever environment it is run in, so a stage that this has not is no mistake.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

from ballardwiki.build import stages
from ballardwiki.cli import main

NAMES = ("read", "link", "plan", "check", "compare", "render", "publish")
BETWEEN = "rest"


def _noted(name: str, stage: Callable[..., Any], file: TextIO) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        file.write(f"{time.perf_counter()} {name}\n")
        try:
            return stage(*arguments, **named)
        finally:
            file.write(f"{time.perf_counter()} {BETWEEN}\n")

    return run


if __name__ == "__main__":
    with open(sys.argv.pop(1), "w", encoding="utf-8", buffering=1) as notes:
        for each in NAMES:
            if hasattr(stages, each):
                setattr(stages, each, _noted(each, getattr(stages, each), notes))
        main()
