"""Marks of other programs, such as Obsidian, that readers would be shown as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.content.markup.shown import Shown
from ballardwiki.expressions import expression
from ballardwiki.problems import Problem

RULE = "syntax-known"
MOST = 20
"""Faults told of one text."""

_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp")
_FOREIGN = expression(
    r"""\\.
    |(?P<embed>!\[\[([^\[\]\n|#^]*+)([^\[\]\n]*+)\]\])
    |(?P<highlight>(?<!=)==(?![=\s])[^=\n]*+(?<!\s)==(?!=))
    |(?P<block>(?<=\s)\^[A-Za-z0-9-]++[ \t]*+$)
    |(?P<tags>^[ \t]*+\#[^\W\d][\w/-]*+(?:[ \t]++\#[^\W\d][\w/-]*+)*+[ \t]*+$)
    """,
    re.VERBOSE | re.MULTILINE,
)


_SIGNS = ("![[", "==", " ^", "\n^")
_TAG_LINE = expression(r"\n[ \t]*+#[^\W\d]")


def faults(source: NumberedText, shown: Shown) -> Iterator[Problem]:
    """Embeds, highlights, names of blocks and lines of tags."""
    text = source.prose
    if not any(sign in text for sign in _SIGNS) and not ("#" in text and _TAG_LINE.search(f"\n{text}")):
        return
    told = 0
    for match in _FOREIGN.finditer(text):
        kind = match.lastgroup
        if kind is None or told >= MOST:
            continue
        if kind == "tags" and " #" not in match[0] and not shown.as_typed(match[0].strip()):
            continue  # a heading to this engine
        if kind == "highlight" and _alone(text, match.start(), match.end()):
            continue  # a heading of a wiki
        told += 1
        if kind == "embed":
            yield _embed(source, match.start(), match[2].strip())
            continue
        message, hint = {
            "highlight": ("== marks nothing here, and would be seen.", f"Write **{match[0].strip('=')}**."),
            "block": (
                f"{match[0].strip()} names no block here, and would be seen.",
                "Delete it; links can lead to headings.",
            ),
            "tags": (
                f"{match[0].strip():.60} gives no tags here, and would be seen.",
                f"Write tags: [{', '.join(re.findall(r'#([^ 	#]+)', match[0]))}] above the text.",
            ),
        }[kind]
        yield source.problem(match.start(kind), RULE, message, hint, "warning")


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the line."""
    return text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")


def _embed(source: NumberedText, at: int, target: str) -> Problem:
    name = target or "page"
    if PurePosixPath(target).suffix.lower() in _MEDIA:
        file = target if "/" in target else f"media/{target}"
        hint = f"Write ![what is to be seen](/{file.lstrip('/').replace(' ', '%20')})."
        return source.problem(at, RULE, f"![[{name}]] shows no image here.", hint, "warning")
    message = f"![[{name}]] does not bring in a page here: readers would see a sign and a link."
    return source.problem(at, RULE, message, f"Write [[{name}]] for the link, or the text itself.", "warning")
