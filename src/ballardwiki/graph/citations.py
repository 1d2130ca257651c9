"""What the facts of a site rest on: those without source or with a single one, and sources that may be lost.

Nothing is fetched: an address is judged by how it looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from ballardwiki.expressions import expression
from ballardwiki.graph import Graph, claims
from ballardwiki.model import Entity, Ref, ref_type
from ballardwiki.problems import Location
from ballardwiki.schema import EntityType

KINDS = ("no-source", "one-source", "address", "archive")
"""What a finding may be: a fact without source, with a single one, a source whose address looks dead, or that nobody
archived."""

SOURCE = "source"
_NAMES = {"summary", "links", "sources"}
_NOWHERE = expression(r"(?:^|\.)(?:localhost|local|test|invalid|example(?:\.(?:com|net|org))?)$|^[\d.:]+$|^[^.]*$")
_ARCHIVES = ("archive.org", "archive.today", "archive.ph", "archive.is", "archive.md", "perma.cc", "ghostarchive.org")


class Assertion(Struct, frozen=True):
    """Something that a site says and that should be from somewhere.

    field: "" for a record inside another, and for an article: each is one fact, whatever keys it has. sources: the ids
    it names or inherits.
    """

    entity: Entity
    field: str
    line: int
    column: int
    sources: tuple[str, ...]


class Finding(Struct, frozen=True):
    """A place where an editor may do better, by one of `KINDS`."""

    at: Location
    kind: str
    message: str
    sources: tuple[str, ...] = ()


class Survey(Struct, frozen=True):
    """All findings in the order of places, and the numbers: of facts and sources, and of findings by kind."""

    findings: tuple[Finding, ...]
    facts: int
    sources: int
    counts: Mapping[str, int]

    def data(self, only: Iterable[str] = ()) -> dict[str, Any]:
        """The survey for programs."""
        return {
            "facts": self.facts,
            "sources": self.sources,
            "counts": {kind: self.counts[kind] for kind in KINDS},
            "findings": [
                {
                    "path": each.at.path,
                    "line": each.at.line,
                    "column": each.at.column,
                    "kind": each.kind,
                    "message": each.message,
                    "sources": list(each.sources),
                }
                for each in self.chosen(only)
            ],
        }

    def chosen(self, only: Iterable[str] = ()) -> list[Finding]:
        """The findings of some kinds; of all without."""
        kinds = {*only} or {*KINDS}
        return [each for each in self.findings if each.kind in kinds]

    def closing(self) -> str:
        """The numbers in words."""
        none, one, address, archive = (self.counts[kind] for kind in KINDS)
        return (
            f"{self.facts} facts: {none} without source, {one} with one source, {self.facts - none - one} with more. "
            f"{self.sources} sources: {address} with an address that looks dead, {archive} never archived."
        )


def survey(graph: Graph) -> Survey:
    """What the facts of a graph rest on."""
    stated = list(facts(graph))
    kept = [graph.entities[ref] for ref in graph.lists.get(SOURCE, ())]
    rests = _Rests(graph)
    found = [each for fact in stated if (each := _fact(graph, fact, rests))]
    found += (each for source in kept for each in _source(source))
    found.sort(key=lambda each: (each.at, each.kind))
    return Survey(tuple(found), len(stated), len(kept), Counter(each.kind for each in found))


def facts(graph: Graph) -> Iterator[Assertion]:
    """All facts of a graph. What names, sorts or places a page is none, and sources are what facts are from."""
    wanted = {name: {*telling(kind)} for name, kind in graph.schema.types.items()}
    rests = _Rests(graph)
    for entity in graph.entities.values():
        if entity.type == SOURCE:
            continue
        if entity.owner or graph.schema.types[entity.type].dated:
            yield Assertion(entity, "", entity.line, 1, rests.on(entity))
            continue
        for name, row in entity.statements.items():
            for each in row if name in wanted[entity.type] else ():
                given = each.qualifiers.sources or entity.qualifiers.sources
                yield Assertion(entity, name, each.line, each.column, given)


def telling(kind: EntityType) -> list[str]:
    """The fields of a type that tell something of the world: not those that name, sort or place a page."""
    ordinal = (name for name in kind.order if name in kind.fields and kind.fields[name].kind == "integer")
    apart = _NAMES.union(ordinal)
    return [name for name in claims.claimable(kind) if name not in apart]


class _Rests:
    """What the records of a graph rest on, each looked at once: many claims may stand in one article."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[Ref, tuple[str, ...]] = {}

    def on(self, entity: Entity) -> tuple[str, ...]:
        """The sources of a record as a whole: its own, those of its values, of its text, or of what it stands in."""
        found = self._known.get(entity.ref)
        if found is None:
            found = self._known[entity.ref] = self._own(entity) or self._inherited(entity)
        return found

    def _own(self, entity: Entity) -> tuple[str, ...]:
        found = [*entity.qualifiers.sources]
        qualified = (each.qualified for row in entity.statements.values() for each in row if each.qualified)
        found += (id_ for each in qualified for id_ in each.sources)
        found += (str(each.value) for each in entity.statements.get("sources", ()))
        found += (each.target for each in entity.citations)
        return tuple(found)

    def _inherited(self, entity: Entity) -> tuple[str, ...]:
        owner = self._graph.entities.get(Ref(entity.owner))
        if not owner:
            return ()
        return self.on(owner) if entity.type == claims.TYPE else owner.qualifiers.sources

    def rooted(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Sources, each once; for an article of the site those that it names."""
        found: dict[str, None] = {}
        for id_ in ids:
            ref = self._graph.source(id_)
            own = self.on(self._graph.entities[ref]) if ref and ref_type(ref) != SOURCE else ()
            found |= dict.fromkeys(each.removeprefix(f"{SOURCE}/") for each in own or (id_,))
        return tuple(found)


def _fact(graph: Graph, fact: Assertion, rests: _Rests) -> Finding | None:
    sources = rests.rooted(fact.sources)
    if len(sources) > 1:
        return None
    entity = fact.entity
    title = graph.titles[Ref(entity.owner)] if entity.owner else graph.titles[entity.ref]
    label = graph.schema.types[entity.type].label.lower()
    what = f"{fact.field} of {title}" if fact.field else f"a {label} in {title}" if entity.owner else f"{label} {title}"
    at = Location(entity.path, fact.line, fact.column)
    if sources:
        return Finding(at, "one-source", f"{what} rests on {sources[0]} alone.", sources)
    return Finding(at, "no-source", f"{what} has no source.")


def _source(source: Entity) -> Iterator[Finding]:
    urls = source.statements.get("url", ())
    at = Location(source.path, urls[0].line if urls else source.line, urls[0].column if urls else 1)
    address = urlsplit(str(urls[0].value)) if urls else None
    if address is None:
        yield Finding(at, "address", f"{source.id} has no address.")
    elif _NOWHERE.search(address.hostname or ""):
        yield Finding(at, "address", f"{source.id} has the address {address.geturl()}, which nobody can reach.")
    elif address.path in ("", "/") and not address.query:
        yield Finding(at, "address", f"{source.id} names only the site {address.hostname}, not the page.")
    kept = address is not None and (address.hostname or "").endswith(_ARCHIVES)
    if address is not None and not kept and "archived" not in source.statements:
        yield Finding(at, "archive", f"{source.id} has no archived copy.")
