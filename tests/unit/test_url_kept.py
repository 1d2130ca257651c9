"""What is said of an address that was published and answers no more, and of one that leads to nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec import structs
from msgspec.structs import replace
from tinyworld import THREE, schema, world

from ballardwiki.config.gone import Gone
from ballardwiki.graph import link
from ballardwiki.problems import Location, Problem
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
    return [url_kept.RULE.problem(each) for each in url_kept.check(made, dict(before), dict(now), ())]


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


def test_all_is_told_of_a_page_whose_address_no_type_could_have_made() -> None:
    (problem,) = check({**PAGES, "/forum/seven/": ()})
    message = "/forum/seven/ was published and answers no more."
    hint = (
        "Say in gone.yaml where it moved, /forum/seven/: {to: /its/new/address/}, "
        "or tell in gone.yaml: /forum/seven/: why it is gone."
    )
    assert problem == Problem(Location("gone.yaml"), "url-kept", message, hint)


@pytest.mark.parametrize("url", ["/people/cy/life/", "/old/people/cy/", "/people/cy"])
def test_an_address_that_only_looks_like_a_type_s_is_none_of_it(url: str) -> None:
    (problem,) = check({**PAGES, url: ()})
    assert "was: [" not in problem.hint and "Say in gone.yaml where it moved" in problem.hint


def test_all_is_told_of_a_page_whose_type_is_plain() -> None:
    (problem,) = check({**PAGES, "/people/cy/": ()})
    message = "/people/cy/ was published and answers no more."
    hint = "Write was: [cy] into the person that it became, or tell in gone.yaml: /people/cy/: why it is gone."
    assert problem == Problem(Location("gone.yaml"), "url-kept", message, hint)


def test_all_is_told_of_a_page_that_may_be_another_now() -> None:
    (problem,) = check({"/people/ann/": (), "/people/old-name/": ()})
    message = "/people/old-name/ was published and answers no more."
    hint = "If it is person/bob now, add there: was: [old-name]. Else tell in gone.yaml: /people/old-name/: why it is gone."
    assert problem == Problem(Location("content/people/all.yaml", 2, 1), "url-kept", message, hint)


def test_all_is_told_of_an_anchor_that_is_gone() -> None:
    (problem,) = check({**PAGES, "/people/ann/": ("carer",)})
    message = "/people/ann/#carer was published and is gone. It may be #career now."
    hint = "Write {#carer} after the heading to keep it, or tell in gone.yaml: /people/ann/#carer: why it is gone."
    assert problem == Problem(Location("content/people/all.yaml", 1, 1), "url-kept", message, hint, "warning")


@pytest.mark.parametrize("pattern", ["/{title}/", "/{id}/{id}/", "/{series.id}/{id}/", ""])
def test_an_address_that_is_made_of_more_than_an_id_says_no_id(pattern: str) -> None:
    person = structs.replace(schema().types["person"], url=pattern)
    made = world({**THREE, "people/all": PEOPLE})
    made = replace(
        made,
        graph=link(made.graph.entities.values(), structs.replace(schema(), types={**schema().types, "person": person})),
    )
    (problem,) = url_kept.check(made, {"/forum/seven/": ()}, {}, ())
    assert problem.hint.startswith("Say in gone.yaml where it moved")
