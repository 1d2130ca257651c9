"""A Markdown file cut in two: its front matter, which holds a record, and the text below."""

from __future__ import annotations

import re
from typing import NamedTuple

from ballardwiki.problems import Location, Problem

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_LIMIT = 64 * 1024


class Cut(NamedTuple):
    """`front` begins on line 2 of the file, `text` at the character `start`, on line `line`."""

    front: str
    text: str
    start: int
    line: int


def cut(text: str, path: str) -> tuple[Cut | None, tuple[Problem, ...]]:
    """Both parts of a file; None and a problem where it has no front matter or too much (rule `yaml-valid`)."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if not opening or not closing:
        message = "the front matter has no closing line." if opening else "the file must begin with front matter."
        return None, (_problem(path, message, "Put the record between two lines of ---, the text below them."),)
    front = text[opening.end() : closing.start()]
    if len(front.encode(errors="replace")) > _LIMIT:
        return None, (
            _problem(path, "the front matter is larger than 64 KiB.", "Move the text below the second --- line."),
        )
    start = closing.end()
    return Cut(front, text[start:], start, text.count("\n", 0, start) + 1), ()


def _problem(path: str, message: str, hint: str) -> Problem:
    return Problem(Location(path, 1, 1), "yaml-valid", message, hint)
