"""Quoting: of a sentence, what stands around one of its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ballardwiki.model import PLACE, Link, Mark, Part, Sentence

LONGEST = 200
"""A quote has at most about this many characters before and after the link together."""

_WORD = re.compile(rf"\w|{PLACE}")
_SPACES = re.compile(r"\s+")


def quote(sentence: Sentence, link: Link) -> tuple[Part, ...]:
    """A sentence around a link of it: text, `mention` marks for titles, and a `here` mark for the link itself.

    A long sentence is cut at words. () where the link stands alone.
    """
    text, start, end = sentence.text, link.start, link.end
    before, after = _short(text[max(0, start - 4 * LONGEST) : start].lstrip(), text[end : end + 4 * LONGEST].rstrip())
    if not (_WORD.search(before) or _WORD.search(after)):
        return ()
    shown = " ".join(text[start:end].split())
    first, next_ = text.count(PLACE, 0, start), text.count(PLACE, 0, end)
    return (
        *_parts(before, sentence.titles[first - before.count(PLACE) : first]),
        Mark("here", link.target, "" if shown == PLACE else shown),
        *_parts(after, sentence.titles[next_:]),
    )


def _parts(text: str, titles: Sequence[str]) -> Iterator[Part]:
    """A text with a mark for each of its places."""
    for number, piece in enumerate(text.split(PLACE)):
        if number:
            yield Mark("mention", titles[number - 1])
        if piece:
            yield piece


def _short(before: str, after: str) -> tuple[str, str]:
    """Both sides of a link without their double spaces, cut at words where together they are too long."""
    before, after = (_SPACES.sub(" ", each) for each in (before, after))
    room = max(LONGEST // 2, LONGEST - len(after))
    if len(before) > room:
        before = f"… {before[-room:].partition(' ')[2]}"
    room = max(LONGEST // 2, LONGEST - len(before))
    if len(after) > room:
        after = f"{after[:room].rpartition(' ')[0].rstrip(' ,;:')} …"
    return before, after
