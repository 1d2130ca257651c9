"""The numbered sources of a page: from facts, records and footnotes alike, each once, with all that its record says."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tinysite import Site, Sites

from ballardwiki.marks import NameLink
from ballardwiki.pages.prose import Prose
from ballardwiki.pages.view import EntityView

SOURCES = """\
paper:
  title: The piece
  outlet: The Paper
  url: https://paper.org/piece
  published: 2024-05-06
  archived: https://archive.org/paper
bare: {title: Bare}
"""
ANN = "content/people/ann.md"


def built(site: Sites, front: str, text: str, **more: str) -> Site:
    files = {ANN: f"---\ntitle: Ann\n{front}\n---\n{text}\n", "content/sources/s.yaml": SOURCES}
    wiki = site(files | more)
    result = wiki.build()
    assert not result.failed, "\n".join(map(str, result.problems))
    return wiki


def references(page: str) -> list[str]:
    """The entries of a page's list of sources, as text."""
    found = page.partition('<h2 id="references">')[2].partition("</ol>")[0]
    rows = re.findall(r"<li.*?</li>", found, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]*>", "", row)).replace("\xa0↑", "").split()) for row in rows]


def test_a_source_of_facts_and_footnotes_is_one_entry_with_outlet_title_date_and_archived_copy(site: Sites) -> None:
    wiki = built(
        site,
        "born: {value: 1970, source: paper}\nfamily: {value: A, source: [bare, paper]}",
        "So.[^paper][^1]\n\n[^1]: My note.",
    )
    page = wiki.page("people/ann")
    assert references(page) == ["The Paper, The piece, 6 May 2024 (archived).", "My note.", "Bare."]
    assert 'href="https://paper.org/piece"' in page and 'href="https://archive.org/paper"' in page


def test_every_mark_leads_to_its_entry_and_every_entry_back(site: Sites) -> None:
    page = built(site, "born: {value: 1970, source: [paper, bare]}", "So.[^bare]").page("people/ann")
    marks = re.findall(r'<a id="([\w-]+)" href="#([\w-]+)">\[(\d)\]</a>', page)
    assert sorted(marks) == [("cite-1", "ref-1", "1"), ("cite-1-2", "ref-1", "1"), ("cite-2", "ref-2", "2")]
    for _, entry, number in marks:
        assert f'<li id="{entry}">' in page and f'href="#cite-{number}"' in page


def test_how_sure_a_fact_is_stands_in_words_unless_it_is_confirmed(site: Sites) -> None:
    front = "born: {value: 1970, source: paper, confidence: disputed}\nfamily: {value: B, confidence: confirmed}"
    page = built(site, front, "").page("people/ann")
    assert re.search(r"1970.{0,200}>disputed</span>", page, re.DOTALL)
    assert page.count('class="confidence') == 1


def test_an_article_of_the_wiki_is_a_source_like_any_other(site: Sites) -> None:
    news = "---\ntitle: Born\nsummary: s\ndate: 2024-05-06\n---\n"
    wiki = built(site, "born: {value: 1970, source: n}", "So.[^n]", **{"content/news/n.md": news})
    page = wiki.page("people/ann")
    assert references(page) == ["Test wiki, Born, 6 May 2024."]
    assert '<cite><a href="../../news/n/index.html">Born</a></cite>' in page
    assert "This changed" in wiki.page("news/n")


def test_a_value_that_is_a_record_without_a_page_is_cited_and_doubted_with_it(site: Sites) -> None:
    made = {
        "types/prize.yaml": "label: Prize\nfolder: prizes\nfields: {hue: {kind: text}}\n",
        "types/star.yaml": "label: Star\nfolder: stars\nurl: /stars/{id}/\nfields: {won: {kind: ref, to: prize}}\n",
        "content/prizes/p.yaml": "gold: {title: Gold, source: bare}\n",
        "content/stars/sun.md": "---\ntitle: Sun\nwon: {value: gold, source: paper, confidence: rumoured}\n---\n",
    }
    page = built(site, "", "", **made).page("stars/sun")
    assert references(page) == ["The Paper, The piece, 6 May 2024 (archived).", "Bare."]
    assert re.search(r"Gold.{0,200}>rumoured</span>", page, re.DOTALL)


def test_a_footnote_is_made_once_however_often_it_is_cited(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    mention = Prose._mention

    def counted(self: Prose, entity: EntityView, mark: NameLink, *, link: bool) -> str:
        made.append(mark.target)
        return mention(self, entity, mark, link=link)

    monkeypatch.setattr(Prose, "_mention", counted)
    wiki = built(
        site,
        "born: 1970",
        "One[^1]. Two[^1]. Three[^1].\n\n[^1]: See [[Bob]].",
        **{"content/people/b.md": "---\ntitle: Bob\n---\n"},
    )
    assert wiki.page("people/ann").count('href="#ref-1"') == 3
    assert made.count("Bob") == 1
