"""robots.txt: all may be read, and where the sitemap is."""

from __future__ import annotations

from tinysite import Sites


def test_robots_may_read_all_and_find_the_sitemap(site: Sites) -> None:
    wiki = site({"site.yaml": "title: T\nbase_url: https://wiki.example/w/\n"}).published()
    assert wiki.page("robots.txt") == "User-agent: *\nAllow: /\n\nSitemap: https://wiki.example/w/sitemap.xml\n"
    assert wiki.has("sitemap.xml")
