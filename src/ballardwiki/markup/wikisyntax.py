"""Marking: before the Markdown engine runs, each wiki construct of the source becomes a token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ballardwiki import lookalikes
from ballardwiki.markup.attributes import attributes
from ballardwiki.markup.brackets import LONGEST_QUOTE, QUOTE, constructs, mention, wrapped
from ballardwiki.markup.designators import first, prefix
from ballardwiki.markup.tokens import BLOCK, CALLOUT, DEFINITION, GAP, Tokens, add
from ballardwiki.model import Mark

_CONSTRUCT = re.compile(
    r"""\\.
    |\[\[((?:
        [^\[\]\n]|\[[^\[\]\n]*\]
        |\n(?![ \t>]*(?:$|[-*+][ \t]|\d{1,9}[.)][ \t]|\#{1,6}[ \t]|[|=]|```|~~~|\[\^))
      )*+)\]\]
    |\[\^([^\s\[\]^]{1,100})\](:?)
    |\[!([A-Za-z][\w-]*)\][+-]?[ \t]*
    |\{([^{}\n]*)\}
    |\|\|+
    |%%+
    |<!--
    |\ue000
    |&\#(?:[xX]0*[eE]000(?![0-9a-fA-F])|0*57344(?!\d));?
    """,
    re.VERBOSE | re.MULTILINE,
)
_LINK, _NOTE, _CALLOUT, _ATTRIBUTES = 1, 3, 4, 5
"""The highest group of each construct."""

_HEADING = re.compile(r"[ \t>]*+#{1,6}[ \t]")
_LINE_END = re.compile(r"[ \t]*+\#*+[ \t]*+$", re.MULTILINE)
_LINE_REST = re.compile(r"[ \t]*+(?:\n|\Z)")
_UNDERLINE = re.compile(r"[ \t]*+\#*+[ \t]*+\n[ \t>]*+(?:=++|-++)[ \t]*+$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t>]*+\n")
_NO_EDGE = " \t\n|"

NO_REMARKS: Mapping[int, int] = MappingProxyType({})


@dataclass(slots=True)
class Marked:
    """Source text with tokens. `nested`: something hides a stretch, so that the structure around it matters."""

    text: str
    tokens: Tokens = field(default_factory=dict)
    nested: bool = False
    definitions: bool = False
    remarks: bool = False
    understood: set[int] = field(default_factory=set)
    """Where marks begin that hide something: heads of callouts, attributes of headings."""


@dataclass(slots=True)
class _Hidden:
    """A `||` that may begin a hidden text: its place in the output, where the text begins, and what it will mean."""

    slot: int
    end: int
    meaning: Mark


def mark(text: str, line: int = 1, remarks: Mapping[int, int] = NO_REMARKS) -> Marked:
    """Replace the wiki constructs of `text`, whose first line is number `line` of its file. Linear in the length.

    remarks: where remarks begin and end, of which nothing may be seen.
    """
    marked = Marked(text)
    tokens = marked.tokens
    out: list[str] = []
    done = seen = line_start = 0
    gap, gap_text = -1, ""
    hidden: _Hidden | None = None
    plain = lone = -1
    for match in constructs(_CONSTRUCT, _LINK, text):
        kind = match.lastindex
        start, end = match.span()
        if start < done:
            continue
        if kind is None and text[start] == "\\":
            plain = end + 1 if text.startswith("||", start + 1) else plain
            continue
        if start >= gap >= 0:
            out += text[done:gap], gap_text
            done, gap = max(done, gap), -1
        if newlines := text.count("\n", seen, start):
            line += newlines
            line_start = text.rfind("\n", seen, start) + 1
        seen = start
        column = start - line_start + 1
        meaning: Mark | None
        if kind is None:
            if text[start] in "%<":
                if start not in remarks:
                    continue
                end = remarks[start]
                out.append(text[done:start])
                if not text[line_start:start].strip(" ") and column <= 4 and (alone := _LINE_REST.match(text, end)):
                    done = end if text[start] == "<" else alone.end()
                    out.append("<!-- -->" if text[start] == "<" else "")
                else:
                    done, marked.remarks = end, True
                    meaning = Mark("remark", "", "", "", "", line, column)
                    out.append(add(tokens, text[start:end], meaning, BLOCK))
                continue
            if text[start] != "|":
                meaning = Mark("char", "", "", "", "", line, column)
            else:
                row, begins, reason = _in_row(text, line_start), False, "many"
                told = lookalikes.told(text, end)
                if 0 <= plain <= start and not (hidden or told) and _BLANK.search(text, plain, start) is None:
                    plain = -1
                    continue
                if end - start == 2:
                    if hidden and _may_end(text, start, end, row=row):
                        if _BLANK.search(text, hidden.end, start) is None:
                            opened = out[hidden.slot]
                            out[hidden.slot] = add(tokens, opened, hidden.meaning)
                            out += text[done:start], add(tokens, "||", Mark("shown", "", "", "", "", line, column))
                            done, hidden = end, None
                            marked.nested = True
                            continue
                        _give_up(out, tokens, hidden, "gap")
                        hidden = None
                    begins = _may_begin(text, start, end, row=row)
                    reason = "blank" if not begins and (told or not text[start - 1 : start].strip()) else "alone"
                if begins:
                    if hidden:
                        _give_up(out, tokens, hidden, "alone")
                    since, end = prefix(text, end)
                    hidden = _Hidden(len(out) + 1, end, Mark("hidden", "", "", "", since, line, column))
                    out += text[done:start], text[start:end]
                    done, lone = end, -1
                    continue
                begun = hidden.end if hidden else lone
                if 0 <= begun <= start and not told and _BLANK.search(text, begun, start) is None:
                    lone = -1
                    continue
                lone = end
                meaning = Mark("bars", reason, "told" if told else "", "", "", line, column)
                out += text[done:start], _bars(text[start:end], tokens, meaning)
                done = end
                continue
        elif kind <= _LINK:
            meaning = mention(match[1], line, column)
            if meaning is not None and "\n" in match[1]:
                out += text[done:start], *wrapped(tokens, text[start:end], meaning)
                done = end
                continue
        elif kind == _NOTE:
            if not match[3]:
                meaning = Mark("note", match[2], "", "", "", line, column)
            elif column <= 4 and not text[line_start:start].strip(" "):
                marked.definitions = True
                meaning = Mark("definition", match[2], "", "", "", line, column)
                out += text[done:start], add(tokens, text[start:end], meaning, DEFINITION)
                done = end
                continue
            else:
                end -= 1
                meaning = Mark("note", match[2], "", "", "", line, column)
        elif kind == _CALLOUT:
            before = text[line_start:start] if column <= LONGEST_QUOTE else ""
            if gap >= 0 or not QUOTE.fullmatch(before):
                continue
            since = ""
            marked.understood.add(start)
            if match[4].lower() == "spoiler":
                since, end = first(text, end)
                marked.nested = True
            meaning = Mark("callout", match[4].lower(), "", "", since, line, column)
            out += text[done:start], add(tokens, text[start:end], meaning, CALLOUT)
            done = end
            gap = text.find("\n", end)
            gap = gap if gap >= 0 else len(text)
            gap_text = add(tokens, "", meaning, GAP) + "\n" + re.sub(r"[^>\s]", " ", before).rstrip()
            continue
        else:
            if not _LINE_END.match(text, end):
                continue
            if not (_HEADING.match(text, line_start) or _UNDERLINE.match(text, end)):
                continue
            meaning = attributes(match[5], line, column)
            if meaning is not None and meaning.text:
                marked.nested = True
                marked.understood.add(start)
        if meaning is not None:
            out += text[done:start], add(tokens, text[start:end], meaning)
            done = end
    if gap >= 0:
        out += text[done:gap], gap_text
        done = max(done, gap)
    if hidden:
        _give_up(out, tokens, hidden, "alone")
    if out:
        out.append(text[done:])
        marked.text = "".join(out)
    return marked


def _give_up(out: list[str], tokens: Tokens, hidden: _Hidden, reason: str) -> None:
    """Leave bars as typed that have no partner."""
    mark = hidden.meaning
    meaning = Mark("bars", reason, "told" if mark.since else "", "", "", mark.line, mark.column)
    out[hidden.slot] = _bars(out[hidden.slot], tokens, meaning)


def _bars(typed: str, tokens: Tokens, meaning: Mark) -> str:
    """Bars as typed, with a token between the first two: they stay an empty cell of a table, or code, if they are."""
    return f"|{add(tokens, '', meaning)}{typed[1:]}"


def _in_row(text: str, line_start: int) -> bool:
    """Whether the line is one of a table that begins its rows with a bar."""
    begin = text[line_start : line_start + 99].lstrip(" \t>")[:2]
    return begin[:1] == "|" and begin != "||"


def _may_begin(text: str, start: int, end: int, *, row: bool) -> bool:
    """Whether hidden text may begin with the `||` at `start`; in a row, two bars after a word are an empty cell."""
    return bool(text[end : end + 1].strip(_NO_EDGE)) and not (row and start > 0 and text[start - 1].isalnum())


def _may_end(text: str, start: int, end: int, *, row: bool) -> bool:
    """Whether hidden text may end with the `||` at `start`."""
    return bool(text[start - 1 : start].strip(_NO_EDGE)) and not (row and text[end : end + 1].isalnum())
