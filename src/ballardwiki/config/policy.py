"""The Content-Security-Policy of a site (CSP Level 3): what its pages may load and run. The theme needs no script.

It stands in every page, since most hosts let nobody choose headers, and in `_headers` for those that do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from ballardwiki.expressions import expression

_STRICT = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_LOADED = ("style-src", "img-src", "media-src", "font-src")

DIRECTIVES = (
    *_STRICT,
    *("script-src", "connect-src", "frame-src", "worker-src", "object-src", "child-src", "fenced-frame-src"),
    *("style-src-elem", "style-src-attr", "script-src-elem", "script-src-attr", "trusted-types"),
    *("require-trusted-types-for", "upgrade-insecure-requests"),
)
"""What a site may set by itself."""

_META = expression(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)')


def text(own: Mapping[str, str], *, from_disk: bool) -> str:
    """The policy as pages bear it. `own`: what the site says of some directives; `from_disk`: also for `file:`.

    By the letter of the standard `'self'` means nothing to a page that was opened from disk.
    """
    return _written(_directives(own, from_disk=from_disk))


def header(own: Mapping[str, str], *, from_disk: bool) -> str:
    """The policy as a web server sends it with every file.

    Only a header can say who may frame a page. Browsers show a PDF as an object of its own address: pages forbid
    objects, this must not.
    """
    found = {"object-src": "'self'"} | _directives(own, from_disk=from_disk)
    return _written({"frame-ancestors": "'self'"} | found)


def loosened(page: bytes) -> bytes:
    """A page for a preview: what is loaded from the preview's own server may run there, and ask it for news."""
    return _META.sub(_loosened, page, count=1)


def _loosened(match: re.Match[bytes]) -> bytes:
    given = (each.strip().partition(" ") for each in unescape(match[2].decode()).split(";"))
    found = {name: sources.strip() for name, _, sources in given if name}
    for name in ("script-src", "connect-src"):
        sources = found.get(name, "").replace("'none'", "").strip()
        found[name] = sources if "'self'" in sources else f"'self' {sources}".strip()
    return match[1] + escape(_written(found)).encode()


def _directives(own: Mapping[str, str], *, from_disk: bool) -> dict[str, str]:
    extra = {name: f"{_STRICT[name]} file:" for name in _LOADED} if from_disk else {}
    return _STRICT | extra | dict(own)


def _written(found: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {sources}".strip() for name, sources in found.items())
