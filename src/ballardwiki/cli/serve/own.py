"""What the server itself says: on pages in place of a site, on the pages of rules, and at the top of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from ballardwiki.cli import sarif
from ballardwiki.content import markup
from ballardwiki.expressions import expression

OURS = "/_ballardwiki/"
"""The path of what the server itself gives; no page can have it, since no id begins with `_`."""

_BEGINS = tuple(expression(rb"<%b(?:\s[^<>]*+)?>" % name, re.IGNORECASE) for name in (b"main", b"body"))
"""Where what a page says begins, the better place first: a body may be laid out in rows that leave no place."""

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<link rel="stylesheet" href="/_ballardwiki/preview.css">
<body class="ballardwiki-page"><h1>{title}</h1>{body}{tag}
"""


def page(title: str, body: str = "", tag: str = "") -> str:
    """A page of the server; `body` and `tag` are HTML."""
    return _PAGE.format(title=escape(title), body=body, tag=tag)


def problems(found: Iterable[Mapping[str, Any]], tag: str) -> str:
    """The page in place of a site that has never been built because of problems, which are as `live.wrong` has them."""
    items = "".join(map(_item, found))
    body = f"<p>This page goes away when these are mended.</p><ol>{items}</ol>"
    return page("The site can’t be made yet", body, tag)


def _item(problem: Mapping[str, Any]) -> str:
    at = problem["path"] + (f":{problem['line']}:{problem['column']}" if problem["line"] else "")
    place = f"<code>{escape(at)}</code>"
    if problem["open"]:
        place = f'<a href="{escape(problem["open"])}">{place}</a>'
    name = escape(problem["rule"])
    return (
        f'<li>{place} <small><a href="{OURS}rules/{name}">{name}</a></small>'
        f"<p>{escape(problem['message'])}</p><p>{escape(problem['hint'])}</p></li>"
    )


def rule(name: str) -> str:
    """The page about a rule; "" if there is none."""
    _, _, text = sarif.explanation(name).partition("\n")
    if not text:
        return ""
    body, _ = markup.read(text, engine="commonmark", path=f"{name}.md", line=1)
    return page(name, "".join(each for each in body.parts if isinstance(each, str)))


def marked(page: bytes, mark: str) -> bytes:
    """A page with words of ours before all others."""
    sheet = f'<link rel="stylesheet" href="{OURS}preview.css">'
    note = f'{sheet}<p class="ballardwiki-preview" role="note">{escape(mark)}</p>'.encode()
    at = next((found.end() for each in _BEGINS if (found := each.search(page))), 0)
    return page[:at] + note + page[at:]
