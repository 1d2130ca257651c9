"""The list pages of types, their pages and their archive by year, by what may be known in each series."""

from __future__ import annotations

import re

from tinysite import Site, Sites

FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/episodes/e.yaml": "one-1-1: {season: one-1, number: 1}\ntwo-1-1: {season: two-1, number: 1}\n",
}


def news(wiki: Site, name: str, date: str, since: str = "") -> Site:
    front = f"title: {name.title()}\ndate: {date}\n" + (f"since: {since}\n" if since else "")
    return wiki.write(f"content/news/{name}.md", f"---\n{front}---\n\nWords.\n")


def listed(wiki: Site, path: str) -> list[str]:
    """The titles that a list page links, in its order."""
    return list(dict.fromkeys(re.findall(r'href="[./]*/news/([a-z]\w*)/index\.html"', wiki.page(path))))


def test_hidden_news_is_in_no_list_and_makes_no_page_or_year(site: Sites) -> None:
    wiki = news(
        news(news(site(FILES), "plain", "2020-01-01"), "ahead", "2019-01-01", "one s01e01"),
        "later",
        "2018-01-01",
        "two s01e01",
    )
    wiki.published()
    assert listed(wiki, "news") == ["plain", "ahead"]
    assert (wiki.has("news/2019"), wiki.has("news/2018")) == (True, False)
    assert "2018" not in wiki.page("news")


def test_pages_are_filled_by_what_may_be_known(site: Sites) -> None:
    wiki = site(FILES)
    for number in range(21):
        news(wiki, f"n{number:02}", f"2020-01-{number + 1:02}", "two s01e01" if number == 20 else "")
    assert not wiki.published().has("news/page/2")
    wiki.replace("site.yaml", "one: all", "two: all").published()
    assert listed(wiki, "news/page/2") == ["n00"]
    wiki.replace("site.yaml", "two: all", "one: all").published()
    assert not wiki.has("news/page/2")


def test_episodes_are_listed_by_their_own_series(site: Sites) -> None:
    hide = "one-1-2: {season: one-1, number: 2, since: s01e01}\ntwo-1-2: {season: two-1, number: 2, since: s01e01}\n"
    page = site({**FILES, "content/episodes/f.yaml": hide}).published().page("episodes")
    assert "series/one/s01e02/" in page
    assert "series/two/s01e02/" not in page
