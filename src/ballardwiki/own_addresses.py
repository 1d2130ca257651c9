"""What of a site an address names that is written whole, and which media files a text names in whatever way.

`https://wiki.example/media/x.pdf` and `//wiki.example/media/x.pdf` are as much a site's own as `/media/x.pdf`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from ballardwiki.base_url import LOCAL
from ballardwiki.expressions import expression

MEDIA = "media/"
"""Where the files lie that content may use, in the project and in the site."""

_WHOLE = expression(r"(?:https?:)?/{2,}", re.IGNORECASE)
_UNSEEN = expression(r"[\t\n\r]")
_DEFAULT = (None, 80, 443)
_ENDS = expression(r"[\s\"'<>()\[\]{}|]")
_FILE = expression(r"media/([^\n\"<>|]{1,200})")
_BLANK = expression(r"[\s']")
_BRACKET = expression(r"[()\[\]{}#?&,;]")
_SUFFIX = expression(r".{1,200}?\.\w{1,5}(?!\w)")


def path(address: str, base: str) -> str:
    """The path from the site's root that a whole address names, decoded; "" if it is not below the address `base`.

    Both protocols are the site's own, and none (`//wiki.example/`).
    """
    typed = re.split("[?#]", _UNSEEN.sub("", address).strip(), maxsplit=1)[0].replace("\\", "/")
    start = _WHOLE.match(typed)
    if start is None or base in ("", LOCAL):
        return ""
    own = urlsplit(base)
    try:
        given = urlsplit(f"//{typed[start.end() :]}")
        same = _host(given.hostname) == _host(own.hostname) and (
            given.port == own.port or {given.port, own.port} <= {*_DEFAULT}
        )
    except ValueError:
        return ""
    found, root = unquote(given.path), unquote(own.path) or "/"
    ends = "/" if found.endswith(("/", "/.", "/..")) else ""
    found = f"/{normpath(found).lstrip('/.')}" if found.strip("/") else "/"
    found = f"{found.rstrip('/')}{ends}" or "/"
    if not same or not f"{found}/".startswith(root):
        return ""
    return f"/{found[len(root) :]}"


def _host(name: str | None) -> str:
    host = (name or "").rstrip(".")
    try:
        return host.encode("idna").decode().casefold()
    except UnicodeError:
        return host.casefold()


def media(text: str, base: str) -> Iterator[str]:
    """The paths of media files that a text may name, by a path or a whole address. Linear in its length.

    Where a name ends is a guess, so each that it might be is given.
    """
    for match in _FILE.finditer(text.replace("\\", "/")):
        start = match.start()
        before = _ENDS.split(match.string[max(0, start - 300) : start])[-1]
        if "//" in before and not path(f"{before[before.index('//') :]}{MEDIA}x", base).startswith(f"/{MEDIA}"):
            continue
        rest = match[1]
        word = _BLANK.split(rest, maxsplit=1)[0]
        line = _SUFFIX.match(rest)
        named = (word, word.rstrip(".,;:!?)]*_`%-"), _BRACKET.split(word, maxsplit=1)[0], line[0] if line else "")
        for name in dict.fromkeys(filter(None, named)):
            yield f"{MEDIA}{unquote(name)}"
