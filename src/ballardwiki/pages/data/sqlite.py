"""The facts of a site as one SQLite file: plain tables with foreign keys, the same bytes for the same facts.

Entities, their statements and the relations between them have a table each. A type without pages (sources, credits) has
one of its own, with a column for each field, since its records are rows by nature.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from ballardwiki.pages.data import records
from ballardwiki.pages.data.records import DataRecord
from ballardwiki.pages.view import QualifierView, SiteView, StatementView
from ballardwiki.schema import CONFIDENCE, EntityType, Field
from ballardwiki.slugs import slug

PAGE_SIZE = 4096
"""Fixed, so that no other build of SQLite makes another file."""
Cell = str | int | bool | None
"""What SQLite can hold of ours."""
_QUALIFIERS = ("confidence", "since", "continuity", "valid_from", "valid_until")
_COLUMNS = "confidence TEXT NOT NULL, since TEXT, continuity TEXT, valid_from TEXT, valid_until TEXT"
_TABLES = {
    "metadata": "name TEXT PRIMARY KEY, value TEXT NOT NULL",
    "types": "name TEXT PRIMARY KEY, label TEXT NOT NULL, plural TEXT NOT NULL",
    "fields": "type TEXT NOT NULL REFERENCES types(name), name TEXT NOT NULL, label TEXT NOT NULL, help TEXT NOT NULL, "
    "kind TEXT NOT NULL, many INTEGER NOT NULL, targets TEXT NOT NULL, inverse TEXT NOT NULL, "
    "inverse_label TEXT NOT NULL, PRIMARY KEY (type, name)",
    "entities": "id TEXT PRIMARY KEY, type TEXT NOT NULL REFERENCES types(name), slug TEXT NOT NULL, "
    f"title TEXT NOT NULL, url TEXT, {_COLUMNS}",
    "statements": "id INTEGER PRIMARY KEY, entity TEXT NOT NULL REFERENCES entities(id), field TEXT NOT NULL, "
    f"value NOT NULL, {_COLUMNS}",
    "relations": "id INTEGER PRIMARY KEY, entity TEXT NOT NULL REFERENCES entities(id), field TEXT NOT NULL, "
    f"target TEXT NOT NULL REFERENCES entities(id), {_COLUMNS}",
    "entity_sources": "entity TEXT NOT NULL REFERENCES entities(id), source TEXT NOT NULL REFERENCES entities(id), "
    "PRIMARY KEY (entity, source)",
    "statement_sources": "statement INTEGER NOT NULL REFERENCES statements(id), "
    "source TEXT NOT NULL REFERENCES entities(id), PRIMARY KEY (statement, source)",
    "relation_sources": "relation INTEGER NOT NULL REFERENCES relations(id), "
    "source TEXT NOT NULL REFERENCES entities(id), PRIMARY KEY (relation, source)",
}
_INDEXES = ("entities(type)", "statements(entity)", "statements(field)", "relations(entity)", "relations(target)")
_CITED = ("entity_sources", "statement_sources", "relation_sources")
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


def database(site: SiteView) -> bytes:
    """The file, made in memory. It bears no moment and no version: the same facts give the same bytes."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        connection.execute("BEGIN")
        taken = {*_TABLES, *(f"{name}_sources" for name in site.types)}
        holders = {field.of for kind in site.types.values() if not kind.folder for field in kind.fields.values()}
        own = {name: _Own(kind, taken, nested=name in holders) for name, kind in site.types.items() if not kind.url}
        for name, columns in [*_TABLES.items(), *(each for table in own.values() for each in table.tables())]:
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
        filling = _Filling(connection, site)
        filling.declarations()
        kinds = site.types.values()
        for kind in (each for each in kinds if each.folder):
            filling.entities(kind, own.get(kind.name))
        for kind in (each for each in kinds if not each.folder):
            filling.inside(own[kind.name])
        for place in (
            *_INDEXES,
            *(f"{table}(source)" for table in _CITED),
            *(i for each in own.values() for i in each.indexes()),
        ):
            table, _, column = place.rstrip(")").partition("(")
            connection.execute(f'CREATE INDEX "{table}_{column.strip(chr(34))}" ON "{table}" ({column})')
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


class _Own:
    """The table of a type without pages: what it is called, and which column holds which field."""

    def __init__(self, kind: EntityType, tables: set[str], *, nested: bool) -> None:
        """`tables`: the names that are taken. `nested`: some records may stand in others that are no entities."""
        self.kind = kind
        self.nested = nested
        self.table = _name(kind.plural, tables)
        taken = {"id", "title", "within", "number", *_QUALIFIERS}
        single = [each for each in records.fields(kind) if not (kind.folder and (each.many or each.name == "title"))]
        self.columns = {field.name: _name(field.name, taken) for field in single}
        self.fields = single
        self.targets = {field.name for field in single if field.kind == "ref" and not field.many}
        """The fields that point at one entity."""

    def tables(self) -> Iterator[tuple[str, str]]:
        columns = [f'"{self.columns[field.name]}" {self._type(field)}' for field in self.fields]
        if self.kind.folder:
            yield (
                self.table,
                ", ".join(["id TEXT PRIMARY KEY REFERENCES entities(id)", "title TEXT NOT NULL", *columns]),
            )
            return
        around = "" if self.nested else " REFERENCES entities(id)"
        head = ["id TEXT PRIMARY KEY", f"within TEXT NOT NULL{around}", "number INTEGER NOT NULL"]
        yield self.table, ", ".join([*head, *columns, _COLUMNS])
        link = f'"{self.kind.name}" TEXT NOT NULL REFERENCES "{self.table}"(id)'
        source = "source TEXT NOT NULL REFERENCES entities(id)"
        yield f"{self.kind.name}_sources", f'{link}, {source}, PRIMARY KEY ("{self.kind.name}", source)'

    def _type(self, field: Field) -> str:
        if field.name in self.targets:
            return "TEXT REFERENCES entities(id)"
        return "TEXT" if field.many else _TYPES.get(field.kind, "TEXT")

    def indexes(self) -> Iterator[str]:
        if not self.kind.folder:
            yield f"{self.table}(within)"
            yield from (f'{self.table}("{self.columns[name]}")' for name in sorted(self.targets))


class _Filling:
    """Puts the rows into the tables, in the order of the types and their records."""

    def __init__(self, connection: sqlite3.Connection, site: SiteView) -> None:
        self._connection = connection
        self._site = site
        self._numbers = {"statements": 0, "relations": 0}

    def _insert(self, table: str, rows: Iterable[tuple[Cell, ...]]) -> None:
        found = list(rows)
        if not found:
            return
        command = f'INSERT OR IGNORE INTO "{table}" VALUES ({", ".join("?" * len(found[0]))})'  # noqa: S608  # a table of ours
        try:
            self._connection.executemany(command, found)
        except UnicodeEncodeError:
            self._connection.executemany(command, [tuple(map(_clean, row)) for row in found])

    def declarations(self) -> None:
        about = records.about(self._site)
        terms = about.pop("license")
        about |= {"license": terms["name"], "license_url": terms["url"]}
        self._insert("metadata", sorted((name, str(each or "")) for name, each in about.items()))
        kinds = self._site.types.values()
        self._insert("types", ((kind.name, kind.label, kind.plural) for kind in kinds))
        self._insert("fields", (_declared(kind, field) for kind in kinds for field in kind.fields.values()))

    def entities(self, kind: EntityType, own: _Own | None) -> None:
        """The entities of a type with all that is said of them."""
        found = list(records.records(self._site, kind))
        self._insert("entities", (self._entity(each) for each in found))
        self._insert("entity_sources", ((each.id, ref) for each in found for ref in _sources(each.view.qualifiers)))
        for table, relate in (("statements", False), ("relations", True)):
            self._said(
                table,
                [(each, field, said) for each, field, said in _facts(found, own) if (field.kind == "ref") == relate],
            )
        if own:
            self._insert(own.table, ((each.id, each.view.title, *_values(each, own)) for each in found))

    def _entity(self, record: DataRecord) -> tuple[Cell, ...]:
        view = record.view
        url = self._site.canonical(view.url) if view.url else None
        return (record.id, view.type, view.id, view.title, url, *_qualified(view.qualifiers))

    def _said(self, table: str, found: list[tuple[DataRecord, Field, tuple[StatementView, ...]]]) -> None:
        rows, cited = [], []
        for number, (record, field, each) in enumerate(
            ((record, field, each) for record, field, said in found for each in said), self._numbers[table] + 1
        ):
            rows.append((number, record.id, field.name, records.value(each), *_qualified(each)))
            cited += [(number, ref) for ref in _sources(each)]
        self._numbers[table] += len(rows)
        self._insert(table, rows)
        self._insert(f"{table.removesuffix('s')}_sources", cited)

    def inside(self, own: _Own) -> None:
        """The records that are written inside others. What qualifies one of their values, qualifies the whole row."""
        found = list(records.records(self._site, own.kind))
        rows = ((each.id, each.within, each.number, *_values(each, own), *_whole(each)) for each in found)
        self._insert(own.table, rows)
        self._insert(f"{own.kind.name}_sources", ((each.id, ref) for each in found for ref in _every_source(each)))


def _facts(found: list[DataRecord], own: _Own | None) -> Iterator[tuple[DataRecord, Field, tuple[StatementView, ...]]]:
    """What is said of entities, but for what has a column of its own."""
    for record in found:
        for field, said in record.facts:
            if own is None or field.name not in own.columns:
                yield record, field, said


def _declared(kind: EntityType, field: Field) -> tuple[Cell, ...]:
    targets = " ".join(field.to or ((field.of,) if field.of else ()))
    return (
        kind.name,
        field.name,
        field.label,
        field.help,
        field.kind,
        field.many,
        targets,
        field.inverse,
        field.inverse_label,
    )


def _values(record: DataRecord, own: _Own) -> list[Cell]:
    said = {field.name: found for field, found in record.facts}
    return [_value(field, said.get(field.name, ())) for field in own.fields]


def _value(field: Field, found: tuple[StatementView, ...]) -> Cell:
    if field.many:
        return ", ".join(str(records.value(each)) for each in found) or None
    return records.value(found[0]) if found else None


def _qualified(stated: QualifierView) -> tuple[Cell, ...]:
    rest = (stated.since, stated.continuity, stated.from_, stated.until)
    return (stated.confidence, *(each or None for each in rest))


def _whole(record: DataRecord) -> tuple[Cell, ...]:
    """A record's qualifiers, with the least firm confidence of it and of what it says."""
    said = [record.view.qualifiers.confidence, *(each.confidence for _, found in record.facts for each in found)]
    return (max(said, key=CONFIDENCE.index), *_qualified(record.view.qualifiers)[1:])


def _sources(stated: QualifierView) -> list[str]:
    return [each.ref for each in stated.sources]


def _every_source(record: DataRecord) -> list[str]:
    return _sources(record.view.qualifiers) + [
        ref for _, found in record.facts for each in found for ref in _sources(each)
    ]


def _clean(value: Cell) -> Cell:
    """Text that UTF-8 can hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) and not value.isascii() else value


def _name(text: str, taken: set[str]) -> str:
    """A name for a table or column that is not taken yet; it is then."""
    name = slug(text).replace("-", "_") or "column"
    while name in taken:
        name += "_"
    taken.add(name)
    return name
