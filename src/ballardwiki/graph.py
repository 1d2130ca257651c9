"""link(): all documents -> one `Graph`, in which every reference has met its target.

Linking is serial and always whole. It is cheap, and so nothing has to be invalidated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath

from ballardwiki import claims
from ballardwiki.model import Entity, Mention, Qualifiers, Ref, Statement, Value, ref_id, ref_type
from ballardwiki.schema import EntityType, Field, Schema, fill
from ballardwiki.slugs import fold
from ballardwiki.values import split_designator

Moment = tuple[str, int, int]
"""A point in a story: series id, season, episode."""

SEASON_END = 1_000_000
"""The episode number of a moment that means a whole season."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A pointer as its target sees it: who points, and with which statement. `claim`: where another record says so."""

    source: Ref
    statement: Statement
    claim: claims.Claim | None = None


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


class Graph:
    """All facts, lists and names of a site.

    entities: by address, in the order of addresses. titles: of every entity. urls: of those with a page (`/people/x/`).
    lists: type -> addresses in the type's order. names: folded name -> the addresses that bear it.
    inverses: target -> inverse name -> who points. backlinks: target -> texts that plainly mention it;
    veiled: the same for mentions that are not plain (see `Entity`). called: target -> as what texts mention it.
    former: old address -> present one. loose: mentions that found no single target. paths: .md file -> its entity.
    tags: folded tag -> (the tag as first written, addresses). claims: target -> field -> what articles say of it.
    """

    def __init__(self, entities: Iterable[Entity], schema: Schema) -> None:
        self.schema = schema
        self.entities: dict[Ref, Entity] = {}
        self.duplicates: list[tuple[Entity, Entity]] = []
        for entity in sorted(entities, key=lambda each: (each.type, each.id, each.path, each.line)):
            first = self.entities.setdefault(entity.ref, entity)
            if first is not entity:
                self.duplicates.append((first, entity))
        self.former = self._former()
        self.claims = claims.gather(self._of_type(claims.TYPE), self.entities, schema, self.present)
        self.titles = self._titles()
        self.urls = self._urls()
        self.lists = self._lists()
        self.names = self._names()
        self.inverses = self._inverses()
        self.tags = self._tags()
        self._targets: dict[str, Ref | tuple[Ref, ...]] = {}
        self.backlinks: dict[Ref, list[Ref]] = {}
        self.veiled: dict[Ref, list[Backlink]] = {}
        self.called: dict[Ref, list[str]] = {}
        self.loose: list[Loose] = []
        self._mentions()
        self._moments: dict[tuple[str, str], Moment | None] = {}

    # What an entity says

    def statement(self, ref: str, field: str) -> Statement | None:
        """The first statement of a field, or None; one that an article claims where the record says nothing."""
        entity = self.entities.get(Ref(ref))
        found = entity.statements.get(field) if entity else None
        if found or entity is None or not self.claims:
            return found[0] if found else None
        return next(iter(self.statements(ref, field)), None)

    def statements(self, ref: str, field: str) -> tuple[Statement, ...]:
        """All that is said in a field, by the record and by claims about it."""
        entity = self.entities[Ref(ref)]
        claimed = self.claims.get(entity.ref, {}).get(field)
        own = entity.statements.get(field, ())
        return claims.settle(own, claimed, self.kind(ref).fields[field]).statements if claimed else own

    def value(self, ref: str, path: str) -> Value | None:
        """The value at a path such as `season.number`, followed through references; a reference's value is its id."""
        step, _, rest = path.partition(".")
        if step == "id":
            return ref_id(ref)
        if step == "title" and not rest and Ref(ref) in self.entities:
            titles: Mapping[Ref, str] = getattr(self, "titles", {})
            return titles.get(Ref(ref)) or self._title(self.entities[Ref(ref)])
        statement = self.statement(ref, step)
        if statement is None:
            return None
        target = str(statement.value)
        if rest:
            return self.value(target, rest)
        field = self.kind(ref).fields[step]
        return ref_id(target) if field.kind in ("ref", "parent") else statement.value

    def kind(self, ref: str) -> EntityType:
        """The type of an address."""
        return self.schema.types[ref_type(ref)]

    def text(self, ref: str, path: str) -> str | int:
        """A path's value for use in a pattern: "" when there is none."""
        found = self.value(ref, path)
        return "" if found is None else found

    # Building the tables

    def _fill(self, entity: Entity, pattern: str) -> str:
        try:
            return fill(pattern, lambda path: self.text(entity.ref, path))
        except ValueError:  # a number's format for a value that is missing: a rule reports the field
            return ""

    def _title(self, entity: Entity) -> str:
        given = entity.statements.get("title")
        if given:
            return str(given[0].value)
        pattern = self.schema.types[entity.type].title
        return (self._fill(entity, pattern) if pattern else "") or entity.id

    def _titles(self) -> dict[Ref, str]:
        return {ref: self._title(entity) for ref, entity in self.entities.items()}

    def _urls(self) -> dict[Ref, str]:
        urls: dict[Ref, str] = {}
        for name, kind in self.schema.types.items():
            simple = kind.url.split("{id}") if kind.url.count("{") == 1 and "{id}" in kind.url else None
            for entity in self._of_type(name) if kind.url else ():
                url = entity.id.join(simple) if simple else self._fill(entity, kind.url)
                if url and "//" not in url:
                    urls[entity.ref] = url
        return urls

    def _of_type(self, name: str) -> list[Entity]:
        return self._by_type.get(name, [])

    @cached_property
    def _by_type(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            found[entity.type].append(entity)
        return found

    def _lists(self) -> dict[str, tuple[Ref, ...]]:
        lists = {}
        for name, kind in self.schema.types.items():
            refs = [entity.ref for entity in self._of_type(name)]
            for path in reversed(kind.order):
                key = path.removeprefix("-")
                refs.sort(key=lambda ref, key=key: self._sort_key(ref, key), reverse=path.startswith("-"))  # type: ignore[misc]
            lists[name] = tuple(refs)
        return lists

    def _sort_key(self, ref: Ref, path: str) -> tuple[bool, int, str]:
        found = self.titles[ref] if path == "title" else self.value(ref, path)
        if isinstance(found, str):
            return (False, 0, fold(found) if path == "title" else found)
        return (found is None, found or 0, "")

    def _former(self) -> dict[str, Ref]:
        former: dict[str, Ref] = {}
        for entity in self.entities.values():
            for statement in entity.statements.get("was", ()):
                former.setdefault(f"{entity.type}/{statement.value}", entity.ref)
        return former

    def _names(self) -> dict[str, tuple[Ref, ...]]:
        names: dict[str, list[Ref]] = defaultdict(list)
        for ref in self.urls:
            entity = self.entities[ref]
            given = [self.titles[ref]]
            given += (str(statement.value) for statement in entity.statements.get("aliases", ()))
            given += (self._fill(entity, pattern) for pattern in self.schema.types[entity.type].names)
            for name in given:
                bearers = names[fold(name)]
                if ref not in bearers:
                    bearers.append(ref)
        names.pop("", None)
        return {name: tuple(refs) for name, refs in names.items()}

    def _inverses(self) -> dict[Ref, dict[str, list[Incoming]]]:
        found: dict[Ref, dict[str, list[Incoming]]] = {}
        for name, kind in self.schema.types.items():
            ways = [field for field in kind.fields.values() if field.inverse]
            for entity in self._of_type(name) if ways else ():
                for field in ways:
                    for statement in entity.statements.get(field.name, ()):
                        target = found.setdefault(self.present(str(statement.value)), {})
                        target.setdefault(field.inverse, []).append(Incoming(entity.ref, statement))
        for claim in (each for fields in self.claims.values() for row in fields.values() for each in row):
            field = self.kind(claim.target).fields[claim.field]
            if field.inverse:
                target = found.setdefault(self.present(str(claim.statement.value)), {})
                target.setdefault(field.inverse, []).append(Incoming(claim.target, claim.statement, claim))
        return found

    def _tags(self) -> dict[str, tuple[str, list[Ref]]]:
        tags: dict[str, tuple[str, list[Ref]]] = {}
        keys: dict[str, str] = {}
        for ref in self.urls:
            for statement in self.entities[ref].statements.get("tags", ()):
                tag = str(statement.value)
                known = keys.get(tag) or keys.setdefault(tag, fold(tag))
                tags.setdefault(known, (tag, []))[1].append(ref)
        return tags

    def _mentions(self) -> None:
        """Sources are gathered by name first, so that each name is looked up once however many texts use it."""
        by_name: dict[str, list[Ref]] = defaultdict(list)
        for ref, entity in self.entities.items():
            for name in entity.targets:
                by_name[name].append(ref)
        shared: set[Ref] = set()
        for name, sources in by_name.items():
            target = self.find(name)
            if not isinstance(target, str):
                self.loose += (self._loose(source, name, target) for source in sources)
                continue
            self.called.setdefault(target, []).append(name)
            if target in self.backlinks:
                shared.add(target)
                self.backlinks[target] += sources
            else:
                self.backlinks[target] = sources
        for target in shared:
            self.backlinks[target] = sorted(set(self.backlinks[target]))
        for target, sources in self.backlinks.items():
            if target in sources:
                sources.remove(target)
        for ref, entity in self.entities.items():
            for mention in entity.mentions:
                self._mention(ref, mention)

    def _mention(self, ref: Ref, mention: Mention) -> None:
        target = self.meant(mention)
        if isinstance(target, tuple):
            self.loose.append(Loose(ref, mention, target))
        elif target and target != ref:
            self.veiled.setdefault(target, []).append(Backlink(ref, mention.since))
            called = self.called.setdefault(target, [])
            if mention.target not in called:
                called.append(mention.target)

    def _loose(self, source: Ref, name: str, candidates: tuple[Ref, ...]) -> Loose:
        entity = self.entities[source]
        line, column = entity.spot(entity.targets.index(name))
        return Loose(source, Mention(name, line=line, column=column), candidates)

    # Finding

    @cached_property
    def paths(self) -> dict[str, Ref]:
        """The .md files and the entity each holds."""
        return {
            entity.path: ref
            for ref, entity in self.entities.items()
            if entity.path.endswith(".md") and not entity.owner
        }

    def file(self, path: str) -> Ref | tuple[Ref, ...]:
        """The entity of a content file, or () when the path names none."""
        return self.paths.get(normpath(path), ())

    @cached_property
    def wanted(self) -> dict[str, tuple[Loose, ...]]:
        """The links to names that nobody bears, by folded name; one of each text."""
        found: dict[str, dict[Ref, Loose]] = {}
        for each in self.loose:
            if not each.candidates and not each.mention.path:
                links = found.setdefault(fold(each.mention.target), {})
                known = links.get(each.source)
                if known is None or (known.mention.since and not each.mention.since):
                    links[each.source] = each
        return {name: tuple(links.values()) for name, links in found.items()}

    @cached_property
    def addresses(self) -> dict[str, Ref]:
        """The entities by the addresses of their pages."""
        return {url: ref for ref, url in self.urls.items()}

    @cached_property
    def shared(self) -> dict[Ref, list[str]]:
        """For each entity its folded names that others bear, too."""
        found: dict[Ref, list[str]] = {}
        for name, refs in self.names.items():
            for ref in refs if len(refs) > 1 else ():
                found.setdefault(ref, []).append(name)
        return found

    @cached_property
    def ids(self) -> dict[str, tuple[Ref, ...]]:
        """The entities with a page by their ids alone; former ids where nobody has them now."""
        found: dict[str, tuple[Ref, ...]] = {}
        for ref in self.urls:
            found[ref_id(ref)] = (*found.get(ref_id(ref), ()), ref)
        now = frozenset(found)
        for old, ref in self.former.items():
            id_ = ref_id(old)
            if ref in self.urls and id_ not in now and ref not in found.get(id_, ()):
                found[id_] = (*found.get(id_, ()), ref)
        return found

    def meant(self, mention: Mention) -> Ref | tuple[Ref, ...] | None:
        """The entity that a mention points at; all candidates, () for none; None for what is no entity's page."""
        if not mention.path:
            return self.find(mention.target) if mention.target else None
        if not mention.target or mention.target.startswith("/"):
            return self.addresses.get(mention.target)
        return self.file(mention.target)

    def find(self, target: str) -> Ref | tuple[Ref, ...]:
        """The entity with a page that a name, address or id means; otherwise all candidates, () when there is none."""
        found = self._targets.get(target)
        if found is None:
            found = self._targets[target] = self._find(target)
        return found

    def _find(self, target: str, *, ids: bool = True) -> Ref | tuple[Ref, ...]:
        bearers = self.names.get(fold(target), ())
        if len(bearers) == 1:
            return bearers[0]
        address = Ref(target.strip().replace(" ", "-").lower()) if "/" in target else Ref("")
        address = address if address in self.urls else self.former.get(address, Ref(""))
        if address in self.urls:
            return address
        found = bearers or (self.ids.get(target.strip(), ()) if ids else ())
        return found[0] if len(found) == 1 else found

    def present(self, ref: str) -> Ref:
        """An address, or the present one of an entity that had it before."""
        return Ref(ref) if Ref(ref) in self.entities else self.former.get(ref, Ref(ref))

    def source(self, id_: str) -> Ref | None:
        """What a `source` qualifier names: a source record, or an article of this site."""
        if "/" in id_:
            return Ref(id_) if Ref(id_) in self.entities else None
        for kind in ("source", *(name for name, each in self.schema.types.items() if each.dated)):
            ref = Ref(f"{kind}/{id_}")
            if ref in self.entities:
                return ref
            if ref in self.former:
                return self.former[ref]
        return None

    @cached_property
    def citing(self) -> dict[Ref, list[tuple[Ref, str]]]:
        """News of this site that serves as a source -> the records and fields that cite it; "" for all of a record."""
        dated = [name for name, kind in self.schema.types.items() if kind.dated]
        ids = {name for type_ in dated for ref in self.lists[type_] for name in (ref, ref_id(ref))}
        ids |= {ref_id(old) for old, ref in self.former.items() if ref_type(ref) in dated}
        found: dict[Ref, set[tuple[Ref, str]]] = defaultdict(set)
        for entity in self.entities.values() if ids else ():
            for name, qualified in self._qualified(entity):
                for id_ in ids.intersection(qualified.sources):
                    if source := self.source(id_):
                        found[source].add((entity.ref, name))
        return {source: sorted(row) for source, row in found.items()}

    def _qualified(self, entity: Entity) -> Iterator[tuple[str, Qualifiers]]:
        """All qualifiers with sources in a record: the field's name, "" for those of the record as a whole."""
        if entity.qualified and entity.qualified.sources:
            yield "", entity.qualified
        for name, row in entity.statements.items():
            for statement in row:
                qualified = statement.qualified
                if qualified is not None and qualified.sources:
                    yield name, qualified

    # Story time

    def timeline(self, ref: str) -> str:
        """The id of the series in whose episodes an entity counts, or ""."""
        entity = self.entities.get(Ref(ref))
        if entity is None:
            return ""
        if entity.owner:
            return self.timeline(entity.owner)
        path = self.schema.types[entity.type].timeline
        return str(self.text(ref, path)) if path else ""

    @cached_property
    def timelines(self) -> tuple[str, ...]:
        """The ids of all series that episodes count in."""
        kinds = [name for name, kind in self.schema.types.items() if kind.timeline == "id"]
        return tuple(ref_id(ref) for name in kinds for ref in self.lists.get(name, ()))

    def moment(self, designator: str, series: str) -> Moment | None:
        """The point in a story that a designator means, in a text that belongs to `series` ("" for none).

        None when it names no series of this site. A season alone means its end.
        """
        key = (designator, series)
        if key not in self._moments:
            self._moments[key] = self._moment(designator, series)
        return self._moments[key]

    def _moment(self, designator: str, series: str) -> Moment | None:
        try:
            name, season, episode = split_designator(designator)
        except ValueError:
            return None
        if name and name not in self.timelines:
            found = self._find(name, ids=False)
            name = ref_id(found) if isinstance(found, str) else name
        name = name or series
        return (name, season, SEASON_END if episode is None else episode) if name in self.timelines else None

    @cached_property
    def episodes(self) -> dict[str, dict[tuple[int, int], Ref]]:
        """Series id -> (season, episode) -> the entity at that point, for types that declare a position."""
        found: dict[str, dict[tuple[int, int], Ref]] = defaultdict(dict)
        for name, kind in self.schema.types.items():
            if len(kind.position) == 2:  # season and episode
                for ref in self.lists[name]:
                    point = tuple(self.value(ref, path) for path in kind.position)
                    if all(isinstance(number, int) for number in point):
                        found[self.timeline(ref)].setdefault(point, ref)  # type: ignore[arg-type]
        return found

    def field(self, ref: str, name: str) -> Field | None:
        """The declaration of an entity's field."""
        return self.kind(ref).fields.get(name)


def link(entities: Iterable[Entity], schema: Schema) -> Graph:
    """All entities of a site, linked. Of two with one address the first (by path) counts; `duplicates` has both."""
    return Graph(entities, schema)


def relative_path(path: str, target: str) -> str:
    """A link's target from the file that holds it, as a path from the project's root."""
    return normpath(join(dirname(path), target))
