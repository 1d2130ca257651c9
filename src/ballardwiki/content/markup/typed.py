"""Links that are written so that they are none: readers would see their brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki.content.markup.brackets import name_link
from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.content.markup.shown import Shown
from ballardwiki.content.markup.wikilinks import linkable, plain
from ballardwiki.expressions import expression
from ballardwiki.problems import Problem

RULE = "link-written"
MOST = 20
"""Faults told of one text."""

_PATH = expression("[./]")
_TARGET = r"(?:https?://|/|\.{1,2}/)[^\s()\[\]<>]{1,500}+|[^\s()\[\]<>:]{1,200}+(?<=\.md)"
"""What is plainly an address."""
_LINK = expression(
    rf"""\\.
    |\[\[(?P<name>[^\]\n]{{0,300}}+)\]\]
    |(?<!\w)\[[^\[\]\n]{{0,300}}+\]\((?P<address>[^()<>"'\n]{{1,1000}}+)\)
    |(?<![\w\]\[!])\[(?P<outside>https?://[^\s\[\]]{{1,500}}+)[ \t]++(?P<label>[^\[\]\n]{{1,300}}+)\](?![(\[:])
    |(?<![\w\]\[])\[(?P<words>[^\[\]\n]{{2,300}}+)\](?:
        \[(?P<definition>[^\[\]^\n]{{0,100}}+)\](?![(\[:])
        |[ \t\n]{{1,3}}\((?P<apart>{_TARGET})\)
        |\((?P<open>{_TARGET})(?=[ \t.,;!?]*+(?:\n|\Z)|[ \t])
      )
    |(?<!\])\((?P<swapped>[^()\[\]\n]{{2,300}}+)\)\[(?P<address_first>{_TARGET})\](?![(\[])
    """,
    re.DOTALL | re.VERBOSE,
)
_LETTER = expression(r"[^\W\d_]")


def faults(source: NumberedText, shown: Shown) -> Iterator[Problem]:
    """Links of which readers see what was typed: for brackets that are no pairs, blanks, addresses that are missing."""
    text = source.prose
    if "[" not in text or not shown.as_typed("["):
        return
    told = 0
    for match in _LINK.finditer(text):
        fault = _fault(match) if told < MOST and match[0][0] != "\\" else None
        if fault and shown.as_typed(match[0]):
            told += 1
            yield source.problem(match.start(), RULE, *fault, "warning")


def _fault(match: re.Match[str]) -> tuple[str, str] | None:
    """What is wrong with a link, if readers see it as typed, and what to write."""
    name, address, words = match["name"], (match["address"] or "").strip(), match["words"]
    if name is not None:
        return _unnamed(name)
    if address:
        if " " in address and _PATH.search(address):
            return (
                f"there is a blank in the address {address}, so it is no link.",
                f"Write ({address.replace(' ', '%20')}).",
            )
        return None
    if match["outside"]:
        return (
            f"{match[0]:.100} is no link here: the address stands behind the words.",
            f"Write [{match['label'].strip()}]({match['outside']}).",
        )
    if match["swapped"]:
        return (
            f"{match[0]:.100} is no link: its brackets are the wrong way round.",
            f"Write [{match['swapped']}]({match['address_first']}).",
        )
    if match["apart"]:
        return (
            f"there is a blank between [{words}] and its address, so it is no link.",
            f"Write [{words}]({match['apart']}).",
        )
    if match["open"]:
        return f"the address behind [{words}] has no ), so it is no link.", f"Write [{words}]({match['open']})."
    label = (match["definition"] or words).strip()
    if not _LETTER.search(words):
        return None
    return (
        f"nothing in the text says where [{label}] leads, so {match[0]:.100} is no link.",
        f"Write [{words}](address), or [[{words}]] for a page of that name.",
    )


def _unnamed(name: str) -> tuple[str, str] | None:
    """What is wrong with a link by name."""
    if not linkable(name):
        message = f"the brackets in [[{name}]] are no pairs, so it is no link."
        return message, "Write the address of the page in place of its name, as in [[work/some-id]]."
    if name_link(name, 1, 1) is None:
        words = plain(name.strip()).text
        hint = f"Write [[{words}]]." if words else "Write the name of a page between [[ and ]]."
        return f"[[{name}]] names no page, so it is no link.", hint
    return None
