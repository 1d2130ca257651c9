"""Designators: how an editor names a season or an episode, `s01e05`, `The Harbour s03e10`. Nothing else knows how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ballardwiki.expressions import expression

if TYPE_CHECKING:
    from ballardwiki.content.values import Written

Position = tuple[int, int]
"""A season and an episode."""

LAST = 1_000_000_000
"""The number of a season or an episode after all others."""

_CODE = expression(r"s([0-9]{1,4})(?:e([0-9]{1,4}))?", re.ASCII | re.IGNORECASE)
_OTHER_CODE = expression(
    r"(?P<series>(?:[^ ]+ )*?)(?:(?P<before>[0-9]{1,4})x(?P<after>[0-9]{1,4})"
    r"|s(?:eason|eries)?[ .]?(?P<season>[0-9]{1,4})(?:[ .,_]{0,2}e(?:p|pisode)?[ .]?(?P<episode>[0-9]{1,4}))?)",
    re.IGNORECASE | re.ASCII,
)
_LONE = expression(
    r"(?P<series>(?:[^ ]+ )*?)(?:episode|chapter|ep|e)[ .]?(?P<episode>[0-9]{1,4})", re.IGNORECASE | re.ASCII
)
"""An episode without its season."""

_AS_ID = expression(r"(?P<series>[a-z0-9][a-z0-9._-]*)-(?P<code>s[0-9]{1,4}(?:e[0-9]{1,4})?)", re.ASCII)
"""The id of a season or an episode, as many are."""

_WORD = r"[A-Z0-9][\w'’!.:-]{0,40}"
_SERIES = rf"(?:[a-z0-9][a-z0-9-]{{0,80}}|{_WORD}(?:[ ](?:{_WORD}|&|a|and|in|of|the)){{0,6}})[ \t]{{1,3}}"
_DESIGNATOR = rf"((?:{_SERIES})?[sS]\d{{1,4}}(?:[eE]\d{{1,4}})?)"
_FIRST = expression(rf"{_DESIGNATOR}(?=[ \t]*+(?:[:\u2013\u2014-]|$))[ \t]*+[:\u2013\u2014-]?+[ \t]*+", re.MULTILINE)
_NUMBER = expression(r"\d+")
_PREFIX = expression(rf"{_DESIGNATOR}:[ \t]*")


def designator(written: Written) -> str:
    """A season or episode, with its series unless that is plain from the page: `The Harbour s03e10`, `s02`.

    The series stays as typed; the code becomes lower case with two digits or more, after a single space.
    """
    series, season, episode = split_designator(written.text)
    return f"{series} {code(season, episode)}".lstrip()


def split_designator(text: str) -> tuple[str, int, int | None]:
    """Tell series (or ""), season and episode (or None) of a designator; ValueError when it is none."""
    words = text.rsplit(maxsplit=1)
    match = _CODE.fullmatch(words[-1]) if words else None
    if not match:
        instead = f" Write {meant}." if (meant := meant_code(text)) else ""
        instead = instead or (f" Write {likely}, if so meant." if (likely := likely_code(text)) else "")
        raise ValueError(
            f"must name an episode or a season such as s01e04, with its series where that is not plain.{instead}"
        )
    series = words[0].strip() if len(words) > 1 else ""
    return series, int(match[1]), int(match[2]) if match[2] else None


def episodes(written: Written) -> str:
    """A run of episodes of one series: `all`, `s02`, `s01e01`, `s01e01-s01e10`, `s01-s03`; codes as in designators."""
    bounds = parse_episodes(written.text)
    if not bounds:
        instead = f" Write {meant}." if (meant := meant_code(written.text)) else ""
        raise ValueError(f"must be episodes such as s01e01, s01e01-s01e10, s02, s01-s03 or all.{instead}")
    if bounds[0] > bounds[1]:
        raise ValueError("must be a run from the earlier episode to the later one.")
    return "-".join(code(*position) for position in _codes(written.text)) or "all"


def parse_episodes(text: str) -> tuple[Position, Position] | None:
    """The first and the last (season, episode) of a run, both included, or None when the text is none.

    An open end is 0 or `LAST`: `s02` is ((2, 0), (2, LAST)), and `all` is ((0, 0), (LAST, LAST)).
    """
    if text.lower() == "all":
        return (0, 0), (LAST, LAST)
    codes = _codes(text)
    if not codes:
        return None
    (first_season, first), (last_season, last) = codes[0], codes[-1]
    return (first_season, first or 0), (last_season, LAST if last is None else last)


def _codes(text: str) -> list[tuple[int, int | None]]:
    """Read the one or two codes of a run; [] when the text is none."""
    matches = [_CODE.fullmatch(code.strip()) for code in re.split("[-\u2013]", text, maxsplit=2)]
    codes = [(int(match[1]), int(match[2]) if match[2] else None) for match in matches if match]
    return codes if len(codes) == len(matches) <= 2 else []


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
