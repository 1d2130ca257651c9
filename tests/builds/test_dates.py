"""Times of day and dates to come: in lists, on the front page, in the feed, in JSON-LD and the sitemap."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import NOON, SETTINGS, Site, Sites

LA = f"{SETTINGS}timezone: America/Los_Angeles\n"


def news(site: Sites, *dates: str, more: str = "", settings: str = SETTINGS) -> Site:
    """News with these dates, called a, b, c …; the titles tell nothing of the order."""
    files = {
        f"content/news/{name}.md": f"---\ntitle: {title}\nsummary: s\ndate: {date}\n{more}---\nText.\n"
        for name, title, date in zip("abcdef", ("Wye", "Xis", "Zed", "Ems", "Don", "Tay"), dates, strict=False)
    }
    return site({"site.yaml": settings} | files)


def ids(made: Site, path: str, part: str) -> str:
    """The news that a page names, in its order."""
    links = LexborHTMLParser(made.page(path)).css(f"{part} a")
    return "".join(hit[1] for link in links if (hit := re.search(r"news/([a-f])/", link.attributes["href"] or "")))


def fed(made: Site) -> list[tuple[str, datetime]]:
    """The items of the feed: id and date."""
    items = re.findall(r"<item>.*?</item>", made.page("feed.xml"), re.DOTALL)
    return [
        (
            re.search(r"article/([a-f])<", each)[1],  # type: ignore[index]
            parsedate_to_datetime(re.search(r"<pubDate>(.*?)<", each)[1]),  # type: ignore[index]
        )
        for each in items
    ]


def orders(made: Site) -> set[str]:
    """The orders in which the site has its news."""
    feed = "".join(name for name, _ in fed(made))
    return {ids(made, "news", ".headlines"), ids(made, "/", ".latest"), feed, ids(made, "tags/fire", "main")}


def test_times_order_a_day(site: Sites) -> None:
    dates = (
        "2025-07-01T10:00",
        "2025-07-01 18:30",
        "2025-07-01T09:00:30",
        "2025-07-01T09:00Z",
        "2025-07-01 07:00 -04:00",
    )
    made = news(site, *dates, more="tags: fire\n").published()
    assert orders(made) == {"beacd"}


def test_without_times_the_last_id_of_a_day_is_the_newest_everywhere(site: Sites) -> None:
    made = news(site, "2025-07-01", "2025-07-01", "2025-07-02", "2025-07-01T12:01", more="tags: fire\n").published()
    assert orders(made) == {"cdba"}
    assert ids(made, "news/b", "nav.neighbours") == "ad"  # earlier, later
    made.replace("content/news/d.md", "T12:01", "T11:59").published()
    assert orders(made) == {"cbad"}


def test_a_day_is_that_of_the_sites_time_zone(site: Sites) -> None:
    made = news(site, "2025-01-01T01:00Z", "2025-01-01", settings=LA).published()
    assert "31 December 2024, 17:00" in LexborHTMLParser(made.page("news/a")).text()
    assert ids(made, "news/2024", ".headlines") == "a" and ids(made, "news/2025", ".headlines") == "b"


def test_another_time_zone_moves_the_times(site: Sites) -> None:
    made = news(site, "2025-07-01T10:00").published()
    made.replace("site.yaml", SETTINGS, LA).published()
    assert fed(made) == [("a", datetime(2025, 7, 1, 17, tzinfo=UTC))]
    kept = made.tree()
    made.clean()
    assert made.tree() == kept


def test_nothing_is_dated_after_the_build(site: Sites) -> None:
    made = news(site, "2025-07-09", "2025-07-09T11:00", "2025-07-09T13:00", "2025-07-10", "2025-07", "2025-07-09")
    for hour in (0, 9, 12, 23):
        now = NOON.replace(hour=hour, minute=30)
        made.published(now=now)
        dates = fed(made)
        assert dates == sorted(dates, key=lambda row: row[1], reverse=True)
        assert all(date <= now for _, date in dates)
        assert {"a", "e", "f"} <= {name for name, _ in dates}
        assert (hour >= 11) == ("b" in dict(dates)) and (hour >= 13) == ("c" in dict(dates)) and "d" not in dict(dates)
        for name in "abcdef":
            assert ('"datePublished"' in made.page(f"news/{name}")) == (name in dict(dates)), name
            assert (
                "<lastmod>" in next(row for row in made.page("sitemap.xml").split("<url>") if f"news/{name}/" in row)
            ) == (name in dict(dates))


def test_a_page_changes_when_its_moment_comes(site: Sites) -> None:
    made = news(site, "2025-07-09T13:00", "2025-07-09").published()
    for hour in (9, 11, 12, 13, 14, 13, 9):  # forwards, and a clock that is put back
        made.published(now=NOON.replace(hour=hour))
        kept = made.tree()
        made.clean(now=NOON.replace(hour=hour))
        assert made.tree() == kept, hour


def test_the_dates_of_past_days_stay(site: Sites) -> None:
    made = news(site, "2025-07-08", "2025-07-09T11:00").published()
    kept = made.data("feed.xml")
    assert made.published(now=NOON + timedelta(days=40)).data("feed.xml") == kept
    assert dict(fed(made))["a"] == datetime(2025, 7, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", ["0999-01-01", "0001-01-01T00:00+14:00", "0001-01-01", "9999-12-31T23:59-12:00", "9999"]
)
def test_years_at_the_ends_of_the_calendar_are_in_no_feed(site: Sites, date: str) -> None:
    made = news(site, date, "2025-01-01", more="tags: fire\n")
    assert not made.build().failed
    assert [name for name, _ in fed(made)] == ["b"] and made.has("news/a")


@pytest.mark.parametrize(
    "date", ["99", "0000-01-01", "2025-07-09T25:00", "2025-02-29T10:00", "2025-07T10:00", "10:00", "tomorrow"]
)
def test_what_is_no_date_is_told(site: Sites, date: str) -> None:
    assert news(site, f'"{date}"').rules() == ["field-valid"]


def test_a_datetime_can_be_the_date_of_news(site: Sites) -> None:
    kind = "folder: reviews\nurl: /reviews/{id}/\norder: [-date]\ndated: date\nfields: {date: {kind: datetime, required: true}}\n"
    record = "---\ntitle: {}\ndate: {}\n---\nFine.\n"
    made = site({"types/review.yaml": kind, "content/reviews/a.md": record.format("A", '"2021-06-18T10:00:00"')})
    made.write("content/reviews/b.md", record.format("B", "2021-06-18")).write(
        "content/reviews/c.md", record.format("C", "2021-06-18 09:00 +02:00")
    )
    made.published()
    assert re.findall(r"reviews/(.)/</link>", made.page("feed.xml")) == ["b", "a", "c"]
    assert "Fri, 18 Jun 2021 10:00:00 +0000" in made.page("feed.xml")


# Dates to come


def test_a_mistyped_year_is_told_where_it_stands(site: Sites) -> None:
    made = news(site, "2062-11-02", "2025-07-09")
    (problem,) = made.problems()
    assert (problem.rule, problem.severity, problem.at.path) == (
        "date-plausible",
        "warning",
        "content/news/a.md",
    )
    assert problem.at.line == 4 and "2062-11-02" in problem.message


@pytest.mark.parametrize("date", ["2062", "2025-08", "2025-07-11", "2025-07-11T00:01", "9999-12-31"])
def test_dates_to_come_are_told(site: Sites, date: str) -> None:
    assert news(site, date).rules() == ["date-plausible"]


@pytest.mark.parametrize("date", ["2025", "2025-07", "2025-07-10", "2025-07-10T23:00", "1962-11-02"])
def test_tomorrow_and_a_month_that_has_begun_are_not_told(site: Sites, date: str) -> None:
    assert news(site, date).rules() == []


def test_what_is_scheduled_is_not_told_until_it_is_there(site: Sites) -> None:
    made = news(site, "2025-08-01", more="publish_at: 2025-07-20\n")
    assert made.rules() == [] and made.rules(drafts=True) == []
    assert made.rules(now=datetime(2025, 7, 21, tzinfo=UTC)) == ["date-plausible"]
    assert made.rules(now=datetime(2025, 8, 1, tzinfo=UTC)) == []


def test_the_warning_goes_when_its_day_comes(site: Sites) -> None:
    made = news(site, "2025-07-12")
    assert [problem.rule for problem in made.build().problems if problem.severity == "warning"] == ["date-plausible"]
    assert not [
        problem for problem in made.build(now=NOON + timedelta(days=2)).problems if problem.severity == "warning"
    ]


def test_dates_that_a_type_calls_past(site: Sites) -> None:
    made = news(site, "2025-07-01", more="updated: 2052-07-02\n")
    made.write("content/sources/all.yaml", "s: {title: S, published: 2055-01-01}\n")
    assert made.rules() == ["date-plausible", "date-plausible"]
    assert '"dateModified"' not in (made.build(), made.page("news/a"))[1]
    episode = {"content/series/f.yaml": "f: {title: F}\n", "content/seasons/f.yaml": "f-s01: {series: f, number: 1}\n"}
    aired = "f-s01e01: {title: One, season: f-s01, number: 1, aired: 2055-01-01}\n"
    assert site(episode | {"content/episodes/f.yaml": aired}).rules() == []


def test_a_draft_list_knows_moments(site: Sites) -> None:
    made = news(site, "2025-07-01", more="publish_at: 2025-07-09 18:00\n")
    made.published(drafts=True)
    assert "Wye" in made.page("wiki/drafts")
    made.published(drafts=True, now=NOON.replace(hour=19))
    assert "Wye" not in made.page("wiki/drafts")
    kept = made.tree()
    made.clean(drafts=True, now=NOON.replace(hour=19))
    assert made.tree() == kept


def test_an_episode_of_tonight_is_still_to_come(site: Sites) -> None:
    files = {"content/series/f.yaml": "f: {title: F}\n", "content/seasons/f.yaml": "f-s01: {series: f, number: 1}\n"}
    episodes = "f-s01e01: {title: One, season: f-s01, number: 1, aired: 2025-07-09 18:00}\n"
    made = site(files | {"content/episodes/f.yaml": episodes}).published()
    assert "Coming up" in made.page("/") and "Last released" not in made.page("/")
    made.published(now=NOON.replace(hour=18))
    assert "Coming up" not in made.page("/") and "Last released" in made.page("/")


def test_a_time_without_zone_that_the_clocks_skip_or_show_twice(site: Sites) -> None:
    made = news(site, "2025-03-09T02:30", "2024-11-03T01:30", settings=LA).published()
    assert fed(made) == [
        ("a", datetime(2025, 3, 9, 10, 30, tzinfo=UTC)),
        ("b", datetime(2024, 11, 3, 8, 30, tzinfo=UTC)),
    ]


def test_the_later_article_of_a_day_decides_what_is_claimed(site: Sites) -> None:
    claim = "claims: [{{about: series/f, field: genre, value: {}}}]\n"
    made = site({"content/series/f.yaml": "f: {title: F}\n"})
    for name, moment, genre in (
        ("a", "2025-07-01 18:00", "Drama"),
        ("b", "2025-07-01", "Comedy"),
        ("c", "2025-07-01 09:00", "Farce"),
    ):
        record = f"title: {genre} told\nsummary: s\ndate: {moment}\n{claim.format(genre)}"
        made.write(f"content/news/{name}.md", f"---\n{record}---\nText.\n")
    made.published()
    assert "Drama" in (LexborHTMLParser(made.page("series/f")).css_first(".infobox") or LexborHTMLParser("")).text()
    made.replace("content/news/a.md", "2025-07-01 18:00", "2025-07-01 11:00").published()
    assert "Comedy" in (LexborHTMLParser(made.page("series/f")).css_first(".infobox") or LexborHTMLParser("")).text()


def test_a_credit_on_an_episode_that_comes_out_tonight_needs_a_source(site: Sites) -> None:
    files = {"content/series/f.yaml": "f: {title: F}\n", "content/seasons/f.yaml": "f-s01: {series: f, number: 1}\n"}
    credit = "credits: [{person: ann, as: x}]"
    episodes = f"f-s01e01: {{title: One, season: f-s01, number: 1, aired: 2025-07-09 18:00, {credit}}}\n"
    made = site(files | {"content/episodes/f.yaml": episodes, "content/people/a.yaml": "ann: {title: Ann}\n"})
    assert made.rules() == ["credit-aired"] and made.rules(now=NOON.replace(hour=18)) == []
