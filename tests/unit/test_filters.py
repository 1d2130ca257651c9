"""Filters of templates that need nothing but their values."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ballardwiki.pages import filters


def thing(**attributes: Any) -> Any:
    return SimpleNamespace(**attributes)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025-07-09", "9 July 2025"),
        ("2025-07", "July 2025"),
        ("2025", "2025"),
        ("2025-07-09T12:00", "9 July 2025"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_a_date_in_words(value: object, words: str) -> None:
    assert filters.date(value) == words


def test_small_words() -> None:
    assert filters.year("2025-07") == "2025" and filters.year(None) == ""
    assert filters.host("https://www.example.org/x") == "example.org"
    assert filters.count(1, "episode") == "1 episode" and filters.count(2, "episode") == "2 episodes"
    assert filters.count(0, "series", "series") == "0 series"
    assert filters.capital("éa B") == "Éa B" and filters.capital("") == ""
    assert filters.tag_url("Red Tape") == "/tags/red-tape/" and filters.tag_url("!!") == "/tags/tag/"


def test_by_year_and_by_letter() -> None:
    a, b, c = (
        thing(title="Ärger", date_key="2025-07"),
        thing(title="apple", date_key="2024"),
        thing(title="9", date_key="2025"),
    )
    assert filters.by_year([a, b, c]) == [("2025", [a, c]), ("2024", [b])]
    assert filters.by_letter([a, b, c]) == [("A", [a, b]), ("#", [c])]


def episode(aired: str | None) -> Any:
    return thing(aired=thing(text=aired) if aired else None)


def test_what_is_out_and_what_is_to_come() -> None:
    today = "2025-07-09"
    past, now, month, next_day, none = (episode(each) for each in ("2025-07-08", today, "2025-07", "2025-07-10", None))
    every = [past, now, month, next_day, none]
    assert filters.released(every, today) == [now, past]
    assert filters.upcoming(every, today) == [month, next_day]


def test_newest_and_types() -> None:
    a, b = thing(date_key="2025", id="a", type="article"), thing(date_key="2025", id="b", type="page")
    assert filters.newest([a, b]) == [b, a] and filters.newest([a, b], 1) == [b]
    assert filters.of_type([a, b], "page") == [b] and filters.not_of_type([a, b], "page") == [a]


def test_long() -> None:
    assert filters.long([thing(text="x" * 71)]) and filters.long([thing(text="x")] * 5)
    assert not filters.long([thing(text="x")] * 4)
