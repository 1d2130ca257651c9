"""What the links of a site lack: pages that are wanted, pages to which nothing leads, texts that lead nowhere.

`wanted` looks at all that is written, also beyond a horizon; `known` leaves what may be shown of it. The others look
through a view: a link that readers do not see leads them nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ballardwiki.graph import Graph, Loose
from ballardwiki.graph.claims import TYPE as CLAIM
from ballardwiki.graph.references import pointing
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.view import SiteView
from ballardwiki.pages.world import World
from ballardwiki.schema import Field
from ballardwiki.slugs import fold


class Wanted(Struct, frozen=True):
    """A name that nobody bears, as first written, and where texts link to it; each text once."""

    name: str
    links: tuple[Loose, ...]


def wanted(world: World) -> list[Wanted]:
    """The missing targets of red links, those that most texts want first. Drafts are not missing, nor to be told of."""
    graph = world.graph
    found = (Wanted(links[0].mention.target, links) for links in graph.wanted.values())
    missing = (each for each in found if not world.drafts.named(each.name))
    return sorted(missing, key=lambda each: (-len(each.links), fold(each.name)))


def known(found: list[Wanted], site: SiteView) -> list[Wanted]:
    """What may be known of red links: without those that stand beyond the view's horizon."""
    rest = [Wanted(each.name, tuple(link for link in each.links if _shown(link, site))) for each in found]
    return sorted((each for each in rest if each.links), key=lambda each: (-len(each.links), fold(each.name)))


def _shown(link: Loose, site: SiteView) -> bool:
    return site.shown(link.source) and all(site.knows(since, link.source) for since in link.mention.since)


def orphans(world: World, site: SiteView) -> list[Ref]:
    """The pages to which no text, no field, no credit, no claim and no navigation leads, in the order of addresses.

    An entity that points at another is led to by that one's page, if its field declares a way back; and an article by
    the pages that cite it.
    """
    graph = world.shown
    reached = {graph.addresses.get(each.url, "") for each in world.config.navigation}
    reached |= {ref for ref in graph.urls if _mentioned(graph, site, ref)}
    fields = pointing(graph)
    for entity in graph.entities.values():
        if fields[entity.type] and entity.type != CLAIM:
            reached.update(_related(world, site, entity, fields[entity.type]))
    for article in {*graph.citing, *(Ref(claim.owner) for claim in graph.of_type(CLAIM))}:
        if view := site.entity(article):
            citing = [page.ref for page, _ in view.cited_by]
            claimed = [each.about.ref for each in view.changes]
            reached |= {*citing, *claimed}
            if citing or any(each.state in ("shown", "superseded") for each in view.changes):
                reached.add(article)
    return [ref for ref in graph.urls if ref not in reached]


def _mentioned(graph: Graph, site: SiteView, ref: Ref) -> bool:
    """Whether a text that may be shown links to a page."""
    return bool(graph.backlinks.get(ref)) or any(
        all(site.knows(since, each.source) for since in each.since) for each in graph.veiled.get(ref, ())
    )


def _related(world: World, site: SiteView, entity: Entity, fields: Iterable[Field]) -> Iterator[Ref]:
    """The pages that an entity's fields lead to, and its own where one of them leads back."""
    graph = world.shown
    for field in fields:
        for statement in site.stated(entity, field):
            target = graph.present(str(statement.value))
            if target in graph.entities:
                yield target
                if field.inverse and target in graph.urls:
                    yield _holder(world, entity).ref


def _holder(world: World, entity: Entity) -> Entity:
    """The entity on whose page a record stands."""
    while entity.owner and Ref(entity.owner) in world.shown.entities:
        entity = world.shown.entities[Ref(entity.owner)]
    return entity


def dead_ends(world: World, site: SiteView) -> list[Ref]:
    """The pages whose text, as far as it may be shown, has no link at all, in the order of addresses."""
    graph = world.shown
    return [ref for ref in graph.urls if graph.entities[ref].body and not _leads(graph, site, ref)]


def _leads(graph: Graph, site: SiteView, ref: Ref) -> bool:
    """Whether a text has a link that may be shown."""
    entity = graph.entities[ref]
    return bool(entity.targets) or any(
        each.target and all(site.knows(since, ref) for since in each.since) for each in entity.mentions
    )
