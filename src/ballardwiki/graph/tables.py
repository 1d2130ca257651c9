"""The tables of a graph: titles, addresses, lists, names, tags, and who points at whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ballardwiki.content import moments
from ballardwiki.graph.claims import Claim
from ballardwiki.graph.patterns import Lack, filled, fillings, lacking
from ballardwiki.model import Entity, Qualifiers, Ref, Statement, ref_id, ref_type
from ballardwiki.schema import EntityType, pattern_paths
from ballardwiki.slugs import fold
from ballardwiki.web_addresses import encoded

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph
    from ballardwiki.graph.links import Loose


class Incoming(Struct, frozen=True):
    """A pointer as its target sees it: who points, and with which statement. `claim`: where another record says so."""

    source: Ref
    statement: Statement
    claim: Claim | None = None


def former(graph: Graph) -> dict[str, Ref]:
    """Old address -> present one."""
    found: dict[str, Ref] = {}
    for entity in graph.entities.values():
        for statement in entity.statements.get("was", ()):
            found.setdefault(f"{entity.type}/{statement.value}", entity.ref)
    return found


def urls(graph: Graph) -> dict[Ref, str]:
    """The addresses of all that have a page, from the site's root (`/people/x/`)."""
    found: dict[Ref, str] = {}
    for name, kind in graph.schema.types.items():
        simple = kind.url.split("{id}") if kind.url.count("{") == 1 and "{id}" in kind.url else None
        for entity in graph.of_type(name) if kind.url else ():
            url = entity.id.join(simple) if simple else encoded(filled(graph, entity.ref, kind.url))
            if not url and any(each.told == "refused" for each in lacks(graph, entity)):
                url = f"/{entity.ref}/"  # it has a page, whose address an error holds back
            if url and "//" not in url:
                found[entity.ref] = url
    return found


def lacks(graph: Graph, entity: Entity) -> list[Lack]:
    """What is missing of an entity's address."""
    paths = (path for path, _ in pattern_paths(graph.schema.types[entity.type].url))
    return [lacking(graph, entity.ref, path) for path in paths if graph.value(entity.ref, path) is None]


def lists(graph: Graph) -> dict[str, tuple[Ref, ...]]:
    """Type -> addresses in the type's order."""
    found = {}
    for name, kind in graph.schema.types.items():
        refs = [entity.ref for entity in graph.of_type(name)]
        if _last_first(kind):
            refs.reverse()
        for sort_key, reverse in reversed(_orders(graph, kind)):
            refs.sort(key=sort_key, reverse=reverse)
        found[name] = tuple(refs)
    return found


def precedence(graph: Graph, name: str) -> Callable[[Ref, Ref], int]:
    """What compares two entities of a type by its order, as `lists` has it: below 0 where the first comes first."""
    kind = graph.schema.types[name]
    ways: list[tuple[Callable[[Ref], Any], bool]] = [*_orders(graph, kind), (str, _last_first(kind))]

    def compared(one: Ref, other: Ref) -> int:
        for key, reverse in ways:
            first, second = key(one), key(other)
            if first != second:
                return -1 if (first < second) != reverse else 1
        return 0

    return compared


def _last_first(kind: EntityType) -> bool:
    """Whether of equals the last address comes first: of one day the last id is the newest, as in `news`."""
    return bool(kind.dated) and kind.order[0] == f"-{kind.dated}"


def _orders(graph: Graph, kind: EntityType) -> list[tuple[Callable[[Ref], Any], bool]]:
    """The keys by which the entities of a type are sorted, and whether each does so in reverse."""
    found: list[tuple[Callable[[Ref], Any], bool]] = []
    for path in kind.order:
        key = path.removeprefix("-")
        order = moments.order if graph.schema.dates(kind.name, key) else str
        last = graph.schema.last(kind.name, key)
        found.append((partial(_sort_key, graph, key, last, order), path.startswith("-")))
    return found


def _sort_key(graph: Graph, path: str, last: int | None, order: Callable[[str], str], ref: Ref) -> tuple[int, int, str]:
    """Numbers and texts, then the number that stands `last`, then what has none."""
    found = graph.titles[ref] if path == "title" else graph.value(ref, path)
    if isinstance(found, str):
        return (0, 0, fold(found) if path == "title" else order(found))
    return (2 if found is None else int(found == last), found or 0, "")


def news(graph: Graph) -> tuple[Ref, ...]:
    """The dated entities with a page, of all types: the newest first, of one day the one whose id comes last."""
    kinds = [(name, kind.dated) for name, kind in graph.schema.types.items() if kind.dated]
    dates = [(graph.value(ref, field), ref) for name, field in kinds for ref in graph.lists[name] if ref in graph.urls]
    found = [(moments.order(str(date)), ref_id(ref), ref_type(ref), ref) for date, ref in dates if date is not None]
    return tuple(ref for *_, ref in sorted(found, reverse=True))


def names(graph: Graph) -> dict[str, tuple[Ref, ...]]:
    """Folded name -> the entities with a page that bear it."""
    found: dict[str, dict[Ref, None]] = defaultdict(dict)
    for ref in graph.urls:
        for name in names_of(graph, ref):
            found[name][ref] = None
    return {name: tuple(refs) for name, refs in found.items()}


def names_of(graph: Graph, ref: Ref) -> Iterator[str]:
    """The folded names that an entity with a page bears."""
    entity = graph.entities[ref]
    given = [graph.titles[ref]]
    given += (str(statement.value) for statement in entity.statements.get("aliases", ()))
    given += (name for each in graph.schema.types[entity.type].names for name in fillings(graph, ref, each))
    return filter(None, map(fold, given))


def inverses(graph: Graph) -> dict[Ref, dict[str, list[Incoming]]]:
    """Target -> inverse name -> who points."""
    found: dict[Ref, dict[str, list[Incoming]]] = {}
    for name, kind in graph.schema.types.items():
        ways = [field for field in kind.fields.values() if field.inverse]
        for entity in graph.of_type(name) if ways else ():
            for field in ways:
                for statement in entity.statements.get(field.name, ()):
                    target = found.setdefault(graph.present(str(statement.value)), {})
                    target.setdefault(field.inverse, []).append(Incoming(entity.ref, statement))
    for claim in (each for fields in graph.claims.values() for row in fields.values() for each in row):
        field = graph.kind(claim.target).fields[claim.field]
        if field.inverse:
            target = found.setdefault(graph.present(str(claim.statement.value)), {})
            target.setdefault(field.inverse, []).append(Incoming(claim.target, claim.statement, claim))
    return found


def tags(graph: Graph) -> dict[str, tuple[str, list[Ref]]]:
    """Folded tag -> (the tag as first written, addresses)."""
    found: dict[str, tuple[str, list[Ref]]] = {}
    keys: dict[str, str] = {}
    for ref in graph.urls:
        for statement in graph.entities[ref].statements.get("tags", ()):
            tag = str(statement.value)
            known = keys.get(tag) or keys.setdefault(tag, fold(tag))
            found.setdefault(known, (tag, []))[1].append(ref)
    return found


def citing(graph: Graph) -> dict[Ref, list[tuple[Ref, str]]]:
    """News of this site that serves as a source -> the records and fields that cite it; "" for all of a record."""
    dated = [name for name, kind in graph.schema.types.items() if kind.dated]
    ids = {name for type_ in dated for ref in graph.lists[type_] for name in (ref, ref_id(ref))}
    ids |= {name for old, ref in graph.former.items() if ref_type(ref) in dated for name in (old, ref_id(old))}
    found: dict[Ref, set[tuple[Ref, str]]] = defaultdict(set)
    for entity in graph.entities.values() if ids else ():
        for name, qualified in _qualified(entity):
            for id_ in ids.intersection(qualified.sources):
                if source := graph.source(id_):
                    found[source].add((entity.ref, name))
    return {source: sorted(row) for source, row in found.items()}


def cited(graph: Graph, entity: Entity) -> Iterator[tuple[Ref, str]]:
    """The news of this site that a record cites, and in which field."""
    for name, qualified in _qualified(entity):
        for source in map(graph.source, qualified.sources):
            if source and graph.kind(source).dated:
                yield source, name


def _qualified(entity: Entity) -> Iterator[tuple[str, Qualifiers]]:
    """All qualifiers with sources in a record: the field's name, "" for those of the record as a whole."""
    if entity.qualified and entity.qualified.sources:
        yield "", entity.qualified
    for name, row in entity.statements.items():
        for statement in row:
            qualified = statement.qualified
            if qualified is not None and qualified.sources:
                yield name, qualified


def years(graph: Graph) -> dict[str, dict[str, tuple[Ref, ...]]]:
    """The news of each type by its year, the latest year first, in the order of the type."""
    found: dict[str, dict[str, tuple[Ref, ...]]] = {}
    for name, kind in graph.schema.types.items():
        rows: dict[str, list[Ref]] = defaultdict(list)
        for ref in graph.lists.get(name, ()) if kind.dated else ():
            if said := graph.statement(ref, kind.dated):
                rows[str(said.value)[:4]].append(ref)
        found[name] = {year: tuple(rows[year]) for year in sorted(rows, reverse=True)}
    return found


def rows(graph: Graph, name: str, number: int, size: int) -> tuple[Ref, ...]:
    """The entities of one page of a type's list, of which each has so many."""
    return graph.lists.get(name, ())[(number - 1) * size : number * size]


def pages(graph: Graph, name: str, size: int) -> int:
    """How many such pages there are; never none."""
    return max(1, ceil(len(graph.lists.get(name, ())) / size))


def shared(graph: Graph) -> dict[Ref, list[str]]:
    """For each entity its folded names that others bear, too."""
    found: dict[Ref, list[str]] = {}
    for name, refs in graph.names.items():
        for ref in refs if len(refs) > 1 else ():
            found.setdefault(ref, []).append(name)
    return found


def wanted(graph: Graph) -> dict[str, tuple[Loose, ...]]:
    """The links to names that nobody bears, by folded name; one of each text."""
    found: dict[str, dict[Ref, Loose]] = {}
    for each in graph.loose:
        if not each.candidates and not each.mention.path:
            links = found.setdefault(fold(each.mention.target), {})
            known = links.get(each.source)
            if known is None or (known.mention.since and not each.mention.since):
                links[each.source] = each
    return {name: tuple(links.values()) for name, links in found.items()}
