"""Marking: before the Markdown engine runs, each wiki construct of the source becomes a token."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from ballardwiki import lookalikes
from ballardwiki.content.designators import first, prefix
from ballardwiki.content.markup.attributes import attributes
from ballardwiki.content.markup.bars import Hidden, give_up, in_row, left, lonely, may_begin, may_end
from ballardwiki.content.markup.brackets import LONGEST_QUOTE, QUOTE, constructs, name_link, wrapped
from ballardwiki.content.markup.meanings import (
    Bars,
    CalloutHead,
    ClosingBars,
    Doubt,
    Meaning,
    NoteHead,
    OpenRemark,
    OwnSign,
    PlainBars,
    Remark,
)
from ballardwiki.content.markup.tokens import BLOCK, CALLOUT, DEFINITION, GAP, Tokens, add
from ballardwiki.expressions import expression
from ballardwiki.marks import NoteReference, Spoiler

_CONSTRUCT = expression(
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
_LINK, _NOTE, _CALLOUT = 1, 3, 4
"""The highest group of each construct; what comes after these is a heading's attributes."""

_HEADING = expression(r"[ \t>]*+#{1,6}[ \t]")
_LINE_END = expression(r"[ \t]*+\#*+[ \t]*+$", re.MULTILINE)
_LINE_REST = expression(r"[ \t]*+(?:\n|\Z)")
_UNDERLINE = expression(r"[ \t]*+\#*+[ \t]*+\n[ \t>]*+(?:=++|-++)[ \t]*+$", re.MULTILINE)
_BLANK = expression(r"\n[ \t>]*+\n")

NO_REMARKS: Mapping[int, int] = MappingProxyType({})


class Marked(Struct):
    """Source text with tokens. `nested`: something hides a stretch, so that the structure around it matters."""

    text: str
    tokens: Tokens = {}
    nested: bool = False
    definitions: bool = False
    remarks: bool = False
    swallowed: list[Doubt | Bars | OpenRemark] = []
    """The doubts that stood in something else."""


def mark(
    text: str, line: int = 1, remarks: Mapping[int, int] = NO_REMARKS, doubts: Sequence[tuple[int, Doubt | Bars]] = ()
) -> Marked:
    """Replace the wiki constructs of `text`, whose first line is number `line` of its file. Linear in the length.

    remarks: where remarks begin and end, of which nothing may be seen; those without an end are no remarks.
    doubts: what to tell an editor of if it is not in code, by place; each gets a token that stands for nothing.
    """
    marked = Marked(text)
    tokens = marked.tokens
    out: list[str] = []
    done = seen = line_start = 0
    gap, gap_text = -1, ""
    hidden: Hidden | None = None
    lone: tuple[int, str] | None = None
    waiting = deque(doubts)
    for match in constructs(_CONSTRUCT, _LINK, text):
        kind = match.lastindex
        start, end = match.span()
        if start < done:
            continue
        while waiting and waiting[0][0] < start:
            at, doubt = waiting.popleft()
            if at >= gap >= 0:
                out += text[done:gap], gap_text
                done, gap = max(done, gap), -1
            done = _doubt(marked, out, done, at, doubt)
        if kind is None and text[start] == "\\":
            if text.startswith("||", start + 1) and not text.startswith("|||", start + 1):
                lone = end + 1, f"plain {start}"
                out += text[done : end + 1], add(tokens, "", PlainBars(lone[1]))
                done = end + 1
            continue
        if start >= gap >= 0:
            out += text[done:gap], gap_text
            done, gap = max(done, gap), -1
        if newlines := text.count("\n", seen, start):
            line += newlines
            line_start = text.rfind("\n", seen, start) + 1
        seen = start
        column = start - line_start + 1
        meaning: Meaning | None
        if kind is None:
            if text[start] in "%<":
                end = remarks.get(start, 0)
                if end <= 0:
                    if end == 0:
                        done = _doubt(marked, out, done, start, OpenRemark(line, column))
                    continue
                out.append(text[done:start])
                if not text[line_start:start].strip(" ") and column <= 4 and (alone := _LINE_REST.match(text, end)):
                    done = end if text[start] == "<" else alone.end()
                    out.append("<!-- -->" if text[start] == "<" else "")
                else:
                    done, marked.remarks = end, True
                    meaning = Remark(line, column)
                    out.append(add(tokens, text[start:end], meaning, BLOCK))
                continue
            if text[start] != "|":
                meaning = OwnSign(line, column)
            else:
                row, begins, reason = in_row(text, line_start), False, "many"
                told = lookalikes.told(text, end)
                partner = lone[1] if lone and not told and _BLANK.search(text, lone[0], start) is None else ""
                if end - start == 2:
                    if hidden and may_end(text, start, end, row=row):
                        if _BLANK.search(text, hidden.end, start) is None:
                            opened = out[hidden.slot]
                            out[hidden.slot] = add(tokens, opened, hidden.meaning)
                            partner = f"{hidden.meaning.line}:{hidden.meaning.column}"
                            shown = ClosingBars(partner, line, column)
                            out += text[done:start], add(tokens, "||", shown)
                            done, hidden, lone = end, None, None
                            marked.nested = True
                            continue
                        give_up(out, tokens, hidden, "gap")
                        hidden = None
                    begins = may_begin(text, start, end, row=row) and not partner.startswith("plain")
                    reason = (
                        "blank" if not begins and (told or not text[start - 1 : start].strip()) else lonely(text, start)
                    )
                if begins:
                    if hidden:
                        give_up(out, tokens, hidden, lonely(text, hidden.end))
                    since, end = prefix(text, end)
                    hidden = Hidden(len(out) + 1, end, Spoiler(since, inline=True, line=line, column=column))
                    out += text[done:start], text[start:end]
                    done, lone = end, (end, f"{line}:{column}")
                    continue
                lone = None if partner else (end, f"{line}:{column}")
                meaning = Bars(reason, bool(told), partner, line, column)
                out += text[done:start], left(text[start:end], tokens, meaning)
                done = end
                continue
        elif kind <= _LINK:
            meaning = name_link(match[1], line, column)
            if "||" in match[1]:
                bars = Bars("words", True, "", line, column)
                done = _doubt(marked, out, done, start, bars)
            if meaning is not None and "\n" in match[1]:
                out += text[done:start], *wrapped(tokens, text[start:end], meaning)
                done = end
                continue
        elif kind == _NOTE:
            if not match[3]:
                meaning = NoteReference(match[2], line, column)
            elif column <= 4 and not text[line_start:start].strip(" "):
                marked.definitions = True
                meaning = NoteHead(match[2], line, column)
                out += text[done:start], add(tokens, text[start:end], meaning, DEFINITION)
                done = end
                continue
            else:
                end -= 1
                meaning = NoteReference(match[2], line, column)
        elif kind == _CALLOUT:
            before = text[line_start:start] if column <= LONGEST_QUOTE else ""
            if gap >= 0 or not QUOTE.fullmatch(before):
                continue
            since = ""
            while waiting and waiting[0][0] < end:
                waiting.popleft()
            if match[4].lower() == "spoiler":
                since, end = first(text, end)
                marked.nested = True
            meaning = CalloutHead(match[4].lower(), since, line, column)
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
            if meaning is not None and meaning.hidden:
                marked.nested = True
                while waiting and waiting[0][0] < end:
                    waiting.popleft()
        if meaning is not None:
            out += text[done:start], add(tokens, text[start:end], meaning)
            done = end
    for at, doubt in waiting:
        if at >= gap >= 0:
            out += text[done:gap], gap_text
            done, gap = max(done, gap), -1
        done = _doubt(marked, out, done, at, doubt)
    if gap >= 0:
        out += text[done:gap], gap_text
        done = max(done, gap)
    if hidden:
        give_up(out, tokens, hidden, lonely(text, hidden.end))
    if out:
        out.append(text[done:])
        marked.text = "".join(out)
    return marked


def _doubt(marked: Marked, out: list[str], done: int, at: int, meaning: Doubt | Bars | OpenRemark) -> int:
    """Write a token for a doubt at `at`; where the text goes on. What stands in something else gets none."""
    if at < done:
        marked.swallowed.append(meaning)
        return done
    out += marked.text[done:at], add(marked.tokens, "", meaning)
    return at
