"""What browsers are told by server-sent events (HTML Living Standard, 9.2), and what is current.

    reload      the site has changed; where a build only made what another had left, the page that is looked at
    styles      only style sheets have
    problems    {"problems": [...], "reported": n, …}: what is wrong now, each as `report.as_data` has it, and `follow`,
                how many others follow from it, and `open`, the address that opens its place in an editor; [] when all
                is well. `n` counts how often that has changed. Of many some of each rule are told, and in `counts` how
                many there are. `published`: whether what has no mistake is up to date; `left_out`: the first of the
                records that are missing, and `more_left_out` how many more

Every state has a version, which is the event's id. A browser says which version its page has; whatever it missed
between loading the page and listening, or while it was not listening, it is told first. So nothing waits in queues.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

from msgspec import Struct, field

from ballardwiki.cli import report
from ballardwiki.cli.listing import listing
from ballardwiki.cli.serve.builder import Built
from ballardwiki.pages.outputs.output import page_path
from ballardwiki.problems import Problem

_HEARTBEAT = 15.0
"""Seconds after which a silent connection gets a comment; that is how one whose browser is gone is found."""


_NAMED = 5
"""Missing records that are named."""


class State(Struct, frozen=True):
    """What is current. `version` counts changes of the site.

    reload: the last one that everybody should see; styles: the last one of style sheets alone. followed: path -> the
    last one that made it and only went on with what another had left. `built`: whether any build has ended. problems:
    why the last build failed; () when it did not. `reported`: how often they have changed.
    """

    version: int = 0
    reload: int = 0
    styles: int = 0
    followed: Mapping[str, int] = field(default_factory=dict)
    built: bool = False
    problems: tuple[Problem, ...] = ()
    reported: int = 0
    base_path: str = "/"
    marks: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    published: bool = False
    left_out: tuple[str, ...] = ()


class Live:
    """The current state, and those who wait for the next."""

    def __init__(self) -> None:
        self.state = State()
        self._start = f"{time.time_ns():x}"
        self._changed = asyncio.Event()
        self._closed = False

    @property
    def version(self) -> str:
        """The current version, unlike any of another run of the server."""
        return f"{self._start}-{self.state.version}"

    def show(self, built: Built, *, only_styles: bool = False, following: bool = False) -> None:
        """A build has ended; tell everybody. `following`: it only went on with what another had left."""
        before, result = self.state, built.result
        told = (each for each in result.problems if each.severity != "info")
        problems = tuple(sorted(told, key=_errors_first)) if result.failed else ()
        wrote = bool(result.written or result.removed)
        version = before.version + wrote
        kept = result.failed and not result.published
        everybody = wrote and not (only_styles or following)
        followed = dict.fromkeys(result.written, version) if following else {}
        state = State(
            version=version,
            reload=version if everybody else before.reload,
            styles=version if wrote and only_styles else before.styles,
            followed={**before.followed, **followed},
            built=True,
            problems=problems,
            reported=before.reported + (problems != before.problems),
            base_path=before.base_path if kept else built.base_path,
            marks=before.marks if kept else result.marks,
            places=built.places,
            published=result.published,
            left_out=result.left_out,
        )
        self._become(state)

    def close(self) -> None:
        """No more news; all streams end."""
        self._closed = True
        self._become(self.state)

    def _become(self, state: State) -> None:
        self.state = state
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def stream(self, since: str = "", page: str = "") -> AsyncIterator[bytes]:
        """The events for a browser whose page, at an address, has the version `since` (an empty one: the current)."""
        seen = self._number(since)
        told = -1
        while not self._closed:
            state, changed = self.state, self._changed
            path = page_path(f"/{page.removeprefix(state.base_path)}") if page else ""
            if seen < max(state.reload, state.followed.get(path, 0)):
                yield self._event("reload", {})
            elif seen < state.styles:
                yield self._event("styles", {})
            seen = max(seen, state.version)
            if told != state.reported:
                told = state.reported
                yield self._event("problems", wrong(state))
            while not (changed.is_set() or self._closed):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_HEARTBEAT):
                        await changed.wait()
                if not changed.is_set():
                    yield b":\n\n"

    def _number(self, version: str) -> int:
        """The number of a version of this run; one of another run is older than all."""
        start, _, number = version.partition("-")
        if not version:
            return self.state.version
        try:
            return int(number) if start == self._start else -1
        except ValueError:
            return -1

    def _event(self, name: str, data: object) -> bytes:
        text = json.dumps(data)  # ASCII without line breaks
        return f"event: {name}\nid: {self.version}\ndata: {text}\n\n".encode()


def wrong(state: State) -> dict[str, Any]:
    """What a browser is told of the problems of a state."""
    listed = listing(state.problems)
    shown = [
        report.as_data(each)
        | {"follow": listed.follow.pop(str(each.at), 0), "open": state.places.get(str(each.at), "")}
        for group in listed.groups
        for each in group.shown
    ]
    counts = [{"rule": each.rule, "severity": each.severity, "number": each.number} for each in listed.groups]
    return {
        "problems": shown,
        "reported": state.reported,
        "counts": [each for each in counts if each["rule"]],
        "errors": sum(each.severity == "error" and not each.cause for each in state.problems),
        "published": state.published,
        "left_out": list(state.left_out[:_NAMED]),
        "more_left_out": len(state.left_out[_NAMED:]),
    }


def _errors_first(problem: Problem) -> tuple[bool, Problem]:
    return problem.severity != "error", problem
