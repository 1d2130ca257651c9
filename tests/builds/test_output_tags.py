"""Tag pages and their list, by what may be known of each who bears a tag."""

from __future__ import annotations

import re

from tinysite import Sites

FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/episodes/e.yaml": "one-1-1: {season: one-1, number: 1, tags: [{value: Finale, since: s01e01}, {value: Wedding, since: two s01e01}]}\n"
    "two-1-1: {season: two-1, number: 1, tags: [{value: Finale, since: s01e01}, {value: Funeral, since: s01e01}]}\n",
}


def test_a_tag_page_has_those_whose_tag_may_be_known(site: Sites) -> None:
    wiki = site(FILES).published()
    page = wiki.page("tags/finale")
    assert "One S01E01" in page
    assert "Two S01E01" not in page
    assert {path for path in wiki.paths() if path.startswith("tags/")} == {"tags/index.html", "tags/finale/index.html"}
    assert re.search(r"Finale.*?\b1\b", wiki.page("tags"), re.DOTALL)
    assert "Finale" not in wiki.page("series/two/s01e01")


def test_tags_come_and_go_with_the_horizon(site: Sites) -> None:
    wiki = site(FILES).published()
    wiki.replace("site.yaml", "one: all", "two: all").published()
    assert {path for path in wiki.paths() if path.startswith("tags/")} == {
        f"tags/{each}index.html" for each in ("", "finale/", "funeral/", "wedding/")
    }
    assert "One S01E01" not in wiki.page("tags/finale")
    built = wiki.tree()
    wiki.clean()
    assert wiki.tree() == built


def test_a_site_without_tags_has_no_list_of_them(site: Sites) -> None:
    wiki = site({"content/people/ann.md": "---\ntitle: Ann\ntags: [Red]\n---\n"}).published()
    assert wiki.has("tags")
    wiki.replace("content/people/ann.md", "tags: [Red]\n", "").published()
    assert not wiki.has("tags")
