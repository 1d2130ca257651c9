"""What a text opens and does not close, and what a merge left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ballardwiki.content.markup.manuscript import NumberedText, quoted
from ballardwiki.expressions import expression
from ballardwiki.lookalikes import comments
from ballardwiki.problems import Problem

RULE = comments.RULE
MERGED = "merge-complete"
MOST = 20
"""Faults told of one text."""

_LINKS = expression(r"\\.|\[\[|\]\]|\n[ \t>]*+(?=\n)")
_CLOSED = expression(r"\[\[[^\[\]\n]*+\]\]")
_LINKED = expression(r"\[\[[^\[\]\n]*+\]\([^()\n]*+\)\]|\[\[[^\[\]\n]*+\][^\[\]\n]++\]")
_BRACKETS = expression(r"\\.|\[|\]\]?|\n[ \t>]*+(?=\n)")
_CONFLICT = expression(r"^(?:<{7}|>{7}|\|{7})(?:[ \t][^\n]*)?$", re.MULTILINE)
_INDENTED = expression(r"(?: {4}|\t)")

_COMMENT = "Write %% words %% or <!-- words -->; put an example into code."
_WHAT = {
    "fence": (
        "this code block is not closed, so all that follows would be code.",
        "Write {} on a line below the code.",
    ),
    "remark": ("this remark is not closed.", "Write %% behind it, or \\%% for two plain signs."),
    "comment": ("this comment is not closed, so nothing that follows would be seen.", "Write --> behind it."),
}


def faults(source: NumberedText) -> Iterator[Problem]:
    """Code, remarks, comments and links that are opened and not closed; marks of a merge."""
    text = source.text
    for region in source.regions:
        if not region.closed and not (
            (region.kind == "fence" and _in_indented_code(text, region.start))
            or (region.kind == "remark" and _plain_signs(text, region.start))
        ):
            message, hint = _WHAT[region.kind]
            fence = re.match(r"`+|~+", text[region.start : region.start + 100])
            yield source.problem(region.start, RULE, message, hint.format(fence[0] if fence else ""))
    prose = source.prose
    for each in islice(comments.near(prose), MOST):
        yield source.problem(each.start, RULE, each.message, _COMMENT)
    rest = _CLOSED.sub("", prose) if "[[" in prose else prose
    if "[[" in rest:
        yield from _links(source, prose)
    if "]]" in rest or ("]]" in prose and "\\" in prose):
        yield from _closings(source, prose)
    if "<<<<<<<" in prose or ">>>>>>>" in prose:
        yield from _conflicts(source, prose)


def _in_indented_code(text: str, start: int) -> bool:
    begin = text.rfind("\n", 0, start) + 1
    return bool(_INDENTED.match(text, begin)) and not text[begin:start].strip()


def _links(source: NumberedText, text: str) -> Iterator[Problem]:
    """Each `[[` that no `]]` follows in its paragraph."""
    opened = -1
    told = 0
    for match in (*_LINKS.finditer(text), None):
        if match and match[0][0] == "\\":
            continue
        if opened >= 0 and (match is None or match[0] != "]]") and told < MOST:
            told += 1
            hint = "Write ]] behind the name, or \\[[ for two plain brackets."
            yield source.problem(opened, RULE, "this [[ has no ]], so it is no link.", hint, "warning")
        opened = match.start() if match and match[0] == "[[" and not _LINKED.match(text, match.start()) else -1


def _closings(source: NumberedText, text: str) -> Iterator[Problem]:
    """Each `]]` in whose paragraph no two brackets are open."""
    depth = told = 0
    for match in _BRACKETS.finditer(text):
        sign = match[0]
        if sign[0] == "\\":
            continue
        if (
            sign == "]]"
            and depth < 2
            and told < MOST
            and not _INDENTED.match(text, text.rfind("\n", 0, match.start()) + 1)
        ):
            told += 1
            hint = "Write [[ before the name, or \\]] for two plain brackets."
            yield source.problem(match.start(), RULE, "this ]] has no [[, so it ends no link.", hint, "warning")
        depth = 0 if sign[0] == "\n" else depth + 1 if sign == "[" else max(0, depth - len(sign))


def _plain_signs(text: str, start: int) -> bool:
    """Whether `%%` are two signs of the prose: behind a number, or in quotation marks."""
    before, after = text[max(0, start - 1) : start], text[start + 2 : start + 3]
    if quoted(text, start, start + 2):
        return True
    return before.isdecimal() and after != "%" and not after.isalnum()


def _conflicts(source: NumberedText, text: str) -> Iterator[Problem]:
    """The first and the last line of each conflict that a merge could not solve."""
    for number, match in enumerate(_CONFLICT.finditer(text)):
        if number < MOST:
            hint = "Keep what is right of both versions, and delete the lines of <<<<<<<, ======= and >>>>>>>."
            yield source.problem(match.start(), MERGED, "a merge left a conflict here.", hint)
