"""`slugs` makes safe addresses, and finds names as readers mean them."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, strategies as st
from slugify import slugify

from ballardwiki.slugs import _SIMPLE, MAX_LENGTH, RESERVED, fold, slug, valid_id


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Maggie Q", "maggie-q"),
        ("Bosch: Legacy S03E10", "bosch-legacy-s03e10"),
        ("Renée", "renee"),
        ("Οδύσσεια", "odusseia"),
        ("Война и мир", "voina-i-mir"),
        ("Ｆｕｌｌ ²", "full-2"),
        ("a_b  c--d", "a-b-c-d"),
        ("A\u202eB\u200bC", "abc"),
        ("../x", "x"),
        ("C:\\x", "c-x"),
        ("---", ""),
        ("🎬", ""),
        ("", ""),
    ],
)
def test_a_title_becomes_an_address(title: str, address: str) -> None:
    assert slug(title) == address


@pytest.mark.parametrize("title", ["con", "CON", "nul.", "Aux", "com1", "LPT9"])
def test_device_names_get_a_suffix(title: str) -> None:
    assert slug(title) == f"{title.lower().rstrip('.')}-page"


def test_a_long_slug_is_cut_and_stays_its_own() -> None:
    one, other = slug("x" * 200), slug("x" * 201)
    assert one != other
    assert len(one) == len(other) == MAX_LENGTH


def test_a_slug_of_just_the_limit_is_whole() -> None:
    assert slug("x" * MAX_LENGTH) == "x" * MAX_LENGTH


@pytest.mark.parametrize(("one", "other"), [("Я", "я"), ("É", "E\u0301"), ("x" * 200, "X" * 200)])
def test_titles_that_look_alike_share_a_slug(one: str, other: str) -> None:
    assert slug(one) == slug(other)


@pytest.mark.parametrize(
    "title", ["宮崎駿", "中国", "となりのトトロ", "봉준호", "יעל כהן", "أم كلثوم", "สมชาย", "Akira 明"]
)
def test_what_only_a_reader_of_the_language_can_romanise_is_not_guessed(title: str) -> None:
    assert slug(title) == ""


@given(st.text())
def test_any_slug_can_be_an_id_unless_empty_or_reserved(title: str) -> None:
    made = slug(title)
    assert made == "" or made in RESERVED or valid_id(made)


@given(st.from_regex(_SIMPLE.pattern, fullmatch=True))
def test_the_fast_path_is_python_slugify(title: str) -> None:
    assert slug(title) in {slugify(title), f"{slugify(title)}-page"} or len(slugify(title)) > MAX_LENGTH


def test_simple_titles_do_not_import_slugify() -> None:
    code = "import sys; from ballardwiki.slugs import slug; slug('Maggie Q'); sys.exit('slugify' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "name",
    [
        "Renée Ballard",
        "RENE\u0301E BALLARD",
        "renee_ballard",
        "  Renee \t Ballard\n",
        "Ren\xade\u200be\u202e Ballard",
        "Ｒenee\xa0Ballard",
    ],
)
def test_a_name_is_found_however_it_is_typed(name: str) -> None:
    assert fold(name) == "renee ballard"


@pytest.mark.parametrize(
    ("one", "other"), [("Straße", "STRASSE"), ("ﬁn", "FIN"), ("Σίσυφος", "ΣΙΣΥΦΟΣ"), ("İ", "i"), ("Й", "и")]
)
def test_same_names(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ハ", "バ"), ("ı", "i"), ("中国", "中國"), ("a-b", "a b"), ("C", "C++")])
def test_different_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_folding_ignores_the_unicode_form(name: str, form: str) -> None:
    assert fold(unicodedata.normalize(form, name)) == fold(name)  # type: ignore[arg-type]  # one of the four


@pytest.mark.parametrize("text", ["maggie-q", "s01e01", "2025-07-09-ballard", "a.b_c", "0", "console", "x" * 100])
def test_ids(text: str) -> None:
    assert valid_id(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-a",
            ".a",
            "_a",
            "a.",
            "A",
            "é",
            "я",
            "a b",
            "a/b",
            "../x",
            "/abs",
            "%2e",
            "a\\b",
            "c:",
            "a\n",
            "x" * 101,
        ),
        *("con", "con.txt", "nul", "com1", "lpt9", "index", "404", "assets", "feed.xml"),
    ],
)
def test_no_ids(text: str) -> None:
    assert not valid_id(text)
