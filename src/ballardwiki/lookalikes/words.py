"""The words of spoiler marks: `spoiler` and `since` in whatever spelling, and moments of the story."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ballardwiki.expressions import expression

MOMENT = r"(?:[^\s|{}\[\]()<>\"]{1,60}[ \t]{1,3}){0,7}?[sS]\d{1,4}(?:[eE]\d{1,4})?"
"""A moment of the story: words and a code, such as `fog-line s01e02`."""

CODE = expression(r"(?<![^\W_])[sS]\d{1,4}(?:[eE]\d{1,4})?(?!\w)")
"""A code without its series."""

CODED = expression(r"[sS]\d")
"""What stands in every moment."""

TOLD = expression(rf"[ \t]*+{MOMENT}[ \t]*[:：]")
"""A moment and a colon, as at the beginning of hidden words."""

_BEFORE = expression(r"[|\[\](){}<>\"'“”‘’«»=:：＝!！?>,;.\n\t｜‖／/]")


def told(text: str, position: int) -> bool:
    """Whether a moment and a colon stand at `position`, as at the beginning of hidden words."""
    return TOLD.match(text, position) is not None


def moment(text: str, position: int) -> str:
    """The moment that is named at or soon after `position`, as typed; one to copy where there is none."""
    line = text[position : position + 200].partition("\n")[0]
    code = CODE.search(line)
    if not code:
        return "series-id s01e05"
    words = _BEFORE.split(line[: code.start()])[-1].split()
    return " ".join((*words, code[0])) if len(words) <= 4 else code[0]


@lru_cache(maxsize=1024)
def means_spoiler(word: str) -> bool:
    """Whether a word is `spoiler`, in whatever spelling, or says the same."""
    plain = letters(word)
    return "spoil" in plain or plain in ("hide", "hidden", "secret") or _like(plain, "spoiler")


@lru_cache(maxsize=1024)
def means_since(word: str) -> bool:
    """Whether a word is `since`, in whatever spelling."""
    return _like(letters(word), "since")


def letters(word: str) -> str:
    """The letters of a word without accents and case."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in plain if "a" <= letter <= "z")


def _like(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 3:
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415  # only what comes near is compared

    return SequenceMatcher(None, word, other).ratio() >= 0.75
