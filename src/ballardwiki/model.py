"""The values that everything else passes around: frozen, slotted, without behaviour worth a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NewType

from ballardwiki.problems import Problem

Ref = NewType("Ref", str)
"""`type/id`, such as `person/maggie-q`: the only way to point at an entity."""

Value = str | int | bool
"""A statement's value. Dates are ISO text, possibly partial (`2025`, `2025-07`); references are `Ref`s."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `path` is relative to the project, with forward slashes."""

    path: str
    type: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What surrounds a value (see `docs/content.md`). `since` is a designator such as `bosch-legacy s03e10`."""

    since: str = ""
    sources: tuple[str, ...] = ()
    confidence: str = "confirmed"
    continuity: str = ""
    from_: str = ""
    until: str = ""


PLAIN = Qualifiers()


@dataclass(frozen=True, slots=True)
class Statement:
    """A value and its qualifiers. Two statements are equal when they say the same, wherever they stand."""

    value: Value
    qualifiers: Qualifiers = PLAIN
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a body where the view decides what is shown.

    kind      | target          | text             | fragment | since
    ----------|-----------------|------------------|----------|------------------------------
    `mention` | name or address | display text, "" | anchor   |
    `link`    | path of a file  |                  | anchor   | the parts up to `end` are its text
    `since`   | inline/block    |                  |          | designator; parts up to `end` are hidden before it
    `note`    | footnote label  |                  |          |
    `image`   | path            | alt text         |          | title
    `end`     |                 |                  |          | closes the latest `link` or `since`

    `text` is plain text, never HTML. `since` "" in a `since` mark means: known only at the very end.
    """

    kind: str
    target: str = ""
    text: str = ""
    fragment: str = ""
    since: str = ""
    line: int = 0
    column: int = 0


Part = str | Mark
"""A body is a row of parts: safe HTML as text, and marks between."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body. `since` lists the designators of all hidden stretches around it."""

    level: int
    id: str
    text: str
    since: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """That an entity's text points at `target` (a name or an address as typed), first at line:column.

    `since`: the designators of all hidden stretches around it. `fragment` may be empty.
    `path`: true for a Markdown link to a content file, whose target is a path from the project's root.
    """

    target: str
    fragment: str = ""
    since: tuple[str, ...] = ()
    path: bool = False
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an entity, ready to be shown within any horizon."""

    parts: tuple[Part, ...] = ()
    notes: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    mentions: tuple[Mention, ...] = ()
    images: tuple[Mention, ...] = ()
    excerpt: tuple[Part, ...] = ()
    words: int = 0


EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True)
class Entity:
    """One record. `statements` holds what the editor wrote, by field; one class for every type.

    `qualifiers` are those of the record as a whole (a credit's source; the episode since which a page may be known).
    `owner` is the record this one is written inside of, or "".
    The text's parts live apart (`Body`); what linking needs of it is here. `body` is its digest, "" without text.
    """

    type: str
    id: str
    path: str
    statements: dict[str, tuple[Statement, ...]]
    qualifiers: Qualifiers = PLAIN
    owner: str = ""
    mentions: tuple[Mention, ...] = ()
    headings: tuple[Heading, ...] = ()
    images: tuple[Mention, ...] = ()
    citations: tuple[Mark, ...] = ()
    """The `note` marks without a footnote of their own: they cite sources by id."""
    hidden: tuple[Mark, ...] = ()
    """The `since` marks of the text."""
    excerpt: tuple[Part, ...] = ()
    words: int = 0
    body: str = ""
    line: int = field(default=0, compare=False)

    @property
    def ref(self) -> Ref:
        """The entity's address."""
        return Ref(f"{self.type}/{self.id}")


@dataclass(frozen=True, slots=True)
class Document:
    """The result of reading one source: its entities, the bodies of those that have one, and what is wrong."""

    path: str
    entities: tuple[Entity, ...] = ()
    bodies: dict[str, Body] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def ref_type(ref: str) -> str:
    """The type in a `type/id`."""
    return ref.partition("/")[0]


def ref_id(ref: str) -> str:
    """The id in a `type/id`."""
    return ref.partition("/")[2]
