"""What is said of an id that is no record's: the whole problem, as programs read it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tinyworld import THREE, world

from ballardwiki.problems import Location, Problem
from ballardwiki.rules import ref_resolves

ANN = {"people/all": "ann: {title: Ann}\n"}
KIT, PATH = "kit: {{title: Kit, home: {}}}\n", "content/characters/all.yaml"


def check(files: Mapping[str, str]) -> list[Problem]:
    return ref_resolves.RULE.problems(world(files))


@pytest.mark.parametrize(
    ("files", "said", "hint"),
    [
        (ANN, "ann", "ann is the id of a person; home takes the id of a place."),
        (
            {**ANN, "series/all": "ann: {title: Ann}\n"},
            "ann",
            "ann is the id of a person and a series; home takes the id of a place.",
        ),
        ({"places/all": "anne: {title: Anne}\n"}, "ann", "Did you mean anne?"),
        ({}, "ann", ""),
    ],
)
def test_a_reference_says_what_was_looked_for_and_where(files: dict[str, str], said: str, hint: str) -> None:
    (problem,) = check({**files, "characters/all": KIT.format(said)})
    message = f"home points at place/{said}, which does not exist."
    assert problem == Problem(Location(PATH, 1, 25), "ref-resolves", message, hint, missing=f"place/{said}")


def test_a_reference_that_resolves_is_no_problem() -> None:
    assert check({"places/all": "ann: {title: Ann}\n", "characters/all": KIT.format("ann")}) == []


@pytest.mark.parametrize(
    ("said", "target", "hint"),
    [
        ("paper", "source/paper", "Add a record to content/sources/, or define the footnote."),
        ("papers", "source/papers", "Write place/papers."),
        ("source/papers", "source/papers", "Write place/papers."),
        ("leaff", "source/leaff", "Did you mean leaf?"),
    ],
)
def test_a_source_says_what_was_looked_for_and_where(said: str, target: str, hint: str) -> None:
    files = {"sources/all": "leaf: {title: Leaf}\n", "places/all": "papers: {title: Papers}\n"}
    (problem,) = check({**files, "people/all": f"ann: {{title: {{value: Ann, source: {said}}}}}\n"})
    message = f"source names {target}, which does not exist."
    at = Location("content/people/all.yaml", 1, 22)
    assert problem == Problem(at, "ref-resolves", message, hint, missing=said)


def test_the_sources_of_a_record_and_of_a_run_are_told_once() -> None:
    """Both numbers of a double episode share what is said of them."""
    files = {
        **THREE,
        "people/all": "ann: {title: Ann, source: paper}\n",
        "episodes/more": "x: {season: one-1, number: {value: 8-9, source: paper}}\n",
    }
    assert [(str(each.at), each.missing) for each in check(files)] == [
        ("content/episodes/more.yaml:1:36", "paper"),
        ("content/people/all.yaml:1:19", "paper"),
    ]


def test_a_source_with_another_type_than_it_has_is_told_with_its_own() -> None:
    news = "---\ntitle: N\ndate: 2020\n---\nWords.\n"
    (problem,) = check({"news/n": news, "people/all": "ann: {title: {value: Ann, source: source/n}}\n"})
    assert (problem.hint, problem.missing) == ("Write article/n.", "source/n")


def test_a_mark_without_a_source_is_told_where_it_stands() -> None:
    (problem,) = check({"people/ann": "---\ntitle: Ann\n---\nWords.[^paper]\n"})
    message = "[^paper] names source/paper, which does not exist."
    hint = "Add a record to content/sources/, or define the footnote."
    at = Location("content/people/ann.md", 4, 7)
    assert problem == Problem(at, "ref-resolves", message, hint, missing="paper")
