"""What the links of all texts lead to, and those that lead nowhere or to several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    called: dict[Ref, dict[str, None]] = field(default_factory=dict)
    loose: list[Loose] = field(default_factory=list)


def crosslinks(graph: Graph) -> Crosslinks:
    """Sources are gathered by name first, so that each name is looked up once however many texts use it."""
    found = Crosslinks()
    by_name: dict[str, list[Ref]] = defaultdict(list)
    for ref, entity in graph.entities.items():
        for name in entity.targets:
            by_name[name].append(ref)
    shared: set[Ref] = set()
    loose: list[tuple[Ref, str, tuple[Ref, ...]]] = []
    for name, sources in by_name.items():
        target = graph.find(name)
        if not isinstance(target, str):
            loose += ((source, name, target) for source in sources)
            continue
        found.called.setdefault(target, {})[name] = None
        if target in found.backlinks:
            shared.add(target)
            found.backlinks[target] += sources
        else:
            found.backlinks[target] = sources
    found.loose += _loose(graph, loose)
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
        found.called.setdefault(target, {})[mention.target] = None


def _loose(graph: Graph, found: Iterable[tuple[Ref, str, tuple[Ref, ...]]]) -> Iterator[Loose]:
    """Mentions with their places: (source, name, candidates)."""
    numbers: dict[Ref, dict[str, int]] = {}
    for source, name, candidates in found:
        entity = graph.entities[source]
        if source not in numbers:
            numbers[source] = {target: number for number, target in reversed([*enumerate(entity.targets)])}
        line, column = entity.spot(numbers[source][name])
        yield Loose(source, Mention(name, line=line, column=column), candidates)
