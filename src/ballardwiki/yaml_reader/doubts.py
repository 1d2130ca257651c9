"""What is YAML, but hardly what was meant; and what becomes of such doubts where something is wrong anyway."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ballardwiki.problems import Problem

SLIP = "yaml-plausible"
"""The rule of what is hardly meant; it warns."""

MERGED = "merge-complete"


def settled(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a file, one for each slip.

    An error takes over what a doubt at its place says to write; that a field is not known tells the doubt as its
    reason, and is left out where the key is no good text at all. Nothing else is told of a line that a merge wrote.
    """
    every = list(problems)
    doubts = {each.at: each for each in every if each.rule == SLIP}
    wrong = {each.at for each in every if each.severity == "error"} & doubts.keys()
    merged = {each.at.line for each in every if each.rule == MERGED}
    unread = {each.at for each in every if each.rule == "yaml-valid"}
    found = []
    for each in every:
        if (each.rule == SLIP and each.at in wrong) or (each.rule == "field-known" and each.at in unread):
            continue
        if each.at.line in merged and each.rule != MERGED:
            continue
        found.append(_explained(each, doubts[each.at]) if each.at in wrong else each)
    return found


def _explained(error: Problem, doubt: Problem) -> Problem:
    if error.rule != "field-known":
        return replace(error, hint=doubt.hint)
    return replace(error, message=f"{error.message.removesuffix('.')}: {doubt.message}", hint=doubt.hint)
