"""The web server's side: who may ask, what a path means, and what is sent. It only reads, and only inside the site.

The lessons are those of other servers' advisories: see `Door` for who may ask and `find` for paths. A path is looked up
anew for every request, since publishing exchanges the whole folder.
"""

from __future__ import annotations

import asyncio
import ipaddress
import mimetypes
import os
import re
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from ballardwiki.cli.serve import own
from ballardwiki.cli.serve.live import Live, wrong
from ballardwiki.cli.serve.own import OURS
from ballardwiki.config import policy
from ballardwiki.expressions import expression
from ballardwiki.web_addresses import decoded

_LONGEST = 2000
_MOST = 200
"""Characters of a path and headers of a request that are still somebody's."""

_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_HOST = expression(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?")


def is_wildcard(host: str) -> bool:
    """Whether a host to listen on means every address of this computer."""
    return host in ("", "0.0.0.0", "::")  # noqa: S104  # recognised, not bound


def is_loopback(host: str) -> bool:
    """Whether a host to listen on can only be reached from this computer."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Door(Struct, frozen=True):
    """Who may ask. A page of another site must not read this one, not even under a name it makes point here.

    So the Host must be a name of this computer that nobody else can give out, and a request that a page made must come
    from a page of the same Host (an Origin may be absent: browsers leave it out where it would be the same).
    """

    host: str

    def admits(self, headers: Headers) -> bool:
        """Whether a request with these headers is answered."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._names_us(hosts[0].lower()):
            return False
        same = f"https?://{re.escape(hosts[0])}"
        if origins and (len(origins) > 1 or not re.fullmatch(same, origins[0], re.IGNORECASE)):
            return False
        foreign = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
        return not foreign or headers.get("sec-fetch-mode") == "navigate"

    def _names_us(self, host: str) -> bool:
        match = _HOST.fullmatch(host)
        if not match:
            return False
        name = match[1].strip("[]")
        if is_wildcard(self.host) and _is_address(name):
            return True
        return name in ("localhost", "127.0.0.1", "::1", self.host.lower())


class RefusedPathError(Exception):
    """A path that no honest page has."""


def find(site: Path, path: str) -> Path | None:
    """The file or folder that a decoded path names, really below the site's folder; None when there is none.

    Raises `RefusedPathError` for `..`, empty parts (`//host` would be an address elsewhere), NUL and backslashes.
    """
    parts = path.split("/")[1:]
    inner = parts[:-1] if parts[-1:] == [""] else parts
    odd = "\0" in path or "\\" in path or (os.name == "nt" and ":" in path)
    if not path.startswith("/") or odd or not {"", ".", ".."}.isdisjoint(inner):
        raise RefusedPathError
    try:
        found = site.joinpath(*inner).resolve(strict=True)
        return found if found.is_relative_to(site.resolve(strict=True)) else None
    except (OSError, RuntimeError, ValueError):  # missing, too long, a loop of links, not a name
        return None


class App:
    """The ASGI application."""

    def __init__(self, site: Path, live: Live, door: Door) -> None:
        self._site = site
        self._live = live
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        response = await self._answer(request)
        response.headers.update(_HEADERS)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"]
        if not self._door.admits(request.headers):
            return _plain(403, "This server answers only to pages of its own, under its own name.")
        if request.method not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"allow": "GET, HEAD"})
        if len(path) > _LONGEST or len(request.headers) > _MOST:
            return _plain(414 if len(path) > _LONGEST else 431, "The request is too long.")
        if path.startswith(OURS):
            return self._own(request, path.removeprefix(OURS))
        try:
            return await asyncio.to_thread(self._page, path, request.url.query)
        except RefusedPathError:
            return _plain(400, "The address is not one of a page.")
        except OSError:  # the folders were exchanged between finding the file and reading it
            return await asyncio.to_thread(self._page, path, request.url.query)

    def _own(self, request: Request, name: str) -> Response:
        if name == "events" and request.method == "GET":
            since = request.headers.get("last-event-id") or request.query_params.get("since", "")
            page = request.query_params.get("page", "")
            return StreamingResponse(self._live.stream(since, page), media_type="text/event-stream")
        if name in ("live.js", "preview.css"):
            return Response((Path(__file__).parent / name).read_bytes(), media_type=_TYPES[Path(name).suffix])
        if name.startswith("rules/"):
            page = own.rule(name.removeprefix("rules/"))
            return Response(page, media_type="text/html") if page else _plain(404, "There is no such rule.")
        return _plain(404, "There is no such thing.")

    def _page(self, path: str, query: str) -> Response:
        """What a path of the site gives."""
        tag = self._tag()  # before the file is read: a page may be newer than it says, never older
        base = decoded(self._live.state.base_path)
        for each in (path, "/" + path.removeprefix(base)) if path.startswith(base) else (path,):
            found = find(self._site, each)
            if found and found.is_dir() and (found / "index.html").is_file():
                if path.endswith("/"):
                    return self._file(found / "index.html", tag)
                return RedirectResponse(quote(f"{path}/") + (f"?{query}" if query else ""), 307)
            if found and found.is_file() and not path.endswith("/"):
                return self._file(found, tag)
        if f"{path}/" == base:
            return RedirectResponse(f"{path}/", 307)
        missing = find(self._site, "/404.html")
        if missing and missing.is_file():
            return _file(missing, tag, 404)
        return self._without_site()

    def _file(self, path: Path, tag: bytes) -> Response:
        mark = self._live.state.marks.get(path.relative_to(self._site.resolve()).as_posix(), "")
        return _file(path, tag, mark=mark)

    def _tag(self, mark: str = "") -> bytes:
        return f'<script src="{OURS}live.js" data-since="{self._live.version}"{mark} defer></script>'.encode()

    def _without_site(self) -> Response:
        """The page in place of a site that has never been built: what is wrong, or that it is being made."""
        state = self._live.state
        tag = self._tag(f' data-plain="{state.reported}"').decode()
        if state.problems:
            return Response(own.problems(wrong(state)["problems"], tag), 500, media_type="text/html")
        said, status = ("There is no such page.", 404) if state.built else ("The site is being made …", 503)
        return Response(own.page(said, tag=tag), status, media_type="text/html")


def _file(path: Path, tag: bytes, status: int = 200, *, mark: str = "") -> Response:
    kind = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    data = path.read_bytes()
    if kind == "text/html":
        data = policy.loosened(data)
        before, end, after = data.rpartition(b"</body>")
        data = before + tag + end + after if end else data + tag
        data = own.marked(data, mark) if mark else data
    response = Response(data, status, media_type=kind)
    if kind == "image/svg+xml":
        response.headers["content-security-policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


def _plain(status: int, text: str) -> Response:
    return Response(f"{text}\n", status, media_type="text/plain")
