# tables of examples
"""The news feed keeps RSS 2.0 and the RSS Best Practices Profile, whatever the articles hold."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import feedrules
import pytest
from feedrules import CONTENT, CREATOR, broken, items, parse
from lxml import etree
from selectolax.lexbor import LexborHTMLParser
from tinysite import NOON, Site, Sites

SETTINGS = (
    "title: Test wiki\nbase_url: https://wiki.example/deep/wiki/\ntimezone: America/Los_Angeles\nauthor: The editors\n"
)
ARTICLE = "---\ntitle: {title}\ndate: {date}\n{fields}---\n{text}\n"


def article(
    title: str = "Plain news", date: str = "2025-07-01", text: str = "First words.", summary: str = "", **fields: str
) -> str:
    given = fields | ({"summary": summary} if summary else {})
    return ARTICLE.format(title=title, date=date, text=text, fields="".join(f"{k}: {v}\n" for k, v in given.items()))


def feed(made: Site, **options: object) -> bytes:
    result = made.build(**options)
    assert not result.failed, "\n".join(map(str, result.problems))
    data = made.data("feed.xml")
    assert broken(data) == []
    return data


@pytest.fixture
def news(site: Sites) -> Site:
    return site({"site.yaml": SETTINGS})


# The real site


def test_the_real_feed_keeps_every_rule(wiki: Site) -> None:
    assert broken(wiki.data("feed.xml")) == []


def test_the_real_feed_is_full_of_news(wiki: Site) -> None:
    found = items(wiki.data("feed.xml"))
    assert len(found) == 50
    for each in found:
        assert parsedate_to_datetime(each["pubDate"]) < datetime.now(UTC), f"{each['title']} comes from the future"
        words = LexborHTMLParser(each[CONTENT]).text()
        assert len(words) > 150 and "withheld" not in words
        assert not LexborHTMLParser(each[CONTENT]).css("sup"), "reference marks mean nothing in a reader"


def test_the_real_feed_links_to_pages_of_the_site(wiki: Site) -> None:
    base = "https://ballardwiki.github.io/ballardwiki/"
    channel = parse(wiki.data("feed.xml"))
    assert channel.findtext("link") == base
    for each in items(wiki.data("feed.xml")):
        addresses = [node.attributes["href"] or "" for node in LexborHTMLParser(each[CONTENT]).css("a[href]")]
        for address in (each["link"], *addresses):
            if address.startswith(base):
                assert wiki.has(address.removeprefix(base).partition("#")[0]), address


def test_every_page_names_the_feed(wiki: Site) -> None:
    for path in ("", "news", "people/maggie-q", "404.html"):
        tree = LexborHTMLParser(wiki.page(path))
        found = tree.css('link[rel=alternate][type="application/rss+xml"]')
        assert len(found) == 1 and (found[0].attributes["href"] or "").endswith("feed.xml")


# Hostile and odd articles

TITLES = [
    "AT&T <b>buys</b> a show", "5 < 6 > 4", "]]> and <![CDATA[", "&amp;lt; once escaped", "🎬 🏴󠁧󠁢󠁳󠁣󠁴󠁿 𝔘𝔫𝔦", "עברית and العربية",
    "Quote \" and '", "ends in backslash \\", "<script>alert(1)</script>", "<!DOCTYPE x>", "&#x3C;b&#x3E;",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_title_arrives_as_it_was_written(news: Site, title: str) -> None:
    news.write("content/news/a.md", article(title="'" + title.replace("'", "''") + "'", summary="Words."))
    assert items(feed(news))[0]["title"] == title


@pytest.mark.parametrize("text", TITLES)
def test_a_summary_is_plain_text_to_a_reader_that_expects_html(news: Site, text: str) -> None:
    """Readers take `description` for HTML: what looks like a tag must still be read as text."""
    news.write("content/news/a.md", article(summary="'" + text.replace("'", "''") + "'"))
    shown = LexborHTMLParser(f"<body>{items(feed(news))[0]['description']}").body
    assert shown is not None and shown.text() == text


@pytest.mark.parametrize("text", ["a <b>word</b> & more", "1 < 2", "`<script>`", "&lt;i&gt;", "a]]>b"])
def test_an_excerpt_is_plain_text_too(news: Site, text: str) -> None:
    news.write("content/news/a.md", article(text=text))
    feed(news)


@pytest.mark.parametrize(
    "escape", ["\\x00", "\\x07", "\\x1b", "\\x7f", "\\uFFFE", "\\uFFFF", "\\u0085", "\\u009f", "\\U0001FFFF"]
)
def test_what_xml_cannot_hold_is_left_out_or_refused(news: Site, escape: str) -> None:
    news.write("content/news/a.md", article(title=f'"A{escape}B"', summary=f'"C{escape}D"', tags=f'["t{escape}"]'))
    result = news.build()
    assert result.failed or broken(news.data("feed.xml")) == []


BODIES = [
    "a&#7;b &#0; &#xFFFE; &#x1b;", "a\ufffeb\uffff", "]]>", "```\n]]>\n```", "<![CDATA[ x ]]>", "😀 \u202eRTL\u202c עברית",
    "<script>alert(1)</script> rest", "<b onclick=alert(1)>x</b>", '<b style="color:red">x</b>', "[x](javascript:alert(1))",
    "[x](/news/)", "[x](#there)", "[x](../a/)", "[x](//evil.example/)", "[x](?q)", "![x](a.png)", "![x](https://e.org/a.png)",
    "[[a]]", "[[#there]]", "## Head {#mine}\n\n[x](#mine)", "text[^1]\n\n[^1]: a note", "<a href='x.html'>x</a>", "<a name=x>y</a>",
    "<img src=/x.png>", "<blockquote cite='x'>y</blockquote>", "<video src=x></video>", "> [!note] T\n> words",
    "> [!spoiler] s01e01\n> words", "||a secret||", "| a | b |\n| - | - |\n| 1 | 2 |", "- [ ] task",
]  # fmt: skip


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize("text", BODIES)
def test_content_is_safe_and_stands_alone(news: Site, engine: str, text: str) -> None:
    news.write("site.yaml", SETTINGS + f"markdown: {{engine: {engine}}}\n")
    news.write("content/news/a.md", article(title="a", summary="Words.", text=f"First.\n\n{text}\n"))
    result = news.build()
    if not result.failed:
        assert broken(news.data("feed.xml")) == []


def test_links_to_other_pages_are_absolute(news: Site) -> None:
    news.write("content/people/maggie-q.md", "---\ntitle: Maggie Q\n---\n## Early life\n\nWords.")
    news.write(
        "content/news/a.md", article(text="[[Maggie Q]], [[Maggie Q#Early life|life]], [file](../people/maggie-q.md)")
    )
    content = items(feed(news))[0][CONTENT]
    assert content.count('"https://wiki.example/deep/wiki/people/maggie-q/') == 3


# Whole feeds


def test_an_empty_feed_is_valid_and_has_a_fixed_date(news: Site) -> None:
    first = feed(news)
    assert items(first) == [] and feed(news, now=datetime(2031, 1, 1, tzinfo=UTC)) == first


def test_partial_dates(news: Site) -> None:
    for date in ("2023", "2023-11", "2023-11-17", "1850-01-02", "2024-02-29"):
        news.write(f"content/news/n-{date}.md", article(title=f"N {date}", date=date))
    found = items(feed(news))
    assert [each["title"] for each in found] == ["N 2024-02-29", "N 2023-11-17", "N 2023-11", "N 2023", "N 1850-01-02"]
    assert found[0]["pubDate"] == "Thu, 29 Feb 2024 12:00:00 -0800" and found[3]["pubDate"].startswith(
        "Sun, 01 Jan 2023"
    )


def test_nothing_comes_from_the_future(news: Site) -> None:
    for day in ("2025-07-08", "2025-07-10", "2031-01-01", "2031"):
        news.write(f"content/news/n-{day}.md", article(title=f"N {day}", date=day))
    for each in items(feed(news)):
        assert parsedate_to_datetime(each["pubDate"]) <= NOON, each["title"]


def test_the_newest_fifty(news: Site) -> None:
    for number in range(60):
        news.write(
            f"content/news/n{number:02}.md",
            article(title=f"N {number}", date=f"2024-{number // 28 + 1:02}-{number % 28 + 1:02}"),
        )
    found = items(feed(news))
    assert [each["title"] for each in found] == [f"N {number}" for number in range(59, 9, -1)]
    news.write("site.yaml", SETTINGS + "feed: {items: 5}\n")
    assert len(items(feed(news))) == 5


def test_drafts_and_scheduled_articles_wait(news: Site) -> None:
    news.write("content/news/a.md", article(draft="true"))
    news.write("content/news/b.md", article(title="Later", date="2025-07-10", publish_at="2025-07-10T08:00:00-07:00"))
    assert items(feed(news)) == []
    assert [each["title"] for each in items(feed(news, now=datetime(2025, 7, 11, tzinfo=UTC)))] == ["Later"]


def test_authors_and_categories(news: Site) -> None:
    news.write("content/news/a.md", article(author="Ada & Bob", tags="[casting, 'R&D']"))
    news.write("content/news/b.md", article(title="B", date="2025-06-01"))
    first, second = items(feed(news))
    assert (first[CREATOR], second[CREATOR]) == ("Ada & Bob", "The editors")
    assert [each.text for each in parse(news.data("feed.xml")).find("item").findall("category")] == ["casting", "R&D"]


# A guid is for ever


def guid(made: Site) -> str:
    return items(feed(made))[0]["guid"]


def test_a_guid_outlives_titles_dates_texts_and_addresses(news: Site) -> None:
    news.write("content/news/a.md", article())
    first = guid(news)
    assert guid(news.write("content/news/a.md", article(title="Other", date="2024", text="Others."))) == first
    assert guid(news.write("site.yaml", SETTINGS.replace("deep/wiki/", ""))) == first
    assert guid(news.write("site.yaml", SETTINGS.replace("https:", "http:"))) == first
    assert guid(news.write("site.yaml", SETTINGS + "links: folders\n")) == first
    assert guid(news.move("content/news/a.md", "content/news/2025/a.md")) == first


def test_the_same_content_gives_the_same_bytes_at_any_time(news: Site) -> None:
    news.write("content/news/a.md", article())
    first = feed(news)
    news.clean(now=datetime(2031, 1, 1, tzinfo=UTC))
    assert news.data("feed.xml") == first


# The rules themselves


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<guid isPermaLink="false">tag:', '<guid isPermaLink="true">tag:'), ("tag:wiki.example", "https://wiki.example"),
        ("12:00:00 -0700", "12:00:00"), ("01 Jul 2025", "1 Jul 25"), ("Tue, 01 Jul", "Wed, 01 Jul"),
        ("<description>Words.", "<description>&lt;b&gt;Words."), ("<p>First", '<p onclick="x">First'),
        ("<p>First", '<a href="/x">y</a><p>First'), ("<p>First", "<script>x</script><p>First"), ('rel="self"', 'rel="hub"'),
        ("<dc:creator>The editors</dc:creator>", ""), ("<title>Plain news</title>", "<title> </title>"),
    ],
)  # fmt: skip
def test_the_rules_see_what_breaks_them(news: Site, old: str, new: str) -> None:
    news.write("content/news/a.md", article(summary="Words."))
    news.build()
    text = news.data("feed.xml").decode()
    assert old in text and set(broken(text.replace(old, new).encode())) - set(broken(text.encode()))


def test_what_is_no_xml_is_seen() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        feedrules.parse(b"<rss>\x07</rss>")
