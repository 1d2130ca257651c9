"""Dates as people write them, told as they must be written: the year first, in numbers."""

from __future__ import annotations

import re
from datetime import date

_NUMBERS = re.compile(r"([0-9]{1,4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def meant(text: str) -> str:
    """What to write for a date in another form, after a blank; "" where nothing can be told."""
    if numbers := _NUMBERS.fullmatch(text):
        first, middle, last = numbers.groups()
        ways = [(first, middle, last)] if len(first) == 4 else [(last, middle, first), (last, first, middle)]
        found = [f"{year}-{int(month):02}-{int(day):02}" for year, month, day in ways if len(year) == 4]
        good = dict.fromkeys(each for each in found if _in_calendar(each))
        return f" Write {' or '.join(good)}." if good else ""
    year = _YEAR.search(text)
    return f" Write the year first, such as {year[0]}-12-31, or only {year[0]}." if year else ""


def _in_calendar(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
