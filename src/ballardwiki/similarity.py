"""Names that are like each other. The only owner of RapidFuzz, which is imported when a likeness is first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

_T = TypeVar("_T")

COMMON = 60
"""A word that more names have than this tells nobody from anybody: names are not compared on its account."""

_LONGEST = 100
_COMPARED = 300
"""Names that a word is compared with at most."""
_TWINS = 91
"""How like each other names are, in percent, that may be one."""
_MIDDLE = 95
"""How like each other names are that differ by a middle name."""


def nearest(word: str, candidates: Iterable[str] | Choices) -> str:
    """The candidate most like `word`, or "" when none is like it. Who asks for many words gives `Choices`."""
    return (candidates if isinstance(candidates, Choices) else Choices(candidates)).nearest(word)


class Choices:
    """Names among which the one most like a word is looked for. A look takes the same time however many there are.

    Of many thousand names it compares those that have the rarest words, or three letters in a row, in common with it.
    """

    def __init__(self, candidates: Iterable[str]) -> None:
        folded: dict[str, str] = {}
        for name in sorted(set(candidates)):
            folded.setdefault(name.casefold(), name)
        self._names = list(folded.values())
        self._folded = list(folded)
        self._holding: dict[str, list[int]] | None = None

    def nearest(self, word: str, fits: Callable[[str], bool] | None = None) -> str:
        """The name most like `word`, of those that fit; "" when none is like it."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # only a mistake needs it

        sought = word[:_LONGEST].casefold()
        likely = [*range(len(self._names))] if len(self._names) <= _COMPARED else self._likely(sought)
        likely = [at for at in likely if fits(self._names[at])] if fits else likely
        found = process.extractOne(sought, [self._folded[at] for at in likely], scorer=fuzz.ratio, score_cutoff=70)
        return self._names[likely[found[2]]] if found else ""

    def _likely(self, sought: str) -> list[int]:
        if self._holding is None:
            self._holding = defaultdict(list)
            for at, name in enumerate(self._folded):
                for piece in _pieces(name):
                    self._holding[piece].append(at)
        found: dict[int, None] = {}
        for held in sorted((self._holding[piece] for piece in _pieces(sought) if piece in self._holding), key=len):
            found |= dict.fromkeys(held[: _COMPARED - len(found)])
        return sorted(found)


def _pieces(name: str) -> set[str]:
    """The words of a name, and all letters of its beginning that follow each other, three at a time."""
    cut = f" {name[:_LONGEST]} "
    return {*cut.split(), *(cut[at : at + 3] for at in range(len(cut) - 2))}


def slips(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of words one letter apart: one more, one less, one other, or two swapped. Time grows with the words."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # as above

    cut: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for key in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            cut[key].append(word)
    yield from sorted(pair for pair in _pairs(cut.values()) if OSA.distance(*pair, score_cutoff=1) == 1)


def twins(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, float]]:
    """The pairs of keys that have names so like each other that one of the two may be a slip.

    `names`: key -> folded names. Only names that share a word, or the beginnings of two, are compared at all; so many
    thousand names are no matter of many million pairs.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  # as above

    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, row in names.items():
        for name in row:
            words = sorted(name.split())
            starts = {f"{one[:2]} {other[:2]}" for one, other in combinations(words, 2)}
            for block in {*words, *starts, name[:4]}:
                blocks[block].append((key, name))
    best: dict[tuple[str, str], float] = {}
    for (one, name), (other, second) in _pairs(blocks.values()):
        if one == other:
            continue
        score = max(fuzz.ratio(name, second, score_cutoff=_TWINS), fuzz.token_sort_ratio(name, second))
        score = max(score, _MIDDLE if _same_ends(name.split(), second.split()) else 0)
        if score >= _TWINS:
            pair = (min(one, other), max(one, other))
            best[pair] = max(best.get(pair, 0), score)
    for (one, other), score in sorted(best.items()):
        yield one, other, score


def _pairs(groups: Iterable[Sequence[_T]]) -> set[tuple[_T, _T]]:
    """The pairs within groups, but within those that are too common to tell anything."""
    return {pair for group in groups if len(group) <= COMMON for pair in combinations(group, 2)}


def _same_ends(name: list[str], other: list[str]) -> bool:
    """Whether one name is the other without its middle: `john lynch`, `john carroll lynch`."""
    short, long = sorted((name, other), key=len)
    return 2 == len(short) < len(long) and (short[0], short[-1]) == (long[0], long[-1])


def suggest(word: str, candidates: Iterable[str] | Choices) -> str:
    """The hint "Did you mean x?" with the candidate most like `word`, or "" when none is like it."""
    found = nearest(word, candidates)
    return f"Did you mean {found}?" if found else ""
