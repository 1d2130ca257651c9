"""What the links of all texts lead to, and those that lead nowhere or to several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from ballardwiki.amended import Amended
from ballardwiki.model import Entity, Mention, Ref
from ballardwiki.slugs import fold

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph


class Backlink(Struct, frozen=True):
    """That the text of `source` mentions an entity, to a reader who knows `since` (as in `Mention`)."""

    source: Ref
    since: tuple[str, ...]


class Loose(Struct, frozen=True):
    """A mention that leads nowhere (`candidates` empty) or to several."""

    source: Ref
    mention: Mention
    candidates: tuple[Ref, ...]


class Crosslinks(Struct, frozen=True):
    """The links of all texts by their targets; sources in the order of addresses.

    backlinks: target -> texts that plainly mention it; veiled: the same for mentions that are not plain (see `Entity`).
    called: target -> as what texts mention it, and how many. loose: text -> its mentions that found no single target.
    asking: folded name -> the texts with such a mention by that name.
    """

    backlinks: Mapping[Ref, list[Ref]] = field(default_factory=dict)
    veiled: Mapping[Ref, list[Backlink]] = field(default_factory=dict)
    called: Mapping[Ref, Counter[str]] = field(default_factory=dict)
    loose: Mapping[Ref, list[Loose]] = field(default_factory=dict)
    asking: Mapping[str, list[Ref]] = field(default_factory=dict)


class _Rows(Struct, frozen=True):
    """The rows of links while they are gathered."""

    backlinks: MutableMapping[Ref, list[Ref]] = field(default_factory=dict)
    veiled: MutableMapping[Ref, list[Backlink]] = field(default_factory=dict)
    called: MutableMapping[Ref, Counter[str]] = field(default_factory=dict)
    loose: MutableMapping[Ref, list[Loose]] = field(default_factory=dict)
    asking: MutableMapping[str, list[Ref]] = field(default_factory=dict)

    def links(self) -> Crosslinks:
        """The links that they make."""
        return Crosslinks(self.backlinks, self.veiled, self.called, self.loose, self.asking)


def crosslinks(graph: Graph) -> Crosslinks:
    """Sources are gathered by name first, so that each name is looked up once however many texts use it."""
    found = _Rows()
    by_name: dict[str, list[Ref]] = defaultdict(list)
    for ref, entity in graph.entities.items():
        for name in entity.targets:
            by_name[name].append(ref)
    shared: set[Ref] = set()
    astray: set[Ref] = set()
    for name, sources in by_name.items():
        target = graph.find(name)
        if not isinstance(target, str):
            astray.update(sources)
            continue
        found.called.setdefault(target, Counter())[name] = len(sources)
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
    for target in [target for target, sources in found.backlinks.items() if not sources]:
        del found.backlinks[target]
    for ref, entity in graph.entities.items():
        if ref in astray:
            found.loose[ref] = [*_loose(graph, entity)]
        _add(found, graph, entity)
    for ref, row in found.loose.items():
        for name in _names(row):
            found.asking.setdefault(name, []).append(ref)
    return found.links()


def _names(row: Iterable[Loose]) -> set[str]:
    """The folded names in some mentions that found no single target."""
    return {fold(each.mention.target) for each in row if not each.mention.path}


def _alone(graph: Graph, entity: Entity) -> _Rows:
    """The links of one text."""
    found = _Rows()
    for name in entity.targets:
        target = graph.find(name)
        if isinstance(target, str):
            found.called.setdefault(target, Counter())[name] += 1
            if target != entity.ref:
                found.backlinks[target] = [entity.ref]
    if loose := [*_loose(graph, entity)]:
        found.loose[entity.ref] = loose
    _add(found, graph, entity)
    return found


def _add(found: _Rows, graph: Graph, entity: Entity) -> None:
    """Add the mentions of a text that are not plain."""
    for mention in map(graph.said, entity.mentions):
        target = graph.meant(mention)
        if isinstance(target, tuple):
            found.loose.setdefault(entity.ref, []).append(Loose(entity.ref, mention, target))
        elif target and target != entity.ref:
            found.veiled.setdefault(target, []).append(Backlink(entity.ref, mention.since))
            found.called.setdefault(target, Counter())[mention.target] += 1


def _loose(graph: Graph, entity: Entity) -> Iterator[Loose]:
    """The plain mentions of a text that lead nowhere or to several, each with its place."""
    for number, name in enumerate(entity.targets):
        target = graph.find(name)
        if not isinstance(target, str):
            line, column = entity.spot(number)
            yield Loose(entity.ref, Mention(name, line=line, column=column), target)


def relinked(before: Graph, after: Graph, changes: Mapping[Ref, tuple[Entity, Entity]]) -> tuple[Crosslinks, set[Ref]]:
    """The links of a graph where some texts are others than before, or mention names that mean something else now.

    With the targets whose rows are others than before: such a text mentions them, or did.
    """
    former = before.links
    found = _Rows(
        Amended(former.backlinks),
        Amended(former.veiled),
        Amended(former.called),
        Amended(former.loose),
        Amended(former.asking),
    )
    exchanged: set[Ref] = set()
    for ref, (old, new) in changes.items():
        was, now = _alone(before, old), _alone(after, new)
        lacked, lacking = was.loose.get(ref, []), now.loose.get(ref, [])
        _put(found.loose, ref, lacking)
        for name in _names(lacked) ^ _names(lacking):
            _put(found.asking, name, sorted({*found.asking.get(name, ())} ^ {ref}))
        for target in was.backlinks.keys() ^ now.backlinks.keys():
            exchanged.add(target)
            _put(found.backlinks, target, sorted({*found.backlinks.get(target, ())} ^ {ref}))
        for target in was.veiled.keys() | now.veiled.keys():
            if was.veiled.get(target) != now.veiled.get(target):
                exchanged.add(target)
                others = [each for each in found.veiled.get(target, ()) if each.source != ref]
                rows = sorted([*others, *now.veiled.get(target, ())], key=attrgetter("source"))
                _put(found.veiled, target, rows)
        for target in was.called.keys() | now.called.keys():
            gone, come = was.called.get(target, Counter()), now.called.get(target, Counter())
            if gone != come:
                exchanged.add(target)
                _put(found.called, target, found.called.get(target, Counter()) + come - gone)
    return found.links(), exchanged


Key = TypeVar("Key")
Row = TypeVar("Row", bound=Collection[object])


def _put(rows: MutableMapping[Key, Row], key: Key, row: Row) -> None:
    """Set a row, or take it away where there is nothing in it."""
    if row:
        rows[key] = row
    else:
        rows.pop(key, None)
