"""The places of one content file at which something is pointed at, so that they can be written anew.

All positions count in the plain text of the file (see `text_edits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct, field

from ballardwiki import yaml_reader
from ballardwiki.content import documents, front_matter
from ballardwiki.edit.text_edits import Edit, Lines, plain
from ballardwiki.edit.yaml_edits import places, replaced
from ballardwiki.expressions import expression
from ballardwiki.graph import claims
from ballardwiki.marks import NameLink, NoteReference, Spoiler
from ballardwiki.model import Body, Document, Ref, Source
from ballardwiki.problems import Location, Problem
from ballardwiki.schema import ANY, QUALIFIERS, Field, Schema
from ballardwiki.yaml_reader import Mapping, Node, Scalar, Sequence as Row

_ADDRESS = expression(
    r"""(?<=\]\()[ \t]*<?([^\s<>()]+)          # [text](address)
    |^[ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*<?([^\s<>]+)  # [label]: address
    |\shref=["']([^"'\n]*)                 # <a href="address">
    """,
    re.MULTILINE | re.VERBOSE,
)
_FENCED = expression(r"^[ \t>]*+(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^[ \t>]*+\1[`~]*+[ \t]*+$|\Z)", re.MULTILINE | re.DOTALL)
_QUOTED = expression(r"(`(?<!``)`*)(?!`)(?:(?!\n[ \t>]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


class UnplacedError(Exception):
    """Something can't be written anew where it stands; `problem` says what and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Passage(Struct, frozen=True):
    """The Markdown text of a record. `at` tells for each of its characters the place in the file; None: it can't."""

    ref: Ref
    text: str
    lines: Lines
    at: Sequence[int] | None
    place: Location

    def edit(self, start: int, end: int, text: str) -> Edit:
        """Characters `start` to `end` of the passage become `text`."""
        if self.at is None:
            hint = "Write the text as a block, text: | with the lines below, and try again."
            raise UnplacedError(Problem(self.place, "yaml-valid", "this text holds escapes and can't be edited.", hint))
        first = self.at[start] if start < len(self.at) else self.at[-1] + 1
        return Edit(first, self.at[end - 1] + 1 if end > start else first, text)


class Spot(Struct, frozen=True):
    """A scalar of a record that points at something.

    kind: `ref` (an id; `types` are those it may mean), `source` or `since`.
    """

    kind: str
    record: Ref
    scalar: Scalar
    types: tuple[str, ...] = ()


class Manuscript(Struct, frozen=True, dict=True):
    """One content file, taken apart for editing."""

    source: Source
    schema: Schema
    engine: str
    records: dict[Ref, Mapping] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    keys: Mapping | None = None
    """In a file of many records: the mapping whose keys are their ids."""

    @cached_property
    def text(self) -> str:
        """The text in which positions count."""
        return plain(self.source.text)

    @cached_property
    def lines(self) -> Lines:
        """Where its lines begin."""
        return Lines(self.text)

    @cached_property
    def document(self) -> Document:
        """What the file says."""
        return documents.read(self.source, self.schema, self.engine)

    def body(self, passage: Passage) -> Body:
        """The parts of a passage."""
        return self.document.bodies.get(passage.ref, Body())

    def marks(self, passage: Passage) -> Iterator[tuple[NameLink | NoteReference | Spoiler, int]]:
        """The marks of a passage that stand for wiki syntax, and where in it they begin."""
        body = self.body(passage)
        for row in (body.parts, *body.notes.values()):
            for part in row:
                if isinstance(part, (NameLink, NoteReference, Spoiler)):
                    yield part, passage.lines.index(part.line, part.column)

    def rewrite(self, scalar: Scalar, value: str) -> Edit:
        """The edit that makes a scalar another value."""
        return rewritten(self.source.path, self.text, self.lines, scalar, value)


def take_apart(source: Source, schema: Schema, engine: str) -> Manuscript:
    """A file that can be read without a `yaml-valid` problem; of any other only a part may be known."""
    kind = schema.types[source.type]
    text = plain(source.text)
    if not source.path.endswith(".md"):
        node, _ = yaml_reader.parse(text, source.path)
        made = Manuscript(source, schema, engine, keys=node if isinstance(node, Mapping) else None)
        for id_, record in made.keys.items.items() if made.keys else ():
            if isinstance(record, Mapping):
                _record(made, kind.name, Ref(f"{kind.name}/{id_}"), record)
        return made
    made = Manuscript(source, schema, engine)
    cut, _ = front_matter.cut(text, source.path)
    if cut:
        ref = Ref(f"{kind.name}/{source.id}")
        node, _ = yaml_reader.parse(cut.front, source.path, line=2)
        _record(made, kind.name, ref, node if isinstance(node, Mapping) else Mapping({}, {}, 2, 1))
        if cut.text.strip():
            at = Location(source.path, cut.line, 1)
            made.passages[:] = [each for each in made.passages if each.ref != ref]
            made.passages.append(Passage(ref, cut.text, Lines(cut.text, cut.line), range(cut.start, len(text)), at))
    return made


def _record(made: Manuscript, type_: str, ref: Ref, node: Mapping) -> None:
    """A record, and those written inside it."""
    kind = made.schema.types[type_]
    made.records[ref] = node
    _qualifiers(made, ref, node)
    for key, value in node.items.items():
        declared = kind.fields.get(key)
        if declared is None or key in QUALIFIERS:
            continue
        if declared.kind == "records":
            for number, item in enumerate(_items(value), 1):
                if isinstance(item, Mapping):
                    _record(made, declared.of, Ref(f"{declared.of}/{ref.replace('/', '.')}.{number}"), item)
            continue
        if declared.kind == "markdown":
            if isinstance(value, Scalar) and not yaml_reader.is_null(value):
                _passage(made, ref, value)
            continue
        for written in _items(value):
            if isinstance(written, Mapping):
                _qualifiers(made, ref, written)
            plainly = written.items.get("value") if isinstance(written, Mapping) else written
            if isinstance(plainly, Scalar) and not yaml_reader.is_null(plainly):
                meant = _claimed(made.schema, node) if (type_, key) == (claims.TYPE, "value") else declared
                if meant.kind == "ref":
                    made.spots.append(Spot("ref", ref, plainly, () if ANY in meant.to else meant.to))


def _claimed(schema: Schema, claim: Mapping) -> Field:
    """The field that a claim speaks of, whose kind says what its value is."""
    about, name = (claim.items.get(key) for key in ("about", "field"))
    if isinstance(about, Scalar) and isinstance(name, Scalar):
        kind = schema.types.get(about.text.partition("/")[0])
        if kind and name.text in kind.fields:
            return kind.fields[name.text]
    return schema.types[claims.TYPE].fields["value"]


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Row) else (node,)


def _qualifiers(made: Manuscript, ref: Ref, node: Mapping) -> None:
    for key in ("source", "since"):
        for item in _items(node.items[key]) if key in node.items else ():
            if isinstance(item, Scalar) and not yaml_reader.is_null(item):
                made.spots.append(Spot(key, ref, item))


def _passage(made: Manuscript, ref: Ref, scalar: Scalar) -> None:
    known = places(made.text, made.lines.index(scalar.line, scalar.column), scalar)
    at = Location(made.source.path, scalar.line, scalar.column)
    made.passages.append(
        Passage(ref, scalar.text, Lines(scalar.text, scalar.text_line), known[0] if known else None, at)
    )


def code(text: str) -> list[tuple[int, int]]:
    """Where code stands in a Markdown text: between fences, and between backquotes in a paragraph."""
    fenced = [match.span() for match in _FENCED.finditer(text)] if "```" in text or "~~~" in text else []
    return fenced + [
        match.span() for match in _QUOTED.finditer(text) if not any(a <= match.start() < b for a, b in fenced)
    ]


def targets(text: str) -> Iterator[tuple[int, int]]:
    """Where the addresses of Markdown links stand in a text."""
    inside = code(text)
    for match in _ADDRESS.finditer(text):
        start, end = match.span(match.lastindex or 0)
        if not any(first <= start < last for first, last in inside):
            yield start, end


def rewritten(path: str, text: str, lines: Lines, scalar: Scalar, value: str) -> Edit:
    """The edit that makes a scalar of a file another value. Raises `UnplacedError`."""
    edit = replaced(text, lines, scalar, value)
    if edit is None:
        at = Location(path, scalar.line, scalar.column)
        hint = "Write it plainly and try again."
        raise UnplacedError(Problem(at, "yaml-valid", "this value holds escapes and can't be edited.", hint))
    return edit
