"""Misspelt marks of our own: bars, heads of callouts, attributes of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki.expressions import expression
from ballardwiki.lookalikes.words import CODE, CODED, MOMENT, TOLD, letters, means_since, means_spoiler, told

_UNSEEN = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]{0,3}"
_OPEN, _SHUT = r"\[［【〔⟦", r"\]］】〕⟧"
_BANG = "!！¡ǃ❗"
_OTHER_BARS = "｜│┃❘¦∣‖∥"
_BARS = expression(r"[|｜│┃❘¦∣]{2,}+|[‖∥]++")
_BAR = expression(rf"(?<![|\\])\|(?!\|)(?={TOLD.pattern})")
_ESCAPED = expression(rf"(?:\\\||&(?:\#124|\#[xX]7[cC]|vert|verbar);){{2}}(?={TOLD.pattern})")
_BRACKET = expression(
    rf"[{_OPEN}](?![\[^]){_UNSEEN}(?:([{_BANG}]{{1,3}})|(?=/?[sShH])){_UNSEEN}/?([^\s{_OPEN}{_SHUT}{_BANG}|=:：]{{1,30}})"
)
_BRACE = expression(r"[{｛]([^{}｛｝\n]{0,300})")
_SPOKEN = expression(r"[ ]{0,3}(?:see|cf\.?|compare|e\.g\.|i\.e\.)[ ][^=:]{0,200}$")
"""An aside in braces that refers to an episode: no mark begins with one of these words."""
_KEY = expression(r"(?:^|[\s:,;%])([^\W\d]{3,9})\s{0,3}[=:：＝]")
_BARE = expression(
    rf"(?<![\w{{｛])([sS][iInNcCeEhHsS]{{2,6}})[ \t]{{0,3}}[=:：＝][ \t]{{0,3}}[\"'“”‘’«]?{MOMENT}(?!\w)"
)
_LINE_START = expression(r"(?:^|\n)[ \t>]*+(?:[-*+!！][ \t]++|[!！])?$")


def bars(text: str) -> Iterator[tuple[int, int]]:
    """Bars of other kinds than `|` that stand before a moment, or around words."""
    if text.isascii() or not any(bar in text for bar in _OTHER_BARS):
        return
    opened = -1
    bars = ""
    for match in _BARS.finditer(text):
        if match[0].strip("|") == "":
            continue
        start, end = match.span()
        if told(text, end):
            yield start, end
            opened = -1
        elif opened >= 0 and match[0] == bars and text.find("\n\n", opened, start) < 0 and text[start - 1] > " ":
            yield opened, opened + len(bars)
            opened = -1
        else:
            opened, bars = (start, match[0]) if text[end : end + 1] > " " else (-1, "")


def escaped(text: str) -> Iterator[tuple[int, int]]:
    """Bars before a moment of which each is escaped, as in a table: what they should hide all would see."""
    if "\\|" not in text and "&" not in text:
        return
    for match in _ESCAPED.finditer(text):
        yield match.span()


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """`[! spoiler]`, `[!spoler]`, `【!spoiler】`; `[spoiler]` where it is no link."""
    opened = False
    for match in _BRACKET.finditer(text):
        since = not match[1] and means_since(match[2])
        if not (since or means_spoiler(match[2])) or (opened and "/" in match[0]):
            continue
        start, end = match.span()
        rest = re.match(rf"[^{_SHUT}\n]{{0,100}}[{_SHUT}]?", text[end : end + 101])
        end += rest.end() if rest else 0
        if match[1] or _is_tag(text, start, end):
            opened = True
            yield start, end


def tag_lines(text: str) -> Iterator[tuple[int, int]]:
    """`[spoiler]` at the beginning of a line of a text, where it is no link."""
    for match in _BRACKET.finditer(text):
        if not match[1] and "spoil" in letters(match[2]) and text[match.end() : match.end() + 1] == "]":
            start, end = match.start(), match.end() + 1
            defined = text.find(f"{text[start:end]}:", end, end + 20_000) >= 0
            followed = text[end : end + 1] in ("(", "[", ":", "]")
            if not (defined or followed) and _LINE_START.search(text[max(0, start - 40) : start]):
                yield start, end


def _is_tag(text: str, start: int, end: int) -> bool:
    """Whether `[spoiler …]` from `start` to `end`, with no sign before the word, stands for more than the word."""
    inside = text[start + 1 : end - 1]
    if text[start - 1 : start] in ("[", "!") or text[end : end + 1] in ("(", "[", ":", "]"):
        return False
    return "=" in inside or text.find("[/", end, end + 2000) >= 0 or inside.startswith("/") or bool(CODE.search(inside))


def braces(text: str) -> Iterator[tuple[int, int]]:
    """Braces that name a moment, `since` or a spoiler."""
    for match in _BRACE.finditer(text):
        content = match[1]
        word = re.match(r"[\W_]{0,4}([^\W\d_]{3,12})", content)
        if (
            (CODE.search(content) and not _SPOKEN.match(content))
            or any(means_since(key[1]) or means_spoiler(key[1]) for key in _KEY.finditer(content))
            or (word and means_spoiler(word[1]) and not content.startswith("#"))
            or content.strip(" :").casefold() == "since"
        ):
            end = match.end()
            yield match.start(), end + (text[end : end + 1] in ("}", "｝"))


def bare(text: str) -> Iterator[tuple[int, int]]:
    """`since=` or `since:` and a moment, without braces around."""
    if not CODED.search(text):
        return
    for match in _BARE.finditer(text):
        start = match.start()
        before = text[max(0, start - 300) : start].rpartition("\n")[2]
        if means_since(match[1]) and max(map(before.rfind, "{｛")) <= max(map(before.rfind, "}｝")):
            yield match.span()


def single_bars(text: str) -> Iterator[tuple[int, int]]:
    """Each `|` that stands alone before a moment and a colon."""
    if not CODED.search(text):
        return
    for match in _BAR.finditer(text):
        yield match.span()
