"""A Markdown file cut in two: its front matter, which holds a record, and the text below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ballardwiki.expressions import expression
from ballardwiki.problems import Location, Problem
from ballardwiki.yaml_reader import slips

_OPENING = expression(r"---[ \t]*\n")
_CLOSING = expression(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_DASHES = expression(r"[ \t]*[-\u2010-\u2015\u2212]{2,}[ \t]*|[\u2014\u2015]")
"""What an editor, or the correction of a word processor, may write for `---`."""
_KEY = expression(r"[A-Za-z_][\w-]*:(?:[ \t]|\Z)")
_KEEPING_BACK = expression(r"(draft:[ \t]++(?:true|yes|on)|publish_at:[ \t]++\d[^\n]{0,40}+)[ \t]*+", re.IGNORECASE)
_OTHERS = {"+++": "TOML", "{": "JSON", ";;;": "JSON"}
_BETWEEN = "Put the record between two lines of ---, the text below them."
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
    if not opening:
        return None, (_problem(path, 1, *_no_opening(text)),)
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        return None, (_problem(path, *_no_closing(text)),)
    front = text[opening.end() : closing.start()]
    if len(front.encode(errors="replace")) > _LIMIT:
        return None, (_problem(path, 1, "the front matter is larger than 64 KiB.", _too_long(path)),)
    start = closing.end()
    found = Cut(front, text[start:], start, text.count("\n", 0, start) + 1)
    return found, tuple(_below(found, path))


def _below(found: Cut, path: str) -> Iterator[Problem]:
    """What was to keep the page back, and stands among fields at the beginning of the text."""
    for number, line in enumerate(found.text.split("\n", 20)[:20], found.line):
        if kept := _KEEPING_BACK.fullmatch(line):
            message = f"{kept[1]} stands in the text, where it keeps nothing back."
            yield _problem(path, number, message, "Move it above the --- that closes the front matter.")
        elif line.strip(" \t-") and not _KEY.match(line):
            return


def _no_opening(text: str) -> tuple[str, str]:
    """What stands where front matter should begin, and what to do."""
    first = text.partition("\n")[0]
    if conflict := next(iter(slips.conflicts(first)), None):
        return conflict.message, conflict.hint
    for start, name in _OTHERS.items():
        if first.startswith(start):
            return f"the front matter is {name}, which is not read.", f"{_BETWEEN} Write it as YAML, such as title: …"
    if text.lstrip().startswith("---") and text[:1].isspace():
        return "front matter must begin in the first column of the first line.", "Delete what stands before the ---."
    if _DASHES.fullmatch(first) or first.startswith("---"):
        return "the first line must be three hyphens and nothing else.", "Write ---"
    if _KEY.match(first):
        return "the file must begin with front matter.", "Write a line of --- above the fields and one below them."
    return "the file must begin with front matter.", _BETWEEN


def _no_closing(text: str) -> tuple[int, str, str]:
    """The line that was to close the front matter, if one looks like it; what is wrong, and what to do."""
    for number, line in enumerate(text.split("\n")[1:], 2):
        if _DASHES.fullmatch(line) or line.rstrip() in ("...", "+++"):
            return number, "this line does not close the front matter.", "Write three hyphens and nothing else: ---"
    return 1, "the front matter has no closing line.", _BETWEEN


def _too_long(path: str) -> str:
    other = f"{path.removesuffix('.md')}.yaml"
    return (
        f"Move text below the second --- line. A longer record goes into {other}: its id and a colon, "
        "below them the fields, indented, and the text under text: |"
    )


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(Location(path, line, 1), "yaml-valid", message, hint)
