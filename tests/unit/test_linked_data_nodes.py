"""JSON-LD of single pages: what is firm is said, nothing hidden is, and nothing in it can end its element."""

from __future__ import annotations

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser
from tinysite import SETTINGS, Site, Sites

STORY = {
    "content/series/zed.yaml": "zed: {title: Zed, number: 1}\n",
    "content/seasons/zed.yaml": "zed-1: {series: zed, number: 1}\n",
    "content/people/ann.md": "---\ntitle: Ann\n---\n",
    "content/people/bob.md": "---\ntitle: Bob\n---\n",
    "content/characters/cat.md": "---\ntitle: Cat\n---\n",
    "content/episodes/e1.yaml": "e1:\n  season: zed-1\n  number: 1\n  title: Pilot\n  credits:\n"
    "    - {person: ann, character: cat}\n    - {person: ann, job: Director}\n    - {person: bob, job: Baker}\n"
    "    - {person: bob, character: cat, confidence: rumoured}\n    - {person: bob, job: Director, since: zed s01e01}\n",
}


def graph(wiki: Site, path: str) -> list[dict[str, Any]]:
    [script] = LexborHTMLParser(wiki.page(path)).css('script[type="application/ld+json"]')
    found: list[dict[str, Any]] = json.loads(script.text())["@graph"]
    return found


def thing(wiki: Site, path: str) -> dict[str, Any]:
    return graph(wiki, path)[2]


def test_cast_and_crew_of_an_episode(site: Sites) -> None:
    wiki = site(STORY)
    assert not wiki.build().failed
    episode = thing(wiki, "series/zed/s01e01")
    ann = {"@type": "Person", "@id": "https://wiki.example/people/ann/#thing", "name": "Ann"}
    assert episode["actor"] == {"@type": "PerformanceRole", "actor": ann, "characterName": "Cat"}
    assert episode["director"] == ann


def test_what_is_not_firm_or_not_known_yet_is_not_said(site: Sites) -> None:
    wiki = site(
        {
            **STORY,
            "content/people/eve.md": "---\ntitle: Eve\nborn: {value: 1970, confidence: rumoured}\ndied: {value: 2020, confidence: reported}\n"
            "birth_place: {value: Rome, since: zed s01e01}\nlinks: [https://example.org/eve]\naliases: [Eva, Evie]\n---\n",
        }
    )
    assert not wiki.build().failed
    person = thing(wiki, "people/eve")
    assert "birthDate" not in person and "birthPlace" not in person and person["deathDate"] == "2020"
    assert person["sameAs"] == "https://example.org/eve" and person["alternateName"] == ["Eva", "Evie"]
    wiki.write("site.yaml", SETTINGS + "spoilers: {default: all}\n").build()
    assert thing(wiki, "people/eve")["birthPlace"] == {"@type": "Place", "name": "Rome"}


def test_the_kind_of_a_work_tells_its_class(site: Sites) -> None:
    works = {"a": "novel", "b": "film", "c": "Podcast", "d": "song"}
    wiki = site(
        {f"content/works/{each}.md": f"---\ntitle: {each}\nkind: {kind}\n---\n" for each, kind in works.items()}
    ).published()
    assert [thing(wiki, f"works/{each}")["@type"] for each in works] == [
        "Book",
        "Movie",
        "PodcastSeries",
        "CreativeWork",
    ]


def test_a_relation_is_said_from_both_sides(site: Sites) -> None:
    wiki = site(
        {
            "content/characters/cat.md": "---\ntitle: Cat\nparents: [dog]\nsiblings: [eel]\n---\n",
            "content/characters/dog.md": "---\ntitle: Dog\n---\n",
            "content/characters/eel.md": "---\ntitle: Eel\n---\n",
        }
    ).published()
    assert (
        thing(wiki, "characters/cat")["parent"]["name"] == "Dog"
        and thing(wiki, "characters/dog")["children"]["name"] == "Cat"
    )
    assert thing(wiki, "characters/eel")["sibling"]["name"] == "Cat"


def test_no_title_can_end_the_element(site: Sites) -> None:
    wiki = site(
        {"content/people/a.md": "---\ntitle: 'A </script><script>alert(1)</script> & \u2028 \"b\"'\n---\n"}
    ).published()
    assert thing(wiki, "people/a")["name"] == 'A </script><script>alert(1)</script> & \u2028 "b"'
    assert "\\u003c/script>" in wiki.page("people/a") and "\u2028" not in wiki.page("people/a").partition("ld+json")[2]


def test_a_type_without_a_class_has_a_page_and_its_place(site: Sites) -> None:
    wiki = site(
        {
            "types/thing.yaml": "label: Thing\nfolder: things\nurl: /things/{id}/\n",
            "content/things/t.md": "---\ntitle: T\n---\n",
        }
    ).published()
    page, crumbs = graph(wiki, "things/t")
    assert (
        page["@type"] == "WebPage"
        and "mainEntity" not in page
        and page["isPartOf"] == {"@id": "https://wiki.example/#site"}
    )
    assert [each["name"] for each in crumbs["itemListElement"]] == ["Test wiki", "Things", "T"]
    assert [each["@type"] for each in graph(wiki, "")] == ["WebSite"] and not LexborHTMLParser(
        wiki.page("404.html")
    ).css("script")


def test_a_mapping_that_is_none_is_a_problem(site: Sites) -> None:
    wiki = site(
        {
            "types/thing.yaml": "label: T\nfolder: things\nurl: /things/{id}/\nfields: {a: {kind: text, schema_org_values: b}}\n"
        }
    )
    assert wiki.rules() == ["type-valid"]
