"""Dates and times of day as people write them, told as they must be written: the year first, in numbers."""

from __future__ import annotations

import re
from datetime import date

from ballardwiki.expressions import expression

_NUMBERS = expression(r"([0-9]{1,4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})")
_MONTH = expression(r"[0-9]{4}(?:-[0-9]{2})?")
_YEAR = expression(r"(?<![0-9])[0-9]{4}(?![0-9])")
_TIMED = expression(r"([0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4})(?:T|,? ?at |,? )([0-9].*)", re.IGNORECASE)
_CLOCK = expression(
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?(?:[:.][0-9]{2})? ?(?P<half>[ap]\.?m\.?)?(?P<rest>.*)",
    re.IGNORECASE,
)
_QUOTES = "“”„‟‘’‚‛\"'"
_NOON = 12
_HOURS, _MINUTES = 24, 60


def meant(text: str) -> str:
    """What to write for a date in another form, after a blank; "" where nothing can be told."""
    if _NUMBERS.fullmatch(text):
        return day(text)
    bare = text.strip(_QUOTES)
    if bare != text and (_MONTH.fullmatch(bare) or _days(bare) == [bare]):
        return ""
    year = _YEAR.search(text)
    if not year:
        return ""
    if bare.startswith(year[0]):
        return f" Write it in numbers, such as {year[0]}-12-31 or {year[0]}."
    return f" Write the year first, such as {year[0]}-12-31, or only {year[0]}."


def day(text: str) -> str:
    """What to write for a day in numbers of another form, after a blank; "" for anything else."""
    good = _days(text)
    return f" Write {' or '.join(good)}." if good else ""


def timed(text: str) -> str:
    """What is wrong with a date and a time of day, as the rest of a sentence, and what to write; "" if it is no such.

    A time of day that is right goes with a date in another form: then that is what is wrong.
    """
    both = _TIMED.fullmatch(text)
    if not both or not (days := _days(both[1])):
        return ""
    clock = _CLOCK.fullmatch(both[2])
    time, rest = _time(clock) if clock else ("", "")
    written = " or ".join(f"{day} {time or '18:00'}" for day in days)
    if not time:
        return (
            f"must have a time of day such as 18:00, not {both[2]:.40}. Write {written}, or only {' or '.join(days)}."
        )
    if rest:
        zone = f"{days[0]} {time}+01:00"
        return f"must have its zone in numbers, if any, not {rest:.40}. Write {written}, or such as {zone}."
    return f"must have date and time in the form 1999-12-31 18:00. Write {written}."


def _time(clock: re.Match[str]) -> tuple[str, str]:
    """The time of day that somebody meant, "" if there is none such, and what stands behind it."""
    hour, minute, half = int(clock["hour"]), int(clock["minute"] or 0), (clock["half"] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return "", ""
    if half:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    return (f"{hour:02}:{minute:02}", clock["rest"].strip()) if hour < _HOURS and minute < _MINUTES else ("", "")


def _days(text: str) -> list[str]:
    """The days that a date in numbers may mean, as they must be written."""
    numbers = _NUMBERS.fullmatch(text)
    if not numbers:
        return []
    first, middle, last = numbers.groups()
    ways = [(first, middle, last)] if len(first) == 4 else [(last, middle, first), (last, first, middle)]
    found = [f"{year}-{int(month):02}-{int(day):02}" for year, month, day in ways if len(year) == 4]
    return [*dict.fromkeys(each for each in found if _in_calendar(each))]


def _in_calendar(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
