"""Links that are written so that they are none: readers would see their brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ballardwiki.markup.manuscript import Manuscript
from ballardwiki.problems import Problem
from ballardwiki.wikilinks import linkable

RULE = "link-written"
MOST = 20
"""Faults told of one text."""

_PATH = re.compile("[./]")
_LINK = re.compile(
    r"""\\.
    |\[\[(?P<name>[^\]\n]{1,300}+)\]\]
    |(?<!\w)\[[^\[\]\n]{0,300}+\]\((?P<address>[^()<>"'\n]{1,1000}+)\)
    """,
    re.DOTALL | re.VERBOSE,
)


def faults(source: Manuscript, html: str) -> Iterator[Problem]:
    """Links of which the HTML shows what was typed. Their brackets are no pairs, or there is a blank in the address."""
    text = source.prose
    if "](" not in text and "[[" not in text:
        return
    told = 0
    for match in _LINK.finditer(text):
        name, address = match["name"], (match["address"] or "").strip()
        if told >= MOST or not ((name and not linkable(name)) or (" " in address and _PATH.search(address))):
            continue
        if escape(match[0], quote=False) not in html:
            continue
        told += 1
        if name:
            message = f"the brackets in {match[0]} are no pairs, so it is no link."
            hint = "Write the address of the page in place of its name, as in [[work/some-id]]."
        else:
            message = f"there is a blank in the address {address}, so it is no link."
            hint = f"Write ({address.replace(' ', '%20')})."
        yield source.problem(match.start(), RULE, message, hint, "warning")
