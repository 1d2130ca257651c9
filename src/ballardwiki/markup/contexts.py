"""The context of each link of a text: the sentence in which it stands, as plain text, for the page it leads to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import unescape

from ballardwiki.markup.splitting import mention_text
from ballardwiki.model import Mark, Part

LONGEST = 200
"""A context has at most about this many characters before and after the link together."""

Since = tuple[str, ...]

_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|td|th|tr|table|caption|h[1-6]|blockquote|aside|figure|figcaption|pre|br|hr)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_PLACE = "\ue000"
_SENTENCE = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[\"”’')\]]*+(?=\s++(?:[\"“‘(\[]*+(?:[^\W_a-zß-öø-ÿ]|\ue000)|$)))")
_NO_END = re.compile(
    r"\b(?:[^\W\d_]|Mrs?|Ms|Dr|St|Lt|Sgt|Capt|Cpl|Col|Gen|Det|Insp|Sen|Rep|Gov|Prof|Jr|Sr|No|vs|ca|cf)\.$"
)
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._/-]*")
_WORD = re.compile(r"\w|\ue000")
_SPACES = re.compile(r"\s+")
_LINKS = ("mention", "link")
_MOST = 8
"""How many hidden stretches of different moments are told apart in one block: so the work is linear in the text."""


def contexts(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """For each `mention` and `link` mark of `parts`, in their order, the parts of its context.

    They are plain text and `mention` marks (addresses, whose titles a view knows); the link itself is a `here` mark.
    Hidden text stands only in contexts that are as hidden as it is. () where the link stands alone.
    """
    marks = [part for part in parts if isinstance(part, Mark)]
    flat = "".join(part.replace(_PLACE, "") if isinstance(part, str) else _PLACE for part in parts)
    flat = _TAG.sub("", _BLOCK.sub("\n", flat.replace("\n", " ")))
    if "&" in flat:
        flat = unescape(flat)
    found: dict[int, tuple[Part, ...]] = {}
    if flat.count(_PLACE) == len(marks):
        around = _around(marks)
        place = 0
        for block in flat.split("\n"):
            pieces = block.split(_PLACE)
            if len(pieces) > 1:
                _read(pieces, marks, around, place, found)
                place += len(pieces) - 1
    return [found.get(place, ()) for place, mark in enumerate(marks) if mark.kind in _LINKS]


def _around(marks: Sequence[Mark]) -> list[Since]:
    """The designators of the hidden stretches around each mark, and after the last; one that opens is outside."""
    found: list[Since] = []
    opened: list[str | None] = []
    since: Since = ()
    for mark in marks:
        found.append(since)
        if mark.kind in ("since", "link"):
            opened.append(mark.since if mark.kind == "since" else None)
        elif mark.kind == "end" and opened:
            opened.pop()
        else:
            continue
        since = tuple(each for each in opened if each is not None)
    return [*found, since]


def _read(
    pieces: list[str], marks: Sequence[Mark], around: list[Since], place: int, found: dict[int, tuple[Part, ...]]
) -> None:
    """Find the contexts in a block of text: `marks[place]` stands after `pieces[0]`, and so on."""
    row = range(place, place + len(pieces) - 1)
    whole = dict.fromkeys(around[each] for each in row if marks[each].kind in _LINKS)
    for since in [*whole][:_MOST]:
        line = _Line()
        for number, piece in enumerate(pieces):
            at = place + number
            shown = around[at] == since[: len(around[at])]
            if shown:
                line.write(piece)
            if number < len(row):
                line.add(at, marks[at], shown=shown)
        for at, span in line.links.items():
            if around[at] == since:
                found[at] = line.context(marks[at], *span)


class _Line:
    """The text of a block as far as it is as hidden as some link: where links stand in it, and titles will."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.links: dict[int, tuple[int, int]] = {}
        self.titles: list[Mark] = []
        self.places: list[int] = []
        self._open: list[int] = []

    def write(self, text: str) -> None:
        """Some text after the text so far."""
        self.pieces.append(text)
        self.length += len(text)

    def add(self, at: int, mark: Mark, *, shown: bool) -> None:
        """A mark after the text so far."""
        start = self.length
        if mark.kind in ("link", "since"):
            self._open.append(at)
        if mark.kind == "end" and self._open:
            opened = self._open.pop()
            if opened in self.links:
                self.links[opened] = self.links[opened][0], start
        elif shown and mark.kind in _LINKS:
            said = _said(mark)
            if said == _PLACE:
                self.titles.append(mark)
                self.places.append(start)
            self.write(said)
            self.links[at] = start, self.length

    @cached_property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)

    @cached_property
    def ends(self) -> list[int]:
        """Where its sentences end."""
        return [*_ends(self.text)]

    def context(self, mark: Mark, start: int, end: int) -> tuple[Part, ...]:
        """The context of a link that stands from `start` to `end`."""
        ends = self.ends
        first, last = bisect_right(ends, start), bisect_right(ends, end)
        begin = max(ends[first - 1] if first else 0, start - 4 * LONGEST)
        stop = min(ends[last] if last < len(ends) else self.length, end + 4 * LONGEST)
        before, after = _short(self.text[begin:start].lstrip(), self.text[end:stop].rstrip())
        if not (_WORD.search(before) or _WORD.search(after)):
            return ()
        shown = " ".join(self.text[start:end].split()) if mark.kind == "link" else mark.text
        here = Mark("here", mark.target, shown)
        if _PLACE in before or _PLACE in after:
            until, then = bisect_left(self.places, start), bisect_left(self.places, end)
            earlier = self.titles[until - before.count(_PLACE) : until]
            later = self.titles[then : then + after.count(_PLACE)]
            return *_parts(before, earlier), here, *_parts(after, later)
        return (*((before,) if before else ()), here, *((after,) if after else ()))


def _parts(text: str, titles: list[Mark]) -> Iterator[Part]:
    """A text with its addresses as marks again."""
    for number, piece in enumerate(text.split(_PLACE)):
        if number:
            yield Mark("mention", titles[number - 1].target)
        if piece:
            yield piece


def _said(mark: Mark) -> str:
    """The text of a mark: a place where a view must look for it."""
    if mark.kind != "mention":
        return ""
    return _PLACE if not mark.text and _ADDRESS.fullmatch(mark.target) else mention_text(mark)


def _ends(text: str) -> Iterator[int]:
    """Where the sentences of a text end."""
    for match in _SENTENCE.finditer(text):
        if match[0] != "." or not _NO_END.search(text, max(0, match.end() - 8), match.end()):
            yield match.end()


def _short(before: str, after: str) -> tuple[str, str]:
    """Both sides of a link without their double spaces, cut at words where together they are too long."""
    if "  " in before or "  " in after:
        before, after = (_SPACES.sub(" ", each) for each in (before, after))
    room = max(LONGEST // 2, LONGEST - len(after))
    if len(before) > room:
        before = f"… {before[-room:].partition(' ')[2]}"
    room = max(LONGEST // 2, LONGEST - len(before))
    if len(after) > room:
        after = f"{after[:room].rpartition(' ')[0].rstrip(' ,;:')} …"
    return before, after
