"""What the links of all texts lead to, and those that lead nowhere or to several."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ballardwiki.model import Mention, Ref

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph


@dataclass(frozen=True, slots=True)
class Backlink:
    """That the text of `source` mentions an entity, to a reader who knows `since` (as in `Mention`)."""

    source: Ref
    since: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """A mention that leads nowhere (`candidates` empty) or to several."""

    source: Ref
    mention: Mention
    candidates: tuple[Ref, ...]


@dataclass(slots=True)
class Crosslinks:
    """The links of all texts by their targets.

    backlinks: target -> texts that plainly mention it; veiled: the same for mentions that are not plain (see `Entity`).
    called: target -> as what texts mention it. loose: mentions that found no single target.
    """

    backlinks: dict[Ref, list[Ref]] = field(default_factory=dict)
    veiled: dict[Ref, list[Backlink]] = field(default_factory=dict)
    called: dict[Ref, list[str]] = field(default_factory=dict)
    loose: list[Loose] = field(default_factory=list)


def crosslinks(graph: Graph) -> Crosslinks:
    """Sources are gathered by name first, so that each name is looked up once however many texts use it."""
    found = Crosslinks()
    by_name: dict[str, list[Ref]] = defaultdict(list)
    for ref, entity in graph.entities.items():
        for name in entity.targets:
            by_name[name].append(ref)
    shared: set[Ref] = set()
    for name, sources in by_name.items():
        target = graph.find(name)
        if not isinstance(target, str):
            found.loose += (_loose(graph, source, name, target) for source in sources)
            continue
        found.called.setdefault(target, []).append(name)
        if target in found.backlinks:
            shared.add(target)
            found.backlinks[target] += sources
        else:
            found.backlinks[target] = sources
    for target in shared:
        found.backlinks[target] = sorted(set(found.backlinks[target]))
    for target, sources in found.backlinks.items():
        if target in sources:
            sources.remove(target)
    for ref, entity in graph.entities.items():
        for mention in map(graph.said, entity.mentions):
            _add(found, ref, mention, graph.meant(mention))
    return found


def _add(found: Crosslinks, ref: Ref, mention: Mention, target: Ref | tuple[Ref, ...] | None) -> None:
    if isinstance(target, tuple):
        found.loose.append(Loose(ref, mention, target))
    elif target and target != ref:
        found.veiled.setdefault(target, []).append(Backlink(ref, mention.since))
        called = found.called.setdefault(target, [])
        if mention.target not in called:
            called.append(mention.target)


def _loose(graph: Graph, source: Ref, name: str, candidates: tuple[Ref, ...]) -> Loose:
    entity = graph.entities[source]
    line, column = entity.spot(entity.targets.index(name))
    return Loose(source, Mention(name, line=line, column=column), candidates)
