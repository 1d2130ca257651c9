"""Attributes of headings: `{#id since="fog s01e02"}`."""

from __future__ import annotations

import re

from ballardwiki.content.designators import normal
from ballardwiki.content.markup.meanings import HeadingAttributes
from ballardwiki.expressions import expression

_ID = expression(r"(?:^|[\s:])#([\w:.-]+)")
_SINCE = expression(r"""(?:^|[\s:])since=(?:"([^"]*)"|'([^']*)'|([^\s"'“”‘’«»]+))(?=\s|$)""")
_MOMENT = expression(r"(?:.*\s)?s\d{1,4}(?:e\d{1,4})?", re.IGNORECASE)


def attributes(content: str, line: int, column: int) -> HeadingAttributes | None:
    """A heading's attributes, None where nothing of them is understood."""
    own, since = _ID.search(content), _SINCE.search(content)
    typed = " ".join(next(filter(None, since.groups()), "").split()) if since else ""
    if typed and not _MOMENT.fullmatch(typed):
        since, typed = None, ""
    typed = typed and normal(typed)
    if not own and not since:
        return None
    return HeadingAttributes(own[1] if own else "", bool(since), typed, line, column)
