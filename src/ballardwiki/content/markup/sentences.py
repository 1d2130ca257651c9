"""The sentences of a text in which its links stand, as plain text, for the pages that they lead to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import unescape

from ballardwiki.content.markup.splitting import shown_text
from ballardwiki.expressions import expression
from ballardwiki.marks import End, Mark, NameLink, Part, PathLink, Spoiler
from ballardwiki.model import PLACE, Sentence, SentenceLink

Since = tuple[str, ...]

_BLOCK = expression(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|td|th|tr|table|caption|h[1-6]|blockquote|aside|figure|figcaption|pre|br|hr)\b[^<>]*+>"
)
_TAG = expression(r"<[^<>]*+>")
_END = expression(r"[\n.!?…。！？](?:(?<=[\n。！？])|[\"”’')\]]*+(?=\s++(?:[\"“‘(\[]*+(?:[^\W_a-zß-öø-ÿ]|\ue000)|$)))")
_NO_END = expression(
    r"\b(?:[^\W\d_]|Mrs?|Ms|Dr|St|Lt|Sgt|Capt|Cpl|Col|Gen|Det|Insp|Sen|Rep|Gov|Prof|Jr|Sr|No|vs|ca|cf)\.$"
)
_ADDRESS = expression(r"[a-z0-9][a-z0-9._/-]*")
_WORD = expression(r"\w|\ue000")
_MOST = 8
"""How many hidden stretches of different moments are told apart in one block: so the work is linear in the text."""


def sentences(parts: Sequence[Part]) -> Iterator[Sentence]:
    """The sentences of a text that hold links, but those in which a link stands alone.

    A sentence that is partly hidden comes once as it is without, and once for the links in what is hidden.
    """
    marks = [part for part in parts if not isinstance(part, str)]
    flat = "".join([part.replace(PLACE, "") if isinstance(part, str) else PLACE for part in parts])
    flat = _TAG.sub("", _BLOCK.sub("\n", flat.replace("\n", " ")))
    if "&" in flat:
        flat = unescape(flat)
    if flat.count(PLACE) != len(marks):
        return
    around = _around(marks)
    blocks = [block for block in flat.split("\n") if PLACE in block]
    place = 0
    for block in blocks if any(around) else ["\n".join(blocks)]:
        pieces = block.split(PLACE)
        row = slice(place, place + len(pieces) - 1)
        levels = dict.fromkeys(
            since for since, mark in zip(around[row], marks[row], strict=True) if isinstance(mark, (NameLink, PathLink))
        )
        for since in [*levels][:_MOST]:
            yield from _read(pieces, marks[row], around[place : row.stop + 1], since)
        place = row.stop


def _around(marks: Sequence[Mark]) -> list[Since]:
    """The designators of the hidden stretches around each mark, and after the last; one that opens is outside."""
    found: list[Since] = []
    opened: list[str | None] = []
    since: Since = ()
    for mark in marks:
        found.append(since)
        if isinstance(mark, Spoiler):
            opened.append(mark.since)
        elif isinstance(mark, PathLink):
            opened.append(None)
        elif isinstance(mark, End) and opened:
            opened.pop()
        else:
            continue
        since = tuple(each for each in opened if each is not None)
    return [*found, since]


def _read(pieces: Sequence[str], marks: Sequence[Mark], around: Sequence[Since], since: Since) -> Iterator[Sentence]:
    """The sentences with links as hidden as `since`, in a text: `marks[0]` stands after `pieces[0]`, and so on."""
    said: list[str] = []
    length = 0
    opened: list[tuple[PathLink, int] | None] = []
    links: list[tuple[int, int, str]] = []
    titles: list[tuple[int, str]] = []
    for piece, mark, hidden in zip(pieces, marks, around, strict=False):
        shown = hidden == since[: len(hidden)]
        if shown:
            said.append(piece)
            length += len(piece)
        if isinstance(mark, NameLink):
            if shown:
                text = mark.text or (PLACE if _ADDRESS.fullmatch(mark.target) else shown_text(mark))
                if text == PLACE:
                    titles.append((length, mark.target))
                if hidden == since:
                    links.append((length, length + len(text), mark.target))
                said.append(text)
                length += len(text)
        elif isinstance(mark, (PathLink, Spoiler)):
            opened.append((mark, length) if isinstance(mark, PathLink) and hidden == since else None)
        elif isinstance(mark, End) and opened and (begun := opened.pop()):
            links.append((begun[1], length, begun[0].target))
    if around[-1] == since[: len(around[-1])]:
        said.append(pieces[-1])
    yield from _sentences("".join(said), sorted(links), titles, since)


def _sentences(
    text: str, links: list[tuple[int, int, str]], titles: list[tuple[int, str]], since: Since
) -> Iterator[Sentence]:
    """Cut a text into those of its sentences that hold `links`: (start, end, target), in order."""
    ends = [match.end() for match in _END.finditer(text) if match[0] != "." or not _abbreviated(text, match.end())]
    places = [at for at, _ in titles]
    held: dict[tuple[int, int], list[tuple[int, int, str]]] = {}
    for link in links:
        first, last = bisect_right(ends, link[0]), bisect_right(ends, link[1])
        span = ends[first - 1] if first else 0, ends[last] if last < len(ends) else len(text)
        held.setdefault(span, []).append(link)
    for (begin, stop), inside in held.items():
        start, end, _ = inside[0]
        if len(inside) > 1 or _WORD.search(text, begin, start) or _WORD.search(text, end, stop):
            yield Sentence(
                text[begin:stop],
                tuple([SentenceLink(target, start - begin, end - begin) for start, end, target in inside]),
                tuple([target for _, target in titles[bisect_left(places, begin) : bisect_left(places, stop)]]),
                since,
            )


def _abbreviated(text: str, end: int) -> bool:
    return _NO_END.search(text, max(0, end - 8), end) is not None
