"""What comes before an entity and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballardwiki.pages import facts

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView


def neighbour(view: EntityView, step: int) -> EntityView | None:
    """The entity so many steps further in the type's order, within the same series if the type has one."""
    site, graph, timeline = view._site, view._site._graph, view._site._story.timeline
    site.trace.read(facts.LIST(view.type))
    site.trace.read(facts.TIMELINE(view.ref))
    refs = graph.lists[view.type]
    place = graph.place(view.ref) + step
    if not 0 <= place < len(refs):
        return None
    ref = refs[place]
    site.trace.read(facts.TIMELINE(ref))
    return site.entity(ref) if timeline(ref) == timeline(view.ref) else None
