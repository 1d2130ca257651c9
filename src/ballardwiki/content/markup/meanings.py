"""What the tokens of a text mean, besides the marks that its body will have."""

from __future__ import annotations

from msgspec import Struct

from ballardwiki.marks import NameLink, NoteReference, Spoiler


class Bars(Struct, frozen=True, gc=False):
    """Bars that hide nothing, and why (`BARS`).

    told: whether a moment of the story stands in them. partner: the place of bars that they belong to, or "plain".
    """

    reason: str
    told: bool
    partner: str
    line: int
    column: int


class ClosingBars(Struct, frozen=True, gc=False):
    """The end of hidden words, and the place of the bars that begin them."""

    partner: str
    line: int
    column: int


class PlainBars(Struct, frozen=True, gc=False):
    """Bars that are meant as such, as their partners call them."""

    place: str
    line: int = 0
    column: int = 0


class Doubt(Struct, frozen=True, gc=False):
    """What looks like a spoiler mark and is none: what to say of it."""

    message: str
    hint: str
    line: int
    column: int


class OpenRemark(Struct, frozen=True, gc=False):
    """The beginning of a remark that does not end, which may be code."""

    line: int
    column: int


class Remark(Struct, frozen=True, gc=False):
    """A remark, of which nothing is seen."""

    line: int
    column: int


class OwnSign(Struct, frozen=True, gc=False):
    """The sign with which tokens begin, as an editor typed it."""

    line: int
    column: int


class NoteHead(Struct, frozen=True, gc=False):
    """The beginning of a footnote's definition."""

    label: str
    line: int
    column: int


class CalloutHead(Struct, frozen=True, gc=False):
    """The beginning of a callout; of a spoiler with its moment."""

    kind: str
    since: str
    line: int
    column: int


class HeadingAttributes(Struct, frozen=True, gc=False):
    """What stands in braces behind a heading. hidden: whether its section is hidden before the moment `since`."""

    id: str
    hidden: bool
    since: str
    line: int
    column: int


class NextLine(Struct, frozen=True, gc=False):
    """A further line of a link."""

    line: int = 0
    column: int = 0


class NamedFiles(Struct, frozen=True, gc=False):
    """The media files that an element names which readers are not shown."""

    files: tuple[str, ...]
    line: int = 0
    column: int = 0


Meaning = (
    NameLink
    | NoteReference
    | Spoiler
    | Bars
    | ClosingBars
    | PlainBars
    | Doubt
    | OpenRemark
    | Remark
    | OwnSign
    | NoteHead
    | CalloutHead
    | HeadingAttributes
    | NextLine
    | NamedFiles
)
