"""Names that are like each other are found, in any order, without comparing all with all."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from ballardwiki.likeness import COMMON, nearest, slips, twins


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jamie hector", "jaime hector"),
        ("stephen a chang", "stephen a. chang"),
        ("katherine hall", "catherine hall"),
        ("q maggie", "maggie q"),
        ("john lynch", "john carroll lynch"),
        ("madonna", "madona"),
    ],
)
def test_the_same_person_perhaps(one: str, other: str) -> None:
    assert [pair[:2] for pair in twins({"a": [one], "b": [other]})] == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("john smith", "joan smith"), ("michael moss", "steven moss"), ("ann carroll lynch", "ann lee lynch")],
)
def test_two_people(one: str, other: str) -> None:
    assert list(twins({"a": [one], "b": [other]})) == []


def test_names_of_one_record_are_no_twins() -> None:
    assert list(twins({"a": ["maggie q", "maggie qu"]})) == []


def test_the_best_likeness_counts_once() -> None:
    assert list(twins({"b": ["ada lane", "ada lanes"], "a": ["ada lanes"]})) == [("a", "b", 100.0)]


def test_a_word_that_everybody_has_tells_nothing() -> None:
    names = [f"{one}{other} productions" for one in ascii_lowercase for other in ascii_lowercase]
    assert list(twins({name: [name] for name in names[:2]}))
    assert list(twins({name: [name] for name in names[: COMMON + 1]})) == []


def test_slips() -> None:
    words = ["ballard", "balard", "ballrad", "bollard", "bosch", "boschs", "lapd", "ballard"]
    assert {frozenset(pair) for pair in slips(words)} == {
        frozenset(pair)
        for pair in (("ballard", "balard"), ("ballard", "ballrad"), ("ballard", "bollard"), ("bosch", "boschs"))
    }


def test_the_nearest() -> None:
    assert nearest("balard", ["ballard", "bosch"]) == "ballard"
    assert nearest("x", ["ballard"]) == ""
