"""What the sitemap says of a page: its address, and the day of its last change where that is known."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tinyworld

from ballardwiki.pages.outputs import sitemap


class Studio:
    """A studio that only shows what the front page may know."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files

    def site(self, url: str) -> Any:
        return tinyworld.site(self._files, url=url)


def entries(files: dict[str, str]) -> dict[str, str]:
    """Address -> day of the last change, "" where none is told."""
    studio: Any = Studio(files)
    text = sitemap.make(studio).decode()
    return dict(re.findall(r"<loc>https://wiki\.example([^<]*)</loc>(?:<lastmod>([^<]*)</lastmod>)?", text))


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("date: 1969-05-01", "1969-05-01"),
        ("date: 1969-05-01T10:00", "1969-05-01"),
        ("date: 1969-05-01\nupdated: 1969-06-02", "1969-06-02"),
        ("date: 1969-05-01\nupdated: 2025-06-02", "1969-05-01"),
        ("date: 2025-05-01", ""),
    ],
)
def test_news_bear_the_day_of_their_last_change_once_it_has_come(dates: str, day: str) -> None:
    """The world of these tests is of the first day of 1970."""
    assert entries({"news/n": f"---\ntitle: N\n{dates}\n---\nWords.\n"})["/news/n/"] == day


def test_only_what_has_a_page_stands_in_it() -> None:
    found = entries({"sources/all": "paper: {title: Paper}\n", "people/all": "ann: {title: Ann}\n"})
    assert found["/people/ann/"] == "" and not [url for url in found if "paper" in url or url in ("", "None")]


def test_the_order_to_watch_in_stands_in_it_where_there_is_one() -> None:
    assert [url for url in entries({"people/all": "ann: {title: Ann}\n"}) if "watch" in url] == []
    assert [url for url in entries(tinyworld.THREE) if "watch" in url] != []
