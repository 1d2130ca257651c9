"""What is written and not yet to be shown: drafts, and what is scheduled for a later moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from ballardwiki.content import moments
from ballardwiki.model import Entity
from ballardwiki.schema import Schema

SCHEDULE = ("publish_at",)
"""The fields of every type that say from when on a page is there."""


class Withheld(Struct, frozen=True):
    """The addresses of drafts and of what is scheduled; the moments that came last and come next, or "".

    These are the moments at which something scheduled appears, or a date that is written with its time comes due.

    entities: those drafts and scheduled records, with what is written inside them. private: the addresses of all such,
    also where they are shown to their editor.
    """

    refs: set[str]
    last_change: str = ""
    next_change: str = ""
    entities: tuple[Entity, ...] = ()
    private: frozenset[str] = frozenset()


def withhold(entities: Sequence[Entity], schema: Schema, zone: str, now: datetime, *, drafts: bool) -> Withheld:
    """What is not to be shown at the moment `now`. With `drafts` nothing is withheld."""
    today = now.astimezone(ZoneInfo(zone)).date().isoformat()
    dates = {name: {*SCHEDULE, kind.dated, kind.released} for name, kind in schema.types.items()}
    found: set[str] = set()
    turns: list[datetime] = []
    for entity in entities:
        draft = entity.statements.get("draft")
        if draft and draft[0].value:
            found.add(entity.ref)
        for name in dates[entity.type].intersection(entity.statements):
            for text in (str(each.value) for each in entity.statements[name]):
                moment = moments.begin(text, zone)
                if name in SCHEDULE and moment > now:
                    found.add(entity.ref)
                if len(text) > len(today) or name in SCHEDULE:
                    turns.append(moment)
                elif text == today:
                    turns.append(moments.begin(text, zone, moments.NOON))
    inside = [entity for entity in entities if entity.owner] if found else []
    while more := {entity.ref for entity in inside if entity.owner in found} - found:
        found |= more
    private = frozenset(found)
    if drafts:
        found = set()
    held = tuple(entity for entity in entities if entity.ref in found)
    last = max((moment for moment in turns if moment <= now), default=None)
    following = min((moment for moment in turns if moment > now), default=None)
    return Withheld(found, last.isoformat() if last else "", following.isoformat() if following else "", held, private)
