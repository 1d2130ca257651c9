"""A sitemap in several parts: together they hold what one would, none holds too much, and the index names them all."""

from __future__ import annotations

import re

import pytest
from tinysite import Site, Sites

from ballardwiki.pages.outputs import sitemap

BASE = "https://wiki.example/"


def wiki(site: Sites, people: int) -> Site:
    return site({f"content/people/p{number}.md": f"---\ntitle: P {number}\n---\n" for number in range(people)})


def addresses(text: str, kind: str) -> list[str]:
    assert re.fullmatch(rf"<\?xml [^>]+\?>\n<{kind} xmlns=\"[^\"]+\">\n(?:<.+>\n)+</{kind}>\n", text)
    return re.findall(r"<loc>([^<]+)</loc>", text)


def parts(made: Site, limit: int) -> list[list[str]]:
    """The addresses in each of several sitemaps."""
    named = addresses(made.page("sitemap.xml"), "sitemapindex")
    assert {each.removeprefix(BASE) for each in named} == {path for path in made.paths() if re.match(r"sitemap-", path)}
    found = [addresses(made.page(each.removeprefix(BASE)), "urlset") for each in named]
    assert all(1 <= len(each) <= limit for each in found), [*map(len, found)]
    return found


def test_parts_hold_together_what_one_sitemap_would(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    made = wiki(site, 40).published()
    whole = addresses(made.page("sitemap.xml"), "urlset")
    assert len(whole) == len({*whole}) > 41 and whole[0] == BASE
    for limit in (len(whole) // 3, 20, 21, len(whole) // 2, len(whole) - 2, len(whole) - 1):
        monkeypatch.setattr(sitemap, "LIMIT", limit)
        made.clean()
        assert [each for part in parts(made, limit) for each in part] == whole, limit


def test_a_site_that_grows_past_the_limit_and_shrinks_again(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 30)
    made = wiki(site, 5).published()
    small = made.tree()
    assert "sitemap-1.xml" not in small
    for number in range(5, 60):
        made.write(f"content/people/p{number}.md", f"---\ntitle: P {number}\n---\n")
        if number == 40:
            assert len(parts(made.published(), 30)) == 2
    made.published()
    assert len(parts(made, 30)) == 3
    grown = made.tree()
    made.clean()
    assert made.tree() == grown
    for number in range(5, 60):
        made.delete(f"content/people/p{number}.md")
    assert made.published().tree() == small
