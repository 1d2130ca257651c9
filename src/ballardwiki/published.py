"""The addresses that have been published, and the anchors on each: what readers, searches and other sites link to.

They are kept in content/.published.json, one line for each address, in code point order. Every line but the first
begins with a comma, so that two branches that each add a line can be merged without touching each other's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping

Addresses = Mapping[str, tuple[str, ...]]
"""Address from the site's root -> the anchors on its page, in code point order."""

_ANCHOR = re.compile(rb'<(?:h[1-6]|section)\b[^>]*? id="([^"]+)"')
_FLEETING = re.compile(r"(?:cite|ref|letter)-|(?:content|references|mentioned|connections|news|latest)(?:-section)?\Z")
"""Anchors that come and go with what other pages say. A link to one still finds its page."""
_APART = ("/wiki/", "/names/", "/assets/", "/media/", "/404.html", "/robots.txt", "/_redirects")
"""Beginnings of addresses that nobody is promised: tools for editors, files with marks of their own."""
_encode = json.JSONEncoder(ensure_ascii=False).encode
_FIRST = '{"": []'


def anchors(page: bytes) -> str:
    """The ids of a page's headings and sections that links may count on, in code point order, divided by spaces."""
    found = {each.decode(errors="replace") for each in _ANCHOR.findall(page)}
    return " ".join(sorted(each for each in found if not _FLEETING.match(each)))


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


def read(text: str) -> dict[str, tuple[str, ...]]:
    """What a file of addresses holds; of an address with two lines, as merges leave them, both. Raises ValueError."""
    given = json.loads(text)
    if not isinstance(given, dict):
        raise ValueError("it holds no addresses")  # noqa: TRY004  # which is what is promised
    if len(given) <= text.count("\n,"):
        both: dict[str, list[str]] = {}
        for url, ids in json.loads(text, object_pairs_hook=list):
            both[url] = sorted({*both.get(url, ()), *_ids(url, ids)})
        given = both
    given.pop("", None)
    return {url: tuple(_ids(url, ids)) for url, ids in given.items()}


def _ids(url: str, ids: object) -> list[str]:
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise ValueError(f"what stands at {url!r} is no list of anchors")
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
            found += [(url, each) for each in ids if each not in present]
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
