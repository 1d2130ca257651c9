"""What the address in a Markdown link or image means to the project."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from ballardwiki import own_addresses
from ballardwiki.expressions import expression

_ABSOLUTE = expression(r"[\\/]{2}|[a-zA-Z][a-zA-Z0-9+.-]*:")
_CONTENT = (".md", ".yaml", ".yml")
_MEDIA = "media/"


class Address(NamedTuple):
    """An address: `kind` is `file` (of the project), `site` (from the site's root), `outside` or `other`.

    `path` is for `file` relative to the project's root, for `site` from the site's; nothing in it is percent-encoded.
    `whole`: it was written with the host of the site, below which other things may live.
    `escapes`: it leads out of the project. `others`: the paths that an image's address means if `path` is no file.
    """

    kind: str
    path: str = ""
    fragment: str = ""
    escapes: bool = False
    query: str = ""
    others: tuple[str, ...] = ()
    whole: bool = False


def link_address(href: str, source: str, base: str = "") -> Address:
    """What the link `href` in the file `source` points at. `base`: the address of the site."""
    if _ABSOLUTE.match(href):
        own = own_addresses.path(href, base)
        address, _, fragment = href.partition("#")
        query = address.partition("?")[2]
        return Address("site", own, unquote(fragment), query=query, whole=True) if own else Address("outside")
    address, _, fragment = href.partition("#")
    path, _, query = address.partition("?")
    if not path:
        return Address("other")
    found = _file(path, fragment, source, query)
    if path.startswith("/") and not path.lower().endswith(_CONTENT):
        return Address("site", unquote(path), unquote(fragment), query=query)
    if not path.startswith("/") and found.path.startswith(_MEDIA):
        return found._replace(kind="site", path=f"/{found.path}")
    return found


def image_address(src: str, source: str, base: str = "") -> Address:
    """What the image `src` in the file `source` points at. `base`: the address of the site."""
    if _ABSOLUTE.match(src):
        own = own_addresses.path(src, base).removeprefix("/")
        return Address("file", own, whole=True) if own.startswith(_MEDIA) else Address("outside")
    typed = re.split("[#?]", src, maxsplit=1)[0]
    found = _file(typed, "", source)
    others = (_file(each, "", source, decode=decode).path for each in (src, typed) for decode in (True, False))
    return found._replace(others=tuple(each for each in dict.fromkeys(others) if each != found.path))


def _file(typed: str, fragment: str, source: str, query: str = "", *, decode: bool = True) -> Address:
    path = (unquote(typed) if decode else typed).replace("\\", "/")
    path = normpath(path.lstrip("/")) if path.startswith("/") else normpath(join(dirname(source), path))
    return Address("file", path, unquote(fragment), path == ".." or path.startswith(("../", "/")), query)
