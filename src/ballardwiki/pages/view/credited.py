"""What a credit is for, and the credits that a season or episode has from what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballardwiki.pages import facts

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView


def covered(credit: EntityView, place: EntityView | None = None) -> list[EntityView]:
    """The places that a credit is for, or those of them in one; that itself where it is for something around it."""
    site = credit._site
    site.trace.read(facts.COVERED(credit.ref))
    if place is None:
        return site.entities(site._graph.coverage.covered(credit.ref))
    site.trace.read(facts.HOLDERS(place.ref))
    return site.entities(site._graph.coverage.inside(credit.ref, place.ref))


def credited(place: EntityView, *, regulars: bool = False) -> list[EntityView]:
    """The credits of what stands around a place that are for it, or those of the main cast."""
    site = place._site
    site.trace.read(facts.CREDITED(place.ref))
    found = site._graph.coverage.around(place.ref)
    return site.entities([credit for each in found for credit in (each.regulars if regulars else each.credits)])
