"""What the links of a site lack: pages that are wanted, pages to which nothing leads, texts that lead nowhere.

These look at all that is written, also beyond a horizon. What is shown of them must go through a view: see `known`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ballardwiki.graph import Loose
from ballardwiki.model import Entity, Ref
from ballardwiki.slugs import fold
from ballardwiki.view import SiteView
from ballardwiki.world import World


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that nobody bears, as first written, and where texts link to it; each text once."""

    name: str
    links: tuple[Loose, ...]


def wanted(world: World) -> list[Wanted]:
    """The missing targets of red links, those that most texts want first."""
    graph = world.graph
    found = (Wanted(links[0].mention.target, links) for links in graph.wanted.values())
    return sorted(found, key=lambda each: (-len(each.links), fold(each.name)))


def known(found: list[Wanted], site: SiteView) -> list[Wanted]:
    """What may be known of red links: without those that stand beyond the view's horizon."""
    rest = [Wanted(each.name, tuple(link for link in each.links if _shown(link, site))) for each in found]
    return sorted((each for each in rest if each.links), key=lambda each: (-len(each.links), fold(each.name)))


def _shown(link: Loose, site: SiteView) -> bool:
    return site.shown(link.source) and all(site.knows(since, link.source) for since in link.mention.since)


def orphans(world: World) -> list[Ref]:
    """The pages to which no text, no field, no credit and no navigation leads, in the order of addresses.

    An entity that points at another is led to by that one's page, if its field declares a way back.
    """
    graph = world.graph
    reached = (
        {ref for ref, sources in graph.backlinks.items() if sources}
        | {*graph.veiled}
        | {graph.addresses.get(each.url, "") for each in world.config.navigation}
    )
    for entity in graph.entities.values():
        for target, back in _pointers(world, entity):
            reached.add(target)
            if back and target in graph.urls:
                reached.add(_holder(world, entity).ref)
    return [ref for ref in graph.urls if ref not in reached]


def _pointers(world: World, entity: Entity) -> Iterator[tuple[Ref, bool]]:
    """What the fields of an entity point at, and whether that sees it."""
    for field in world.graph.schema.types[entity.type].fields.values():
        if field.kind == "ref":
            for statement in entity.statements.get(field.name, ()):
                yield world.graph.present(str(statement.value)), bool(field.inverse)


def _holder(world: World, entity: Entity) -> Entity:
    """The entity on whose page a record stands."""
    while entity.owner and Ref(entity.owner) in world.graph.entities:
        entity = world.graph.entities[Ref(entity.owner)]
    return entity


def dead_ends(world: World) -> list[Ref]:
    """The pages whose text has no link at all, in the order of addresses."""
    entities = world.graph.entities
    return [
        ref
        for ref in world.graph.urls
        if entities[ref].body and not entities[ref].targets and not any(each.target for each in entities[ref].mentions)
    ]
