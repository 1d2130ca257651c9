"""Which texts mention an entity, and in which sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballardwiki.content.quoting import Quoted, Told, quote
from ballardwiki.marks import Here
from ballardwiki.pages import facts
from ballardwiki.pages.versions import newest_first

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView


def mentions(view: EntityView) -> list[EntityView]:
    """The entities whose texts mention this one, as far as it may be shown: news first, newest before older."""
    site = view._site
    site.trace.read(facts.MENTIONS(view.ref))
    sources = dict.fromkeys(site._graph.backlinks.get(view.ref, ()))
    for backlink in site._graph.veiled.get(view.ref, ()):
        if all(site.knows(since, backlink.source) for since in backlink.since):
            sources[backlink.source] = None
    found = {each.ref: each for each in site.entities([*sources])}
    return newest_first(sorted(found.values(), key=lambda each: (each.type, each.title.casefold(), each.ref)))


def sentence(view: EntityView, source: EntityView) -> list[tuple[str, bool]]:
    """The first sentence that may be shown in which the text of `source` mentions this entity, in pieces.

    Each is a text, and whether it is the mention itself (then "" stands for the title). [] without a sentence.
    """
    site = view._site
    site.trace.read(facts.MENTIONS(view.ref))
    site.trace.read(facts.SENTENCES(source.ref))
    told = site._world.sentences(source.ref) if source._entity.sentences else ()
    told = told if isinstance(told, Told) else Told(told)
    for each, here in told.naming(site._graph.called.get(view.ref, {})):
        known = all(site.knows(since, source.ref) for since in each.since)
        if known and (parts := quote(each, here)):
            return [_piece(view, part) for part in parts]
    return []


def _piece(view: EntityView, part: Quoted) -> tuple[str, bool]:
    if isinstance(part, str):
        return part, False
    if isinstance(part, Here):
        own = not part.text and not view._site.says_address(part.target, view.ref)
        return part.target if own else part.text, True
    target = view._site.meant(part.target)
    titled = target and view._site.says_address(part.target, target)
    return (view._site.title_of(target) if target and titled else part.target.rpartition("/")[2]), False
