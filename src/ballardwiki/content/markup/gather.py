"""Collecting what a row of parts holds: for each thing the designators of the hidden stretches around it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from msgspec import Struct, structs

from ballardwiki.content.markup.meanings import NamedFiles
from ballardwiki.content.markup.sentences import sentences
from ballardwiki.content.markup.splitting import Raw
from ballardwiki.marks import Image, NameLink, NoteReference, Part, PathLink, Spoiler
from ballardwiki.model import Heading, Mention, Sentence

Since = tuple[str, ...]


class Gathered(Struct):
    """The parts of a text, joined, and what they hold. `notes`: the labels that are referred to."""

    parts: tuple[Part, ...] = ()
    headings: list[Heading] = []
    mentions: list[Mention] = []
    images: list[Mention] = []
    notes: list[Mention] = []
    sentences: list[Sentence] = []


def gather(row: list[Raw]) -> Gathered:
    """Join adjacent strings of `row` and collect the rest."""
    found = Gathered()
    parts: list[Part] = []
    text: list[str] = []
    around: list[str | None] = []
    since: Since = ()
    for part in row:
        if isinstance(part, str):
            text.append(part)
            continue
        if isinstance(part, Heading):
            found.headings.append(structs.replace(part, since=since) if since else part)
            continue
        if isinstance(part, NamedFiles):
            found.images += (Mention(each, "", since, True, part.line, part.column, loose=True) for each in part.files)
            continue
        if joined := "".join(text):
            parts.append(joined)
        text.clear()
        parts.append(part)
        if isinstance(part, NameLink):
            found.mentions.append(Mention(part.target, part.fragment, since, False, part.line, part.column, part.typed))
        elif isinstance(part, PathLink):
            around.append(None)
            found.mentions.append(
                Mention(part.target, part.fragment, since, True, part.line, part.column, loose=bool(part.typed))
            )
        elif isinstance(part, Image):
            found.images.append(Mention(part.path, part.others, since, True, part.line, part.column))
        elif isinstance(part, NoteReference):
            found.notes.append(Mention(part.label, "", since, False, part.line, part.column))
        elif isinstance(part, Spoiler):
            around.append(part.since)
            since = tuple(designator for designator in around if designator is not None)
        elif around.pop() is not None:
            since = tuple(designator for designator in around if designator is not None)
    if joined := "".join(text):
        parts.append(joined)
    found.parts = tuple(parts)
    if found.mentions:
        found.sentences += sentences(found.parts)
    return found


MOST_WAYS = 16
"""In how many ways one note may be hidden: by the moments around it, and around what refers to it."""

MOST_AROUND = 16
"""How many moments may hide one thing. What more of them hide is only for those who have seen all."""


def with_notes(main: Gathered, notes: dict[str, Gathered]) -> tuple[Gathered, set[str]]:
    """A text with all that the notes it refers to hold besides their parts, and the labels of those notes.

    What a note holds is as hidden as the reference to the note. Left in `notes` are those that cite sources.
    Linear in the text, whatever refers to what.
    """
    whole = structs.replace(main, mentions=[*main.mentions], images=[*main.images], sentences=[*main.sentences])
    whole.notes = [each for each in main.notes if each.target not in notes]
    waiting = deque((each.target, around((), each.since)) for each in main.notes)
    ways: dict[str, list[frozenset[str]]] = {}
    while waiting:
        label, since = waiting.popleft()
        known = ways.setdefault(label, []) if label in notes else None
        moments = frozenset(since)
        if known is None or len(known) >= MOST_WAYS or moments in known:
            continue
        known.append(moments)
        note = notes[label]
        whole.mentions += (structs.replace(each, since=around(since, each.since)) for each in note.mentions)
        whole.images += (structs.replace(each, since=around(since, each.since)) for each in note.images)
        whole.sentences += (structs.replace(each, since=around(since, each.since)) for each in note.sentences)
        inner = [structs.replace(each, since=around(since, each.since)) for each in note.notes]
        whole.notes += (each for each in inner if each.target not in notes)
        waiting += ((each.target, each.since) for each in inner)
    return whole, {*ways}


def around(outer: Since, inner: Since) -> Since:
    """The moments of two stretches, one within the other, each once."""
    if not (outer or inner):
        return ()
    found = tuple(dict.fromkeys(outer + inner))
    return found if len(found) <= MOST_AROUND else ("",)


def unique(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each mention once, where it comes first."""
    found: dict[tuple[str, str, Since, str, bool], Mention] = {}
    for mention in mentions:
        found.setdefault((mention.target, mention.fragment, mention.since, mention.typed, mention.loose), mention)
    return tuple(found.values())
