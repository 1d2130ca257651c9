"""Links by names: with signs in them, over two lines, to parts by the words of a heading."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from tinysite import SETTINGS, Site, Sites

PAGE = "content/pages/links.md"
NEWS = "content/news/2025-01-01-n.md"
ENGINES = ("python-markdown", "commonmark")
WORKS = {
    "content/works/w.yaml": """
        take: {title: Take, kind: film}
        take-2: {title: "Take #", kind: film}
        ep: {title: "Episode #1.1", kind: film}
        face: {title: Face, kind: film}
        face-off: {title: "Face|Off", kind: film}
        cut: {title: "Sicario [Extended]", kind: film, aliases: ["Part #2|b"]}
        rec: {title: "[REC]", kind: film}
        odd: {title: "Odd [one", kind: film}
        """,
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def made(site: Sites, engine: str, text: str, others: Mapping[str, str] = {}) -> Site:
    """A page and a news article with one text."""
    settings = f"{SETTINGS}markdown: {{engine: {engine}}}\nrules: {{summary-present: off, page-linked: off}}\n"
    return site(
        {
            "site.yaml": settings,
            PAGE: f"---\ntitle: Links\n---\n{text}\n",
            NEWS: f"---\ntitle: News\ndate: 2025-01-01\nsummary: s\n---\n{text}\n",
            **others,
        }
    )


def links(html: str) -> list[tuple[str, str]]:
    """The links of an article: address and words."""
    found = re.findall(r'<a(?: href="([^"]*)"| aria-current="page")>(.*?)</a>', html)
    return [(href.replace("index.html", ""), words) for href, words in found]


def article(wiki: Site, page: str = "links") -> str:
    html = wiki.page(page)
    return html[html.index('<div class="prose">') : html.index('<div class="sections">')]


@pytest.mark.parametrize(
    ("link", "href", "words"),
    [
        ("[[Take #]]", "take-2", "Take #"),
        ("[[take #|the other]]", "take-2", "the other"),
        ("[[Take]]", "take", "Take"),
        ("[[Episode #1.1]]", "ep", "Episode #1.1"),
        ("[[Episode \\#1.1]]", "ep", "Episode #1.1"),
        ("[[Face|Off]]", "face-off", "Face|Off"),
        ("[[Face\\|Off]]", "face-off", "Face|Off"),
        ("[[Face|Off|a film]]", "face-off", "a film"),
        ("[[Face|other words]]", "face", "other words"),
        ("[[Sicario [Extended]]]", "cut", "Sicario [Extended]"),
        ("[[Sicario [Extended]|longer]]", "cut", "longer"),
        ("[[Part #2|b]]", "cut", "Part #2|b"),
        ("[[[REC]]]", "rec", "[REC]"),
        ("[[Sicario\n[Extended]]]", "cut", "Sicario [Extended]"),
    ],
)
def test_a_whole_name_with_signs_wins(site: Sites, engine: str, link: str, href: str, words: str) -> None:
    wiki = made(site, engine, f"See {link}.", WORKS).published()
    assert links(article(wiki)) == [(f"../works/{href}/", words)]
    assert f'<a href="https://wiki.example/works/{href}/">{words}</a>.' in wiki.page("feed.xml")


def test_a_table_keeps_its_cells_around_a_name_with_a_bar(site: Sites, engine: str) -> None:
    wiki = made(site, engine, "| a | b |\n|---|---|\n| [[Face|Off]] | [[Face\\|Off]] |", WORKS).published()
    assert article(wiki).count('<td><a href="../works/face-off/index.html">Face|Off</a></td>') == 2


def test_a_new_name_with_signs_takes_its_links(site: Sites, engine: str) -> None:
    wiki = made(site, engine, "See [[Face|Off]].", WORKS).replace("content/works/w.yaml", "Face|Off", "Other")
    assert links(article(wiki.published())) == [("../works/face/", "Off")]
    wiki.replace("content/works/w.yaml", "Other", "Face|Off").published()
    assert links(article(wiki)) == [("../works/face-off/", "Face|Off")]


def test_a_name_whose_brackets_are_no_pairs_is_offered_by_its_address(site: Sites) -> None:
    wiki = made(site, ENGINES[0], "See [[Odd one]].", WORKS)
    hints = {each.hint for each in wiki.problems() if each.rule == "link-resolves"}
    assert hints == {"Write [[work/odd]]."}
    wiki = made(site, ENGINES[0], "See [[work/odd]].", WORKS).published()
    assert links(article(wiki)) == [("../works/odd/", "Odd [one")]


@pytest.mark.parametrize("text", ["a [[Take]], b", "a [[Take|it]], b"])
def test_who_links_by_name_is_told_on_the_page(site: Sites, text: str) -> None:
    wiki = made(site, ENGINES[0], text, WORKS).published()
    assert "Mentioned on" in wiki.page("works/take")


@pytest.mark.parametrize(
    ("link", "id_"),
    [
        ("[[#Part 2]]", "part-2"),
        ("[[#part 2|x]]", "part-2"),
        ("[x](#part-2)", "part-2"),
        ("[[#Part]]", "part"),
        ("[[#Early life]]", "youth"),
        ("[[#youth]]", "youth"),
        ("[x](#early-life)", "youth"),
        ("[[#References]]", "references-section"),
        ("[x](#references)", "references-section"),
        ("[[#Content]]", "content-section"),
        ("[[#Ref 1]]", "ref-1-section"),
        ("[x](#ref-1)", "ref-1-section"),
        ("[x](#cite-1)", "cite-1-section"),
        ("[[#News]]", "news"),
        ("[x](#news)", "news"),
        ("[[#The *fog* line]]", "the-fog-line"),
        ("[[#Rated C#]]", "rated-c"),
        ("[[#Café & más]]", "cafe-mas"),
    ],
)
def test_a_link_to_a_part_follows_its_heading(site: Sites, engine: str, link: str, id_: str) -> None:
    heads = (
        "## Part\n\na\n\n## Part\n\nb\n\n## Part 2\n\nc\n\n## Early life {#youth}\n\nd\n\n## References\n\ne\n\n## News\n\nf"
        "\n\n## Content\n\ng\n\n## Ref 1\n\nh\n\n## Cite 1\n\nx\n\n## The *fog* line\n\ni\n\n## Rated C\\#\n\nj\n\n## Café & más"
    )
    wiki = made(site, engine, f"Go to {link}.\n\n{heads}").published()
    (href, _), *_ = links(article(wiki))
    assert href == f"#{id_}"
    assert wiki.page("links").count(f'id="{id_}"') == 1
    assert f'href="https://wiki.example/news/2025-01-01-n/#{id_}"' in wiki.page("feed.xml")


def test_a_link_to_a_part_of_another_page_may_say_its_words(site: Sites, engine: str) -> None:
    other = {"content/people/ann.md": "---\ntitle: Ann\n---\n## Early life {#youth}\n\nx\n\n## Références\n\ny\n"}
    wiki = made(
        site, engine, "[[Ann#Early life]] [[Ann#références]] [x](../people/ann.md#references)", other
    ).published()
    assert [href for href, _ in links(article(wiki))] == [
        "../people/ann/#youth", "../people/ann/#references-section", "../people/ann/#references-section",
    ]  # fmt: skip
