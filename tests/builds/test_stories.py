"""One edit, and exactly the outputs that it makes anew. What a page shows decides, not where the edit was made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tinysite import NOON, SETTINGS, Site, Sites

from ballardwiki.build.pipeline import Result

PLAIN = SETTINGS + "maintenance: false\ndata: false\n"
"""Without what shows all of the content, and so follows every edit: that has tests of its own."""

START = {
    "site.yaml": PLAIN,
    "content/people/ann.md": "---\ntitle: Ann\n---\nAnn was in [[Ser]].\n",
    "content/people/bob.md": "---\ntitle: Bob\n---\nBob knows [[Ann]] and [[Zoe]].\n",
    "content/series/ser.md": "---\ntitle: Ser\n---\nWith a lot[^one].\n",
    "content/seasons/ser-1.md": "---\nseries: ser\nnumber: 1\n---\n",
    "content/episodes/e1.md": "---\nseason: ser-1\nnumber: 1\naired: 2025-07-08\n"
    "credits: [{person: ann, job: Director}]\n---\n",
    "content/episodes/e2.md": "---\nseason: ser-1\nnumber: 2\n---\n> [!spoiler] s01e02\n> The end.\n",
    "content/news/first.md": "---\ntitle: First\ndate: 2025-07-01\n---\nIt began.\n",
    "content/sources/all.yaml": "one: {title: One}\ntwo: {title: Two}\n",
}
ANN, BOB = "content/people/ann.md", "content/people/bob.md"
NEWS = {"feed.xml", "", "news/", "news/2025/", "news/first/"}
"""What shows the words of the newest article."""


@pytest.fixture
def wiki(site: Sites) -> Site:
    """The site of most stories, published."""
    return published(site)


def published(site: Sites, files: dict[str, str] | None = None) -> Site:
    made = site(START | (files or {}))
    assert not made.build().failed
    return made


def rendered(wiki: Site, **options: object) -> set[str]:
    """The addresses of what a build makes anew."""
    return addresses(wiki.build(**options))


def addresses(result: Result) -> set[str]:
    assert not result.failed, result.problems
    return {path.removesuffix("index.html") for path in result.rendered}


def pages(wiki: Site) -> set[str]:
    """The addresses of all pages that the theme makes."""
    return {path.removesuffix("index.html") for path in wiki.paths() if path.endswith(".html")}


def test_nothing_changed(wiki: Site) -> None:
    result = wiki.build()
    assert (result.rendered, result.written, result.removed) == ((), (), ())


def test_a_text(wiki: Site) -> None:
    wiki.replace(ANN, "Ann was", "Ann is")
    assert rendered(wiki) == {"people/ann/", "series/ser/"}, "the series' page quotes the sentence that names it"


def test_the_text_of_an_article_whose_first_words_stand_in_lists(wiki: Site) -> None:
    wiki.replace("content/news/first.md", "It began", "It has begun")
    assert rendered(wiki) == NEWS


def test_a_field_that_only_the_page_shows(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", "title: Ann\nborn: 1970")
    assert rendered(wiki) == {"people/ann/"}


def test_a_title_on_all_pages_that_show_it(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", "title: Anna\naliases: [Ann]")
    assert rendered(wiki) == {"people/", "people/ann/", "series/ser/", "series/ser/season-1/", "series/ser/s01e01/"}


def test_a_title_that_ends_a_link_by_name(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", "title: Anna")
    assert rendered(wiki) == {
        "people/",
        "people/ann/",
        "people/bob/",
        "series/ser/",
        "series/ser/season-1/",
        "series/ser/s01e01/",
    }


def test_a_title_in_a_pattern_changes_the_titles_made_from_it(wiki: Site) -> None:
    wiki.replace("content/series/ser.md", "title: Ser", "title: Serial\naliases: [Ser]")
    changed = rendered(wiki)
    assert {"series/ser/", "series/ser/season-1/", "series/ser/s01e01/", "series/ser/s01e02/", "series/"} <= changed
    assert not changed & {"people/bob/", "news/first/", "feed.xml", "sitemap.xml"}


def test_a_summary(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", "title: Ann\nsummary: An actor.")
    assert rendered(wiki) == {"people/", "people/ann/"}


def test_the_summary_of_an_article(wiki: Site) -> None:
    wiki.replace("content/news/first.md", "title: First", "title: First\nsummary: In short.")
    assert rendered(wiki) == NEWS


def test_the_date_of_an_article(wiki: Site) -> None:
    wiki.replace("content/news/first.md", "2025-07-01", "2025-07-02")
    assert rendered(wiki) == {*NEWS, "sitemap.xml"}


def test_a_page_that_a_red_link_wanted(wiki: Site) -> None:
    wiki.write("content/people/zoe.md", "---\ntitle: Zoe\n---\n")
    assert rendered(wiki) == {"", "people/", "people/zoe/", "people/bob/", "sitemap.xml"}


def test_a_page_that_nobody_wanted(wiki: Site) -> None:
    wiki.write("content/people/yan.md", "---\ntitle: Yan\n---\n")
    assert rendered(wiki) == {"", "people/", "people/yan/", "sitemap.xml"}


def test_a_page_removed(site: Sites) -> None:
    wiki = published(site, {"content/people/zoe.md": "---\ntitle: Zoe\n---\n"})
    result = wiki.delete("content/people/zoe.md").build()
    assert addresses(result) == {"", "people/", "people/bob/", "sitemap.xml"}
    assert result.removed == ("people/zoe/index.html",)


def test_an_alias_that_a_red_link_wanted(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", "title: Ann\naliases: [Zoe]")
    assert rendered(wiki) == {"people/ann/", "people/bob/"}


def test_the_first_tag(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", "title: Ann\ntags: [Red]")
    assert rendered(wiki) == {"", "people/ann/", "tags/", "tags/red/"}


def test_one_more_that_bears_a_tag(site: Sites) -> None:
    wiki = published(site, {ANN: "---\ntitle: Ann\ntags: [Red]\n---\n"})
    result = wiki.replace(BOB, "title: Bob", "title: Bob\ntags: [red]").build()
    assert addresses(result) == {"people/bob/", "tags/", "tags/red/"}


def test_a_credit(wiki: Site) -> None:
    wiki.replace("content/episodes/e2.md", "number: 2", "number: 2\ncredits: [{person: bob, job: Writer}]")
    assert rendered(wiki) == {"people/bob/", "series/ser/", "series/ser/season-1/", "series/ser/s01e02/"}


def test_a_source_that_is_cited(wiki: Site) -> None:
    wiki.replace("content/sources/all.yaml", "One", "One more")
    assert rendered(wiki) == {"series/ser/"}


def test_a_source_that_nobody_cites(wiki: Site) -> None:
    wiki.replace("content/sources/all.yaml", "Two", "Two more")
    assert rendered(wiki) == set()


def test_a_link_elsewhere(wiki: Site) -> None:
    wiki.replace(BOB, "title: Bob", "title: Bob\nlinks: [https://bob.example/]")
    assert rendered(wiki) == {"people/bob/"}


def test_a_former_id(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", "title: Ann\nwas: [annie]")
    assert rendered(wiki) == {"people/annie/", "people/ann/", "_redirects"}, "claims about the old id count now"


def test_a_release_date(wiki: Site) -> None:
    wiki.replace("content/episodes/e2.md", "number: 2", "number: 2\naired: 2025-07-10")
    assert rendered(wiki) == {"", "episodes/", "series/ser/season-1/", "series/ser/s01e02/"}


def test_the_title_of_the_site(wiki: Site) -> None:
    wiki.replace("site.yaml", "Test wiki", "Best wiki")
    assert rendered(wiki) == {*pages(wiki), "feed.xml"}


def test_the_navigation(wiki: Site) -> None:
    wiki.write("site.yaml", PLAIN + "navigation: [{label: News, url: /news/}]\n")
    assert rendered(wiki) == pages(wiki)


def test_a_setting_of_the_feed(wiki: Site) -> None:
    wiki.write("site.yaml", PLAIN + "feed: {items: 9}\n")
    assert rendered(wiki) == {"feed.xml"}


def test_the_horizon_on_pages_that_withhold_something(wiki: Site) -> None:
    wiki.write("site.yaml", PLAIN + "spoilers: {ser: s01e02}\n")
    assert rendered(wiki) == {"series/ser/s01e02/"}


def test_a_part_of_templates(site: Sites) -> None:
    part = "templates/partials/own.html"
    wiki = published(site, {part: "a", "templates/person.html": "{% include 'partials/own.html' %}"})
    wiki.write(part, "b")
    assert rendered(wiki) == {"people/ann/", "people/bob/"}


def test_a_template_of_its_own_for_a_type(wiki: Site) -> None:
    wiki.write("templates/place.html", "{{ entity.title }}")
    assert rendered(wiki) == set()
    wiki.write("templates/index-place.html", "{{ kind.plural }}")
    assert rendered(wiki) == {"places/"}


def test_a_style_that_every_page_names(site: Sites) -> None:
    wiki = published(site, {"templates/assets/style.css": "a {}"})
    wiki.write("templates/assets/style.css", "b {}")
    assert rendered(wiki) == {*pages(wiki), "assets/style.css"}


def test_an_image_that_no_page_shows(wiki: Site) -> None:
    wiki.write("media/x.svg", "<svg/>")
    assert rendered(wiki) == {"media/x.svg"}


def test_a_day_passes(wiki: Site) -> None:
    assert rendered(wiki, now=NOON + timedelta(days=1)) == {""}


def test_an_hour_passes(wiki: Site) -> None:
    assert rendered(wiki, now=NOON + timedelta(hours=1)) == set()


SCHEDULED = "---\ntitle: Second\ndate: 2025-07-09\npublish_at: 2025-07-09T13:00\n---\nSee [[Bob]].\n"


def test_a_scheduled_article_appears(site: Sites) -> None:
    wiki = published(site, {"content/news/second.md": SCHEDULED})
    assert rendered(wiki, now=NOON + timedelta(minutes=59)) == set()
    changed = rendered(wiki, now=NOON + timedelta(minutes=60))
    assert changed == {*NEWS, "news/second/", "people/bob/", "sitemap.xml"}


def test_a_draft_is_withdrawn(wiki: Site) -> None:
    result = wiki.replace(BOB, "title: Bob", "title: Bob\ndraft: true").build()
    assert addresses(result) == {"", "people/", "people/ann/", "sitemap.xml"}
    assert result.removed == ("people/bob/index.html",)


def test_lines_that_shift(wiki: Site) -> None:
    wiki.replace(ANN, "title: Ann", '# a remark\n\ntitle:   "Ann"')
    assert rendered(wiki) == set()


def test_blank_lines_in_a_text_change_no_byte(wiki: Site) -> None:
    result = wiki.replace(ANN, "Ann was", "\n\nAnn was").build()
    assert addresses(result) <= {"people/ann/"} and result.written == ()


def test_times_that_change_alone(wiki: Site) -> None:
    (wiki.root / ANN).touch()
    assert rendered(wiki) == set()


def test_a_page_edited_by_hand(wiki: Site) -> None:
    before = wiki.tree()
    (wiki.out / "people/ann/index.html").write_text("by hand")
    assert rendered(wiki) == {"people/ann/"} and wiki.tree() == before


def test_a_page_deleted_by_hand(wiki: Site) -> None:
    before = wiki.tree()
    (wiki.out / "feed.xml").unlink()
    assert rendered(wiki) == {"feed.xml"} and wiki.tree() == before


def test_a_file_that_is_none_of_ours(wiki: Site) -> None:
    (wiki.out / "stray.html").write_text("by hand")
    result = wiki.build()
    assert result.rendered == () and result.removed == ("stray.html",) and not wiki.has("stray.html")


def test_an_error_changes_nothing(wiki: Site) -> None:
    before = wiki.tree()
    result = wiki.replace(ANN, "title: Ann", "title: Ann\nborn: soon").build()
    assert result.failed and result.rendered == () and wiki.tree() == before


def test_a_mended_error_leaves_nothing_to_do(wiki: Site) -> None:
    assert wiki.replace(ANN, "title: Ann", "title: Ann\nborn: soon").build().failed
    wiki.replace(ANN, "\nborn: soon", "")
    assert rendered(wiki) == set()
