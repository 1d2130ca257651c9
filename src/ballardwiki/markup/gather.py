"""Collecting what a row of parts holds: for each thing the designators of the hidden stretches around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from ballardwiki.markup.contexts import contexts
from ballardwiki.markup.splitting import Raw
from ballardwiki.model import Heading, Mention, Part

Since = tuple[str, ...]


@dataclass(slots=True)
class Gathered:
    """The parts of a text, joined, and what they hold. `notes`: which labels are referred to, and within what."""

    parts: tuple[Part, ...] = ()
    headings: list[Heading] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    images: list[Mention] = field(default_factory=list)
    notes: list[tuple[str, Since]] = field(default_factory=list)


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
            found.headings.append(replace(part, since=since) if since else part)
            continue
        if joined := "".join(text):
            parts.append(joined)
        text.clear()
        parts.append(part)
        kind = part.kind
        if kind == "mention":
            found.mentions.append(Mention(part.target, part.fragment, since, False, part.line, part.column))
        elif kind == "link":
            around.append(None)
            found.mentions.append(Mention(part.target, part.fragment, since, True, part.line, part.column))
        elif kind == "image":
            found.images.append(Mention(part.target, "", since, True, part.line, part.column))
        elif kind == "note":
            found.notes.append((part.target, since))
        elif kind == "since":
            around.append(part.since)
            since = tuple(designator for designator in around if designator is not None)
        elif around.pop() is not None:
            since = tuple(designator for designator in around if designator is not None)
    if joined := "".join(text):
        parts.append(joined)
    found.parts = tuple(parts)
    if found.mentions:
        found.mentions = [
            replace(mention, context=context) if context else mention
            for mention, context in zip(found.mentions, contexts(found.parts), strict=True)
        ]
    return found


def with_notes(main: Gathered, notes: dict[str, Gathered]) -> tuple[list[Mention], list[Mention], set[str]]:
    """The mentions and images of a text and of the notes it refers to, and the labels of those notes.

    What a note holds is as hidden as the reference to the note.
    """
    mentions, images = list(main.mentions), list(main.images)
    waiting = main.notes[::-1]
    seen: set[tuple[str, Since]] = set()
    while waiting:
        label, since = waiting.pop()
        if (label, since) in seen or label not in notes:
            continue
        seen.add((label, since))
        note = notes[label]
        mentions += (replace(mention, since=since + mention.since) for mention in note.mentions)
        images += (replace(image, since=since + image.since) for image in note.images)
        waiting += ((inner, since + own) for inner, own in reversed(note.notes) if (inner, since) not in seen)
    return mentions, images, {label for label, _ in seen}


def unique(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each mention once, where it comes first."""
    found: dict[tuple[str, str, Since], Mention] = {}
    for mention in mentions:
        found.setdefault((mention.target, mention.fragment, mention.since), mention)
    return tuple(found.values())
