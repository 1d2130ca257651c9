"""One series told to its end, another not begun: whose horizon counts wherever texts and facts of both meet."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

from tinysite import Site, Sites

TEXT = """\
text: |
    Before. ||s01e01: Told of [[{name}]].|| After.

    ||s01e01: Off with [[Nobody {series}]].||
"""
FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/people/p.yaml": "ann: {title: Ann}\nbob: {title: Bob}\n",
    "content/characters/c.yaml": "max: {title: Max}\n",
    "content/sources/s.yaml": "".join(f"s{number}: {{title: S{number}}}\n" for number in range(4)),
}


def telling(site: Sites, more: str = "") -> Site:
    """An episode of each series with the same text and facts, whose moments name no series."""
    wiki = site(FILES)
    for name in ("one", "two"):
        text = TEXT.format(name="Max", series=name)
        wiki.write(
            f"content/episodes/{name}.yaml",
            f"{name}-1-1:\n  season: {name}-1\n  number: 1\n{more}" + re.sub("^", "  ", text, flags=re.MULTILINE),
        )
    wiki.build()
    return wiki


def rows(wiki: Site, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(wiki.data("data/wiki.db"))
        return connection.execute(query).fetchall()


def test_hidden_words_are_told_on_pages_of_the_one_only(site: Sites) -> None:
    wiki = telling(site)
    assert "Told of" in wiki.page("series/one/s01e01")
    assert "Told of" not in wiki.page("series/two/s01e01")
    page = wiki.page("characters/max")
    assert "series/one/s01e01/" in page
    assert "series/two/s01e01/" not in page


def test_red_links_orphans_dead_ends_and_counts_are_of_what_readers_see(site: Sites) -> None:
    wiki = telling(site)
    assert "Nobody one" in wiki.page("wiki/wanted")
    assert "Nobody two" not in wiki.page("wiki/wanted")
    dead = wiki.page("wiki/dead-ends")
    assert "Two S01E01" in dead
    assert "One S01E01" not in dead
    assert "Max" not in wiki.page("wiki/orphans")


CREDITS = """\
  credits:
    - {person: ann, character: {value: max, source: s1, since: s01e01}, note: {value: A twin, source: s2, confidence: rumoured, since: s01e01}, source: s0}
    - {person: bob, job: {value: Director, source: s3, since: s01e01}}
"""


def test_the_data_has_the_sources_of_all_of_a_credit_s_values_that_may_be_known(site: Sites) -> None:
    wiki = telling(site, CREDITS)
    found = rows(wiki, "SELECT credit, source FROM credit_sources ORDER BY credit, source")
    assert found == [
        ("credit/episode.one-1-1.1", "source/s0"), ("credit/episode.one-1-1.1", "source/s1"),
        ("credit/episode.one-1-1.1", "source/s2"), ("credit/episode.one-1-1.2", "source/s3"),
        ("credit/episode.two-1-1.1", "source/s0"),
    ]  # fmt: skip
    told = rows(wiki, "SELECT id, character, job, note, confidence FROM credits ORDER BY id")
    assert told == [
        ("credit/episode.one-1-1.1", "character/max", None, "A twin", "rumoured"),
        ("credit/episode.one-1-1.2", None, "Director", None, "confirmed"),
        ("credit/episode.two-1-1.1", None, None, None, "confirmed"),
        ("credit/episode.two-1-1.2", None, None, None, "confirmed"),
    ]
    facts = [each["facts"] for each in json.loads(wiki.data("data/credit.json"))["records"] if "two" in each["id"]]
    assert [sorted(each) for each in facts] == [["person"], ["person"]]


def test_linked_data_names_roles_of_the_one_only(site: Sites) -> None:
    wiki = telling(site, CREDITS)
    for name, known in (("one", True), ("two", False)):
        script = wiki.page(f"series/{name}/s01e01").partition("application/ld+json")[2].partition("</script>")[0]
        assert ('"characterName":"Max"' in script) is known
        assert ("director" in script) is known


def test_linked_data_says_nothing_that_is_only_rumoured_from_the_other_side(site: Sites) -> None:
    files = {
        "content/characters/d.yaml": "kit: {title: Kit, parents: [{value: max, confidence: rumoured}]}\nlou: {title: Lou, parents: [max]}\n"
    }
    script = site({**FILES, **files}).published().page("characters/max").partition("application/ld+json")[2]
    assert "characters/lou/" in script
    assert "characters/kit/" not in script.partition("</script>")[0]


def test_doubtful_and_unsourced_facts_are_listed_by_their_own_series(site: Sites) -> None:
    more = "  dedication: {value: To A, confidence: rumoured, since: s01e01}\n"
    wiki = telling(site, more)
    page = wiki.page("wiki/review")
    assert "One S01E01" in page
    assert "Two S01E01" not in page


def test_an_excerpt_and_a_feed_tell_as_much_as_the_page(site: Sites) -> None:
    """An article belongs to no series: its moments name one."""
    wiki = site(FILES)
    for name in ("one", "two"):
        front = f"---\ntitle: News {name}\ndate: 2020-01-01\n---\n\n"
        wiki.write(f"content/news/{name}.md", f"{front}First ||{name} s01e01: fate of {name}|| and more.\n")
    wiki.write("content/episodes/e.yaml", "a: {season: one-1, number: 1}\nb: {season: two-1, number: 1}\n").published()
    assert "fate of one" in wiki.page("feed.xml")
    assert "fate of one" in wiki.page("news/one")
    assert not [path for path, data in wiki.tree().items() if b"fate of two" in data]
