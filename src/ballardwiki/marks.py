"""Marks: the places in a text where a view decides what is shown, a class for each kind.

They are msgspec structs, as the values of `model` are. All texts in them are plain, never HTML.
"""

from __future__ import annotations

from msgspec import Struct


class NameLink(Struct, frozen=True, array_like=True, gc=False, tag="name"):
    """`[[…]]`: a link by a name or address.

    text: what to show, "" for the title. fragment: a part's name. typed: all that stands between the brackets, if that
    might be a name with signs (see `wikilinks`).
    """

    target: str
    text: str = ""
    fragment: str = ""
    line: int = 0
    column: int = 0
    typed: str = ""


class PathLink(Struct, frozen=True, array_like=True, gc=False, tag="path"):
    """A Markdown link within the project or the site: the parts up to its `End` are its words.

    target: the path of a file, or an address from the site's root; "" for a part of the text's own page. typed: the
    whole address, if that was written.
    """

    target: str
    query: str = ""
    fragment: str = ""
    line: int = 0
    column: int = 0
    typed: str = ""


class Spoiler(Struct, frozen=True, array_like=True, gc=False, tag="spoiler"):
    """The parts up to its `End` are hidden before the moment that `since` means; "" is the very end.

    inline: whether it is a stretch of a paragraph.
    """

    since: str = ""
    inline: bool = False
    line: int = 0
    column: int = 0


class End(Struct, frozen=True, array_like=True, gc=False, tag="end"):
    """Closes the latest `PathLink` or `Spoiler`."""


class NoteReference(Struct, frozen=True, array_like=True, gc=False, tag="note"):
    """`[^label]`: a footnote is referred to, or a source."""

    label: str
    line: int = 0
    column: int = 0


class Image(Struct, frozen=True, array_like=True, gc=False, tag="image"):
    """A picture. others: the paths that its address means where there is no file at `path`, one a line."""

    path: str
    alt: str = ""
    others: str = ""
    title: str = ""
    line: int = 0
    column: int = 0


class Here(Struct, frozen=True, array_like=True, gc=False, tag="here"):
    """In a quote: the link that it is of, with what it shows, "" for the title."""

    target: str
    text: str = ""


Mark = NameLink | PathLink | Spoiler | End | NoteReference | Image | Here
"""A place in a body where the view decides what is shown."""

Part = str | Mark
"""A body is a row of parts: safe HTML as text, and marks between."""
