"""What follows from a file that can't be read, told apart from what stands by itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from tinyworld import schema

from ballardwiki.build.causes import told
from ballardwiki.model import Document, Ref
from ballardwiki.problems import Location, Problem

PEOPLE, EPISODES, BARE = "content/people/all.yaml", "content/episodes/all.yaml", "content/sources/all.yaml"
FIRST = f"{PEOPLE}:4:2"
TEXTS = {PEOPLE: "ann: {title: Ann Roe}\nbob: [\n", EPISODES: "e1: [\n"}


def problem(rule: str, path: str = "content/pages/p.md", line: int = 1, **more: object) -> Problem:
    return Problem(Location(path, line, 2), rule, "It is wrong.", **more)  # type: ignore[arg-type]


BROKEN = problem("yaml-valid", PEOPLE, 4)
LOST = {PEOPLE: ("person/ann", "person/bob")}


def cause(
    last: Problem, *others: Problem, lost: Mapping[str, tuple[str, ...]] = LOST, unread: tuple[str, ...] = ()
) -> str:
    """From what the last of some problems follows. lost: the records that files hold and that can't be read."""
    documents = {path: Document(path, lost=tuple((Ref(ref), 1) for ref in refs)) for path, refs in lost.items()}
    documents.setdefault(PEOPLE, Document(PEOPLE))
    found = told((*(others or (BROKEN,)), last), documents, unread, schema(), lambda path: TEXTS.get(path, ""))
    return found[-1].cause


@pytest.mark.parametrize("missing", ["person/ann", "ann"])
def test_a_reference_to_a_record_that_can_not_be_read(missing: str) -> None:
    assert cause(problem("ref-resolves", missing=missing)) == FIRST


@pytest.mark.parametrize("missing", ["person/eve", "eve", ""])
def test_a_reference_to_what_the_file_does_not_hold_stands_by_itself(missing: str) -> None:
    assert cause(problem("ref-resolves", missing=missing)) == ""


@pytest.mark.parametrize("missing", [PEOPLE, "Ann Roe", "ann roe", "bob"])
def test_a_link_to_a_file_or_a_name_that_can_not_be_read(missing: str) -> None:
    assert cause(problem("link-resolves", missing=missing)) == FIRST


def test_what_looks_for_nothing_stands_by_itself() -> None:
    assert cause(problem("field-valid")) == ""


def test_of_several_mistakes_of_a_file_the_first_is_the_cause() -> None:
    later, first = problem("yaml-valid", PEOPLE, 9), problem("yaml-valid", PEOPLE, 4)
    for others in ((later, first), (first, later)):
        assert cause(problem("ref-resolves", missing="ann"), *others) == FIRST


def test_a_doubt_about_a_file_is_no_cause() -> None:
    doubt = replace(problem("yaml-valid", PEOPLE, 2), severity="warning")
    assert cause(problem("ref-resolves", missing="ann"), doubt, BROKEN) == FIRST


def test_what_is_wrong_in_the_file_itself_stands_by_itself() -> None:
    assert cause(problem("ref-resolves", PEOPLE, 2, missing="ann")) == ""


def test_what_any_file_may_hold_follows_even_in_the_file_itself() -> None:
    assert cause(problem("page-linked", PEOPLE, 9)) == FIRST


def test_what_is_known_to_follow_from_something_else_does() -> None:
    assert cause(problem("page-linked", cause="site.yaml:1:1")) == "site.yaml:1:1"


@pytest.mark.parametrize(
    ("lost", "follows"),
    [(("person/ann",), False), (("episode/e1",), True), (("person/ann", "season/s1"), True), (("series/s",), True)],
)
def test_a_moment_follows_from_a_file_that_tells_of_stories(lost: tuple[str, ...], follows: bool) -> None:
    assert bool(cause(problem("since-resolves"), lost={PEOPLE: lost})) is follows


def test_a_moment_follows_from_a_file_of_which_nothing_is_known() -> None:
    found = cause(problem("since-resolves"), problem("file-readable", BARE), lost={}, unread=(BARE,))
    assert found == f"{BARE}:1:2"


@pytest.mark.parametrize(
    ("rule", "missing", "follows"),
    [
        ("ref-resolves", "source/paper", True),
        ("ref-resolves", "paper", True),
        ("ref-resolves", "person/ann", False),
        ("link-resolves", "Anything", True),
        ("link-resolves", "", False),
    ],
)
def test_a_file_of_which_nothing_is_known_may_hold_what_lies_there(rule: str, missing: str, follows: bool) -> None:
    found = cause(problem(rule, missing=missing), problem("file-readable", BARE), lost={}, unread=(BARE,))
    assert bool(found) is follows


def test_two_at_one_place_of_a_story_want_one_address_for_that_reason() -> None:
    both = ("episode/e1", "episode/e2")
    place = problem("slot-unique", EPISODES, 3, also=both)
    assert cause(problem("url-unique", also=both), place, lost={}) == f"{EPISODES}:3:2"
    assert cause(problem("url-unique", also=("episode/e1", "episode/e3")), place, lost={}) == ""


def test_without_an_unreadable_file_everything_stands_by_itself() -> None:
    assert cause(problem("page-linked"), problem("field-valid", "content/pages/q.md"), lost={}) == ""
