"""The graph: what each entity says, and what names, addresses and ids mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from ballardwiki.content.markup.headings import Headings
from ballardwiki.graph import claims, tables
from ballardwiki.graph.coverage import Coverage
from ballardwiki.graph.files import Files
from ballardwiki.graph.links import Backlink, Crosslinks, Loose, crosslinks
from ballardwiki.graph.naming import Link, Naming
from ballardwiki.graph.patterns import filled, runs
from ballardwiki.graph.settling import Settled, settle
from ballardwiki.graph.timeline import Story
from ballardwiki.model import Entity, Mention, Ref, Statement, Value, ref_id, ref_type
from ballardwiki.schema import EntityType, Field, Schema
from ballardwiki.similarity import Choices
from ballardwiki.web_addresses import decoded


class Graph:
    """All facts, lists and names of a site.

    entities: by address, in the order of addresses. titles: of every entity. urls: of those with a page (`/people/x/`).
    lists: type -> addresses in the type's order. names: folded name -> the addresses that bear it.
    inverses: target -> inverse name -> who points. links: what the links of all texts lead to.
    former: old address -> present one. paths: .md file -> its entity.
    tags: folded tag -> (the tag as first written, addresses). claims: target -> field -> what articles say of it.
    story: the series and the moments in them. whole: the graph that this one is a part of; names mean here what they
    mean there, or nothing.
    """

    schema: Schema
    entities: Mapping[Ref, Entity]
    duplicates: list[tuple[Entity, Entity]]
    former: Mapping[str, Ref]
    claims: Mapping[Ref, Mapping[str, Sequence[claims.Claim]]]
    titles: Mapping[Ref, str]
    urls: Mapping[Ref, str]
    lists: Mapping[str, tuple[Ref, ...]]
    names: Mapping[str, tuple[Ref, ...]]
    inverses: Mapping[Ref, dict[str, list[tables.Incoming]]]
    tags: Mapping[str, tuple[str, list[Ref]]]
    story: Story
    naming: Naming
    links: Crosslinks

    def __init__(self, entities: Iterable[Entity], schema: Schema, whole: Graph | None = None) -> None:
        self.schema = schema
        self.entities, self.duplicates = _apart(entities)
        self.former = tables.former(self)
        self.claims = claims.gather(self.of_type(claims.TYPE), self.entities, schema, self.present)
        self._headings: dict[Ref, Headings] = {}
        self._likely: dict[str, Choices] = {}
        self._places: dict[str, dict[Ref, int]] = {}
        self._settled: dict[tuple[Ref, str], Settled] = {}
        self.titles = {}
        self.titles = {ref: self.title_of(entity) for ref, entity in self.entities.items()}
        self.urls = tables.urls(self)
        self.lists = tables.lists(self)
        self.names = tables.names(self)
        self.inverses = tables.inverses(self)
        self.tags = tables.tags(self)
        self.story = Story(self)
        self.naming = Naming(self, whole.naming if whole else None)
        self.links = crosslinks(self)

    # What texts lead to

    @property
    def backlinks(self) -> Mapping[Ref, Sequence[Ref]]:
        """Target -> the texts that plainly mention it."""
        return self.links.backlinks

    @property
    def veiled(self) -> Mapping[Ref, Sequence[Backlink]]:
        """Target -> the mentions of it that are not plain (see `Entity`)."""
        return self.links.veiled

    @property
    def called(self) -> Mapping[Ref, Collection[str]]:
        """Target -> as what texts mention it."""
        return self.links.called

    @cached_property
    def loose(self) -> tuple[Loose, ...]:
        """The mentions that found no single target, text by text."""
        return tuple(each for _, row in sorted(self.links.loose.items()) for each in row)

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
        return self.settled(entity.ref, field).statements if claimed else own

    def settled(self, ref: Ref, field: str) -> Settled:
        """What a field says with the claims about it, and what became of each claim; the same for all who ask."""
        key = ref, field
        found = self._settled.get(key)
        if found is None:
            own, claimed = self.entities[ref].statements.get(field, ()), self.claims.get(ref, {}).get(field, ())
            found = self._settled[key] = settle(own, claimed, self.kind(ref).fields[field])
        return found

    def value(self, ref: str, path: str) -> Value | None:
        """The value at a path such as `season.number`, followed through references; a reference's value is its id."""
        step, _, rest = path.partition(".")
        if step == "id":
            return ref_id(ref)
        if step == "title" and not rest and Ref(ref) in self.entities:
            return self.titles.get(Ref(ref)) or self.title_of(self.entities[Ref(ref)])
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

    def title_of(self, entity: Entity) -> str:
        """What an entity is called: its title, else what its type's pattern makes of its fields, else its id."""
        given = entity.statements.get("title")
        if given:
            return str(given[0].value)
        kind = self.schema.types[entity.type]
        special = kind.specials
        apart = special.title if special and self.value(entity.ref, special.field) == special.value else ""
        pattern = apart or kind.title
        if not pattern:
            return entity.id
        return filled(self, entity.ref, pattern, partly=True, given=runs(self, entity.ref, pattern)) or entity.id

    # Finding

    def of_type(self, name: str) -> list[Entity]:
        """The entities of a type, in the order of addresses."""
        return self._by_type.get(name, [])

    @cached_property
    def _by_type(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            found[entity.type].append(entity)
        return found

    def place(self, ref: Ref) -> int:
        """The place of an entity in the list of its type."""
        kind = ref_type(ref)
        found = self._places.get(kind)
        if found is None:
            found = self._places[kind] = {each: place for place, each in enumerate(self.lists[kind])}
        return found[ref]

    def forget_places(self, kinds: Collection[str]) -> None:
        """Look up places anew in the lists of some types, which are others than those of the graph it was made from."""
        self._places = {kind: places for kind, places in self._places.items() if kind not in kinds}

    @cached_property
    def news(self) -> tuple[Ref, ...]:
        """The dated entities with a page, the newest first."""
        return tables.news(self)

    @cached_property
    def coverage(self) -> Coverage:
        """What credits are for."""
        return Coverage(self)

    @cached_property
    def years(self) -> Mapping[str, dict[str, tuple[Ref, ...]]]:
        """The news of each type by its year, the latest year first, in the order of the type."""
        return tables.years(self)

    @cached_property
    def files(self) -> Files:
        """What the paths of content files and folders mean."""
        return Files(self)

    @property
    def paths(self) -> Mapping[str, Ref]:
        """The .md files and the entity each holds."""
        return self.files.paths

    def file(self, path: str) -> Ref | tuple[Ref, ...]:
        """The entity that a path in content/ means, or () when it means none."""
        return self.files.file(path)

    @cached_property
    def wanted(self) -> dict[str, tuple[Loose, ...]]:
        """The links to names that nobody bears, by folded name; one of each text."""
        return tables.wanted(self)

    @cached_property
    def addresses(self) -> Mapping[str, Ref]:
        """The entities by the addresses of their pages, in which nothing is percent-encoded."""
        return {decoded(url): ref for ref, url in self.urls.items()}

    def headings(self, ref: Ref) -> Headings:
        """The headings of an entity's text, for finding those that links name."""
        rows = self.entities[ref].headings
        found = self._headings.get(ref)
        if found is None or found.rows is not rows:
            found = self._headings[ref] = Headings(rows)
        return found

    def likely(self, kind: str) -> Choices:
        """The ids of a type, for finding the one most like a wrong one."""
        found = self._likely.get(kind)
        if found is None:
            found = self._likely[kind] = Choices(map(ref_id, self.lists.get(kind, ())))
        return found

    @cached_property
    def aliases(self) -> Mapping[Ref, Sequence[str]]:
        """What entities are called besides their titles, as it is written."""
        rows = ((ref, each.statements.get("aliases", ())) for ref, each in self.entities.items())
        return {ref: [str(each.value) for each in row] for ref, row in rows if row}

    @cached_property
    def shared(self) -> Mapping[Ref, list[str]]:
        """For each entity its folded names that others bear, too."""
        return tables.shared(self)

    def meant(self, mention: Mention) -> Ref | tuple[Ref, ...] | None:
        """The entity that a mention points at; all candidates, () for none; None for what is no entity's page."""
        mention = self.said(mention)
        if not mention.path:
            return self.find(mention.target) if mention.target else None
        if not mention.target or mention.target.startswith("/"):
            return self.addresses.get(mention.target)
        found = self.file(mention.target)
        return found if found or not self.files.listed(mention.target) else None

    def said(self, link: Link) -> Link:
        """A link as its editor meant it: where a name with signs is somebody's, it is that name."""
        return self.naming.said(link)

    def find(self, target: str) -> Ref | tuple[Ref, ...]:
        """The entity with a page that a name, address or id means; otherwise all candidates, () when there is none."""
        return self.naming.find(target)

    def named(self, target: str) -> Ref | tuple[Ref, ...]:
        """As `find`, but an id alone does not do."""
        return self.naming.named(target)

    def present(self, ref: str) -> Ref:
        """An address, or the present one of an entity that had it before."""
        return Ref(ref) if Ref(ref) in self.entities else self.former.get(ref, Ref(ref))

    def source(self, id_: str) -> Ref | None:
        """What a `source` qualifier names: a source record, or an article of this site."""
        if "/" in id_:
            ref = self.present(id_)
            return ref if ref in self.entities else None
        for kind in ("source", *(name for name, each in self.schema.types.items() if each.dated)):
            ref = Ref(f"{kind}/{id_}")
            if ref in self.entities:
                return ref
            if ref in self.former:
                return self.former[ref]
        return None

    @cached_property
    def citing(self) -> Mapping[Ref, list[tuple[Ref, str]]]:
        """News of this site that serves as a source -> the records and fields that cite it; "" for all of a record."""
        return tables.citing(self)

    def field(self, ref: str, name: str) -> Field | None:
        """The declaration of an entity's field."""
        return self.kind(ref).fields.get(name)


def _apart(entities: Iterable[Entity]) -> tuple[dict[Ref, Entity], list[tuple[Entity, Entity]]]:
    """The entities by their addresses, in order; and the pairs that bear one."""
    found: dict[Ref, Entity] = {}
    pairs = []
    for entity in sorted(entities, key=lambda each: (each.ref, each.path, each.line)):
        first = found.setdefault(entity.ref, entity)
        if first is not entity:
            pairs.append((first, entity))
    return found, pairs
