"""Names that are like each other are found, in any order, without comparing all with all."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from ballardwiki.similarity import COMMON, Choices, nearest, slips, twins


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


def test_among_many_names_the_nearest_is_found_without_comparing_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from rapidfuzz import process

    compared: list[int] = []
    extract = process.extractOne

    def counting(word: str, names: list[str], **options: object) -> object:
        compared.append(len(names))
        return extract(word, names, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(process, "extractOne", counting)
    choices = Choices(["Maggie Q", "Titus Welliver", *(f"Person number {number}" for number in range(5000))])
    assert choices.nearest("Magie Q") == "Maggie Q"
    assert choices.nearest("titus weliver") == "Titus Welliver"
    assert choices.nearest("Persn number 4321") == "Person number 4321"
    assert choices.nearest("something else entirely") == ""
    assert max(compared) <= 300


def test_of_few_names_all_are_compared() -> None:
    assert Choices(["abcd", "wxyz"]).nearest("ABCE") == "abcd" and Choices([]).nearest("a") == ""
