"""Places where YAML reads something else than what stands there: slips of the hand, which it takes without a word.

Each is found beside PyYAML's reading of one plain value, in the lines around a syntax error, or before any reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

from ballardwiki.expressions import expression

_DOUBLE, _SINGLE = "“„‟", "‘‚‛"
"""Opening quotes as word processors write them in place of straight ones."""

_CONFLICT = expression(r"^(?:[<>|]{7}(?: .*)?|={7})$", re.MULTILINE)
"""A line that a merge wrote between two versions of a text."""

_REMARK = expression(r"[ \t]++(?=#++(?:[^\s=*~_-]|[ \t]*+(?:\n|\Z)))")
"""A `#` that begins a remark although no blank follows: what stands there looks like a part of the value."""

_REMARK_BELOW = expression(r"\n([ \t]++)(?=#[^\s#])")
_UNSPACED = expression(r"(?:-[ \t]++)*+([A-Za-z_][\w.-]*+)(?:[ \t]*+:(?!//)(?=[^ \t\n])|\uff1a)")
_EQUATED = expression(r"(?:-[ \t]++)*+([A-Za-z_][\w.-]*+)[ \t]++=[ \t]++([^=\n].*+)")
_UNSPACED_DASH = expression(r"-(?=[^\s\d-])")
_CUT = expression(r"(?<=[ \t,\[{])#(?=[^\s#])")
_ENDS = tuple(".!?…,;:—–-)\"'”’")
_MARKER = expression(r"(?:[-*+]|\d{1,3}[.)]|#{1,6}|>)(?=\s)|\|")
"""What a list, a table, a heading or a quote begins with."""
_SHORT = 40
"""Lines of more characters were wrapped on purpose; so were those after which a sentence or a clause ends."""

_SHOWN = 60
"""Characters of a value that a message shows."""


class Slip(NamedTuple):
    """What was read otherwise than it looks, at the character `at`, and what to write."""

    at: int
    message: str
    hint: str


def conflicts(text: str) -> list[Slip]:
    """The conflicts that a merge left, each at its first line."""
    found = list(_CONFLICT.finditer(text))
    begun = [each for each in found if each[0].startswith("<")] or found[:1]
    message = "a merge left a conflict here."
    hint = "Keep what is right of both versions, and delete the lines of <<<<<<<, ======= and >>>>>>>."
    return [Slip(each.start(), message, hint) for each in begun]


def of_value(text: str, start: int, end: int, *, flow: bool) -> Iterator[Slip]:
    """What is doubtful about the plain value between two characters; `flow`: inside `[…]` or `{…}`."""
    value = text[start:end]
    yield from _cut(text, start, end, flow=flow)
    if "\n" in value:
        yield from _joined(text, start, value, flow=flow)
    elif value.endswith(",") and not flow:
        yield Slip(start, "the comma at its end becomes part of the value.", "Delete it, or put the value in quotes.")
    elif value and not value.isascii():
        yield from _blanks(start, value)
        yield from _quotes(start, value)


def of_folded(text: str, start: int, end: int) -> Slip | None:
    """The first line of a list, table or heading that a block below `>` joins to its neighbour."""
    at = text.find("\n", start, end) + 1
    above = indent = ""
    while 0 < at < end:
        line = text[at : (text.find("\n", at, end) + 1 or end + 1) - 1]
        words = line.lstrip(" ")
        begin = line[: len(line) - len(words)]
        indent = indent or begin
        kind = _MARKER.match(words)
        if words and begin == indent and above:
            alike = kind and _MARKER.match(above)
            if alike or (kind and above.endswith(":")) or above.startswith("#"):
                message = f"> joins this line to the one above: {line.strip()[:_SHOWN]}"
                return Slip(at + len(begin), message, "Write | in place of > to keep the lines apart.")
        above = words.rstrip() if begin == indent else ""
        at = text.find("\n", at, end) + 1
    return None


def equated(text: str) -> str:
    """The hint with the colon that was meant where a text in place of fields has `=` after its first word; else ""."""
    found = _EQUATED.match(text)
    return f"Write {found[1]}: {_shown(found[2].strip())}" if found else ""


def of_key(key: str) -> Slip | None:
    """What is doubtful about a plain key, or a text in place of keys, besides what is of a value."""
    return _unspaced(0, key)


def behind(text: str, opened: int, at: int, quoted: tuple[int, int] = (0, 0)) -> Slip | None:
    """The slip that led to a syntax error: the construct began at `opened`, and at `at` it made no sense any more.

    quoted: where the last text in quotes began and ended that went over several lines.
    """
    start, end = quoted
    if end and not text[end:at].strip():
        message = "the quote that opens here is not closed on its line, but by the next quote below."
        return Slip(start, message, "Close it where its text ends, with the same straight quote.")
    found = _CUT.search(text, opened, at)
    if found and not set("\"'").intersection(text[opened : found.start()]):
        return _remark(found.start(), _line(text, found.start()))
    first = text.rfind("\n", 0, opened) + 1
    above = text.rfind("\n", 0, max(first - 1, 0)) + 1
    for start in sorted({above, first, text.rfind("\n", 0, at) + 1}):
        line = _line(text, start)
        indent = len(line) - len(line.lstrip(" "))
        if unspaced := _unspaced(start + indent, line[indent:]):
            return unspaced
        if found := _EQUATED.fullmatch(line, indent):
            message = f"= stands after {found[1]}, where a colon is needed."
            return Slip(start + found.start(1), message, f"Write {found[1]}: {_shown(found[2].strip())}")
        if _UNSPACED_DASH.match(line, indent):
            item = line[indent + 1 :].strip()
            return Slip(start + indent, "a blank is missing after the dash.", f"Write - {_shown(item)}")
    return None


def _cut(text: str, start: int, end: int, *, flow: bool) -> Iterator[Slip]:
    """A value that ends before a `#` which looks like a part of it."""
    value = "" if flow else text[start:end]
    if found := _REMARK.match(text, end):
        yield _remark(found.end(), _line(text, found.end()), f"{value}{found[0]}".lstrip())
    elif value and (found := _REMARK_BELOW.match(text, end)):
        line = _line(text, text.rfind("\n", 0, start) + 1)
        if len(found[1]) > len(line) - len(line.lstrip(" ")):
            yield _remark(found.end(), _line(text, found.end()), f"{value} ")


def _remark(index: int, rest: str, value: str = "") -> Slip:
    """A `#` that cuts a value, and what it should be: `value` goes before the rest of the line."""
    whole = f"{value}{rest.rstrip()}"
    example = f': "{whole}"' if value and len(whole) <= _SHOWN and not set('"\\\n').intersection(whole) else ""
    message = f"{_shown(rest.rstrip())} is not read: a # after a blank begins a remark."
    return Slip(index, message, f"Put the whole value in quotes{example}. After the # of a remark stands a blank.")


def _joined(text: str, start: int, value: str, *, flow: bool) -> Iterator[Slip]:
    """A line that YAML joined to the one above although it looks like a list item, a key or a value of its own."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    index = start
    first = value.partition("\n")[0].rstrip()
    for number, line in enumerate(value.split("\n")):
        mine = index + len(line) - len(line.lstrip(" \t"))
        words = line.strip(" \t")
        index += len(line) + 1
        if not number or not words:
            continue
        if words == "-" or words.startswith(("- ", "-\t")) or _UNSPACED_DASH.match(words):
            listed = before.strip() == "-"
            where = (
                "Begin all dashes of a list in one column, with a blank behind each."
                if listed
                else "Begin a list on the line below its key."
            )
            yield Slip(mine, f"{_shown(words)} is joined to the line above.", where)
            return
        if unspaced := _unspaced(mine, words):
            yield unspaced
            return
    second = value.split("\n", 2)[1]
    if (before.strip() or flow) and len(before) + len(first) <= _SHORT and not first.endswith(_ENDS) and second.strip():
        at = start + value.index("\n") + 1 + len(second) - len(second.lstrip(" \t"))
        lacking = "a comma" if flow else "a dash" if before.strip() == "-" else "a key"
        message = f"{_shown(second.strip())} is joined to the line above; perhaps {lacking} is missing."
        yield Slip(at, message, "Write it, or put the value in quotes if it is one text.")


def _unspaced(start: int, words: str) -> Slip | None:
    """A key whose colon no blank follows, at the beginning of a line, a key or a text."""
    found = _UNSPACED.match(words)
    if not found:
        return None
    rest = words[found.end() :]
    if found[0].endswith("\uff1a"):
        return Slip(
            start + found.start(1),
            f"the colon after {found[1]} is a full-width one.",
            f"Write {found[1]}: {_shown(rest.strip())}",
        )
    what = f"{_named(rest[0])} stands" if _unseen(rest[0]) else "a blank is missing"
    return Slip(start + found.start(1), f"{what} after {found[1]}:.", f"Write {found[1]}: {_shown(rest.strip())}")


def _blanks(start: int, value: str) -> Iterator[Slip]:
    """Blanks that only look like some, at either end of a value."""
    for char, where in ((value[0], "begins"), (value[-1], "ends")):
        if _unseen(char):
            message = f"this {where} with {_named(char)}, which YAML takes for a letter."
            yield Slip(start, message, "Delete it, or write a plain blank.")
            return


def _quotes(start: int, value: str) -> Iterator[Slip]:
    """Curly quotes around a value that was to stand in straight ones."""
    double = value[0] in _DOUBLE
    closed = value[1:].endswith(tuple('“”"') if double else tuple("‘’'"))
    if not (double or (closed and value[0] in _SINGLE)):
        return
    inner = value[1:-1] if closed else value[1:]
    if not set(inner).intersection('“”„"' if double else "‘"):
        what = f"the quotes {value[0]} and {value[-1]}" if closed else f"the quote {value[0]}"
        example = f": '{_shown(inner)}'" if closed else ""
        yield Slip(start, f"{what} would become part of the text.", f"Write straight quotes around the value{example}.")


def _unseen(char: str) -> bool:
    return char.isspace() or (char > "~" and category(char) == "Cf")


def _named(char: str) -> str:
    return "a non-breaking space (U+00A0)" if char == "\xa0" else f"the invisible sign U+{ord(char):04X}"


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end]
