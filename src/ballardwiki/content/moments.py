"""Dates with a time of day: as the site's clocks show them, in order, and whether they have come.

A date is ISO text. It may lack its day or month; one with a time has an offset, if that is whole minutes. A time
without an offset is one in the site's time zone: of those that the clocks show twice the first, and one that they skip
(2:30) is what they would have shown without the change, an hour later by the new time (3:30).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

_DAY = len("2026-12-01")
_MINUTE = 60
NOON = time(12)
_MORNING, _MIDDAY, _AFTERNOON = range(3)


def localised(text: str, zone: str) -> str:
    """A date as the clocks of a zone show it; one without a time stays as it is."""
    if len(text) <= _DAY:
        return text
    moment = datetime.fromisoformat(text)
    try:
        here = (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
        here = here.astimezone(ZoneInfo(zone))
    except OverflowError:  # at the ends of the calendar
        return text
    offset = here.utcoffset()
    whole = offset is not None and offset.seconds % _MINUTE == 0
    return (here if whole else here.replace(tzinfo=None)).isoformat()  # no local mean time with its odd seconds


def order(text: str) -> str:
    """Text that sorts as dates do: by day, then by moment. One without a time is of noon, on the first day it means."""
    if len(text) <= _DAY:
        return f"{f'{text}-01-01'[:_DAY]} {_MIDDAY} {text}" if text else ""
    part = _MORNING if text[_DAY + 1 :] < NOON.isoformat() else _AFTERNOON
    moment = datetime.fromisoformat(text)
    with suppress(OverflowError):
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return f"{text[:_DAY]} {part} {moment.isoformat()}"


def begin(text: str, zone: str, clock: time = time()) -> datetime:
    """The moment of a date; for one without a time that time of its day, or of the first day that it may mean."""
    day = datetime.fromisoformat(text if len(text) > _DAY else f"{text}-01-01"[:_DAY])
    if len(text) <= _DAY:
        day = datetime.combine(day, clock)
    return day if day.tzinfo else day.replace(tzinfo=ZoneInfo(zone))


def due(text: str, now: str, zone: str) -> bool:
    """Whether a date has come at a moment (ISO 8601 with an offset); one without a time comes as its day begins."""
    return begin(text, zone) <= datetime.fromisoformat(now)
