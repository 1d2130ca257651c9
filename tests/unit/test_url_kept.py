"""What is said of an address that was published and answers no more, and of one that leads to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tinyworld import THREE, world

from ballardwiki.config.gone import Gone
from ballardwiki.problems import Problem
from ballardwiki.rules import url_kept

PEOPLE = "ann: {title: Ann}\nbob: {title: Bob}\n"
PAGES: dict[str, tuple[str, ...]] = {"/people/ann/": ("career",), "/people/bob/": ()}


def check(
    before: Mapping[str, tuple[str, ...]],
    *gone: Gone,
    people: str = PEOPLE,
    now: Mapping[str, tuple[str, ...]] = PAGES,
    withheld: tuple[str, ...] = (),
) -> list[Problem]:
    made = replace(world({**THREE, "people/all": people}), gone=gone, withheld=frozenset(withheld))
    return list(url_kept.check(made, dict(before), dict(now), ()))


def gone(url: str, to: str = "", anchor: str = "") -> Gone:
    return Gone(url, anchor, "" if to else "It was a misprint.", to, 3)


def test_what_still_answers_is_kept() -> None:
    assert check(PAGES) == []


def test_a_page_of_which_it_is_told_why_it_is_gone_is_kept() -> None:
    assert check({**PAGES, "/people/cy/": ()}, gone("/people/cy/")) == []


def test_an_anchor_of_which_it_is_told_why_it_is_gone_is_kept() -> None:
    assert check({**PAGES, "/people/bob/": ("early",)}, gone("/people/bob/", anchor="early")) == []


def test_the_anchors_of_a_page_that_is_told_of_are_told_of() -> None:
    assert check({**PAGES, "/people/bob/": ("early",)}, gone("/people/bob/")) == []


def test_a_page_that_is_gone_stops_a_build_and_an_anchor_does_not() -> None:
    (page,) = check({**PAGES, "/people/cy/": ()})
    (anchor,) = check({**PAGES, "/people/bob/": ("early",)})
    assert (page.severity, anchor.severity) == ("error", "warning")


def test_the_only_new_page_of_the_type_may_be_the_one_that_is_gone() -> None:
    (problem,) = check({"/people/ann/": (), "/people/old-name/": ()})
    assert problem.at.path == "content/people/all.yaml" and "person/bob" in problem.hint


def test_of_several_new_pages_none_is_named_but_the_one_that_is_alike() -> None:
    (problem,) = check({"/people/old-name/": ()})
    assert problem.at.path == "gone.yaml"
    (problem,) = check({"/people/bobb/": ()})
    assert "person/bob" in problem.hint


def test_a_page_that_was_there_before_is_not_what_became_of_another() -> None:
    (problem,) = check({**PAGES, "/people/bobb/": ()})
    assert problem.at.path == "gone.yaml" and "person/bob" not in problem.hint


def test_a_page_that_is_withheld_is_to_be_published_again() -> None:
    """Not to be called by another page's name."""
    (problem,) = check({"/people/ann/": (), "/people/cy/": ()}, withheld=("person/cy",))
    assert problem.at.path == "gone.yaml" and "person/bob" not in problem.hint


def test_a_page_whose_address_is_made_of_more_than_its_id_is_told_of_at_the_file() -> None:
    (problem,) = check({**PAGES, "/series/one/s01e99/": ()})
    assert problem.at.path == "gone.yaml" and "to:" in problem.hint


@pytest.mark.parametrize(
    ("to", "right"),
    [
        ("/people/ann/", True),
        ("/people/%61nn/", True),
        ("/people/ann/#career", True),
        ("/people/ann/#c%61reer", True),
        ("/people/ann/#cite-1", True),
        ("/people/eve/", False),
        ("/people/ann/#early", False),
        ("https://other.example/people/eve/", True),
    ],
)
def test_what_is_gone_leads_to_what_readers_find(to: str, right: bool) -> None:
    """A part of a page that comes and goes, such as a footnote, is nothing to count on."""
    found = check(PAGES, gone("/people/cy/", to))
    assert [(each.rule, each.at.line) for each in found] == ([] if right else [("url-kept", 3)])
