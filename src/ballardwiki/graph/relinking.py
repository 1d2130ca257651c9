"""One change of a graph on its way from table to table (see `delta`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from copy import copy
from functools import cmp_to_key
from typing import Any, TypeVar

from msgspec import Struct

from ballardwiki.amended import Amended
from ballardwiki.content.markup.wikilinks import SIGNS
from ballardwiki.graph import links, tables
from ballardwiki.graph.graph import Graph
from ballardwiki.graph.steering import Steering
from ballardwiki.graph.tables import Incoming
from ballardwiki.model import Entity, Ref, ref_type
from ballardwiki.slugs import fold

Changes = Mapping[Ref, tuple[Entity, Entity]]
"""The records that changed: as they were, and as they are."""
_LAZY = ("_by_type", "loose", "wanted", "coverage")
"""What a graph works out when it is asked, from the records that changed among others."""
_SHARED = ("aliases", "citing", "shared", "years")
"""What it works out once, and a graph after a change takes over."""
Row = TypeVar("Row")


class Delta(Struct, frozen=True):
    """A graph after a change.

    relinked: the records that changed, and those whose texts lead elsewhere since names did. mentioned: the records to
    which texts lead otherwise than before. names: the folded names that may mean others. touched: what else has rows
    that may be others: records, tags, types. renamed: whether any record is called otherwise, if only in another
    spelling.
    """

    graph: Graph
    relinked: Changes
    mentioned: frozenset[Ref] = frozenset()
    names: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    renamed: bool = False


class Linking:
    """One change of a graph on its way from table to table."""

    def __init__(
        self, before: Graph, changes: Changes, fields: Mapping[Ref, set[str]], steers: Mapping[str, Steering]
    ) -> None:
        self._before = before
        self._changes = changes
        self._fields = fields
        self._steers = steers
        self._touched: set[str] = set()
        self._kinds = {name: place for place, name in enumerate(before.schema.types)}
        for name in _SHARED:
            getattr(before, name)
        self._after = after = copy(before)
        for name in _LAZY:
            after.__dict__.pop(name, None)
        after.entities = Amended(before.entities, {ref: new for ref, (_, new) in changes.items()})

    def done(self, whole: Delta | None) -> Delta | None:
        """The graph with all its tables; None where more follows."""
        before, after = self._before, self._after
        names = self._named()
        if names is None or not self._tagged():
            return None
        names |= whole.names if whole else frozenset()
        if any("/" in name or not SIGNS.isdisjoint(name) for name in names):
            return None
        if names:
            after.naming = before.naming.renamed(after, whole.graph.naming if whole else None)
        self._list()
        self._invert()
        self._cite()
        self._cover()
        texts = {ref: (before.entities[ref], after.entities[ref]) for ref in sorted(self._sources(names))}
        relinked = {**texts, **self._changes}
        after.links, mentioned = links.relinked(before, after, relinked)
        renamed = bool(names) or any(self._steered("names"))
        return Delta(after, relinked, frozenset(mentioned), frozenset(names), self._rows(), renamed)

    def _rows(self) -> frozenset[str]:
        """What is touched: nothing, where no record says anything else in its fields than before."""
        said = any(self._fields.values()) or any(old.qualified != new.qualified for old, new in self._changes.values())
        return frozenset({*self._touched, *self._changes, ""}) if said else frozenset()

    def _steered(self, by: str) -> Iterator[Ref]:
        """The records of which a field changed that steers something."""
        return (ref for ref, fields in self._fields.items() if fields & getattr(self._steers[ref_type(ref)], by))

    def _named(self) -> set[str] | None:
        """Exchange titles and names. The folded names that may mean others; None where one has several bearers."""
        before, after = self._before, self._after
        refs = [*self._steered("names")]
        if not refs:
            return set()
        titles, aliases, bearers = Amended(before.titles), Amended(before.aliases), Amended(before.names)
        after.titles, after.aliases, after.names = titles, aliases, bearers
        found: set[str] = set()
        for ref in refs:
            titles[ref] = after.title_of(after.entities[ref])
            _put(aliases, ref, [str(each.value) for each in after.entities[ref].statements.get("aliases", ())])
        for ref in refs:
            if ref not in after.urls:
                continue
            was, now = ({*tables.names_of(graph, ref)} for graph in (before, after))
            for name in was ^ now:
                row = {*bearers.get(name, ())} ^ {ref}
                _put(bearers, name, tuple(sorted(row, key=self._rank)))
            found |= was ^ now
            if before.titles[ref] != titles[ref]:
                found |= {fold(before.titles[ref]), fold(titles[ref])} & (was | now)
        if any(len(rows.get(name, ())) > 1 for name in found for rows in (before.names, bearers)):
            return None
        self._touched.update(ref for name in found for ref in (*before.names.get(name, ()), *bearers.get(name, ())))
        return found

    def _rank(self, ref: Ref) -> tuple[int, Ref]:
        """Where a page stands among all."""
        return self._kinds[ref_type(ref)], ref

    def _sources(self, names: Collection[str]) -> set[Ref]:
        """The records whose texts use one of these names."""
        before, links_ = self._before, self._before.links
        found: set[Ref] = set()
        for name in names:
            found.update(links_.asking.get(name, ()))
            for ref in (*before.names.get(name, ()), *before.naming.ids.get(name.replace(" ", "_"), ())):
                if any(fold(each) == name for each in links_.called.get(ref, ())):
                    found |= {
                        ref,
                        *links_.backlinks.get(ref, ()),
                        *(each.source for each in links_.veiled.get(ref, ())),
                    }
        return found

    def _list(self) -> None:
        """Exchange places in lists, and in those of years."""
        before, after = self._before, self._after
        lists, years = Amended(before.lists), Amended(before.years)
        for ref in [*self._steered("order")]:
            kind = ref_type(ref)
            lists[kind] = self._placed(lists[kind], ref)
            for year, row in years.get(kind, {}).items():
                if ref in row:
                    years[kind] = {**years[kind], year: self._placed(row, ref)}
            self._touched.add(kind)
        if lists.changes:
            after.lists, after.years = lists, years
            after.forget_places(lists.changes)

    def _placed(self, row: tuple[Ref, ...], ref: Ref) -> tuple[Ref, ...]:
        """A list in the order of its type, in which one record may stand elsewhere now."""
        at = row.index(ref)
        rest = (*row[:at], *row[at + 1 :])
        key = cmp_to_key(tables.precedence(self._after, ref_type(ref)))
        place = bisect_left(rest, key(ref), key=key)
        return (*rest[:place], ref, *rest[place:])

    def _tagged(self) -> bool:
        """Exchange the members of tags. Whether all tags are still there, and no others."""
        before, after = self._before, self._after
        rows = Amended(before.tags)
        for ref in [*self._fields]:
            old, new = self._changes[ref]
            if ref not in after.urls or old.statements.get("tags") == new.statements.get("tags"):
                continue
            was, now = ([fold(str(each.value)) for each in one.statements.get("tags", ())] for one in (old, new))
            for key in {*was, *now}:
                if key not in rows:
                    return False
                others = [each for each in rows[key][1] if each != ref]
                refs = sorted([*others, *[ref] * now.count(key)], key=self._rank)
                if not refs:
                    return False
                first = after.entities[refs[0]].statements["tags"]
                rows[key] = next(str(each.value) for each in first if fold(str(each.value)) == key), refs
                self._touched.add(key)
        if rows.changes:
            after.tags = rows
        return True

    def _invert(self) -> None:
        """Exchange the pointers of the records that changed."""
        before, after = self._before, self._after
        rows: MutableMapping[Ref, dict[str, list[Incoming]]] = Amended(before.inverses)
        for ref, (old, new) in self._changes.items():
            ways = [each for each in before.kind(ref).fields.values() if each.inverse]
            for way in {each.inverse: None for each in ways}:
                fields = [each.name for each in ways if each.inverse == way]
                was, now = ([each for name in fields for each in one.statements.get(name, ())] for one in (old, new))
                for target in {before.present(str(each.value)) for each in (*was, *now)} if was != now else ():
                    own = [Incoming(ref, each) for each in now if before.present(str(each.value)) == target]
                    row = {**rows.get(target, {})}
                    _put(row, way, _merged(row.get(way, []), ref, own, self._rank))
                    _put(rows, target, row)
                    self._touched.add(target)
        after.inverses = rows

    def _cite(self) -> None:
        """Exchange what news is cited by."""
        before, after = self._before, self._after
        rows = Amended(before.citing)
        for old, new in self._changes.values():
            was, now = ({*tables.cited(before, each)} for each in (old, new))
            for source in {source for source, _ in was ^ now}:
                gone, come = ({(old.ref, name) for each, name in one if each == source} for one in (was, now))
                _put(rows, source, sorted({*rows.get(source, ())} - gone | come))
                self._touched.add(source)
        if rows.changes:
            after.citing = rows

    def _cover(self) -> None:
        """Touch the places that a credit is or was for."""
        for ref, fields in self._fields.items():
            if fields:
                for graph in (self._before, self._after):
                    self._touched.update(graph.coverage.reach(ref))


def _merged(row: list[Incoming], ref: Ref, own: list[Incoming], rank: Callable[[Ref], object]) -> list[Incoming]:
    """The pointers at a record with other ones from one of them; those that claims make come last."""
    others = [each for each in row if not each.claim and each.source != ref]
    said = sorted([*others, *own], key=lambda each: rank(each.source))  # type: ignore[arg-type,return-value]
    return [*said, *(each for each in row if each.claim)]


def _put(rows: MutableMapping[Any, Row], key: Any, row: Row) -> None:
    """Set a row, or take it away where there is nothing in it."""
    if row:
        rows[key] = row
    else:
        rows.pop(key, None)
