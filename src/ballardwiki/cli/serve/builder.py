"""The process that builds. It lives as long as the server, so that what it has read stays in its memory.

It has one thread, since builds fork workers; commands and answers go over one pipe. A build that fails in a way nobody
foresaw is a problem like any other, and when the process itself dies another takes its place.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import multiprocessing
import signal
from collections.abc import Callable, Mapping
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct, field
from msgspec.structs import replace

from ballardwiki import plain_files
from ballardwiki.build import workers
from ballardwiki.build.cache import FOLDER, Cache
from ballardwiki.build.options import Progress
from ballardwiki.build.pipeline import Options, Result, build
from ballardwiki.build.publish import Locked, PublishError, Refused
from ballardwiki.build.publish.syscalls import die_with_parent
from ballardwiki.config import editors, site_file
from ballardwiki.config.site import Config
from ballardwiki.problems import FAULT, Location, Problem, UnusableError, reason

_SHOWN_FROM = 200
_SHOWN_EACH = 20
"""Progress of work on so many pieces or more is told, at each so many of them."""

PREVIEW = "preview"
"""The folder below the project's cache with all that is the preview's: its site, and what its builds know.

They share nothing with the builds that publish, so both may run at once, and neither forgets what the other needs.
"""

_INTERRUPT = "interrupt"

_BREATH = 1.0
"""Seconds after which nobody seems to save any more."""

_GRACE = 2.0
"""Seconds in which a build may end before it is ended; the site is whole either way."""


class Step(Struct, frozen=True):
    """How far a build is."""

    what: str
    done: int
    total: int


class Built(Struct, frozen=True):
    """How a build ended, and the path below which the site's absolute addresses lie (`/`, `/wiki/`).

    places: place of a problem -> the address that opens it in an editor.
    """

    result: Result
    base_path: str = "/"
    places: Mapping[str, str] = field(default_factory=dict)


def folder(root: Path) -> Path:
    """The preview's folder of a project."""
    return root / FOLDER / PREVIEW


def site(root: Path) -> Path:
    """The preview of a project's site."""
    return folder(root) / "site"


class Builder:
    """The near side of the process. `build` calls must not overlap."""

    def __init__(self, root: Path, *, drafts: bool, jobs: int) -> None:
        self._work = (root, drafts, jobs)
        # Forked at once, since this process has no threads yet; whatever replaces it later is spawned.
        self._start("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, method: str) -> None:
        context: Any = multiprocessing.get_context(method)
        self._pipe, far_end = context.Pipe()
        near_end = self._pipe if method == "fork" else None
        self._process = context.Process(target=work, args=(*self._work, far_end, near_end))
        self._process.start()
        far_end.close()

    async def build(self, now: datetime, progress: Progress, told: frozenset[str] | None = None) -> Built:
        """Bring the site up to date. Whatever happens is in the result. `told`: see `Options`."""
        if not self._process.is_alive():
            self._end()
            self._start("spawn")
        with contextlib.suppress(OSError):  # it died; reading its answer will tell
            self._pipe.send((now, told))
        while isinstance(answer := await asyncio.to_thread(self._receive), Step):
            progress(answer.what, answer.done, answer.total)
        return answer or self._died()

    def interrupt(self) -> None:
        """End a build that only makes what another has left: the next one goes on with it."""
        with contextlib.suppress(OSError):
            self._pipe.send(_INTERRUPT)

    def _receive(self) -> Step | Built | None:
        try:
            answer: Step | Built = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return answer

    def _died(self) -> Built:
        self._process.join(_GRACE)
        code = self._process.exitcode
        return _failed(f"the process that builds ended (exit code {code}).", "The next change starts it anew.")

    def close(self) -> None:
        """End the process. May be called again."""
        if self._process.is_alive():
            with contextlib.suppress(OSError):
                self._pipe.send(None)
            self._process.join(_GRACE)
        self._end()

    def _end(self) -> None:
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._pipe.close()


def work(root: Path, drafts: bool, jobs: int, pipe: Connection, near_end: Connection | None) -> None:  # noqa: FBT001  # an argument of a process
    """Build at every command until told to end, or until the server dies."""
    if near_end:
        near_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent and parent.pid:
        die_with_parent(parent.pid)
    workers.be_ready()
    cache = functools.cache(lambda: Cache(folder(root)))  # made at the first build, then always the same
    with contextlib.suppress(EOFError, OSError):
        while command := pipe.recv():
            if command == _INTERRUPT:
                continue  # what it was for has ended
            now, told = command
            options = Options(root, site(root), now, jobs=jobs, drafts=drafts, preview=True, told=told, interrupt=pipe)
            pipe.send(_build(options, cache, pipe))
            if not pipe.poll(_BREATH):
                _tidy_up(cache)
    _tidy_up(cache)


def _tidy_up(cache: Callable[[], Cache]) -> None:
    """Save what was learned, and let garbage go: nobody waits."""
    with contextlib.suppress(UnusableError, OSError):  # the next build will say so
        cache().save_pending()
    workers.stay()


def _build(options: Options, cache: Callable[[], Cache], pipe: Connection) -> Built:
    def tell(what: str, done: int, total: int) -> None:
        if total >= _SHOWN_FROM and (done % _SHOWN_EACH == 0 or done == total):
            pipe.send(Step(what, done, total))

    try:
        result = build(options, cache(), tell)
        config = _config(options.root)
        shown = {str(each.at): each.at for each in result.problems} if result.failed else {}
        opened = {place: editors.address(config.editor, options.root, at) for place, at in shown.items()}
        places = {place: address for place, address in opened.items() if address}
        return Built(replace(result, rendered=(), comparison=None), config.base_path, places)
    except Refused as error:
        return _failed(error.message, error.hint, rule="site-published")
    except PublishError as error:
        return _failed(f"the site could not be published: {error}.", "It is as it was.", rule="site-published")
    except (Locked, UnusableError, OSError) as error:
        said = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) and error.filename else str(error)
        return _failed(f"the site could not be made: {said}.", "It is as it was.", rule="site-published")
    except Exception as error:  # noqa: BLE001  # a fault of ours must not end the server
        return _failed(f"the site could not be made: {reason(error)}.", FAULT)


def _config(root: Path) -> Config:
    text = plain_files.text(root / "site.yaml", "site.yaml")
    return Config("Untitled") if isinstance(text, Problem) else site_file.load(text)[0]


def _failed(message: str, hint: str, rule: str = "internal") -> Built:
    return Built(Result((Problem(Location("site"), rule, message, hint),)))
