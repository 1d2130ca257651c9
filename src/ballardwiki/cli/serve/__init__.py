"""Show a site while it is written: watch its files, build, tell the browsers, and show what is wrong.

    files change -> watching -> builder (a process of its own) -> live -> browsers
                                      |                            |
                                  site folder <------------------ app

There is no second build: the builder calls the same `build()` as every other command. This process only watches and
serves, so a page is answered while a build runs.
"""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from ballardwiki.cli import report
from ballardwiki.cli.serve.builder import Builder, Built, site
from ballardwiki.cli.serve.live import Live

if TYPE_CHECKING:
    from uvicorn import Server

    from ballardwiki.cli.serve.watching import Changes

_QUIET = 5.0
"""Seconds without a change after which everything is looked at."""

_LOOK = 0.1
"""Seconds between two looks at whether the server is to end."""


def present() -> datetime:
    """The clock, unless another is given."""
    return datetime.now(UTC)


class Endpoint(NamedTuple):
    """Where a server is asked; port 0 is a free one."""

    host: str
    port: int


def run(root: Path, at: Endpoint, *, drafts: bool, jobs: int = 1, clock: Callable[[], datetime] = present) -> int:
    """Serve the site of `root` until Ctrl-C. The exit code: 0 ended, 1 no port, 2 no site."""
    if not (root / "site.yaml").is_file():
        _say(f"There is no site.yaml in {root}. Begin a site with: ballardwiki init FOLDER", sys.stderr)
        return 2
    with Builder(root, drafts=drafts, jobs=jobs) as builder:  # first of all: it forks, and nothing has threads yet
        try:
            listener = listen(*at)
        except OSError as error:
            _say(_unbound(error, *at), sys.stderr)
            return 1
        with listener:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            try:
                asyncio.run(_serve(root, at.host, listener, builder, clock))
            except KeyboardInterrupt:
                _say("\nEnded.")
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to an address of this computer. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


async def _serve(
    root: Path, host: str, listener: socket.socket, builder: Builder, clock: Callable[[], datetime]
) -> None:
    import uvicorn  # noqa: PLC0415  # costly, as the next two; a port in use is said without them

    from ballardwiki.cli.serve.app import App, Door  # noqa: PLC0415
    from ballardwiki.cli.serve.watching import Changes, watch  # noqa: PLC0415

    live, changes = Live(), Changes()
    server = uvicorn.Server(
        uvicorn.Config(
            App(site(root), live, Door(host)),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
    )
    _greet(host, listener.getsockname()[1])
    try:
        async with asyncio.TaskGroup() as group:
            work = [
                group.create_task(keep_up(root, builder, live, changes, clock)),
                group.create_task(watch(root, changes.add)),
                group.create_task(_close_when_done(server, live)),
            ]
            await server.serve(sockets=[listener])
            for task in work:
                task.cancel()
    finally:
        builder.close()  # lets the thread go that waits for an answer


async def keep_up(root: Path, builder: Builder, live: Live, changes: Changes, clock: Callable[[], datetime]) -> None:
    """Build, now and whenever something has changed; what changes during a build is left to the next.

    Where only content changed the build looks at what changed alone. The pages of a file that was saved come first, and
    what else has to be made follows in small portions. When it has been quiet for a while, the build looks at
    everything: notices can get lost, and somebody may have changed what was published. That is said only if something
    came of it.
    """
    from ballardwiki.cli.serve.watching import News  # noqa: PLC0415  # late, as above

    said: object = None
    idle = False
    left = 0
    news = News(root)
    while True:
        fresh = changes.take()
        following = bool(left) and fresh is None
        news.add(fresh)
        told = news.told()
        with report.progress(shown=True) as progress:
            work = builder.build(clock(), progress, told)
            built = await (_interruptible(work, builder, changes) if following else work)
        silent = following or (idle and not (built.result.written or built.result.removed))
        if built.result.failed or not silent:
            said = _report(built, said)
        live.show(built, only_styles=news.only_styles, following=following)
        if not built.result.failed:
            news.clear()
        left = built.result.left
        if left:
            continue
        try:
            await asyncio.wait_for(changes.wait(), None if told is None else _QUIET)
            idle = False
        except TimeoutError:
            news.add(set())
            idle = True


async def _interruptible(work: Coroutine[Any, Any, Built], builder: Builder, changes: Changes) -> Built:
    """A build that nobody waits for, unless somebody saves meanwhile: then it is to end at once."""
    async with asyncio.TaskGroup() as both:
        building, waiting = both.create_task(work), both.create_task(changes.wait())
        await asyncio.wait((building, waiting), return_when=asyncio.FIRST_COMPLETED)
        if not building.done():
            builder.interrupt()
        built = await building
        waiting.cancel()
    return built


async def _close_when_done(server: Server, live: Live) -> None:
    """Let go of the browsers when the server is to end, else it would wait for them."""
    while not server.should_exit:  # noqa: ASYNC110  # uvicorn has no event for it
        await asyncio.sleep(_LOOK)
    live.close()


def _report(built: Built, told: object) -> object:
    """Say how a build went, and its problems unless they are those that were `told` last; returns what is told."""
    result = built.result
    if result.notice:
        _say(result.notice, sys.stderr)
    if result.problems != told:
        report.problems(result.problems, "text", notes=False)
    if without := report.missing(result):
        _say(without, sys.stderr)
    _say(report.closing(result, published=True), sys.stderr if result.failed else sys.stdout)
    return result.problems


def _greet(host: str, port: int) -> None:
    from ballardwiki.cli.serve.app import is_loopback, is_wildcard  # noqa: PLC0415  # already imported by now

    shown = "localhost" if is_wildcard(host) else f"[{host}]" if ":" in host else host
    _say(f"Serving http://{shown}:{port}/ (Ctrl-C ends it).")
    if not is_loopback(host):
        _say("Warning: other computers can read this site, its drafts too, as long as this runs.", sys.stderr)


def _unbound(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use, perhaps by another ballardwiki serve. End that, or take a free one: --port 0"
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than you have. Take one above 1023, such as --port 8000."
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this computer. Leave out --host, or give 127.0.0.1, ::1 or 0.0.0.0."
    return f"{host} port {port} can't be listened on: {error.strerror or error}."


def _say(text: str, stream: TextIO | None = None) -> None:
    stream = stream or sys.stdout
    stream.write(f"{text}\n")
    stream.flush()
