"""Designators in running text: `s01e05`, `harbour s01e05`, `The Harbour s03e10`."""

from __future__ import annotations

import re

_WORD = r"[A-Z0-9][\w'’!.:-]{0,40}"
_SERIES = rf"(?:[a-z0-9][a-z0-9-]{{0,80}}|{_WORD}(?:[ ](?:{_WORD}|&|a|and|in|of|the)){{0,6}})[ \t]{{1,3}}"
_DESIGNATOR = rf"((?:{_SERIES})?[sS]\d{{1,4}}(?:[eE]\d{{1,4}})?)"
_FIRST = re.compile(rf"{_DESIGNATOR}(?=[ \t]*+(?:[:\u2013\u2014-]|$))[ \t]*+[:\u2013\u2014-]?+[ \t]*+", re.MULTILINE)
_NUMBER = re.compile(r"\d+")
_PREFIX = re.compile(rf"{_DESIGNATOR}:[ \t]*")


def first(text: str, position: int) -> tuple[str, int]:
    """The designator that a spoiler's title at `position` begins with, or "", and where the title goes on."""
    found = _FIRST.match(text, position)
    return (normal(found[1]), found.end()) if found else ("", position)


def prefix(text: str, position: int) -> tuple[str, int]:
    """The designator with a colon that a hidden text at `position` begins with, or "", and where the text goes on."""
    found = _PREFIX.match(text, position)
    return (normal(found[1]), found.end()) if found else ("", position)


def normal(typed: str) -> str:
    """A designator as it is compared: lower case, single spaces, its numbers with two digits or more."""
    *series, code = typed.lower().split()
    return " ".join((*series, _NUMBER.sub(lambda digits: digits[0].zfill(2), code)))
