"""What PyYAML says of a text that is no YAML -> what an editor can do about it."""

from __future__ import annotations

import re
from typing import NamedTuple


def advice(reason: str, before: str, char: str) -> tuple[str, str, bool]:
    """A message, a hint, and whether the place to mend is where the construct began, not where PyYAML gave up.

    `reason` is PyYAML's; at the place where it gave up stands `char`, and `before` is the line up to it.
    """
    for each in _FAULTS:
        if re.search(each.reason, reason) and re.match(each.before, before) and each.char in ("", char):
            return each.message.format(char=char), each.hint, each.opening
    return f"this is not valid YAML: {reason}.", "", False


class _Fault(NamedTuple):
    """What to tell when PyYAML's `reason` matches, with `before` matching the line up to that place and `char` there.

    `opening`: the place to mend is where the construct began, not where PyYAML gave up.
    """

    reason: str
    message: str
    hint: str
    before: str = ""
    char: str = ""
    opening: bool = False


_QUOTE = "Put the whole value in quotes."
_INDENT = "Begin lines that belong together in the same column, and put ': ' after each key."
_CLOSE = "Close it, or put the value in quotes."
_QUOTE_ENDS = "Close it with the same straight quote."
_ESCAPE = "Use single quotes, or write two backslashes."

_FAULTS = (
    _Fault("start any token", "a tab stands where spaces are needed.", "Indent with spaces.", char="\t"),
    _Fault("tab character", "a tab stands where spaces are needed.", "Indent with spaces."),
    _Fault("start any token", "a value cannot begin with '{char}'.", _QUOTE),
    _Fault("mapping values are not", "a second ': ' stands on this line.", _QUOTE, before=".*:[ \t]"),
    _Fault("mapping values are not", "this key does not fit the line above.", _INDENT),
    _Fault(
        "expected ':'",
        "this line has no ': '.",
        "Write key: value, or indent the line; text stands below a line of ---.",
        opening=True,
    ),
    _Fault("unexpected end of stream", "the quote that opens here is not closed.", _QUOTE_ENDS, opening=True),
    _Fault("unexpected document", "the quote that opens here is not closed before ---.", _QUOTE_ENDS, opening=True),
    _Fault("',' or ']'", "the list that opens here with [ is not closed.", _CLOSE, opening=True),
    _Fault("',' or '}'", "the mapping that opens here with {{ is not closed.", _CLOSE, opening=True),
    _Fault("unknown escape", "a backslash in double quotes begins an escape.", _ESCAPE),
    _Fault("hexa?decimal|escape code", "this is not a character that an escape can name.", _ESCAPE),
    _Fault("expected key|block end|'-' indicator", "text stands after the end of the value.", _QUOTE, before=r".*\S"),
    _Fault("expected key|block end|'-' indicator", "this line does not fit the lines above.", _INDENT),
    _Fault("line break|chomping|indicator", "text stands right after | or >.", _QUOTE, opening=True),
    _Fault("alphabetic or numeric", "a value cannot begin with * or &.", _QUOTE, opening=True),
    _Fault("URI|tag|expected '!'", "a value cannot begin with !.", _QUOTE, opening=True),
    _Fault("sequence entries are not", "a list must begin on a line of its own.", "Move it down, or quote the value."),
    _Fault("mapping keys are not", "a value cannot begin with '? '.", _QUOTE),
    _Fault("node content", "a value is missing here, before '{char}'.", _QUOTE),
    _Fault("document start|directive|incompatible", "this line does not belong here.", "Write key: value."),
)
