"""Media files that a text names where readers are shown nothing: in remarks, and in HTML that is taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki import own_addresses
from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.content.markup.meanings import NamedFiles
from ballardwiki.content.markup.tokens import Tokens, add
from ballardwiki.expressions import expression

_TAG = expression(r"<(?!a[\s>])[a-z][^<>\s/]*+[^<>]*+>", re.IGNORECASE)


def in_remarks(source: NumberedText, base: str) -> Iterator[str]:
    """The files that remarks and comments name: nobody is ever shown those."""
    for region in source.regions if own_addresses.MEDIA in source.text else ():
        if region.kind in ("remark", "comment") and region.closed:
            yield from own_addresses.media(source.text[region.start : region.end], base)


def in_tags(html: str, tokens: Tokens, base: str) -> str:
    """HTML with a token before each element that names files otherwise than a link or an image does."""
    if own_addresses.MEDIA not in html:
        return html

    def named(match: re.Match[str]) -> str:
        tag = match[0]
        shown = tag[:4].lower() == "<img" and "srcset" not in tag.lower()
        if own_addresses.MEDIA not in tag or shown:
            return tag
        files = tuple(dict.fromkeys(own_addresses.media(tag, base)))
        return add(tokens, "", NamedFiles(files)) + tag if files else tag

    return _TAG.sub(named, html)
