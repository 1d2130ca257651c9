"""A value and its qualifiers as templates see them."""

from __future__ import annotations

import pytest
from tinyworld import THREE, entity, site

from ballardwiki.pages.view import UndeclaredError

FILES = {
    **THREE,
    "sources/all": "s: {title: S}\nt: {title: T, since: two s01e01}\n",
    "people/all": "ann: {title: 'Ann <b>', born: {value: 1970, source: [s, t], confidence: reported, continuity: tv, from: 2001, until: 2002-02}}\n"
    "bob: {title: Bob, distinct_from: [ann]}\n",
}


def test_qualifiers_are_what_was_written_with_sources_that_may_be_known() -> None:
    born = entity(site(FILES, "{default: none, one: all}"), "person/ann").born
    assert [each.id for each in born.sources] == ["s"]
    assert (born.confidence, born.continuity, born.from_, born.until, born.since) == (
        "reported",
        "tv",
        "2001",
        "2002-02",
        "",
    )
    assert [each.id for each in entity(site(FILES, "{default: all}"), "person/ann").born.sources] == ["s", "t"]


def test_a_statement_about_an_entity_passes_attributes_on_and_is_escaped() -> None:
    (said,) = entity(site(FILES), "person/bob").distinct_from
    assert (said.id, str(said.born), said.text) == ("ann", "1970", "Ann <b>")
    assert "<b>" not in said.__html__()
    assert said == entity(site(FILES), "person/ann")


def test_a_plain_value_has_no_attributes() -> None:
    born = entity(site(FILES), "person/ann").born
    assert born == "1970"
    with pytest.raises(UndeclaredError):
        born.url  # noqa: B018
