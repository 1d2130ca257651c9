"""A page for every entity that may be known, and what search engines and feeds are told of it."""

from __future__ import annotations

import json

from tinysite import Sites

FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/episodes/e.yaml": "".join(
        f"{name}-1-{number}: {{season: {name}-1, number: {number}{', since: s01e01' if number == 2 else ''}}}\n"
        for name in ("one", "two")
        for number in (1, 2)
    ),
    "content/news/a.md": "---\ntitle: SECRET A\ndate: 2020-01-01\nsince: two s01e01\n---\n\nWords.\n",
    "content/news/b.md": "---\ntitle: News B\ndate: 2020-01-02\nsince: one s01e01\n---\n\nWords.\n",
}


def test_a_record_is_hidden_by_its_own_series_everywhere(site: Sites) -> None:
    wiki = site(FILES).published()
    assert (wiki.has("series/one/s01e02"), wiki.has("series/two/s01e02")) == (True, False)
    sitemap = wiki.page("sitemap.xml")
    assert "series/one/s01e02/" in sitemap
    assert "series/two/s01e02/" not in sitemap
    found = {each["id"] for each in json.loads(wiki.data("data/episode.json"))["records"]}
    assert found == {"episode/one-1-1", "episode/one-1-2", "episode/two-1-1"}
    assert "s01e02" not in wiki.page("series/two/season-1")
    assert "s01e02" in wiki.page("series/one/season-1")


def test_hidden_news_is_neither_on_the_front_page_nor_in_the_feed(site: Sites) -> None:
    wiki = site(FILES).published()
    for path in ("index.html", "feed.xml", "news"):
        assert "SECRET" not in wiki.page(path)
        assert "News B" in wiki.page(path)


def test_linked_data_of_a_page_names_no_hidden_part(site: Sites) -> None:
    wiki = site(FILES).published()
    for name, known in (("one", True), ("two", False)):
        script = (
            wiki.page(f"series/{name}/season-1")
            .partition('<script type="application/ld+json">')[2]
            .partition("</script>")[0]
        )
        assert (f"series/{name}/s01e02/" in script) is known
        assert f"series/{name}/s01e01/" in script
