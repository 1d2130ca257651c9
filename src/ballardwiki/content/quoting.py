"""Quoting: of a sentence, what stands around one of its links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from ballardwiki.expressions import expression
from ballardwiki.marks import Here, NameLink
from ballardwiki.model import PLACE, Sentence, SentenceLink

Quoted = str | NameLink | Here
"""A piece of a quote."""

LONGEST = 200
"""A quote has at most about this many characters before and after the link together."""

_WORD = expression(rf"\w|{PLACE}")
_SPACES = expression(r"\s+")


class Told(tuple[Sentence, ...]):  # noqa: SLOT001  # what is found in it is kept with it
    """The sentences of a text that hold links, and where each of its targets is first named in each of them."""

    @cached_property
    def by_target(self) -> dict[str, dict[int, SentenceLink]]:
        """Target -> number of a sentence -> the first link to it there."""
        found: dict[str, dict[int, SentenceLink]] = {}
        for number, sentence in enumerate(self):
            for link in sentence.links:
                found.setdefault(link.target, {}).setdefault(number, link)
        return found

    def naming(self, called: Collection[str]) -> Iterator[tuple[Sentence, SentenceLink]]:
        """The sentences with a link to one of some targets, in order, each with the first of these links."""
        few, many = sorted((called, self.by_target), key=len)
        first: dict[int, SentenceLink] = {}
        for target in few:
            for number, link in self.by_target[target].items() if target in many else ():
                known = first.get(number)
                if known is None or (link.start, link.end) < (known.start, known.end):
                    first[number] = link
        return ((self[number], first[number]) for number in sorted(first))


def quote(sentence: Sentence, link: SentenceLink) -> tuple[Quoted, ...]:
    """A sentence around a link of it: text, `NameLink`s for titles, and a `Here` for the link itself.

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
        Here(link.target, "" if shown == PLACE else shown),
        *_parts(after, sentence.titles[next_ : next_ + after.count(PLACE)]),
    )


def _parts(text: str, titles: Sequence[str]) -> Iterator[str | NameLink]:
    """A text with a mark for each of its places."""
    for number, piece in enumerate(text.split(PLACE)):
        if number:
            yield NameLink(titles[number - 1])
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
