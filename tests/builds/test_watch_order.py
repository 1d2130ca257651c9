"""The watch order: planned where there are several series, in the order of dates and of declared relations."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import SETTINGS, Site, Sites

pytestmark = pytest.mark.slow

SERIES = "first: {title: First, number: 1}\nsecond: {title: Second, number: 2, spun_off_from: first}\n"
SEASONS = "first-s01: {series: first, number: 1}\nsecond-s01: {series: second, number: 1}\n"
EPISODES = """\
f1: {season: first-s01, number: 1, aired: 2020-01-01}
f2: {season: first-s01, number: 2, aired: 2020-03-01}
f3: {season: first-s01, number: 3, aired: 2020-05-01}
s1: {season: second-s01, number: 1, aired: 2020-02-01}
s2: {season: second-s01, number: 2, aired: 2020-04-01}
"""


def universe(site: Sites, *, series: str = SERIES, seasons: str = SEASONS, episodes: str = EPISODES) -> Site:
    return site(
        {"content/series/a.yaml": series, "content/seasons/a.yaml": seasons, "content/episodes/a.yaml": episodes}
    )


def order(made: Site, section: str) -> list[str]:
    tree = LexborHTMLParser(made.page("watch-order"))
    found = tree.css(f"section:has(> #{section}) tbody th")
    return [" ".join(row.text().split()) for row in found]


def first(made: Site) -> list[str]:
    tree = LexborHTMLParser(made.page("watch-order"))
    return [" ".join(row.text().split()) for row in tree.css("section:has(> #first) dl > div")]


def test_one_series_needs_no_order(site: Sites) -> None:
    made = site(
        {
            "content/series/a.yaml": "first: {title: First}\n",
            "content/seasons/a.yaml": "first-s01: {series: first, number: 1}\n",
        }
    )
    assert not made.published().has("watch-order") and "watch-order" not in made.page("series")
    assert "watch-order" not in made.page("sitemap.xml")
    made.write("content/series/b.yaml", "second: {title: Second}\n").published()
    assert (
        made.has("watch-order") and "watch-order" in made.page("series") and "watch-order" in made.page("sitemap.xml")
    )


def test_series_that_came_out_side_by_side(site: Sites) -> None:
    made = universe(site).published()
    assert order(made, "release") == [
        "First, season 1 S01E01",
        "Second, season 1 S01E01",
        "First, season 1 S01E02",
        "Second, season 1 S01E02",
        "First, season 1 S01E03",
    ]
    assert order(made, "story") == order(made, "release")
    assert first(made) == ["First nothing that we know of", "Second Spin-off of First"]


def test_what_follows_an_episode_comes_after_it(site: Sites) -> None:
    made = universe(site).replace(
        "content/seasons/a.yaml", "{series: second, number: 1}", "{series: second, number: 1, follows: episode/f2}"
    )
    made.published()
    assert order(made, "story") == ["First, season 1 S01E01 to S01E02", "Second, season 1", "First, season 1 S01E03"]
    assert first(made)[-1] == "Second, season 1 Follows First S01E02"
    assert "Followed by" in made.page("series/first/s01e02")


def test_a_prequel_comes_first_in_the_story_and_undated_last_in_release(site: Sites) -> None:
    made = universe(
        site,
        series=SERIES + "early: {title: Early, number: 3, prequel_to: first}\n",
        seasons=SEASONS + "early-s01: {series: early, number: 1}\nsecond-s02: {series: second, number: 2}\n",
        episodes=EPISODES.replace("2020-02", "2020-06").replace("2020-04", "2020-07"),
    ).published()
    assert order(made, "release") == ["First, season 1", "Second, season 1", "Second, season 2", "Early, season 1"]
    assert order(made, "story") == ["Early, season 1", "First, season 1", "Second, season 1", "Second, season 2"]


def test_an_episode_without_a_date_stays_in_its_place(site: Sites) -> None:
    made = universe(site, episodes=EPISODES.replace(", aired: 2020-03-01", "")).published()
    assert order(made, "release") == [
        "First, season 1 S01E01",
        "Second, season 1",
        "First, season 1 S01E02 to S01E03",
    ]


def test_relations_in_a_circle_do_no_harm(site: Sites) -> None:
    made = universe(
        site,
        series="first: {title: First, number: 1, follows: series/second}\nsecond: {title: Second, number: 2, follows: series/first}\n",
    )
    assert len(order(made.published(), "story")) >= 2


def test_what_may_not_be_known_is_in_no_order(site: Sites) -> None:
    made = universe(site, series=SERIES.replace("number: 2", "number: 2, since: first s01e03"))
    made.write("site.yaml", SETTINGS + "spoilers: {default: none}\n").published()
    assert not made.has("watch-order")
    made.write("site.yaml", SETTINGS + "spoilers: {first: all, default: none}\n").published()
    assert "Second, season 1 S01E01" in order(made, "release")


def test_the_order_is_made_anew_when_it_changes(site: Sites) -> None:
    made = universe(site).published()
    for old, new in (
        ("2020-05-01", "2020-01-02"),
        ("number: 3, ", "number: 3, title: Third, "),
        ("second-s01, number: 2, aired: 2020-04", "second-s01, number: 4, aired: 2020-04"),
        ("s2: {season: second-s01", "s2: {season: first-s01"),  # to the number that is free now
    ):
        before = made.tree()
        found = made.replace("content/episodes/a.yaml", old, new).published().tree()
        assert not made.clean().failed
        assert made.tree() == found != before, old
