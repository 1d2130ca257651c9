"""The front page and the page for missing addresses, within each series' horizon."""

from __future__ import annotations

from tinysite import Sites

FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/w/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/episodes/e.yaml": "".join(
        f"{name}-1-1: {{season: {name}-1, number: 1, aired: 2020-01-01, title: {{value: {name.upper()}FATE, since: s01e01}}}}\n"
        for name in ("one", "two")
    ),
}


def test_the_front_page_calls_episodes_as_far_as_their_series_may_be_told(site: Sites) -> None:
    page = site(FILES).published().page("index.html")
    assert "ONEFATE" in page
    assert "TWOFATE" not in page


def test_the_page_for_missing_addresses_works_at_any_address(site: Sites) -> None:
    page = site(FILES).published().page("404.html")
    assert 'href="/w/' in page
    assert 'href="../' not in page
