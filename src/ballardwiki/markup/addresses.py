"""What the address in a Markdown link or image means to the project."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

_ABSOLUTE = re.compile(r"[\\/]{2}|[a-zA-Z][a-zA-Z0-9+.-]*:")
_CONTENT = (".md", ".yaml", ".yml")


class Address(NamedTuple):
    """An address: `kind` is `file` (of the project), `site` (from the site's root), `outside` or `other`.

    `path` is for `file` relative to the project's root, for `site` as typed; `escapes`: it leads out of the project.
    """

    kind: str
    path: str = ""
    fragment: str = ""
    escapes: bool = False


def link_address(href: str, source: str) -> Address:
    """What the link `href` in the file `source` points at."""
    if _ABSOLUTE.match(href):
        return Address("outside")
    path, _, fragment = href.partition("#")
    if path.lower().endswith(_CONTENT):
        return _file(path, fragment, source)
    if href.startswith("/"):
        return Address("site", path.partition("?")[0], unquote(fragment))
    return Address("other")


def image_address(src: str, source: str) -> Address:
    """What the image `src` in the file `source` points at."""
    if _ABSOLUTE.match(src):
        return Address("outside")
    return _file(src.partition("#")[0], "", source)


def _file(typed: str, fragment: str, source: str) -> Address:
    path = unquote(typed).replace("\\", "/")
    path = normpath(path.lstrip("/")) if path.startswith("/") else normpath(join(dirname(source), path))
    return Address("file", path, unquote(fragment), path == ".." or path.startswith(("../", "/")))
