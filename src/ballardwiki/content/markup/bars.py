"""Bars: where `||` may begin hidden text and where it may end it."""

from __future__ import annotations

from msgspec import Struct

from ballardwiki.content.markup.meanings import Bars
from ballardwiki.content.markup.tokens import Tokens, add
from ballardwiki.marks import Spoiler

_NO_EDGE = " \t\n|"


class Hidden(Struct):
    """A `||` that may begin a hidden text: its place in the output, where the text begins, and what it will mean."""

    slot: int
    end: int
    meaning: Spoiler


def give_up(out: list[str], tokens: Tokens, hidden: Hidden, reason: str) -> None:
    """Leave bars as typed that have no partner."""
    spoiler = hidden.meaning
    meaning = Bars(reason, bool(spoiler.since), "", spoiler.line, spoiler.column)
    out[hidden.slot] = left(out[hidden.slot], tokens, meaning)


def lonely(text: str, at: int) -> str:
    """Why a `||` at `at` is told: it stands in a web address, or just alone."""
    return "address" if "://" in (text[max(0, at - 300) : at].split() or [""])[-1] else "alone"


def left(typed: str, tokens: Tokens, meaning: Bars) -> str:
    """Bars as typed, with a token between the first two: they stay an empty cell of a table, or code, if they are."""
    return f"|{add(tokens, '', meaning)}{typed[1:]}"


def in_row(text: str, line_start: int) -> bool:
    """Whether the line is one of a table that begins its rows with a bar."""
    begin = text[line_start : line_start + 99].lstrip(" \t>")[:2]
    return begin[:1] == "|" and begin != "||"


def may_begin(text: str, start: int, end: int, *, row: bool) -> bool:
    """Whether hidden text may begin with the `||` at `start`; in a row, two bars after a word are an empty cell."""
    return bool(text[end : end + 1].strip(_NO_EDGE)) and not (row and start > 0 and text[start - 1].isalnum())


def may_end(text: str, start: int, end: int, *, row: bool) -> bool:
    """Whether hidden text may end with the `||` at `start`."""
    return bool(text[start - 1 : start].strip(_NO_EDGE)) and not (row and text[end : end + 1].isalnum())
