"""Dates with a time of day, in the site's time zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ballardwiki.content.moments import NOON, begin, due, localised, order

LA = "America/Los_Angeles"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026", "2026"),
        ("2026-12-01T10:00:00", "2026-12-01T10:00:00-08:00"),
        ("2026-12-01T01:00:00+00:00", "2026-11-30T17:00:00-08:00"),
        ("2026-03-08T02:30:00", "2026-03-08T03:30:00-07:00"),  # skipped
        ("2026-11-01T01:30:00", "2026-11-01T01:30:00-07:00"),  # comes twice: the first
        ("2026-11-01T09:30:00+00:00", "2026-11-01T01:30:00-08:00"),  # the second, since the zone is given
        ("1880-01-01T10:00:00", "1880-01-01T10:00:00"),  # local mean time
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:00-12:00", "9999-12-31T23:59:00-12:00"),
        ("9999-12-31T23:59:00", "9999-12-31T23:59:00"),
    ],
)
def test_a_time_is_shown_as_the_sites_clocks_do(written: str, shown: str) -> None:
    assert localised(written, LA) == shown
    assert localised(shown, LA) == shown


def test_dates_in_their_order() -> None:
    right = [
        "0001-01-01T00:00:00+14:00",
        "2026",
        "2026-10-31T12:00:00-07:00",
        "2026-11-01T00:30:00-07:00",
        "2026-11-01T01:30:00-07:00",
        "2026-11-01T01:10:00-08:00",  # after the clocks went back
        "2026-11-01T02:00:00-08:00",
        "2026-11",
        "2026-11-01",
        "2026-11-01T12:00:00-08:00",
        "2026-11-02T11:59:59-08:00",
        "2026-11-02",
        "9999-12-31T23:59:00-12:00",
    ]
    assert sorted([*right[5:], *right[:5]], key=order) == right
    assert order("") == ""


def test_when_a_date_begins() -> None:
    assert begin("2026", LA) == datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert begin("2026-12", LA, NOON) == datetime(2026, 12, 1, 20, tzinfo=UTC)
    assert begin("2026-12-01T10:00:00+02:00", LA, NOON) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert begin("1880-01-01T10:00:00", LA) > datetime(1880, 1, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "come"),
    [
        ("2026-12-01", True),
        ("2026-12-02", False),
        ("2026-12", True),
        ("2027", False),
        ("2026-12-01T09:59:00-08:00", True),
        ("2026-12-01T10:00:00-08:00", True),
        ("2026-12-01T10:01:00-08:00", False),
        ("2026-12-02T02:00:00+08:00", True),
        ("0001-01-01T00:00:00+14:00", True),
        ("9999-12-31T23:59:00-12:00", False),
    ],
)
def test_whether_a_date_has_come(date: str, come: bool) -> None:
    assert due(date, "2026-12-01T10:00:00-08:00", LA) is come
