"""The swap: a new folder takes the place of the live one in one step, for good or not at all.

Where the system knows no atomic exchange, the live folder stands aside for a moment; `complete` ends what was begun.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from ballardwiki.build.publish import syscalls, tree


def swap(live: Path, twin: Path, aside: Path) -> None:
    """Exchange live, if there is one, and its twin, durably. Raises OSError with both as they were."""
    existed = live.exists()
    _exchange(live, twin, aside, existed=existed)
    try:
        syscalls.sync(live.parent)
    except OSError:
        if existed:
            _exchange(live, twin, aside, existed=True)
        else:
            os.rename(live, twin)
        raise


def complete(live: Path, twin: Path, aside: Path) -> None:
    """End a swap by renaming that was interrupted."""
    if not aside.exists():
        return
    if not live.exists() and twin.exists():  # the twin was ready when the swap began
        os.rename(twin, live)
    if twin.exists():
        tree.remove(aside)
    else:
        os.rename(aside, twin if live.exists() else live)


def _exchange(live: Path, twin: Path, aside: Path, *, existed: bool) -> None:
    if not existed:
        os.rename(twin, live)
    elif not syscalls.exchange(live, twin):
        os.rename(live, aside)
        try:
            os.rename(twin, live)
        except OSError:
            os.rename(aside, live)
            raise
        with contextlib.suppress(OSError):  # published; the next lock() does it
            os.rename(aside, twin)
