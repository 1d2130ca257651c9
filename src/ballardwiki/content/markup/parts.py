"""Splitting: from sanitised HTML with tokens to a row of safe HTML and marks.

The HTML comes from nh3, so it is balanced, and no attribute contains `<` or `>`. Tokens in code and attributes are
given back as typed. A stretch is hidden only between two places in the same element, so it holds balanced HTML.
"""

from __future__ import annotations

from html import escape

from ballardwiki.content.markup.callouts import misplaced
from ballardwiki.content.markup.elements import CLOSERS, OPENERS, name_headings
from ballardwiki.content.markup.meanings import (
    Bars,
    CalloutHead,
    ClosingBars,
    Doubt,
    HeadingAttributes,
    Meaning,
    NamedFiles,
    NextLine,
    OpenRemark,
    OwnSign,
    PlainBars,
)
from ballardwiki.content.markup.splitting import END, VOID, Open, Raw, Splitting, place, shown_text
from ballardwiki.content.markup.tokens import BLOCK, GAP, TOKEN, after_gap, typed_address, typed_html
from ballardwiki.expressions import expression
from ballardwiki.marks import NameLink, NoteReference, Spoiler

_SOME = expression(rf"<(?:(/?)(h[1-6]|a|img|pre|code|blockquote|table)((?: [^<>]*+)?)|[a-z0-9]++ [^<>]*+)>|{TOKEN}")
_ALL = expression(rf"<(/?)([a-z0-9]++)((?: [^<>]*+)?)>|{TOKEN}")


def split(state: Splitting, html: str) -> list[Raw]:
    """The row of parts that `html` is. Linear in its length."""
    out, tokens = state.out, state.tokens
    done = skip = 0
    for match in (_ALL if state.nested else _SOME).finditer(html):
        start, end = match.span()
        if start < skip:
            continue
        found = match[0]
        if found[0] != "<":
            if done < start:
                out.append(html[done:start])
            if found[-1] == GAP:
                done = skip = after_gap(html, start)
            else:
                done = end
                _token(state, found, tokens[found][1] if found in tokens else None)
            continue
        closing, name = match.group(1, 2)
        if closing:
            element = state.open.pop() if len(state.open) > 1 else Open(name)
            if element.hidden or element.sections or name in CLOSERS:
                out.append(html[done:start])
                state.give_up_hidden(element)
                state.end_sections(element, 0)
                done = start
                if name in CLOSERS:
                    done = end
                    CLOSERS[name](state, element)
        elif name in OPENERS:
            if done < start:
                out.append(html[done:start])
            if "\ue000" in found and name not in ("a", "img"):
                state.as_typed(found)
            done = skip = OPENERS[name](state, html, match)
        else:
            if "\ue000" in found or "%EE%80%80" in found:
                state.as_typed(found)
                out += html[done:start], typed_address(found, tokens)
                done = end
            if name and name not in VOID:
                state.open.append(Open(name))
    out.append(html[done:])
    state.give_up_hidden(state.open[0])
    state.end_sections(state.open[0], 0)
    name_headings(state)
    return out


def _token(state: Splitting, token: str, meaning: Meaning | None) -> None:
    """Put what `token` means into the output."""
    out = state.out
    if state.in_code:
        out.append(typed_html(token, state.tokens))
    elif isinstance(meaning, NameLink):
        out.append(escape(shown_text(meaning), quote=False) if state.in_link else meaning)
    elif isinstance(meaning, NamedFiles):
        out.append(meaning)
    elif isinstance(meaning, NextLine):
        join(out)
    elif isinstance(meaning, NoteReference) and not state.in_link:
        out.append(meaning)
    elif isinstance(meaning, Spoiler):
        element = state.open[-1]
        state.give_up_hidden(element)
        element.hidden = len(out), meaning
        state.waiting.add(place(meaning))
        out.append(typed_html(token, state.tokens))
    elif isinstance(meaning, ClosingBars) and (hidden := state.open[-1].hidden):
        at, opened = hidden
        out[at] = opened
        out.append(END)
        state.open[-1].hidden = None
        state.waiting.discard(place(opened))
    elif isinstance(meaning, ClosingBars):
        if meaning.partner not in state.waiting:
            state.report_bars(meaning, "alone")
        out.append("||")
    elif isinstance(meaning, OwnSign):
        out.append("\ue000")
    elif isinstance(meaning, PlainBars):
        state.told.add(meaning.place)
    elif isinstance(meaning, (Doubt, OpenRemark)):
        state.report_doubt(meaning)
    elif isinstance(meaning, Bars):
        if meaning.told or not state.in_table:
            state.report_bars(meaning, meaning.reason)
    elif isinstance(meaning, HeadingAttributes) and (heading := _heading(state)):
        heading.heading = meaning
        if out and isinstance(out[-1], str):
            out[-1] = out[-1].rstrip()
    elif token[-1] != BLOCK:
        if isinstance(meaning, CalloutHead):
            misplaced(state, meaning)
        out.append(typed_html(token, state.tokens))


def join(out: list[Raw]) -> None:
    """Take back the line break between two lines of one link."""
    while out and isinstance(out[-1], str) and not out[-1].replace("<br>", "").strip():
        out.pop()


def _heading(state: Splitting) -> Open | None:
    return next((element for element in reversed(state.open) if element.name in _HEADINGS), None)


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
