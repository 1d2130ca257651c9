"""What an editor wrote in a field stands on the page as it was written."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import Sites

BASE = {
    "content/series/fog.yaml": "fog: {title: Fog, number: 1}\n",
    "content/seasons/s.yaml": "fog-s01: {series: fog, number: 1}\n",
    "content/episodes/e.yaml": (
        "fog-s01e01: {title: One, season: fog-s01, number: 1, log: [iOS is named., eBay too.], "
        "credits: [{person: ann, job: iOS lead}]}\n"
    ),
    "content/people/ann.md": "---\ntitle: Ann\noccupations: iOS developer\nbirth_place: den Haag\ntags: [iOS]\n---\nText.\n",
    "content/works/w.yaml": "app: {title: App, kind: iOS app, details: [iPhone only]}\n",
    "content/places/p.yaml": "hall: {title: Hall, kind: eSports hall}\n",
}


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("people/ann", "iOS developer"),
        ("people/ann", "den Haag"),
        ("people/ann", "iOS lead"),
        ("works/app", "iOS app"),
        ("works/app", "iPhone only"),
        ("places/hall", "eSports hall"),
        ("series/fog/s01e01", "iOS is named."),
        ("series/fog/s01e01", "eBay too."),
        ("series/fog/s01e01", "iOS lead"),
        ("tags/ios", "iOS"),
    ],
)
def test_no_first_letter_is_made_a_capital(site: Sites, page: str, text: str) -> None:
    made = site(BASE).published().page(page)
    assert text in made and text[0].upper() + text[1:] not in made


def test_words_of_the_types_begin_with_a_capital(site: Sites) -> None:
    made = site(BASE | {"content/series/fog.yaml": "fog: {title: Fog, number: 1, status: ordered}\n"}).published()
    assert "Ordered" in made.page("series/fog")


@pytest.mark.parametrize("title", ["&nbsp;", "**", "<b></b>", "`a`", "&amp;lt;", "[x](y)"])
def test_a_title_of_signs_is_shown_as_it_is_written(site: Sites, title: str) -> None:
    made = site(
        {"content/news/a.md": f"---\ntitle: '{title}'\nsummary: s\ndate: 2025-01-01\n---\nWords.\n"}
    ).published()
    page = LexborHTMLParser(made.page("news/a"))
    for selector in ("h1", "title"):
        node = page.css_first(selector)
        assert node is not None and node.text().removesuffix(" · Test wiki") == title
    data = page.css_first('script[type="application/ld+json"]')
    assert data is not None and title in json.dumps(json.loads(data.text()))
    assert [each.text for each in ET.fromstring(made.page("feed.xml")).iter("title")][1:] == [title]
