"""Unlinked mentions: names of pages that a text holds without a link to the page anywhere in it.

What counts is decided twice. Quotes, code, links, addresses and the like are passed over at once; then each mention is
linked on trial and the text read as a build reads it, and what turned out to stand in a heading, a quote, a link or
code is dropped, so that the next mention may take its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ballardwiki import markup
from ballardwiki.desk import Desk, NotPossibleError
from ballardwiki.edits import Edit, Lines, applied
from ballardwiki.graph import Graph
from ballardwiki.model import Body, Mark, Mention, Ref
from ballardwiki.spots import Manuscript, Passage, code
from ballardwiki.values import suggest

SHORTEST = 4
"""Characters a name must have to be looked for."""

_WORD = re.compile(r"\w+")
_PASSED = re.compile(
    r"""^[ \t>]*\#{1,6}[ ][^\n]*                 # a heading
    |^[ \t]*\*\[[^\]\n]+\]:[^\n]*               # an abbreviation
    |^[ ]{0,3}\[[^\]\n]+\]:[^\n]*(?:\n[ ]{4}[^\n]*)*  # where a footnote or a link's label is explained
    |\[![A-Za-z][^\n]*                          # the head of a callout
    |!?\[\[[^\[\]\n]*\]\]                       # a link
    |!?\[[^\[\]\n]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])  # a Markdown link or image
    |\[[^\[\]\n]*\]                             # a footnote's mark, or a link whose address stands elsewhere
    |<[^<>\n]*>|\{[^{}\n]*\}                    # a tag or an address in it; attributes
    |(?:https?://|www\.)\S+|\S+@\S+             # an address
    |\b[\w-]+(?:\.[\w-]+)+/\S*                  # an address without its beginning
    |\|\|[^|:\n]{0,80}\bs\d+(?:e\d+)?:          # where hidden text says since when it may be seen
    |"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|‘[^’\n]*’(?!\w)  # quoted speech
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)(h[1-6]|blockquote|q|cite|a|code|pre|dt|caption|th)\b")
_BEFORE = re.compile(r"(?:^|[\s(\[*_—–|>/'’])\Z")
_CAPITAL = re.compile(r"(?P<word>[^\W\d_][\w’'.-]*)[ ]\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """A name that could be a link: where it stands, and the page it means."""

    path: str
    line: int
    column: int
    name: str
    target: Ref
    edit: Edit


@dataclass(frozen=True, slots=True)
class _Hit:
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
            certain = isinstance(target, str) and target not in withheld and _certain(name, words, str(target))
            self._by_word[first[0]].append((name, first.start(), target if certain else None))  # type: ignore[arg-type]

    def find(self, text: str) -> Iterator[_Hit]:
        """The names in a text, each as long as it can be, from its beginning to its end."""
        done = 0
        for word in _WORD.finditer(text):
            for name, offset, target in self._by_word.get(word[0], ()):
                start = word.start() - offset
                end = start + len(name)
                if start < done or not text.startswith(name, start) or not _whole(text, start, end):
                    continue
                done = end
                if target is not None and (" " in name or not _part_of_a_name(text, start, end)):
                    yield _Hit(start, end, name, target)
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


def unlinked(desk: Desk, paths: Iterable[str], only: Collection[Ref] = ()) -> list[Found]:
    """The first unlinked mention of each page in each text of some files; `only`: of these pages."""
    names = Names(desk.graph, desk.withheld)
    found: list[Found] = []
    for path in paths:
        made = desk.manuscript(path)
        for passage in made.passages:
            if passage.at is not None:
                found += _in_passage(desk, made, passage, names, only)
    return sorted(found, key=lambda each: (each.path, each.line, each.column))


def _in_passage(desk: Desk, made: Manuscript, passage: Passage, names: Names, only: Collection[Ref]) -> Iterator[Found]:
    hits = [
        hit
        for hit in names.find(_veiled(passage.text))
        if hit.target != passage.ref and (not only or hit.target in only)
    ]
    if not hits:
        return
    for hit in _chosen(desk, made, passage, hits):
        edit = passage.edit(hit.start, hit.end, f"[[{hit.name}]]")
        line, column = made.lines.place(edit.start)
        yield Found(made.source.path, line, column, hit.name, hit.target, edit)


def _veiled(text: str) -> str:
    """A text in which what is passed over is blanked out, and all else stands where it stood."""
    rows = list(text)
    spans = [*code(text), *(match.span() for match in _PASSED.finditer(text))]
    for start, end in spans:
        rows[start:end] = (each if each == "\n" else "\x00" for each in rows[start:end])
    return "".join(rows)


def _chosen(desk: Desk, made: Manuscript, passage: Passage, hits: Sequence[_Hit]) -> list[_Hit]:
    """The mentions to link: for each page the first outside hidden stretches, else the first in each of them."""
    linked: dict[Ref, set[tuple[str, ...]]] = defaultdict(set)
    for target, since in _links(desk, made.body(passage)):
        linked[target].add(since)
    hits = [hit for hit in hits if () not in linked[hit.target]]
    trial = _trial(made, passage, hits)
    chosen: dict[tuple[Ref, tuple[str, ...]], _Hit] = {}
    for hit in hits:
        around = trial.get(hit.start)
        if around is not None and around not in linked[hit.target]:
            chosen.setdefault((hit.target, around), hit)
    return sorted(
        (hit for (target, around), hit in chosen.items() if not around or (target, ()) not in chosen),
        key=lambda hit: hit.start,
    )


def _links(desk: Desk, body: Body) -> Iterator[tuple[Ref, tuple[str, ...]]]:
    """The pages that a text links to, and the hidden stretches around each link."""
    for mark, since, _ in _walk(body):
        found = desk.graph.meant(Mention(mark.target, path=mark.kind == "link"))
        if found and isinstance(found, str):
            yield found, since


def _trial(made: Manuscript, passage: Passage, hits: Sequence[_Hit]) -> dict[int, tuple[str, ...]]:
    """Which mentions would be links in running text, by where they begin, and the hidden stretches around them."""
    text = applied(passage.text, [Edit(hit.start, hit.end, f"[[{hit.name}]]") for hit in hits])
    body, _ = markup.read(text, engine=made.engine, path=made.source.path)
    lines = Lines(text)
    began = {hit.start + 4 * number: hit.start for number, hit in enumerate(hits)}
    return {
        began[place]: since
        for mark, since, inside in _walk(body, notes=False)
        if mark.kind == "mention" and not inside and (place := lines.index(mark.line, mark.column)) in began
    }


def _walk(body: Body, *, notes: bool = True) -> Iterator[tuple[Mark, tuple[str, ...], bool]]:
    """The links of a body, each with the hidden stretches around it, and whether a heading, quote or the like is."""
    for row in (body.parts, *(body.notes.values() if notes else ())):
        around: list[str | None] = []
        depth = 0
        for part in row:
            if isinstance(part, str):
                depth += sum(-1 if tag[1] else 1 for tag in _TAG.finditer(part))
                continue
            if part.kind in ("mention", "link"):
                yield part, tuple(each for each in around if each is not None), depth > 0 or None in around
            if part.kind == "link":
                around.append(None)
            elif part.kind == "since":
                around.append(part.since)
            elif part.kind == "end":
                around.pop()


def meant(desk: Desk, names: Iterable[str]) -> set[Ref]:
    """The pages that some names mean. Raises `NotPossibleError`."""
    found: set[Ref] = set()
    for name in names:
        target = desk.graph.find(name)
        if not isinstance(target, str):
            known = (title for ref, title in desk.graph.titles.items() if ref in desk.graph.urls)
            hint = f"It may mean {' or '.join(target)}." if target else suggest(name, known)
            raise NotPossibleError(f"No page is surely called {name}. {hint}".rstrip())
        found.add(target)
    return found
