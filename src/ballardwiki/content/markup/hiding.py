"""What a text seems to hide and does not: misspelt spoiler marks, and spoiler callouts that end too soon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from msgspec import Struct

from ballardwiki import lookalikes
from ballardwiki.content.designators import first
from ballardwiki.content.markup.manuscript import STAND_IN, NumberedText
from ballardwiki.content.markup.meanings import Bars, CalloutHead, Doubt
from ballardwiki.content.markup.tokens import TOKEN
from ballardwiki.content.markup.wikisyntax import Marked
from ballardwiki.expressions import expression
from ballardwiki.lookalikes import RULE
from ballardwiki.marks import Spoiler
from ballardwiki.problems import Location, Problem

MOST = 50
"""Faults told of one text."""

_QUOTE = expression(r"[ \t]*+((?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+)((?:>[ \t]*+)*+)")
_ITEM = expression(r"[ \t]*+(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_APART = expression(r"[ \t>]*+(?:#{1,6}(?:[ \t]|$)|\[\^[^\s\]]{1,100}\]:)")
_OWN_HEAD = expression(r"\[![A-Za-z]")
_CODE_BLOCK = expression(r"<pre[ >][^<]*+(?:<(?!/pre>)[^<]*+)*+")
_WHOLE_OR_TORN = expression("[\ue000\ue010-\ue019](?<![\ue010-\ue019]{2})[\ue010-\ue019]*+[\ue001-\ue005]")
_LIKE_A_TOKEN = expression("[\ue001-\ue005]")
_TOKEN = expression(TOKEN)
_DEFINITION = expression(r"\*?\[(?!\^)[^\[\]\n]{1,300}+\]:")
_HEADING = expression(r"[ \t>]*+#{1,6}[ \t]++([^{｛\n]*)")


def doubts(source: NumberedText) -> list[tuple[int, Doubt | Bars]]:
    """What looks like a spoiler mark, by the place where a token can stand for it. Whether it is code others know."""
    text = source.seen
    found: list[tuple[int, Doubt | Bars]] = [
        (
            each.start + (text[each.start] == ">"),
            Doubt(each.message, _hint(text, each), *source.place(each.start)),
        )
        for each in islice(lookalikes.find(text, field=False), MOST)
    ]
    found += [
        (each.start + 1, Bars("single", False, "", *source.place(each.start)))
        for each in islice(lookalikes.single_bars(text), MOST)
    ]
    return sorted(found, key=itemgetter(0))


def swallowed(source: NumberedText, marked: Marked) -> Iterator[Problem]:
    """Doubts that stood in a link, or in the attributes of a heading."""
    for each in marked.swallowed:
        if isinstance(each, Doubt):
            yield Problem(Location(source.path, each.line, each.column), RULE, each.message, each.hint)


def _hint(text: str, found: lookalikes.Lookalike) -> str:
    begin = text.rfind("\n", max(0, found.start - 500), found.start) + 1
    heading = _HEADING.match(text[begin : begin + 500])
    if found.typed[0] in "{｛" and heading:
        words = text[begin : found.start].rstrip() if len(heading[1]) < 60 else "## Heading"
        return f'Write {words} {{since="{found.moment}"}}.'
    return f"Write ||{found.moment}: words||, or begin a quote with > [!spoiler] {found.moment} for whole paragraphs."


class _Callout(Struct):
    """A spoiler callout: where its head is, how many `>` it has, how far its first is indented, what it holds."""

    start: int
    depth: int
    indent: int
    titled: bool
    filled: bool = False


def spoiler_callouts(source: NumberedText, marked: Marked) -> Iterator[Problem]:
    """Spoiler callouts that hide nothing, or not all that seems to be theirs."""
    if "[!" not in source.text:
        return
    heads = [meaning for _, meaning in marked.tokens.values() if isinstance(meaning, CalloutHead)]
    spoilers = {head.line for head in heads if lookalikes.means_spoiler(head.kind)}
    if not spoilers:
        return
    opened: list[_Callout] = []
    ended: _Callout | None = None
    offset = 0
    lines = zip(source.seen.split("\n"), source.prose.split("\n"), strict=True)
    for number, (line, prose) in enumerate(lines, source.line):
        quote = _QUOTE.match(line)
        assert quote is not None  # noqa: S101  # it matches the empty text
        depth, rest, text = quote[2].count(">"), line[quote.end() :], offset + quote.end()
        offset += len(line) + 1
        if line and not line.strip(STAND_IN):
            continue  # code that goes on, where the sign of the quote is no prose either
        blank = not rest.strip()
        if STAND_IN in line and not line.strip(f" \t{STAND_IN}"):
            continue
        if ended and not blank:
            if depth >= ended.depth and not quote[1] and not _OWN_HEAD.match(rest):
                yield _cut(source, text)
            ended = None
        while opened and depth < opened[-1].depth:
            ended = opened.pop()
            if not ended.filled and not (ended.titled and blank):
                yield _empty(source, ended)
            elif not blank and not _goes_on(line, ended):
                yield _lazy(source, text)
            if not blank:
                ended = None
        if opened and not blank:
            opened[-1].filled = True
            if defined := _DEFINITION.match(prose, quote.end()):
                yield _for_all(source, text, defined[0])
        if number in spoilers and _OWN_HEAD.match(prose, quote.end()) and (not opened or depth > opened[-1].depth):
            head = rest.partition("]")[2].lstrip("+- \t")
            title = head[first(head, 0)[1] :]
            opened.append(_Callout(text, depth, quote.start(2), bool(title.strip())))
    for each in opened:
        if not each.filled and not each.titled:
            yield _empty(source, each)


def indented(source: NumberedText, marked: Marked, html: str) -> Iterator[Problem]:
    """Spoiler callouts and hidden words so far to the right that they are code. Code between fences is meant."""
    heads = {
        token: meaning
        for token, (_, meaning) in marked.tokens.items()
        if isinstance(meaning, CalloutHead) or (isinstance(meaning, Spoiler) and meaning.since)
    }
    if not heads or "<pre" not in html:
        return
    prose = source.prose.split("\n")
    for block in _CODE_BLOCK.finditer(html):
        for token in _TOKEN.findall(block[0]):
            head = heads.get(token)
            if isinstance(head, Spoiler):
                what, sign = "these hidden words are", "||"
            elif head and (head.since or lookalikes.means_spoiler(head.kind)):
                what, sign = "this spoiler callout is", "[!"
            else:
                continue
            if sign in prose[head.line - source.line]:
                message = f"{what} indented so far that all would see them, as code."
                hint = "Take the blanks away; for an example write ``` above and below."
                yield Problem(Location(source.path, head.line, head.column), RULE, message, hint)


def broken(source: NumberedText, marked: Marked, html: str) -> Iterator[Problem]:
    """Marks that the engine took apart: Python-Markdown loses the sign behind `*a**b*`.

    In a text with characters of the kind that marks are made of, what they mean can't be told: there nothing is.
    """
    for token in _WHOLE_OR_TORN.findall(html) if _LIKE_A_TOKEN.search(source.text) is None else ():
        if token[0] != "\ue000" and (found := marked.tokens.get(f"\ue000{token}")):
            mark = found[1]
            hint = "Write \\* for a plain star, or a blank behind the last one."
            message = "the mark here is not understood behind * and ** within each other."
            yield Problem(Location(source.path, mark.line, mark.column), "markdown-valid", message, hint)


def openings(source: NumberedText) -> Iterator[Problem]:
    """Paragraphs that say of themselves that they are spoilers, and are seen by all."""
    for at in islice(lookalikes.openings(source.prose), MOST):
        hint = "Write > [!spoiler] series-id s01e05 above it, and > before each line; or begin it with another word."
        yield source.problem(at, RULE, "this calls itself a spoiler, and all readers see it.", hint, "warning")


def _goes_on(line: str, ended: _Callout) -> bool:
    """Whether a line right below a callout is plainly something else: a heading, a footnote, the list's next item."""
    item = _ITEM.match(line)
    return bool(_APART.match(line)) or bool(item and len(line) - len(line.lstrip()) < ended.indent)


def _empty(source: NumberedText, callout: _Callout) -> Problem:
    message = "this spoiler callout holds nothing, so what stands below it would be seen."
    return source.problem(callout.start, RULE, message, "Begin each line that it should hide with >.")


def _lazy(source: NumberedText, at: int) -> Problem:
    message = "this line stands right below a spoiler callout, and it is not said whether it belongs to it."
    return source.problem(at, RULE, message, "Begin it with > to hide it, or leave an empty line before it.")


def _for_all(source: NumberedText, at: int, typed: str) -> Problem:
    message = f"{typed} holds for the whole text, so a spoiler callout does not hide what it says."
    return source.problem(at, RULE, message, "Write the words or the address at the place where they are used.")


def _cut(source: NumberedText, at: int) -> Problem:
    message = "this quote stands below a spoiler callout with an empty line between, so it would be seen."
    hint = "Write > in the empty line to hide it as well, or begin it with > [!quote] if all may read it."
    return source.problem(at, RULE, message, hint)
