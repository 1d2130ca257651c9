"""`values` takes what is meant, and says what is wrong with the rest."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, strategies as st

from ballardwiki import similarity
from ballardwiki.content import designators, values

NEARLY = st.text(st.sampled_from("0123456789-+:. TZseSE/ahtp\u2013é\n"), max_size=30)


@dataclass(frozen=True)
class Typed:
    """What an editor typed."""

    text: str


def value(kind: str, text: str) -> str | int | bool:
    return values.KINDS[kind](Typed(text))


def fault(kind: str, text: str) -> str:
    with pytest.raises(ValueError, match=r"^must .*\.$") as caught:
        value(kind, text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text", " NO\n", " NO\n"),
        ("integer", "8", 8),
        ("integer", "08", 8),
        ("integer", "-3", -3),
        ("integer", "+3", 3),
        ("integer", "9" * 18, 10**18 - 1),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("date", "1999", "1999"),
        ("date", "1999-12", "1999-12"),
        ("date", "2000-02-29", "2000-02-29"),
        ("datetime", "2025-07-09", "2025-07-09"),
        ("datetime", "2025-07-09T03:00", "2025-07-09T03:00:00"),
        ("datetime", "2025-07-09 03:00:07", "2025-07-09T03:00:07"),
        ("datetime", "2025-07-09 03:00Z", "2025-07-09T03:00:00+00:00"),
        ("datetime", "2025-07-09T03:00-07:00", "2025-07-09T03:00:00-07:00"),
        ("url", "https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("url", "http://[::1]:80/", "http://[::1]:80/"),
        ("ref", "maggie-q", "maggie-q"),
        ("ref", "person/maggie-q", "person/maggie-q"),
        ("designator", "s01e04", "s01e04"),
        ("designator", "S01E04", "s01e04"),
        ("designator", "s1e4", "s01e04"),
        ("designator", "bosch-legacy s03e10", "bosch-legacy s03e10"),
        ("designator", " Bosch: Legacy   S03E10 ", "Bosch: Legacy s03e10"),
        ("designator", "ballard s02", "ballard s02"),
        ("episodes", "All", "all"),
        ("episodes", "S2", "s02"),
        ("episodes", "s01e01", "s01e01"),
        ("episodes", "s01e01 \u2013 s01e10", "s01e01-s01e10"),
        ("episodes", "s01-s03", "s01-s03"),
    ],
)
def test_what_is_meant_is_taken(kind: str, text: str, expected: str | int | bool) -> None:
    taken = value(kind, text)
    assert (taken, type(taken)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("integer", text) for text in (".inf", ".nan", "1.0", "0x1F", "1_000", "12:30", "\u0663", " 8", "1e3", "--1", "9" * 5_000)),
        *(("boolean", text) for text in ("maybe", "1", "0")),
        *(("date", text) for text in ("2001-02-30", "2001-13", "0000", "2001-2-3", "12/31/1999", "99", "2001-02-03\n")),
        *(("datetime", text) for text in ("2025-07-09T24:00", "2025-02-30 03:00", "2025-07-09T03:00+24:00", "03:00", "2025-07")),
        *(("url", text) for text in ("javascript:alert(1)", "//a.b", "https://", "https://:80/", "https://a b", "https://a\\b", "https://a.b:x/")),
        *(("url", text) for text in ("https://a.b\n", "java\nscript:x", "http://[::1", "https://a.b:99999/", "\x01https://a.b", "data:text/html,x")),
        *(("ref", text) for text in ("Maggie Q", "a/b/c", "/a", "a/", "../a", ".a", "C:", "%2e", "a\\b", "a\n")),
        *(("designator", text) for text in ("1x04", "s", "e04", "s01e", "ballards01", "s01e04 ballard", "\u017f01")),
        *(("episodes", text) for text in ("s01e10-s01e01", "s02-s01", "s01-", "-s01", "s01-s02-s03", "1-3", "ballard s01")),
        *((kind, "") for kind in values.KINDS),
    ],
)  # fmt: skip
def test_the_rest_is_refused(kind: str, text: str) -> None:
    assert len(fault(kind, text)) < 120


@given(st.sampled_from(sorted(values.KINDS)), st.text() | NEARLY)
def test_any_text_gives_a_value_or_a_sentence(kind: str, text: str) -> None:
    try:
        taken = value(kind, text)
    except ValueError as error:
        assert str(error).startswith("must ")  # noqa: PT017  # either way is right
    else:
        assert value(kind, str(taken).lower() if isinstance(taken, bool) else str(taken)) == taken


@pytest.mark.parametrize(
    ("text", "meant"), [("yes", "true"), ("On", "true"), ("TRUE", "true"), ("no", "false"), ("off", "false")]
)
def test_other_words_for_true_and_false_are_told(text: str, meant: str) -> None:
    assert fault("boolean", text) == f"must be true or false. Write {meant}."


def test_a_date_off_the_calendar_is_named() -> None:
    assert fault("date", "2001-02-30") == "must be a date of the calendar; there is no 2001-02-30."


def test_a_choice_is_one_of_its_options() -> None:
    assert values.choice(Typed("lead"), ["lead", "main"]) == "lead"


def test_a_choice_is_exact_and_hints_at_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"^must be one of: lead, main\. Did you mean lead\?$"):
        values.choice(Typed("Lead"), ["lead", "main"])


def test_a_choice_without_a_near_option_has_no_hint() -> None:
    with pytest.raises(ValueError, match=r"^must be one of: lead, main\.$"):
        values.choice(Typed("x"), iter(["lead", "main"]))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("s01e04", ("", 1, 4)),
        ("Bosch: Legacy S03E10", ("Bosch: Legacy", 3, 10)),
        ("ballard s02", ("ballard", 2, None)),
        ("ballard s00e00", ("ballard", 0, 0)),
    ],
)
def test_a_designator_has_three_parts(text: str, parts: tuple[str, int, int | None]) -> None:
    assert designators.split_designator(text) == parts


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("all", ((0, 0), (designators.LAST, designators.LAST))),
        ("s02", ((2, 0), (2, designators.LAST))),
        ("s01e01", ((1, 1), (1, 1))),
        ("s01e01-s01e10", ((1, 1), (1, 10))),
        ("s01-s03", ((1, 0), (3, designators.LAST))),
        ("s01e05-s02", ((1, 5), (2, designators.LAST))),
        ("some", None),
        ("s01e01-x", None),
        ("", None),
    ],
)
def test_a_run_has_bounds(text: str, bounds: object) -> None:
    assert designators.parse_episodes(text) == bounds


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_an_episode_lies_within_its_season_and_within_all(season: int, episode: int) -> None:
    for text in ("all", f"s{season}", f"s{season}e{episode}", f"s0-s{season}"):
        first, last = designators.parse_episodes(text) or pytest.fail(text)
        assert first <= (season, episode) <= last


@pytest.mark.parametrize(
    ("word", "hint"), [("tilte", "Did you mean title?"), ("TITLE", "Did you mean title?"), ("zzz", ""), ("", "")]
)
def test_suggest_names_the_nearest(word: str, hint: str) -> None:
    assert similarity.suggest(word, ["title", "url"]) == hint


def test_suggest_does_not_depend_on_order() -> None:
    assert similarity.suggest("p3", ["p33", "p31"]) == similarity.suggest("p3", ["p31", "p33"])


@given(st.text(), st.lists(st.text()))
def test_suggest_takes_any_text(word: str, candidates: list[str]) -> None:
    assert similarity.suggest(word, candidates) in {"", *(f"Did you mean {candidate}?" for candidate in candidates)}


def test_suggest_is_quick_with_a_hostile_word() -> None:
    assert similarity.suggest("x" * 5_000_000, ["title"] * 1_000) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1x02", "s01e02"),
        ("fog 1x02", "fog s01e02"),
        ("S1 E2", "s01e02"),
        ("s1.e2", "s01e02"),
        ("S1, Ep2", "s01e02"),
        ("season 1", "s01"),
        ("Fog Line Season 1 Episode 12", "Fog Line s01e12"),
        ("x", ""),
        ("1-2", ""),
        ("e04", ""),
        ("", ""),
        ("a " * 5000 + "1x", ""),
    ],
)
def test_a_code_in_another_spelling_is_offered_as_ours(text: str, code: str) -> None:
    assert designators.meant_code(text) == code


def test_the_message_says_the_code_that_was_meant() -> None:
    with pytest.raises(ValueError, match=r"Write fog s01e02\.$"):
        designators.split_designator("fog 1x02")
    with pytest.raises(ValueError, match=r"Write s01e02\.$"):
        designators.episodes(Typed("1x02"))


@pytest.mark.parametrize("text", ["1-2", "1–2", "1 - 2"])
def test_a_run_of_numbers(text: str) -> None:
    assert values.numbers(Typed(text)) == (1, 2)
    assert values.numbers(Typed("7")) == (7,) and values.numbers(Typed("-7")) == (-7,)
    assert len(values.numbers(Typed("1-50"))) == 50


@pytest.mark.parametrize("text", ["2-1", "1-1", "1-51", "1-999999999999999999", "3a", "1-2-3", "", "1-"])
def test_what_is_no_run_of_numbers(text: str) -> None:
    with pytest.raises(ValueError, match=r"^must be a "):
        values.numbers(Typed(text))
