"""How languages run, and names that run otherwise than the text around them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from ballardwiki.pages import direction

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    "tag", ["he", "ar", "fa", "ur", "he-IL", "AR_eg", "pa-Arab", "az-Arab-IR", "iw", "yi", "ckb", "dv"]
)
def test_languages_that_run_to_the_left(tag: str) -> None:
    assert direction.of_language(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "de-CH", "ja", "", "ar-Latn", "he-Latn-IL", "ku", "az", "hebrew"])
def test_languages_that_run_to_the_right(tag: str) -> None:
    assert direction.of_language(tag) == "ltr"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a", "a"),
        ("\u202ea", "\u202ea\u202c"),
        ("\u2066a\u202bb", "\u2066a\u202bb\u202c\u2069"),
        ("a\u202cb\u2069", "ab"),
        ("\u2067a\u202eb\u2069c", "\u2067a\u202eb\u202c\u2069c"),
        ("\u202ea\u202c", "\u202ea\u202c"),
        ("שלום", "שלום"),
    ],
)
def test_what_a_name_opens_it_closes(text: str, whole: str) -> None:
    assert direction.balanced(text) == whole


@given(st.text(st.sampled_from(f"ab{CONTROLS}"), max_size=30))
def test_a_balanced_text_is_balanced(text: str) -> None:
    found = direction.balanced(text)
    assert direction.balanced(found) == found
    assert [each for each in found if each in "ab"] == [each for each in text if each in "ab"]
    assert sum(found.count(each) for each in "\u202a\u202b\u202d\u202e") == found.count("\u202c")
    assert sum(found.count(each) for each in "\u2066\u2067\u2068") == found.count("\u2069")


@pytest.mark.parametrize(
    ("text", "around", "strays"),
    [
        ("Ann", "ltr", False),
        ("Renée", "ltr", False),
        ("宮崎駿", "ltr", False),
        ("יעל כהן", "ltr", True),
        ("A \u202eb", "ltr", True),
        ("Ann", "rtl", True),
        ("יעל כהן (שחקנית)", "rtl", True),
        ("", "rtl", False),
    ],
)
def test_names_that_are_isolated(text: str, around: str, *, strays: bool) -> None:
    assert direction.strays(text, around) is strays
    assert direction.set_apart(text, around) == (f"\u2068{direction.balanced(text)}\u2069" if strays else text)
