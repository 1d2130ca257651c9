"""Numbers and codes of episodes as people write them, told as they must be written: `1-2`, `s01e02`."""

from __future__ import annotations

import re

_OTHER_CODE = re.compile(
    r"(?P<series>(?:[^ ]+ )*?)(?:(?P<before>[0-9]{1,4})x(?P<after>[0-9]{1,4})"
    r"|s(?:eason|eries)?[ .]?(?P<season>[0-9]{1,4})(?:[ .,_]{0,2}e(?:p|pisode)?[ .]?(?P<episode>[0-9]{1,4}))?)",
    re.IGNORECASE | re.ASCII,
)
_LONE = re.compile(
    r"(?P<series>(?:[^ ]+ )*?)(?:episode|chapter|ep|e)[ .]?(?P<episode>[0-9]{1,4})", re.IGNORECASE | re.ASCII
)
"""An episode without its season."""

_AS_ID = re.compile(r"(?P<series>[a-z0-9][a-z0-9._-]*)-(?P<code>s[0-9]{1,4}(?:e[0-9]{1,4})?)", re.ASCII)
"""The id of a season or an episode, as many are."""

_NUMBER = re.compile(r"[A-Za-z]{0,12}+[.#]?+ ?+([0-9]{1,18}+)(?:\.|st|nd|rd|th)?")
"""A number with a word or a sign that it needs no more: `#2`, `Vol. 2`, `Part 2`, `2nd`."""

_JOINED = re.compile(r"[-\u2010-\u2015/+&,]|and|to")
"""What people put between the numbers of a run."""


def code(season: int, episode: int | None) -> str:
    """`s01e02`, or `s01` for a whole season."""
    return f"s{season:02}" if episode is None else f"s{season:02}e{episode:02}"


def meant_code(text: str) -> str:
    """The code of an episode or season that is written in another way, with what stands before it; else "".

    `1x02`, `S1 E2`, `s1.ep2`, `season 1 episode 2` -> `s01e02`; `fog season 1` -> `fog s01`.
    """
    match = _OTHER_CODE.fullmatch(" ".join(text.split()))
    if not match:
        return ""
    season, episode = match["season"] or match["before"], match["episode"] or match["after"]
    return f"{match['series']}{code(int(season), int(episode) if episode else None)}"


def likely_code(text: str) -> str:
    """The code that may be meant where no season is said, or an id is written: `fog episode 2`, `fog-s01`; else ""."""
    if match := _AS_ID.fullmatch(text):
        return f"{match['series']} {match['code']}"
    if match := _LONE.fullmatch(" ".join(text.split())):
        return f"{match['series']}{code(1, int(match['episode']))}"
    return ""


def meant_number(text: str) -> str:
    """The number that a word or a sign stands by, such as `#2`, `Vol. 2`, `2nd`; else ""."""
    match = _NUMBER.fullmatch(text)
    return match[1] if match else ""


def meant_run(text: str, longest: int) -> str:
    """The run of at most `longest` numbers that is written in another way: `1/2`, `1 & 2`, `1, 2, 3`; else ""."""
    parts = [each.strip() for each in _JOINED.split(text, longest)]
    if len(parts) < 2 or not all(each.isdecimal() and len(each) < 10 for each in parts):
        return ""
    found = [int(each) for each in parts]
    return f"{found[0]}-{found[-1]}" if found == [*range(found[0], found[0] + len(found))] else ""
