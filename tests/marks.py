"""The marks of a text in a word each, for tests that tell what a text becomes."""

from __future__ import annotations

from collections.abc import Iterable

from ballardwiki.marks import End, Here, Image, Mark, NameLink, NoteReference, Part, PathLink, Spoiler

KINDS: dict[type, str] = {
    NameLink: "mention",
    PathLink: "link",
    Spoiler: "since",
    End: "end",
    NoteReference: "note",
    Image: "image",
    Here: "here",
}


def kind(mark: Mark) -> str:
    """What a mark is."""
    return KINDS[type(mark)]


def target(mark: Mark) -> str:
    """What a mark is about: a name, a path, a label; of hidden words in a paragraph `inline`."""
    match mark:
        case NameLink() | PathLink() | Here():
            return mark.target
        case NoteReference():
            return mark.label
        case Image():
            return mark.path
        case Spoiler():
            return "inline" if mark.inline else ""
        case End():
            return ""


def joined(parts: Iterable[Part]) -> str:
    """A row of parts as text, with a mark as `«mention:Ann»`."""
    return "".join(part if isinstance(part, str) else f"«{kind(part)}:{target(part)}»" for part in parts).strip()
