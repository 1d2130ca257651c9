"""The page of a name that several pages share, for those who may be known by it."""

from __future__ import annotations

import pytest
from tinysite import Sites

FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/episodes/e.yaml": "one-1-1: {season: one-1, number: 1}\ntwo-1-1: {season: two-1, number: 1}\n",
}
GHOST = "aliases: [{value: Ghost, since: %s}]"


@pytest.mark.parametrize(
    ("first", "second", "page"),
    [("one", "one", True), ("one", "two", False), ("two", "one", False), ("two", "two", False)],
)
def test_each_bears_the_name_by_the_series_that_tells_it(site: Sites, first: str, second: str, *, page: bool) -> None:
    characters = (
        f"ann: {{title: Ann, {GHOST % f'{first} s01e01'}}}\nbob: {{title: Bob, {GHOST % f'{second} s01e01'}}}\n"
    )
    wiki = site({**FILES, "content/characters/c.yaml": characters}).published()
    assert wiki.has("names/ghost") is page
    assert ("names/ghost" in wiki.page("characters/ann")) is page
    if page:
        assert "Ann" in wiki.page("names/ghost") and "Bob" in wiki.page("names/ghost")


def test_of_three_the_two_who_are_known_are_named(site: Sites) -> None:
    characters = (
        "ann: {title: Ann, aliases: [Ghost]}\nbob: {title: Bob, aliases: [ghost]}\n"
        f"cat: {{title: Cat, {GHOST % 'two s01e01'}}}\n"
    )
    wiki = site({**FILES, "content/characters/c.yaml": characters}).published()
    assert "Cat" not in wiki.page("names/ghost")
    assert "names/ghost" not in wiki.page("characters/cat")
    wiki.replace("site.yaml", "one: all", "two: all").published()
    assert "Cat" in wiki.page("names/ghost")
