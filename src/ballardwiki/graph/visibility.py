"""What of a site may be known within a horizon, as a graph of its own.

Pages, lists, feeds and data are made from that graph alone: they can't tell what was never put into it. Only within
texts a view still decides, mark by mark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter

from msgspec import Struct, field, structs

from ballardwiki import own_addresses
from ballardwiki.graph import Graph, link
from ballardwiki.graph.horizon import Horizon
from ballardwiki.graph.uses import Uses, withheld
from ballardwiki.model import Entity, Mention, Qualifiers, Ref, Statement, ref_id, ref_type

ALL = "*"
"""Stands for all of an entity."""
_POINTING = ("ref", "records")
"""The kinds of fields whose values are other entities."""
LEADING = (*_POINTING, "url")
"""Those whose values may lead to other entities: the whole address of a page of the site does so, too."""
_QUALIFIED = attrgetter("qualified")


class Visible(Struct, frozen=True):
    """What may be known. hidden: address -> what of the entity is left out, `ALL` or fields and numbers.

    files: the media files that are withheld. suspected: the helpers that hidden things use, withheld or not; uses: who
    uses which.
    """

    graph: Graph
    hidden: Mapping[str, str] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    suspected: frozenset[str] = frozenset()
    uses: Uses | None = None


def visible(
    graph: Graph, within: Horizon, drafts: Iterable[Entity] = (), files: Collection[str] = (), base: str = ""
) -> Visible:
    """What may be known of a graph.

    drafts: what is not in the graph since it is not yet to be shown. files: the media files that only content may use.
    base: the address of the site.
    """
    return _Sight(graph, within, tuple(drafts), base).visible(Uses(graph, files, base), files)


class _Sight:
    """Looks at a graph from within a horizon."""

    def __init__(self, graph: Graph, within: Horizon, drafts: tuple[Entity, ...], base: str) -> None:
        self._graph = graph
        self._within = within
        self._drafts = drafts
        self._unshown = frozenset(each.ref for each in drafts)
        self._base = base
        self._pages = _pages(graph, drafts) if base else {}
        self._values = {
            claim.ref: self._led_to(graph.kind(claim.target).fields[name].kind, claim.statement)
            for fields in graph.claims.values()
            for name, claims in fields.items()
            for claim in claims
            if graph.kind(claim.target).fields[name].kind in LEADING
        }
        """Claims whose value leads to another entity."""
        self._hidden: set[str] = set()
        self._ids: set[str] = set()
        """All ids and addresses by which hidden entities may be cited."""
        self._hide([ref for ref, entity in graph.entities.items() if not self._stands(entity)])

    def visible(self, uses: Uses, files: Collection[str]) -> Visible:
        left = {ref: self._left(each) for ref, each in self._graph.entities.items() if ref not in self._hidden}
        suspected = uses.closure(self._secret(uses, left))
        kept = withheld(uses, left, self._reads, suspected)
        if helpers := [Ref(each) for each in kept if uses.is_record(each)]:
            self._hide(helpers)
            left = {ref: each for ref, each in left.items() if ref not in self._hidden}
        hidden = dict.fromkeys(sorted(self._hidden), ALL)
        hidden |= {ref: self._lost(ref, each) for ref, each in left.items() if each is not self._graph.entities[ref]}
        graph = link(left.values(), self._graph.schema, self._graph) if hidden else self._graph
        return Visible(graph, hidden, frozenset(kept).intersection(files), frozenset(suspected), uses)

    def _knows(self, since: str, ref: str) -> bool:
        return not since or self._within.allows(self._graph.story, since, ref)

    def _reads(self, entity: Entity, mention: Mention) -> bool:
        """Whether a part of an entity's text may be known."""
        return all(self._within.allows(self._graph.story, since, entity.ref) for since in mention.since)

    def _stands(self, entity: Entity) -> bool:
        """Whether anything of an entity may be known: itself, what it is written in, and all that it must have."""
        if not self._knows(entity.qualifiers.since, entity.ref) or entity.owner in self._hidden:
            return False
        fields = self._graph.schema.types[entity.type].fields
        needed = (name for name, row in entity.statements.items() if row and fields[name].required and name != "title")
        return not self._away(self._values.get(entity.ref, "")) and all(
            any(self._kept(entity, name)) for name in needed
        )

    def _kept(self, entity: Entity, name: str) -> Iterator[bool]:
        """For each statement of a field whether it may be known: it itself, and what it points at."""
        kind = self._graph.schema.types[entity.type].fields[name].kind
        leading = self._leads(kind)
        for each in entity.statements[name]:
            known = each.qualified is None or self._knows(each.qualified.since, entity.ref)
            yield known and not (leading and self._away(self._led_to(kind, each)))

    def _leads(self, kind: str) -> bool:
        """Whether a value of a field of a kind may lead to something that is not shown."""
        return kind in LEADING and bool(self._hidden or self._unshown)

    def _away(self, ref: str) -> bool:
        """Whether an entity is not shown."""
        return ref in self._hidden or ref in self._unshown

    def _led_to(self, kind: str, statement: Statement) -> str:
        """The entity that a value leads to; "" for the address of what is no page of the site."""
        value = str(statement.value)
        if kind != "url":
            return self._graph.present(value)
        own = own_addresses.path(value, self._base)
        return self._pages.get(_page(own), "") if own else ""

    def _hide(self, found: list[Ref]) -> None:
        """Hide entities, and those that can't stand without them."""
        if not found:
            return
        self._hidden.update(found)
        needing = self._needing()
        waiting = [*found]
        while waiting:
            for ref in needing.get(waiting.pop(), ()):
                if ref not in self._hidden and not self._stands(self._graph.entities[ref]):
                    self._hidden.add(ref)
                    waiting.append(ref)
        names = (*self._hidden, *(old for old, ref in self._graph.former.items() if ref in self._hidden))
        self._ids = {name for ref in names for name in (ref, ref_id(ref))}

    def _needing(self) -> Mapping[str, list[Ref]]:
        """Who is written in an entity, or must lead to it."""
        graph = self._graph
        found: dict[str, list[Ref]] = defaultdict(list)
        for ref, target in self._values.items():
            found[target].append(ref)
        for kind in graph.schema.types.values():
            needed = [each for each in kind.fields.values() if each.kind in ("ref", "url") and each.required]
            for entity in graph.of_type(kind.name):
                if entity.owner:
                    found[entity.owner].append(entity.ref)
                for must in needed:
                    for each in entity.statements.get(must.name, ()):
                        found[self._led_to(must.kind, each)].append(entity.ref)
        return found

    def _left(self, entity: Entity) -> Entity:
        """An entity with what may be known of it; the same one where that is all."""
        rows = {}
        fields = self._graph.schema.types[entity.type].fields
        for name, row in entity.statements.items():
            if not self._leads(fields[name].kind) and not any(map(_QUALIFIED, row)):
                continue
            kept = [*self._kept(entity, name)]
            cited = tuple(self._cited(each) for each, known in zip(row, kept, strict=True) if known)
            if len(cited) < len(row) or any(one is not other for one, other in zip(cited, row, strict=True)):
                rows[name] = cited
        qualified = entity.qualified and self._firm(entity.qualified)
        if not rows and qualified is entity.qualified:
            return entity
        statements = {name: rows.get(name, row) for name, row in entity.statements.items()}
        return structs.replace(
            entity, statements={name: row for name, row in statements.items() if row}, qualified=qualified
        )

    def _cited(self, statement: Statement) -> Statement:
        qualified = statement.qualified and self._firm(statement.qualified)
        return statement if qualified is statement.qualified else structs.replace(statement, qualified=qualified)

    def _firm(self, qualified: Qualifiers) -> Qualifiers:
        """Qualifiers without the sources that may not be known."""
        if self._ids.isdisjoint(qualified.sources):
            return qualified
        sources = tuple(each for each in qualified.sources if self._graph.source(each) not in self._hidden)
        return qualified if sources == qualified.sources else structs.replace(qualified, sources=sources)

    def _lost(self, ref: Ref, left: Entity) -> str:
        """What of an entity is left out: the fields, and which of their statements are there."""
        whole = self._graph.entities[ref]
        lost = []
        for name, row in whole.statements.items():
            kept = left.statements.get(name, ())
            if kept != row:
                there = {(each.line, each.column, each.value): each.qualifiers.sources for each in kept}
                lost.append((name, [there.get((each.line, each.column, each.value)) for each in row]))
        return repr((lost, left.qualifiers.sources))

    def _secret(self, uses: Uses, left: Mapping[Ref, Entity]) -> Iterator[str]:
        """What hidden things use: records, values, stretches of texts, drafts."""
        for entity in (*self._drafts, *(self._graph.entities[Ref(ref)] for ref in sorted(self._hidden))):
            yield from uses.of(entity)
            yield from uses.remarked(entity)
        for ref, shown in left.items():
            whole = self._graph.entities[ref]
            yield from uses.remarked(whole)
            if shown is not whole:
                lost = (each for row in whole.statements.values() for each in row)
                kept = {id(each) for row in shown.statements.values() for each in row}
                yield from uses.of_statements(whole, (each for each in lost if id(each) not in kept))
            if whole.hidden:
                yield from uses.of_text(whole, lambda mention, whole=whole: not self._reads(whole, mention))  # type: ignore[misc]


def _pages(graph: Graph, drafts: tuple[Entity, ...]) -> dict[str, str]:
    """Who has or had a page at a path from the site's root. Of drafts what follows from their ids alone."""
    pages: dict[str, str] = {}
    types = graph.schema.types
    ids = [(each.type, each.id, each.ref) for each in drafts]
    ids += [(each.type, str(was.value), each.ref) for each in drafts for was in each.statements.get("was", ())]
    ids += [(ref_type(old), ref_id(old), ref) for old, ref in graph.former.items()]
    for type_, id_, ref in ids:
        kind = types.get(type_)  # of a file that can't be read not even that is known
        if kind and kind.url:
            pages.setdefault(_page(kind.url.replace("{id}", id_)), ref)
    return pages | {_page(path): ref for path, ref in graph.addresses.items()}


def _page(path: str) -> str:
    """A path by which all spellings of a page's are one."""
    return path.removesuffix("index.html").rstrip("/")
