"""What may be known of a graph in which some records changed: told from those records where that can be."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import structs
from msgspec.structs import replace

from ballardwiki.graph import Graph
from ballardwiki.graph.delta import Changes, Delta, differing, relinked
from ballardwiki.graph.visibility import ALL, LEADING, Visible
from ballardwiki.model import Entity, Mention, Ref


def retold(
    seen: Visible, before: Graph, delta: Delta, changes: Changes, drafts: Collection[str]
) -> tuple[Visible, Delta] | None:
    """What may be known after some records of the graph `before` changed, and what that changes in its graph.

    drafts: the addresses of what is not in it, since it is not yet to be shown. None where it can't be told from these
    records alone: what becomes known or hidden with them may go on to others, and to what they use.
    """
    if not all(_alike(seen, before, drafts, *pair) for pair in changes.values()):
        return None
    if seen.graph is before:
        return replace(seen, graph=delta.graph), delta
    shown: dict[Ref, tuple[Entity, Entity]] = {}
    for ref, (old, new) in changes.items():
        if known := seen.graph.entities.get(ref):
            less = structs.replace(new, statements=known.statements, qualified=known.qualified)
            shown[ref] = known, new if known is old else less
    found = relinked(seen.graph, shown, delta)
    return (replace(seen, graph=found.graph), found) if found else None


def _alike(seen: Visible, before: Graph, drafts: Collection[str], old: Entity, new: Entity) -> bool:
    """Whether as much of a record may be known as before, and whether it leaves the same helpers to be withheld."""
    uses = seen.uses
    if uses is None or (seen.hidden.get(old.ref, ALL) != ALL and _fields(old) != _fields(new)):
        return False  # what it lacks is told by places
    if not _open(seen, before, drafts, old, new) or _secrets(old) != _secrets(new):
        return False
    other = {*uses.of(old, _plain)} ^ {*uses.of(new, _plain)}
    if uses.is_record(old.ref) or old.ref not in seen.graph.entities:
        return not other  # what only hidden things use is withheld
    return seen.suspected.isdisjoint(uses.closure(other))


def _open(seen: Visible, before: Graph, drafts: Collection[str], old: Entity, new: Entity) -> bool:
    """Whether nothing that differs in the fields of a record is hidden, or leads to what may be."""
    if old.qualifiers.since != new.qualifiers.since:
        return False
    guarded = bool(seen.hidden or drafts)
    fields = before.schema.types[old.type].fields

    def away(ref: Ref | None) -> bool:
        return ref is None or ref in drafts or seen.hidden.get(ref) == ALL

    for name in differing(old, new):
        kind = fields[name].kind
        for each in (each for one in (old, new) for each in one.statements.get(name, ())):
            if each.qualifiers.since or (guarded and any(away(before.source(id_)) for id_ in each.qualifiers.sources)):
                return False
            if guarded and kind in LEADING and (kind == "url" or away(before.present(str(each.value)))):
                return False
    sources = {*old.qualifiers.sources} ^ {*new.qualifiers.sources}
    return not (guarded and any(away(before.source(id_)) for id_ in sources))


def _fields(entity: Entity) -> tuple[object, ...]:
    return entity.statements, entity.qualified


def _plain(mention: Mention) -> bool:
    return not mention.since


def _secrets(entity: Entity) -> tuple[object, ...]:
    """What of a text may use helpers where not everybody sees it."""
    used = (*entity.citations, *entity.images, *entity.mentions)
    return entity.remarked, {(each.target, each.fragment, each.since) for each in used if each.since}
