"""Pages in languages that run to the left, and names that run otherwise than their page."""

from __future__ import annotations

from tinysite import SETTINGS, Site, Sites

YAEL = "יעל כהן (שחקנית)"
ODD = "Odd \u202eeman"
FILES = {
    "content/series/s.yaml": "fog: {title: Fog Line, number: 1, credits: [{person: yael, job: Director}]}\n",
    "content/people/p.yaml": f"yael: {{title: {YAEL}, summary: שחקנית., was: [old]}}\nann: {{title: Ann Roe}}\n",
    "content/pages/links.md": f"---\ntitle: Links\n---\nWith [[{YAEL}]], [[Ann Roe]] and [[yael]].\n",
    "content/news/2025-01-01-n.md": f"---\ntitle: '{YAEL} 2'\ndate: 2025-01-01\nsummary: s\ntags: [{YAEL}]\n---\nWith [[{YAEL}]].\n",
}
STILL = f"{SETTINGS}rules: {{summary-present: off, page-linked: off}}\n"


def made(site: Sites, language: str) -> Site:
    return site(FILES | {"site.yaml": f"{STILL}language: {language}\n"}).published()


def test_a_page_runs_as_its_language_does(site: Sites) -> None:
    for language, way in (("he", "rtl"), ("ar-EG", "rtl"), ("pa-Arab", "rtl"), ("en", "ltr")):
        wiki = made(site, language)
        for page in ("", "people/yael", "people/old", "links", "404.html"):
            assert f'<html lang="{language}" dir="{way}">' in wiki.page(page)


def test_names_are_isolated_on_a_page_that_runs_to_the_right(site: Sites) -> None:
    wiki = made(site, "en")
    name, links = f"<bdi>{YAEL}</bdi>", wiki.page("links")
    assert links.count(f">{name}</a>") == 2 and ">Ann Roe</a>" in links
    assert f"<h1>{name}</h1>" in wiki.page("people/yael") and f"<title>\u2068{YAEL}\u2069 · " in wiki.page(
        "people/yael"
    )
    assert f"{name}</a>" in wiki.page("series/fog") and f"{name}</a>" in wiki.page("people")
    assert name in wiki.page("news/2025-01-01-n") and name in wiki.page("tags")
    assert f'">{name}</a>' in wiki.page("feed.xml") and f"<title>{YAEL} 2</title>" in wiki.page("feed.xml")


def test_names_are_isolated_on_a_page_that_runs_to_the_left(site: Sites) -> None:
    links = made(site, "he").page("links")
    assert links.count(f"<bdi>{YAEL}</bdi></a>") == 2 and "<bdi>Ann Roe</bdi></a>" in links


def test_a_name_that_steers_what_follows_ends_with_itself(site: Sites) -> None:
    wiki = made(site, "en").write("content/people/odd.md", f'---\ntitle: "{ODD}"\n---\n')
    wiki.write("content/news/2025-01-02-n.md", f'---\ntitle: "{ODD}"\ndate: 2025-01-02\nsummary: s\n---\nx\n')
    wiki.build()
    page = wiki.page("people/odd")
    assert f"<h1><bdi>{ODD}\u202c</bdi></h1>" in page and f"<title>\u2068{ODD}\u202c\u2069 · " in page
    assert f"<title>{ODD}\u202c</title>" in wiki.page("feed.xml")
