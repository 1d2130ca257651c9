"""The names by which a text may mean a page, and where they stand in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from ballardwiki.expressions import expression
from ballardwiki.graph import Graph
from ballardwiki.model import Ref
from ballardwiki.slugs import fold

SHORTEST = 4
"""Characters a name must have to be looked for."""

_WORD = expression(r"\w+")
_BEFORE = expression(r"(?:^|[\s(\[*_—–|>/'’])\Z")
_CAPITAL = expression(r"(?<![\w’'.-])(?P<word>[^\W\d_][\w’'.-]*+)[ ]\Z")


class Hit(Struct, frozen=True):
    """A name in a passage, from `start` to `end`."""

    start: int
    end: int
    name: str
    target: Ref


class Names:
    """The names to look for, by their first word; those that may mean several things are known, but not for linking."""

    def __init__(self, graph: Graph, withheld: Collection[str] = ()) -> None:
        given: dict[str, set[Ref]] = defaultdict(set)
        for ref in graph.urls:
            aliases = graph.entities[ref].statements.get("aliases", ())
            for name in (graph.titles[ref], *(str(each.value) for each in aliases if not each.qualifiers.since)):
                given[name].add(ref)
        words = _parts(graph, given)
        self._by_word: dict[str, list[tuple[str, int, Ref | None]]] = defaultdict(list)
        for name in sorted(given, key=len, reverse=True):
            first = _WORD.search(name)
            if first is None:
                continue
            target = graph.find(name)
            shared = len(graph.names.get(fold(name), ())) > 1
            certain = (
                isinstance(target, str) and not shared and target not in withheld and _certain(name, words, str(target))
            )
            self._by_word[first[0]].append((name, first.start(), target if certain else None))  # type: ignore[arg-type]
        begins = "".join(sorted({re.escape(word[0]) for word in self._by_word}))
        self._words = re.compile(rf"[{begins}]\w*" if begins else "(?!)")

    def find(self, text: str) -> Iterator[Hit]:
        """The names in a text, each as long as it can be, from its beginning to its end."""
        done = 0  # what begins within a word is sorted out by `_whole`
        for word in self._words.finditer(text):
            begin = word.start()
            for name, offset, target in self._by_word.get(word[0], ()):
                if not text.startswith(name, begin - offset):
                    continue
                start, end = begin - offset, begin - offset + len(name)
                if start < done or not _whole(text, start, end):
                    continue
                done = end
                if target is not None and (" " in name or not _part_of_a_name(text, start, end)):
                    yield Hit(start, end, name, target)
                break


def _parts(graph: Graph, given: Mapping[str, Iterable[Ref]]) -> dict[str, set[Ref]]:
    """What might be meant as a part of a longer name: any word of one, and any words within one."""
    found: dict[str, set[Ref]] = defaultdict(set)
    for name, refs in given.items():
        words = name.split()
        if len(words) < 2 or not any("title" in graph.entities[ref].statements for ref in refs):
            continue
        for word in words:
            found[word.strip(",:")].update(refs)
        for first in range(1, len(words) - 1):
            for last in range(first + 2, len(words)):
                found[" ".join(words[first:last])].update(refs)
    return found


def _certain(name: str, parts: Mapping[str, set[Ref]], target: str) -> bool:
    """Whether a name surely means its page: long enough, no everyday word, not what another is called for short."""
    if len(name) < SHORTEST or not name.isprintable() or re.search(r"[\[\]|#]", name) or name.islower():
        return False
    return name.isupper() or not parts.get(name, set()) - {target}


def _whole(text: str, start: int, end: int) -> bool:
    """Whether what stands there are whole words, and no part of an address or of a word with a hyphen."""
    after = text[end : end + 2]
    if after[:1] in ("-", "‑", "_", "@", "/") or after[:1].isalnum() or (after[:1] == "." and after[1:].isalnum()):
        return False
    return bool(_BEFORE.search(text[max(0, start - 1) : start]))


def _part_of_a_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands right before or after: `Lola` in `Lola Vance` is another."""
    before = _CAPITAL.search(text[max(0, start - 40) : start])
    after = text[end + 1 : end + 2] if text[end : end + 1] == " " else ""
    return after.isupper() or bool(before and before["word"][0].isupper())
