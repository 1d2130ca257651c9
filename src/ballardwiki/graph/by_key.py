"""A graph whose tables are looked up key by key: what was linked once, for whoever needs little of it.

It is made of what `rows` takes a graph apart into; where that lies is not its affair. Each table is a mapping as in
`Graph`, so whatever a graph is asked it can answer; what has to look at everything still does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from ballardwiki.graph.files import Files
from ballardwiki.graph.graph import Graph
from ballardwiki.graph.links import Crosslinks
from ballardwiki.graph.naming import Naming
from ballardwiki.graph.rows import NEWS, Row, Tables
from ballardwiki.graph.timeline import Story
from ballardwiki.model import Entity, Ref, ref_type
from ballardwiki.schema import Schema

Value = TypeVar("Value")


class Column(Mapping[Any, Value]):
    """One value of each row, without the rows that have none."""

    def __init__(
        self,
        rows: Mapping[Any, Any],
        value: Callable[[Any], Value | None],
        holds: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """`holds`: whether a row is one of the column's, by its key."""
        self._rows = rows
        self._value = value
        self._holds = holds

    def __getitem__(self, key: Any) -> Value:
        found = self._value(self._rows[key]) if self._holds(key) else None
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key; mostly there is none, so that is told without an exception."""
        row = self._rows.get(key) if self._holds(key) else None
        found = None if row is None else self._value(row)
        return default if found is None else found

    def __iter__(self) -> Iterator[Any]:
        return (key for key, row in self._rows.items() if self._holds(key) and self._value(row) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Entities(Mapping[Ref, Entity]):
    """The entities of a graph, of which each is fetched when it is wanted."""

    def __init__(self, rows: Mapping[str, Row], fetch: Callable[[Ref, str], Entity]) -> None:
        self._rows = rows
        self._fetch = fetch
        self._found: dict[Ref, Entity] = {}

    def __getitem__(self, ref: Ref) -> Entity:
        found = self._found.get(ref)
        if found is None:
            row = self._rows[ref]
            found = self._found[ref] = row.less or self._fetch(ref, row.path)
        return found

    def __contains__(self, ref: object) -> bool:
        return ref in self._rows

    def __iter__(self) -> Iterator[Ref]:
        return map(Ref, self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class FilesByKey(Files):
    """What paths mean in such a graph."""

    def __init__(self, graph: Graph, files: Mapping[str, list[Ref]]) -> None:
        super().__init__(graph)
        self._files = files

    @cached_property
    def paths(self) -> Mapping[str, Ref]:
        """The .md files and the entity each holds."""
        return Column(self._files, lambda refs: refs[0], lambda path: path.endswith(".md"))

    @cached_property
    def records(self) -> Mapping[str, list[Ref]]:
        """The YAML files and the entities each holds."""
        return Column(self._files, lambda refs: refs, lambda path: not path.endswith(".md"))


class NamingByKey(Naming):
    """What names mean in such a graph."""

    def __init__(self, graph: Graph, whole: Naming | None, tables: Tables) -> None:
        super().__init__(graph, whole)
        self._tables = tables

    @property
    def signed(self) -> frozenset[str]:
        """The folded names with signs that mean something in a link."""
        return self._tables.signed

    @property
    def ids(self) -> Mapping[str, tuple[Ref, ...]]:
        """The entities with a page by their ids alone."""
        return self._tables.ids


class GraphByKey(Graph):
    """A graph made of its tables. `fetch`: gives an entity, from its address and the path of its file."""

    def __init__(
        self, schema: Schema, tables: Tables, fetch: Callable[[Ref, str], Entity], whole: Graph | None = None
    ) -> None:
        rows = tables.rows
        self.schema = schema
        self._tables = tables
        self._headings, self._likely, self._settled, self._places = {}, {}, {}, {}
        self.duplicates = []
        self.entities = Entities(rows, fetch)
        self.titles = Column(rows, lambda row: row.title)
        self.urls = _Urls(rows, schema)
        self.inverses = Column(rows, lambda row: row.inverses or None)
        self.lists = Column(tables.lists, lambda refs: refs, lambda name: name != NEWS)
        self.names, self.tags = tables.names, tables.tags
        self.claims, self.former = tables.claims, tables.former
        self.links = Crosslinks(
            Column(rows, lambda row: row.backlinks or None),
            Column(rows, lambda row: row.veiled or None),
            Column(rows, lambda row: Counter(row.called) or None),
            Column(rows, lambda row: row.loose or None),
            tables.asking,
        )
        self.story = Story(self)
        self.naming = NamingByKey(self, whole.naming if whole else None, tables)

    def of_type(self, name: str) -> list[Entity]:
        """The entities of a type, in the order of addresses."""
        return [self.entities[ref] for ref in sorted(self.lists.get(name, ()))]

    @cached_property
    def news(self) -> tuple[Ref, ...]:
        """The dated entities with a page, the newest first."""
        return self._tables.lists[NEWS]

    @cached_property
    def years(self) -> Mapping[str, dict[str, tuple[Ref, ...]]]:
        """The news of each type by its year, the latest year first, in the order of the type."""
        return self._tables.years

    @cached_property
    def addresses(self) -> Mapping[str, Ref]:
        """The entities by the addresses of their pages, in which nothing is percent-encoded."""
        return self._tables.addresses

    @cached_property
    def aliases(self) -> Mapping[Ref, Sequence[str]]:
        """What entities are called besides their titles, as it is written."""
        return Column(self._tables.rows, lambda row: row.aliases or None)

    @cached_property
    def shared(self) -> Mapping[Ref, list[str]]:
        """For each entity its folded names that others bear, too."""
        return Column(self._tables.rows, lambda row: row.shared or None)

    @cached_property
    def citing(self) -> Mapping[Ref, list[tuple[Ref, str]]]:
        """News of this site that serves as a source -> the records and fields that cite it."""
        return Column(self._tables.rows, lambda row: row.citing or None)

    @cached_property
    def files(self) -> Files:
        """What the paths of content files and folders mean."""
        return FilesByKey(self, self._tables.files)


class _Urls(Column[str]):
    """The addresses of pages, type by type, as `tables.urls` has them."""

    def __init__(self, rows: Mapping[str, Row], schema: Schema) -> None:
        super().__init__(rows, lambda row: row.url or None)
        self._schema = schema

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._refs)

    @cached_property
    def _refs(self) -> list[Ref]:
        order = {name: place for place, name in enumerate(self._schema.types)}
        return sorted(map(Ref, super().__iter__()), key=lambda ref: (order[ref_type(ref)], ref))
