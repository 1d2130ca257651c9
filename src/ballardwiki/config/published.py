"""The addresses that have been published, and the anchors on each: what readers, searches and other sites link to.

They are kept in content/.published.json, one line for each address, in code point order. Every line but the first
begins with a comma, so that two branches that each add a line can be merged without touching each other's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from ballardwiki.expressions import expression

GONE = "gone.yaml"
"""The file that says what became of addresses that are no more."""

PUBLISHED = "content/.published.json"
"""The file of the addresses that have been published."""

PUBLISHED_LIMIT = 64 * 1024 * 1024
"""Bytes that the file of published addresses may have: it grows with the site."""

Addresses = Mapping[str, tuple[str, ...]]
"""Address from the site's root -> the anchors on its page, in code point order."""

_ANCHOR = expression(rb'<(?:h[1-6]|section)\b[^<>]*? id="([^"<>]++)"')
_FLEETING = expression(r"(?:cite|ref|letter)-|(?:content|references|mentioned|connections|news|latest)(?:-section)?\Z")
"""Anchors that come and go with what other pages say. A link to one still finds its page."""
_APART = ("/wiki/", "/names/", "/assets/", "/media/", "/404.html", "/robots.txt", "/_redirects", "/_headers")
"""Beginnings of addresses that nobody is promised: tools for editors, files with marks of their own."""
_encode = json.JSONEncoder(ensure_ascii=False).encode
_FIRST = '{"": []'


def anchors(page: bytes) -> str:
    """The ids of a page's headings and sections that links may count on, in code point order, divided by spaces."""
    found = {each.decode(errors="replace") for each in _ANCHOR.findall(page)}
    return " ".join(sorted(filter(keeps, found)))


def keeps(anchor: str) -> bool:
    """Whether links may count on an anchor: it does not come and go with what other pages say."""
    return not _FLEETING.match(anchor)


def address(path: str) -> str:
    """The address that a file of the site answers; "" for one that is nobody's to keep."""
    url = f"/{path.removesuffix('index.html')}" if path.endswith("/index.html") or path == "index.html" else f"/{path}"
    return "" if url.startswith(_APART) else url


def addresses(paths: Iterable[str], found: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The addresses of a site. `found`: path of a file -> its `anchors`."""
    return {url: tuple(found.get(path, "").split()) for path in paths if (url := address(path))}


def write(known: Addresses) -> str:
    """The addresses as their file holds them."""
    rows = (f",{_encode(url)}: {_encode(ids)}" for url, ids in sorted(known.items()))
    return "\n".join((_FIRST, *rows, "}\n"))


class InvalidError(ValueError):
    """A text is no file of addresses. The message ends without a full stop; `line` and `column` are 0 for no place."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read(text: str) -> dict[str, tuple[str, ...]]:
    """What a file of addresses holds; of an address with two lines, as merges leave them, both. Raises InvalidError."""
    given = _loaded(text, dict)
    if not isinstance(given, dict):
        raise InvalidError("it holds no addresses")
    if len(given) <= text.count("\n,"):
        both: dict[str, list[str]] = {}
        for url, ids in _loaded(text, list):
            both[url] = sorted({*both.get(url, ()), *_ids(url, ids)})
        given = both
    given.pop("", None)
    return {url: tuple(_ids(url, ids)) for url, ids in given.items()}


def _loaded(text: str, pairs: Callable[[list[tuple[str, object]]], object]) -> Any:
    try:
        found = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise InvalidError("it is no JSON", error.lineno, error.colno) from None
    except RecursionError:
        raise InvalidError("brackets stand too deep in each other") from None
    except ValueError:  # a number with thousands of digits
        raise InvalidError("it holds something other than lists of anchors") from None
    return found


def _ids(url: str, ids: object) -> list[str]:
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise InvalidError(f"what stands at {url} is no list of anchors")
    if not url.startswith("/") and url:
        raise InvalidError(f"{url} is no address from the site's root")
    for each in (url, *ids):
        if not each.isprintable():
            shown = each.encode("unicode_escape").decode()
            raise InvalidError(f"{shown} holds characters that no address has")
    return ids


def lost(before: Addresses, now: Addresses, closed: Collection[str]) -> list[tuple[str, str]]:
    """Addresses that no longer answer, and anchors that are gone from their page: pairs (address, anchor or "").

    closed: the addresses that lead on, or say that they are gone: nobody misses anchors there.
    """
    found = []
    for url, ids in before.items():
        present = now.get(url)
        if present is None:
            found.append((url, ""))
        elif ids != present and url not in closed:
            there = {*present}
            found += [(url, each) for each in ids if each not in there]
    return sorted(found)


def merge(
    before: Addresses, now: Addresses, closed: Collection[str], forget: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The addresses to keep from now on: the present ones, and the lost but for those in `forget` (`/a/`, `/a/#b`)."""
    kept = {url: set(ids) for url, ids in now.items()}
    for url, anchor in lost(before, now, closed):
        if (f"{url}#{anchor}" if anchor else url) not in forget:
            kept.setdefault(url, set()).update([anchor] if anchor else before[url])
    return {url: tuple(sorted(ids)) for url, ids in sorted(kept.items())}
