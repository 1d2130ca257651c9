"""Unlinked mentions: names of pages that a text holds without a link to the page anywhere in it.

What counts is decided twice. Quotes, code, links, addresses and the like are passed over at once; then what stands in a
heading, a quote, a link or code as a build reads the text is dropped (see `context`), so that the next mention may
take its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from ballardwiki.edit import NotPossibleError
from ballardwiki.edit.autolink.context import Around, links, standing
from ballardwiki.edit.autolink.names import Hit, Names
from ballardwiki.edit.manuscript import Manuscript, Passage, code
from ballardwiki.edit.text_edits import Edit
from ballardwiki.edit.workspace import Desk, ReadBody
from ballardwiki.marks import PathLink
from ballardwiki.model import Body, Mention, Ref
from ballardwiki.similarity import suggest

_PASSED = (
    ("#", r"^[ \t>]*\#{1,6}[ ][^\n]*"),  # a heading
    ("*[", r"^[ \t]*\*\[[^\]\n]+\]:[^\n]*"),  # an abbreviation
    ("]:", r"^[ ]{0,3}\[[^\]\n]+\]:[^\n]*(?:\n[ ]{4}[^\n]*)*"),  # where a footnote or a link's label is explained
    ("[!", r"\[![A-Za-z][^\n]*"),  # the head of a callout
    ("[[", r"!?\[\[[^\[\]\n]*\]\]"),  # a link
    # a Markdown link or image
    ("](", r"!?\[[^\[\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"),
    ("][", r"!?\[[^\[\]\n]*\]\[[^\]\n]*\]"),
    ("[", r"\[[^\[\]\n]*\]"),  # a footnote's mark, or a link whose address stands elsewhere
    ("<", r"<[^<>\n]*>"),  # a tag or an address in it
    ("{", r"\{[^{}\n]*\}"),  # attributes
    ("/", r"https?://\S+"),  # an address
    (".", r"www\.\S+"),
    ("@", r"\S+@\S+"),
    ("/", r"\b[\w-]+(?:\.[\w-]+)+/\S*"),  # an address without its beginning
    ("||", r"\|\|[^|:\n]{0,80}\bs\d+(?:e\d+)?:"),  # where hidden text says since when it may be seen
    ('"', r'"[^"\n]*"'),  # quoted speech
    ("“", r"“[^”\n]*”"),
    ("„", r"„[^“”\n]*[“”]"),
    ("«", r"«[^»\n]*»"),
    ("‘", r"‘[^’\n]*’(?!\w)"),
)
"""What is passed over at once, each with what must stand in a text for it to be there."""


class Linkable(Struct, frozen=True):
    """A name that could be a link: where it stands, and the page it means."""

    path: str
    line: int
    column: int
    name: str
    target: Ref
    edit: Edit


def unlinked(desk: Desk, paths: Iterable[str], only: Collection[Ref] = ()) -> list[Linkable]:
    """The first unlinked mention of each page in each text of some files; `only`: of these pages."""
    found: list[Linkable] = []
    with desk.bodies() as body:
        search = _Search(desk, Names(desk.graph, desk.withheld), only, body)
        for path in paths:
            made = desk.manuscript(path)
            for passage in made.passages:
                if passage.at is not None:
                    found += search.in_passage(made, passage)
    return sorted(found, key=lambda each: (each.path, each.line, each.column))


class _Search(Struct, frozen=True):
    """What is looked for: some names, of all pages or `only` of these."""

    desk: Desk
    names: Names
    only: Collection[Ref]
    body: ReadBody

    def in_passage(self, made: Manuscript, passage: Passage) -> Iterator[Linkable]:
        """The first unlinked mention of each page in one text."""
        hits = [
            hit
            for hit in self.names.find(_veiled(passage.text))
            if hit.target != passage.ref and (not self.only or hit.target in self.only)
        ]
        if not hits:
            return
        for hit in _chosen(self.desk, made, passage, self.body(made, passage), hits):
            edit = passage.edit(hit.start, hit.end, f"[[{hit.name}]]")
            line, column = made.lines.place(edit.start)
            yield Linkable(made.source.path, line, column, hit.name, hit.target, edit)


def _veiled(text: str) -> str:
    """A text in which what is passed over is blanked out, and all else stands where it stood."""
    passed = _passed(tuple(pattern for sign, pattern in _PASSED if sign in text))
    spans = [*code(text), *(match.span() for match in passed.finditer(text))]
    out: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            lines = text[max(start, done) : end].split("\n")
            out += text[done:start], "\n".join("\x00" * len(line) for line in lines)
            done = end
    return "".join([*out, text[done:]])


@lru_cache(maxsize=256)
def _passed(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)", re.MULTILINE | re.IGNORECASE)


def _chosen(desk: Desk, made: Manuscript, passage: Passage, body: Body | None, hits: Sequence[Hit]) -> list[Hit]:
    """The mentions to link: for each page the first outside hidden stretches, else the first in each of them."""
    linked: dict[Ref, set[Around]] = defaultdict(set)
    for target, since in _links(desk, made.body(passage) if body is None else body):
        linked[target].add(since)
    hits = [hit for hit in hits if () not in linked[hit.target]]
    places = standing(made, passage, body, hits) if hits else {}
    chosen: dict[tuple[Ref, Around], Hit] = {}
    for hit in hits:
        around = places.get(hit.start)
        if around is not None and around not in linked[hit.target]:
            chosen.setdefault((hit.target, around), hit)
    return sorted(
        (hit for (target, around), hit in chosen.items() if not around or (target, ()) not in chosen),
        key=lambda hit: hit.start,
    )


def _links(desk: Desk, body: Body) -> Iterator[tuple[Ref, Around]]:
    """The pages that a text links to, and the hidden stretches around each link."""
    for mark, since, _ in links(body):
        found = desk.graph.meant(Mention(mark.target, path=isinstance(mark, PathLink), typed=mark.typed))
        if found and isinstance(found, str):
            yield found, since


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
