"""What may be known of a graph in which texts changed: told from those texts where that can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from msgspec import structs

from ballardwiki.graph import Graph
from ballardwiki.graph.uses import Uses
from ballardwiki.graph.visibility import Visible
from ballardwiki.model import Entity, Mention, Ref


def retold(
    seen: Visible | None, before: Graph, after: Graph | None, texts: Mapping[Ref, tuple[Entity, Entity]]
) -> Visible | None:
    """What may be known of a graph in which some texts differ from those of the graph `before` (see `Graph.retold`).

    None where that can't be told from them alone: what hidden things use is withheld unless others use it, too.
    """
    if seen is None or seen.uses is None or after is None:
        return None
    if not all(_alike(seen, seen.uses, *pair) for pair in texts.values()):
        return None
    if seen.graph is before:
        return replace(seen, graph=after)
    shown: dict[Ref, tuple[Entity, Entity]] = {}
    for ref, (old, new) in texts.items():
        if known := seen.graph.entities.get(ref):
            less = structs.replace(new, statements=known.statements, qualified=known.qualified)
            shown[ref] = known, new if known is old else less
    graph = seen.graph.retold(shown)
    return replace(seen, graph=graph) if graph else None


def _alike(seen: Visible, uses: Uses, old: Entity, new: Entity) -> bool:
    """Whether two texts of an entity leave the same helpers to be withheld."""
    if uses.is_record(old.ref) or _secrets(old) != _secrets(new):
        return False
    other = {*uses.of_text(old, _plain)} ^ {*uses.of_text(new, _plain)}
    if old.ref not in seen.graph.entities:
        return not other  # what only such a text uses is withheld
    return seen.suspected.isdisjoint(uses.closure(other))


def _plain(mention: Mention) -> bool:
    return not mention.since


def _secrets(entity: Entity) -> tuple[object, ...]:
    """What of a text may use helpers where not everybody sees it."""
    used = (*entity.citations, *entity.images, *entity.mentions)
    return entity.remarked, {(each.target, each.fragment, each.since) for each in used if each.since}
