"""The values that everything else passes around: frozen, slotted, without behaviour worth a name.

They are msgspec structs: made and read from the cache several times faster than dataclasses, of which a large site
holds half a million. `gc=False`: they never form cycles, so the collector need not look at them.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct as Packing
from typing import NewType

from msgspec import Struct

from ballardwiki.marks import Part, Spoiler
from ballardwiki.problems import Problem

Ref = NewType("Ref", str)
"""`type/id`, such as `person/ada-lane`: the only way to point at an entity."""

Value = str | int | bool
"""A statement's value. Dates are ISO text, possibly partial (`2025`, `2025-07`); references are `Ref`s."""


class Source(Struct, frozen=True, array_like=True, gc=False):
    """One file to read. `path` is relative to the project, with forward slashes."""

    path: str
    type: str
    id: str
    text: str


class Qualifiers(Struct, frozen=True, array_like=True, gc=False):
    """What surrounds a value (see `docs/content.md`). `since` is a designator such as `harbour s03e10`."""

    since: str = ""
    sources: tuple[str, ...] = ()
    confidence: str = "confirmed"
    continuity: str = ""
    from_: str = ""
    until: str = ""


PLAIN = Qualifiers()

_SPOT = Packing("<II")


class Statement(Struct, frozen=True, array_like=True, gc=False):
    """A value and its qualifiers, and where they are written."""

    value: Value
    qualified: Qualifiers | None = None
    line: int = 0
    column: int = 0

    @property
    def qualifiers(self) -> Qualifiers:
        """What surrounds the value; `PLAIN` where nothing is written."""
        return self.qualified or PLAIN


class Heading(Struct, frozen=True, array_like=True, gc=False):
    """A heading of a body. `since` lists the designators of all hidden stretches around it."""

    level: int
    id: str
    text: str
    since: tuple[str, ...] = ()


class Mention(Struct, frozen=True, array_like=True, gc=False):
    """That an entity's text points at `target` (a name or an address as typed), first at line:column.

    `since`: the designators of all hidden stretches around it. `fragment` may be empty.
    `path`: true for a Markdown link, whose target is a content file's path from the project's root, or the address of
    a page from the site's root (`/news/`). A `target` "" is the text's own page. `typed` as in `NameLink`.
    `loose`: there need be nothing: a whole address below which others may live, or a file that readers aren't shown.
    """

    target: str
    fragment: str = ""
    since: tuple[str, ...] = ()
    path: bool = False
    line: int = 0
    column: int = 0
    typed: str = ""
    loose: bool = False


class SentenceLink(Struct, frozen=True, array_like=True, gc=False):
    """A link in a sentence: from `start` to `end` of its text. `target` as in `Mention`."""

    target: str
    start: int
    end: int


PLACE = "\ue000"
"""Stands in a sentence where a title goes."""


class Sentence(Struct, frozen=True, array_like=True, gc=False):
    """A sentence of an entity's text that holds links, as plain text, as hidden as they are (`since`).

    titles: the addresses whose titles go where the text has a `PLACE`.
    """

    text: str
    links: tuple[SentenceLink, ...]
    titles: tuple[str, ...] = ()
    since: tuple[str, ...] = ()


class Body(Struct, frozen=True, array_like=True, gc=False):
    """The text of an entity, ready to be shown within any horizon."""

    parts: tuple[Part, ...] = ()
    notes: dict[str, tuple[Part, ...]] = {}
    headings: tuple[Heading, ...] = ()
    mentions: tuple[Mention, ...] = ()
    images: tuple[Mention, ...] = ()
    citations: tuple[Mention, ...] = ()
    excerpt: tuple[Part, ...] = ()
    words: int = 0
    sentences: tuple[Sentence, ...] = ()
    remarked: tuple[str, ...] = ()
    """The media files that its remarks may name."""


EMPTY_BODY = Body()


class Entity(Struct, frozen=True, array_like=True, gc=False):
    """One record, of whatever type. `ref` is its address, `type/id`; `statements` what the editor wrote, by field.

    `qualifiers` are those of the record as a whole (a credit's source; the episode since which a page may be known).
    `owner` is the record this one is written inside of, or "".
    The text's parts live apart (`Body`); what linking needs of it is here. `body` is its digest, "" without text.
    """

    ref: Ref
    type: str
    id: str
    path: str
    statements: dict[str, tuple[Statement, ...]]
    qualified: Qualifiers | None = None
    owner: str = ""
    targets: tuple[str, ...] = ()
    """What the text links to plainly: `[[name]]` in no hidden stretch. These are nearly all links of a wiki."""
    spots: bytes = b""
    """Line and column of each target, as `pack_spots` writes them."""
    mentions: tuple[Mention, ...] = ()
    """The other links: to a part of a page, to a file, or within a hidden stretch."""
    headings: tuple[Heading, ...] = ()
    images: tuple[Mention, ...] = ()
    citations: tuple[Mention, ...] = ()
    """The references to notes without a footnote of their own: they cite sources by id."""
    hidden: tuple[Spoiler, ...] = ()
    """The spoilers of the text."""
    excerpt: tuple[Part, ...] = ()
    words: int = 0
    body: str = ""
    sentences: str = ""
    """The digest of the sentences around its links, which live apart; "" without."""
    line: int = 0
    places: dict[str, tuple[int, int]] = {}
    """Line and column of each qualifier of the record as a whole."""
    refused: tuple[str, ...] = ()
    """The fields whose values were refused, which is told: nothing that follows from their absence need be."""
    remarked: tuple[str, ...] = ()
    """The media files that the remarks of its text may name."""

    @property
    def qualifiers(self) -> Qualifiers:
        """The qualifiers of the record as a whole."""
        return self.qualified or PLAIN

    def spot(self, number: int) -> tuple[int, int]:
        """Line and column of the target with that number."""
        line, column = _SPOT.unpack_from(self.spots, number * _SPOT.size)
        return line, column


class Document(Struct, frozen=True, array_like=True, gc=False):
    """The result of reading one source: its entities, the bodies and sentences they have, and what is wrong.

    lost: the addresses and lines of records that it seems to hold and that could not be read.
    """

    path: str
    entities: tuple[Entity, ...] = ()
    bodies: dict[str, Body] = {}
    sentences: dict[str, tuple[Sentence, ...]] = {}
    problems: tuple[Problem, ...] = ()
    lost: tuple[tuple[Ref, int], ...] = ()


def pack_spots(spots: Iterable[tuple[int, int]]) -> bytes:
    """Lines and columns as bytes: a large site has a quarter of a million, read at each build and hardly ever used."""
    return b"".join(_SPOT.pack(*spot) for spot in spots)


def ref_type(ref: str) -> str:
    """The type in a `type/id`."""
    return ref.partition("/")[0]


def ref_id(ref: str) -> str:
    """The id in a `type/id`."""
    return ref.partition("/")[2]
