"""One function per kind of field: from what an editor wrote to a value.

Each takes something with a `text` (a scalar of a YAML file) and returns the value, or raises ValueError with a sentence
that goes on after the name of the field: "must be a date such as 1999-12-31."
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date as calendar_date, datetime as calendar_datetime
from typing import Protocol
from urllib.parse import urlsplit

from ballardwiki.content import date_forms, number_forms
from ballardwiki.content.designators import designator, episodes
from ballardwiki.expressions import expression
from ballardwiki.invisible import visible
from ballardwiki.similarity import suggest

LONGEST_RUN = 50
"""The most numbers that one record may have."""

_INTEGER = expression(r"[+-]?[0-9]+")
_RUN = expression(r"([0-9]{1,18}) ?[-\u2013] ?([0-9]{1,18})")
_DATE = expression(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_DATETIME = expression(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<time>(?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2})?)"
    r"(?: ?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2}))?",
)
_NOT_IN_URLS = expression(r"[\s\\\x00-\x1f\x7f-\x9f]")
_REF_ID = expression(r"([a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*")
_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


class Written(Protocol):
    """Something with the text that an editor wrote."""

    @property
    def text(self) -> str:
        """The text, as written."""


def text(written: Written) -> str:
    """Any text in which something can be seen, unchanged."""
    if not written.text:
        raise ValueError("must be a text; it is empty.")
    if not visible(written.text):
        raise ValueError("must be a text; nothing can be seen in it.")
    return written.text


def integer(written: Written) -> int:
    """A whole number in decimal digits, at most 18 of them: `8`, `08`, `-3`."""
    if not _INTEGER.fullmatch(written.text):
        instead = f" Write {meant}." if (meant := number_forms.meant_number(written.text)) else ""
        raise ValueError(f"must be a whole number such as 8.{instead}")
    if len(written.text.lstrip("+-")) > 18:
        raise ValueError("must be a whole number of at most 18 digits.")
    return int(written.text)


def numbers(written: Written) -> tuple[int, ...]:
    """A whole number, or a run of at most `LONGEST_RUN`: `1-2`, `1–2`."""
    match = _RUN.fullmatch(written.text)
    if not match:
        if meant := number_forms.meant_run(written.text, LONGEST_RUN):
            raise ValueError(f"must be a whole number such as 8, or a run such as 1-2. Write {meant}.")
        return (integer(written),)
    first, last = int(match[1]), int(match[2])
    if not first < last < first + LONGEST_RUN:
        raise ValueError(f"must be a run from a lower number to a higher one, such as 1-2, of at most {LONGEST_RUN}.")
    return tuple(range(first, last + 1))


def boolean(written: Written) -> bool:
    """`true` or `false`."""
    if written.text not in ("true", "false"):
        meant = written.text.lower()
        meant = _TRUTHS.get(meant, meant)
        hint = f" Write {meant}." if meant in ("true", "false") else ""
        raise ValueError(f"must be true or false.{hint}")
    return written.text == "true"


def date(written: Written) -> str:
    """A date that may lack its day or month, checked against the calendar: `1999`, `1999-12`, `1999-12-31`.

    It may have a time of day, as in `datetime`.
    """
    if _DATETIME.fullmatch(written.text):
        return datetime(written)
    if not _DATE.fullmatch(written.text):
        if said := date_forms.timed(written.text):
            raise ValueError(said)
        raise ValueError(f"must be a date such as 1999-12-31, 1999-12 or 1999.{date_forms.meant(written.text)}")
    try:
        first_day(written.text)
    except ValueError:
        raise ValueError(f"must be a date of the calendar; there is no {written.text}.") from None
    return written.text


def first_day(text: str) -> calendar_date:
    """The first day of a date that may lack its day or month; ValueError when the calendar has none such."""
    return calendar_date.fromisoformat(f"{text}-01-01"[:10])


def datetime(written: Written) -> str:
    """A moment, or a whole day: `2025-07-09T03:00`, `2025-07-09 03:00:00+02:00`, `2025-07-09`.

    Returned with `T`, seconds, and the offset if one was given (`Z` becomes `+00:00`).
    """
    if len(written.text) == 10:
        return date(written)
    match = _DATETIME.fullmatch(written.text)
    if not match:
        if said := date_forms.timed(written.text):
            raise ValueError(said)
        meant = date_forms.day(written.text)
        raise ValueError(f"must be a moment such as 2025-07-09 03:00 or 2025-07-09T03:00+02:00.{meant}")
    offset = (match["offset"] or "").replace("Z", "+00:00")
    try:
        return calendar_datetime.fromisoformat(f"{match['date']}T{match['time']}{offset}").isoformat()
    except ValueError:
        raise ValueError(f"must be a moment of the calendar; there is no {written.text}.") from None


def url(written: Written) -> str:
    """A web address with a host, unchanged."""
    try:
        parts = urlsplit(written.text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0  # port raises when it is none
    except ValueError:
        good = False
    if not good or _NOT_IN_URLS.search(written.text):
        raise ValueError("must be a web address such as https://example.org/page, without spaces.")
    return written.text


def choice(written: Written, options: Iterable[str]) -> str:
    """One of `options`, exactly."""
    options = tuple(options)
    if written.text not in options:
        words = {each.lower() for each in written.text.split()}
        named = [each for each in options if each.lower() in words]
        hint = f"Did you mean {named[0]}?" if len(named) == 1 else suggest(written.text, options)
        raise ValueError(f"must be one of: {', '.join(options)}." + (f" {hint}" if hint else ""))
    return written.text


def ref_id(written: Written) -> str:
    """An id, or a type and an id: `ada-lane`, `person/ada-lane`. Whether it exists is for the graph to say."""
    if address(written.text):
        instead = "Write the address into a record, as url:, and its id here."
        raise ValueError(f"must be the id of a record, not an address. {instead}")
    if not _REF_ID.fullmatch(written.text):
        raise ValueError(f"must be an id, and {' '.join(written.text.split())} is none.")
    return written.text


def address(text: str) -> bool:
    """Whether a text is a web address."""
    return text.startswith(("http://", "https://"))


KINDS: Mapping[str, Callable[[Written], str | int | bool]] = {
    "text": text,
    "integer": integer,
    "boolean": boolean,
    "date": date,
    "datetime": datetime,
    "url": url,
    "ref": ref_id,
    "designator": designator,
    "episodes": episodes,
}
"""The function of each kind of field that needs nothing but the text."""
