"""Attributes of headings: `{#id since="fog s01e02"}`."""

from __future__ import annotations

import re

from ballardwiki.content.designators import normal
from ballardwiki.model import Mark

_ID = re.compile(r"(?:^|[\s:])#([\w:.-]+)")
_SINCE = re.compile(r"""(?:^|[\s:])since=(?:"([^"]*)"|'([^']*)'|([^\s"'“”‘’«»]+))(?=\s|$)""")
_MOMENT = re.compile(r"(?:.*\s)?s\d{1,4}(?:e\d{1,4})?", re.IGNORECASE)


def attributes(content: str, line: int, column: int) -> Mark | None:
    """The mark of a heading's attributes: `target` is its id, `text` is not empty if the section is hidden."""
    own, since = _ID.search(content), _SINCE.search(content)
    typed = " ".join(next(filter(None, since.groups()), "").split()) if since else ""
    if typed and not _MOMENT.fullmatch(typed):
        since, typed = None, ""
    typed = typed and normal(typed)
    if not own and not since:
        return None
    return Mark("heading", own[1] if own else "", "since" if since else "", "", typed, line, column)
