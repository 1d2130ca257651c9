"""What looks like a spoiler mark: in a field, where none means anything, or misspelt in a text.

Whoever writes `[! spoiler]`, `>!words!<` or `{sinse="fog s01e02"}` means to hide something. Each pattern reads a text
once; what follows a match is looked at for a few hundred characters at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ballardwiki.expressions import expression
from ballardwiki.lookalikes import foreign, own
from ballardwiki.lookalikes.words import CODE, letters, means_spoiler, moment, told

__all__ = ["RULE", "Lookalike", "calls", "find", "means_spoiler", "moment", "openings", "shown", "single_bars", "told"]

RULE = "spoiler-valid"
"""The rule that everything breaks that looks hidden and is not."""

_GATE = expression(
    r"&[#v]|[|｜│┃❘¦∣‖∥{｛<>\[［【〔⟦]|!!!|\?\?\?|:::|^\.\. |[sS][iInNcCeEhHsS]{2,6}[ \t]{0,3}[=:：＝]|(?i:spoil)",
    re.MULTILINE,
)
_PATTERNS = (
    own.bars,
    own.escaped,
    own.brackets,
    own.braces,
    own.bare,
    foreign.tags,
    foreign.blocks,
    foreign.openings,
    foreign.pairs,
)


class Lookalike(NamedTuple):
    """Something that looks like a spoiler mark: where it begins, what is written there, and the moment it names."""

    start: int
    typed: str
    moment: str

    @property
    def message(self) -> str:
        """What is wrong with it."""
        return f"{self.typed} looks like a spoiler mark but is none, so what it should hide would be seen."


def find(text: str, *, field: bool = True) -> Iterator[Lookalike]:
    """The lookalikes of `text`. Linear in the length.

    field: whether the text is a field's. There each `||` is one; in a text that is for others to judge. In a text
    `[spoiler]` at the beginning of a line is one; a headline may begin so.
    """
    if not _GATE.search(text):
        return
    found = {start: end for pattern in _PATTERNS for start, end in pattern(text) if text[start - 1 : start] != "\\"}
    if field:
        found |= {match.start(): match.end() for match in re.finditer(r"\|\|++", text)}
        found |= dict(own.single_bars(text))
    else:
        found |= dict(own.tag_lines(text))
    done = -1
    for start in sorted(found):
        if start >= done:
            done = found[start]
            yield Lookalike(start, shown(text[start:done]), moment(text, start))


def single_bars(text: str) -> Iterator[Lookalike]:
    """Each `|` that stands alone before a moment and a colon."""
    for start, _ in own.single_bars(text):
        yield Lookalike(start, "|", moment(text, start))


def calls(name: str) -> bool:
    """Whether a name begins as hidden words do: `spoiler: words`, `fog s01e02: words`."""
    word = re.match(r"[\W_]{0,4}([^\W\d_]{4,12})[^:：]{0,40}[:：]", name)
    return told(name, 0) or bool(word and "spoil" in letters(word[1]))


def openings(text: str) -> Iterator[int]:
    """Where a paragraph says that it is a spoiler, without a moment: it may be a joke, and it may be meant."""
    for match in foreign.OPENING.finditer(text):
        plain = not match[2].strip("*_) ")
        if plain and not CODE.search(match[4]):
            yield match.start(1)


def shown(typed: str) -> str:
    """What was typed, short enough for a message."""
    return " ".join(typed[:60].split()) + ("…" if len(typed) > 60 else "")
