"""What templates see: the facts within a horizon. Every read is written down in the page's trace.

A fact's key is its kind and what it is of, divided by spaces: `field person/maggie-q born`, `list person`,
`name Maggie Q`. `facts.py` knows how to digest each kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from ballardwiki.claims import TYPE as CLAIM, Claim, Settled, settle
from ballardwiki.graph import SEASON_END, Incoming
from ballardwiki.model import Body, Entity, Heading, Part, Qualifiers, Ref, Statement, ref_id
from ballardwiki.origins import Origin, Stated, origin
from ballardwiki.schema import EntityType, Field
from ballardwiki.slugs import fold, name_url
from ballardwiki.world import World

_UNREPORTED = frozenset({"was", "tags", "links", "draft", "publish_at"})
"""Fields that readers see no value of, or see it do its work."""


class UndeclaredError(AttributeError):
    """A template asked an entity for something that its type does not declare."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a reader has come: series id -> `none`, `all`, or an episode such as `s02e10`."""

    seen: dict[str, tuple[int, int]]
    default: tuple[int, int]

    def knows(self, series: str, season: int, episode: int) -> bool:
        """Whether what becomes known in an episode may be shown."""
        return (season, episode) <= self.seen.get(series, self.default)


_NONE, _ALL = (0, 0), (SEASON_END, SEASON_END)


def horizon(world: World) -> Horizon:
    """The safe horizon that the site declares for its public pages."""

    def point(text: str) -> tuple[int, int]:
        moment = world.graph.moment(text, next(iter(world.graph.timelines), ""))
        return {"none": _NONE, "all": _ALL}.get(text) or (moment[1:] if moment else _NONE)

    config = world.config
    return Horizon({series: point(text) for series, text in config.horizon.items()}, point(config.default_horizon))


class SiteView:
    """The graph as one page sees it. `url` is the page's own address from the site's root."""

    def __init__(
        self, world: World, within: Horizon, url: str = "/", *, absolute: bool = False, reads: set[str] | None = None
    ) -> None:
        self._world = world
        self._graph = world.graph
        self._horizon = within
        self._views: dict[str, EntityView] = {}
        """By present address. What a second look at one would read has been read before."""
        self._shown: dict[str, bool] = {}
        config = world.config
        self._index = "index.html" if config.links == "files" and not absolute else ""
        base = config.base_url if absolute else config.base_path
        self._prefix = base if absolute or url.endswith("404.html") else "../" * (url.count("/") - 1)
        self.url = url
        self.reads: set[str] = set() if reads is None else reads
        """The keys of all facts read so far: the page's trace."""
        self.reads |= {"site links", "site base_url", "types"}

    def __getattr__(self, name: str) -> object:
        """A setting of the site, such as `site.title`."""
        if name.startswith("_") or name not in type(self._world.config).__dataclass_fields__:
            message = f"the site has no {name}"
            raise UndeclaredError(message)
        self.reads.add(f"site {name}")
        return getattr(self._world.config, name)

    # Addresses

    def href(self, target: EntityView | str) -> str:
        """The address of an entity's page, or of a path from the site's root, as this page must write it."""
        url = target if isinstance(target, str) else target.url
        if not url.startswith("/"):
            return url
        if url.endswith("/"):
            return (self._prefix + url[1:] + self._index) or "./"
        path, mark, fragment = url.partition("#")
        if mark and path.endswith("/"):
            return f"{self._prefix}{path[1:]}{self._index}#{fragment}"
        return self._prefix + url[1:]

    def canonical(self, url: str) -> str:
        """The absolute address of a path from the site's root."""
        self.reads.add("site base_url")
        return self._world.config.base_url + url[1:]

    def asset(self, path: str) -> str:
        """The address of a file beside the pages, with a mark that changes with its content."""
        self.reads.add(f"asset {path}")
        digest = self._world.assets.get(path, "")
        return f"{self._prefix}{path}" + (f"?v={digest[:8]}" if digest else "")

    def has_asset(self, path: str) -> bool:
        """Whether such a file exists."""
        self.reads.add(f"asset {path}")
        return path in self._world.assets

    # Entities

    def entity(self, ref: str) -> EntityView | None:
        """An entity by its address, if there is one that may be known."""
        view = self._views.get(ref)
        if view is None and (present := self._known_as(ref)):
            view = self._view(present)
        return view

    def _view(self, ref: Ref) -> EntityView:
        view = self._views.get(ref)
        if view is None:
            view = self._views[ref] = EntityView(self, self._graph.entities[ref])
        return view

    def _known_as(self, ref: str) -> Ref | None:
        """The present address of an entity that may be known."""
        present = Ref(ref)
        if present not in self._graph.entities:
            present = self._graph.present(ref)
            self.reads.add(f"former {ref}")
            if present not in self._graph.entities:
                self.reads.add(f"record {present}")
                return None
        return present if self.shown(present) else None

    def entities(self, refs: tuple[Ref, ...] | list[Ref]) -> list[EntityView]:
        """Those of many addresses that may be known, in the same order."""
        return [view for ref in refs if (view := self.entity(ref))]

    def all(self, type_: str) -> list[EntityView]:
        """All entities of a type that may be known, in the type's order."""
        self.reads.add(f"list {type_}")
        return self.entities(self._graph.lists.get(type_, ()))

    def find(self, target: str) -> EntityView | None:
        """The entity that a name or address means, if it is one and may be known."""
        found = self.meant(target)
        return self._view(found) if found else None

    def meant(self, target: str) -> Ref | None:
        """The address of the entity that a name or address means, if it is one and may be known."""
        self.reads.add(f"name {target}")
        found = self._graph.find(target)
        return self._known_as(found) if isinstance(found, str) else None

    def says_address(self, target: str, ref: Ref) -> bool:
        """Whether a link to an entity was written with its address or id, in place of which readers see the title."""
        return "/" in target or target == ref_id(ref)

    def part(self, ref: Ref, fragment: str) -> str:
        """The fragment of a link to a page, "" when it names a heading that may not be known."""
        if fragment:
            self.reads.add(f"headings {ref}")
            headings = self._graph.entities[ref].headings
            found = next((each for each in headings if each.id == fragment), None)
            if found and not all(self.knows(since, ref) for since in found.since):
                return ""
        return fragment

    def at(self, url: str) -> Ref | None:
        """The entity whose page has an address."""
        self.reads.add(f"address {url}")
        return self._graph.addresses.get(url)

    def title_of(self, ref: Ref) -> str:
        """The title of an entity, given or made from the type's pattern."""
        self.reads.add(f"title {ref}")
        return self._graph.titles[ref]

    def url_of(self, ref: Ref) -> str:
        """The address of an entity's page from the site's root, "" for a record without a page."""
        self.reads.add(f"url {ref}")
        return self._graph.urls.get(ref, "")

    def file(self, path: str) -> EntityView | None:
        """The entity that a content file holds."""
        self.reads.add(f"file {path}")
        found = self._graph.file(path)
        return self.entity(found) if isinstance(found, str) else None

    def source(self, id_: str) -> EntityView | None:
        """What a `source` qualifier names."""
        self.reads.add(f"source {id_}")
        found = self._graph.source(id_)
        return self.entity(found) if found else None

    def shown(self, ref: Ref) -> bool:
        """Whether an entity as a whole, and the one it is written in, may be known."""
        known = self._shown.get(ref)
        if known is None:
            entity = self._graph.entities[ref]
            since, owner = entity.qualifiers.since, entity.owner
            self.reads.add(f"record {ref}")
            known = (not since or self.knows(since, ref)) and (not owner or self.shown(Ref(owner)))
            self._shown[ref] = known
        return known

    def knows(self, since: str, ref: str) -> bool:
        """Whether what becomes known at `since`, said by the entity `ref`, may be shown. An unclear moment may not."""
        self.reads.add("story")
        self.reads.add(f"timeline {ref}")
        moment = self._graph.moment(since, self._graph.timeline(ref)) if since else None
        return self._horizon.knows(*moment) if moment else self._horizon.default == _ALL

    def known(self, entity: Entity, statements: tuple[Statement, ...]) -> Iterator[Statement]:
        """The statements of an entity that may be shown."""
        for statement in statements:
            since = statement.qualifiers.since
            if not since or self.knows(since, entity.ref):
                yield statement

    def stated(self, entity: Entity, field: Field) -> Iterable[Statement]:
        """The statements of a field that may be shown: the entity's own, and those that follow from claims."""
        claimed = self._graph.claims.get(entity.ref)
        if claimed and field.name in claimed:
            return self.settled(entity, field, claimed[field.name]).statements
        return self.known(entity, entity.statements.get(field.name, ()))

    def settled(self, entity: Entity, field: Field, claimed: Iterable[Claim]) -> Settled:
        """What a field says with the claims about it that may be shown, and what became of each claim."""
        self.reads |= {f"claims {entity.ref}", f"field {entity.ref} {field.name}"}
        known = [each for each in claimed if self.shown(each.ref)]
        if field.kind == "ref":
            known = [each for each in known if self.entity(str(each.statement.value))]
        return settle(tuple(self.known(entity, entity.statements.get(field.name, ()))), known, field)

    # Lists

    @cached_property
    def types(self) -> dict[str, EntityType]:
        """The entity types by name."""
        return dict(self._graph.schema.types)

    @cached_property
    def tags(self) -> list[TagView]:
        """All tags that lead to something, by name."""
        self.reads.add("tags")
        found = (TagView(self, key) for key in sorted(self._graph.tags))
        return [tag for tag in found if tag.entities]

    def tag(self, name: str) -> TagView:
        """One tag by its folded name."""
        return TagView(self, name)

    @property
    def today(self) -> str:
        """The date of the build (ISO 8601)."""
        self.reads.add("today")
        return self._world.today


class TagView:
    """A tag and what bears it."""

    def __init__(self, site: SiteView, key: str) -> None:
        self.key = key
        self._site = site

    @property
    def name(self) -> str:
        """The tag as it was first written."""
        self._site.reads.add(f"tag {self.key}")
        return self._site._graph.tags[self.key][0]  # noqa: SLF001  # one view in two classes

    @cached_property
    def entities(self) -> list[EntityView]:
        """What bears the tag: news first, newest before older; then the rest by title."""
        self._site.reads.add(f"tag {self.key}")
        found = self._site.entities(self._site._graph.tags.get(self.key, ("", []))[1])  # noqa: SLF001
        found.sort(key=lambda each: each.title.casefold())
        return sorted(found, key=lambda each: each.date_key, reverse=True)


class NameView:
    """A name and all that bear it, as far as they and their bearing it may be known."""

    def __init__(self, site: SiteView, key: str) -> None:
        self.key = key
        self._site = site

    @cached_property
    def entities(self) -> list[EntityView]:
        """What bears the name, in the order of addresses."""
        self._site.reads.add(f"bearers {self.key}")
        bearers = self._site.entities(self._site._graph.names.get(self.key, ()))  # noqa: SLF001  # one view in two classes
        return [each for each in bearers if each.called(self.key)]

    @property
    def name(self) -> str:
        """The name as the first of them writes it."""
        return next((called for each in self.entities if (called := each.called(self.key))), self.key)

    @property
    def url(self) -> str:
        """The address of the page that lists them."""
        return name_url(self.key)


class EntityView:
    """An entity within the horizon: its fields and inverses are attributes.

    A field that takes one value gives a `StatementView` or None; one that takes many, and an inverse, gives a list.
    """

    __slots__ = ("_cache", "_entity", "_site", "id", "ref", "type")

    def __init__(self, site: SiteView, entity: Entity) -> None:
        self._site = site
        self._entity = entity
        self._cache: dict[str, object] = {}
        self.ref = entity.ref
        self.id = entity.id
        self.type = entity.type

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntityView) and other.ref == self.ref

    def __hash__(self) -> int:
        return hash(self.ref)

    def __str__(self) -> str:
        return self.title

    def __html__(self) -> str:
        """The title, linked to the page if there is one that is not this page."""
        title = escape(self.title)
        url = self.url
        if not url:
            return title
        target = 'aria-current="page"' if url == self._site.url else f'href="{escape(self._site.href(url))}"'
        return Markup(f"<a {target}>{title}</a>")  # noqa: S704  # both parts were escaped

    def __getattr__(self, name: str) -> object:
        try:
            return self._cache[name]
        except KeyError:
            pass
        found = self._cache[name] = self._read(name)
        return found

    def _read(self, name: str) -> object:
        kind = self._site._graph.schema.types[self.type]  # noqa: SLF001
        field = kind.fields.get(name)
        inverses = self._site._graph.schema.inverses.get(self.type, {})  # noqa: SLF001
        if field is None and name not in inverses:
            message = f"{kind.label.lower()} has no {name}"
            raise UndeclaredError(message)
        found = self.statements(field) if field else []
        if name in inverses:
            known = {each.value for each in found if field and field.inverse == name}
            found += [each for each in self.incoming(name) if each.value not in known]
            return found
        return found if field and (field.many or field.kind == "records") else (found[0] if found else None)

    def statements(self, field: Field) -> list[StatementView]:
        """What is said of the entity in a field, by its record or by claims, as far as it may be shown."""
        site, entity = self._site, self._entity
        site.reads.add(f"field {self.ref} {field.name}")
        for former in entity.statements.get("was", ()):
            site.reads.add(f"field {self.type}/{former.value} {field.name}")
        found = [StatementView(site, statement, field.kind) for statement in site.stated(entity, field)]
        return [each for each in found if each.value is not None]

    @property
    def reports(self) -> list[ReportView]:
        """What articles claim of this entity and what became of each claim, field by field, the earliest first."""
        site = self._site
        site.reads.add(f"claims {self.ref}")
        found = []
        for name, claimed in site._graph.claims.get(self.ref, {}).items():  # noqa: SLF001
            field = site._graph.schema.types[self.type].fields[name]  # noqa: SLF001
            for report in site.settled(self._entity, field, claimed).reports:
                said = StatementView(site, report.claim.statement, field.kind)
                by = site.entity(report.by.article) if report.by else None
                article = site._view(report.claim.article)  # noqa: SLF001  # it is shown: the claim in it is
                found.append(ReportView(self, field, said, article, report.state, by, report.claim.ref))
        return found

    @property
    def changes(self) -> list[ReportView]:
        """What this article claims of other entities, and what became of each claim."""
        fields = self._site._graph.schema.types[self.type].fields.values()  # noqa: SLF001
        claims = [each.value for field in fields if field.of == CLAIM for each in self.statements(field)]
        about = [each.about.value for each in claims if isinstance(each, EntityView) and each.about]  # type: ignore[attr-defined]
        return [each for target in dict.fromkeys(about) for each in target.reports if each.article == self]

    @property
    def cited_by(self) -> list[tuple[EntityView, list[str]]]:
        """The pages that cite this article, but by its own claims, and the labels of their fields that do."""
        site = self._site
        site.reads.add(f"cited {self.ref}")
        found: dict[EntityView, list[str]] = {}
        for ref, name in site._graph.citing.get(self.ref, ()):  # noqa: SLF001
            view = site.entity(ref)
            if view and (not name or any(self in each.sources for each in view.statements(view.declared.fields[name]))):
                page, label = _place(view, name)
                labels = found.setdefault(page, [])
                labels += [label] if label and label not in labels else []
        return list(found.items())

    def incoming(self, name: str) -> list[StatementView]:
        """Who points here under an inverse name, as far as it may be shown. The values are the pointing entities."""
        site = self._site
        site.reads.add(f"inverse {self.ref} {name}")
        found = []
        pointers: list[Incoming] = site._graph.inverses.get(self.ref, {}).get(name, [])  # noqa: SLF001
        for pointer in pointers:
            source = site.entity(pointer.source)
            since = pointer.statement.qualifiers.since
            if source and (
                _stands(source, pointer.claim) if pointer.claim else not since or site.knows(since, pointer.source)
            ):
                found.append(StatementView(site, pointer.statement, "entity", source))
        return found

    @property
    def declared(self) -> EntityType:
        """The declaration of the entity's type."""
        return self._site.types[self.type]

    @property
    def title(self) -> str:
        """The title, given or made from the type's pattern."""
        return self._site.title_of(self.ref)

    @property
    def url(self) -> str:
        """The page's address from the site's root, "" for a record without a page."""
        return self._site.url_of(self.ref)

    @property
    def owner(self) -> EntityView | None:
        """The entity that this record is written in."""
        return self._site.entity(self._entity.owner) if self._entity.owner else None

    @property
    def qualifiers(self) -> QualifierView:
        """The qualifiers of the record as a whole."""
        self._site.reads.add(f"record {self.ref}")
        return QualifierView(self._site, self._entity.qualifiers)

    @property
    def sources(self) -> list[EntityView]:
        """The sources of the record as a whole, or those its field of that name lists."""
        kind = self._site._graph.schema.types[self.type]  # noqa: SLF001
        own = self.qualifiers.sources
        listed = self.statements(kind.fields["sources"]) if "sources" in kind.fields else []
        return own + [each.value for each in listed if isinstance(each.value, EntityView)]

    @property
    def origin(self) -> Origin:
        """Where the entity is written, its past, and the addresses at which to edit it or report a mistake in it."""
        site, entity = self._site, self._entity
        world = site._world  # noqa: SLF001
        code, past = world.config.code, world.history.get(entity.path)
        site.reads |= {f"record {self.ref}", f"history {entity.path}", "site code"}
        stated: Iterable[Stated] = ()
        if code.host:
            site.reads.add(f"line {self.ref}")
            stated = self._stated()
        page = site.canonical(self.url)
        return origin(code, self.ref, self.title, page, entity.path, entity.line, past, stated)

    def _stated(self) -> Iterator[Stated]:
        """What the entity itself says in fields of one line, as far as it may be shown."""
        site, entity = self._site, self._entity
        for field in self.declared.fields.values():
            if field.kind in ("markdown", "records", "parent") or field.name in _UNREPORTED:
                continue
            site.reads.add(f"field {self.ref} {field.name}")
            found = [*site.known(entity, entity.statements.get(field.name, ()))]
            values = [StatementView(site, statement, field.kind) for statement in found]
            shown = "; ".join(each.text for each in values if each.value is not None)
            if shown:
                yield Stated(field.name, field.label, shown, found[0].line)

    @property
    def date_key(self) -> str:
        """The date by which news is ordered, "" for what is no news."""
        field = self._site._graph.schema.types[self.type].dated  # noqa: SLF001
        if not field:
            return ""
        found = self.statements(self._site._graph.schema.types[self.type].fields[field])  # noqa: SLF001
        return found[0].text if found else ""

    @property
    def mentions(self) -> list[EntityView]:
        """The entities whose texts mention this one, as far as it may be shown: news first, newest before older."""
        site = self._site
        site.reads.add(f"mentions {self.ref}")
        sources = dict.fromkeys(site._graph.backlinks.get(self.ref, ()))  # noqa: SLF001
        for backlink in site._graph.veiled.get(self.ref, ()):  # noqa: SLF001
            if all(site.knows(since, backlink.source) for since in backlink.since):
                sources[backlink.source] = None
        found = {view.ref: view for view in site.entities([*sources])}
        views = sorted(found.values(), key=lambda each: (each.type, each.title.casefold(), each.ref))
        return sorted(views, key=lambda each: each.date_key, reverse=True)

    def sentence(self, source: EntityView) -> list[tuple[str, bool]]:
        """The first sentence that may be shown in which the text of `source` mentions this entity, in pieces.

        Each is a text, and whether it is the mention itself (then "" stands for the title). [] without a sentence.
        """
        site = self._site
        site.reads.add(f"mentions {self.ref}")
        site.reads.add(f"contexts {source.ref}")
        called = site._graph.called.get(self.ref, ())  # noqa: SLF001
        for each in site._world.contexts(source.ref) if source._entity.contexts else ():  # noqa: SLF001
            if each.target in called and all(site.knows(since, source.ref) for since in each.since):
                return [self._piece(part) for part in each.parts]
        return []

    def _piece(self, part: Part) -> tuple[str, bool]:
        if isinstance(part, str):
            return part, False
        if part.kind == "here":
            own = not part.text and not self._site.says_address(part.target, self.ref)
            return part.target if own else part.text, True
        target = self._site.meant(part.target)
        titled = target and self._site.says_address(part.target, target)
        return (self._site.title_of(target) if target and titled else part.target.rpartition("/")[2]), False

    @property
    def ways_back(self) -> tuple[str, ...]:
        """The names under which the type sees who points at it."""
        return tuple(self._site._graph.schema.inverses.get(self.type, ()))  # noqa: SLF001

    @property
    def namesakes(self) -> list[NameView]:
        """The names of this entity that others bear, too."""
        site = self._site
        site.reads.add(f"namesakes {self.ref}")
        found = (NameView(site, key) for key in site._graph.shared.get(self.ref, ()))  # noqa: SLF001
        return [name for name in found if len(name.entities) > 1 and self in name.entities]

    def called(self, key: str) -> str:
        """How the entity writes its name with that folded form, "" if that may not be known."""
        if fold(self.title) == key:
            return self.title
        field = self.declared.fields.get("aliases")
        given = [each for each in self._entity.statements.get("aliases", ()) if fold(str(each.value)) == key]
        shown = [each.text for each in self.statements(field) if fold(each.text) == key] if field and given else []
        return shown[0] if shown else "" if given else key

    @property
    def has_text(self) -> bool:
        """Whether the entity has an article."""
        self._site.reads.add(f"body {self.ref}")
        return bool(self._entity.body)

    @property
    def body(self) -> Body:
        """The parts of the article; `Prose` turns them into HTML."""
        self._site.reads.add(f"body {self.ref}")
        return self._site._world.body(self.ref)  # noqa: SLF001

    @property
    def excerpt(self) -> tuple[Part, ...]:
        """The first words of the article, as parts."""
        self._site.reads.add(f"body {self.ref}")
        return self._entity.excerpt

    @property
    def headings(self) -> list[Heading]:
        """The headings of the article that may be shown."""
        self._site.reads.add(f"body {self.ref}")
        ref = self.ref
        return [each for each in self._entity.headings if all(self._site.knows(since, ref) for since in each.since)]

    @property
    def previous(self) -> EntityView | None:
        """The entity before this one in the type's order, within the same series if the type has one."""
        return self._neighbour(-1)

    @property
    def next(self) -> EntityView | None:
        """The entity after this one in the type's order, within the same series if the type has one."""
        return self._neighbour(1)

    def _neighbour(self, step: int) -> EntityView | None:
        site, graph = self._site, self._site._graph  # noqa: SLF001
        site.reads.add(f"list {self.type}")
        site.reads.add(f"timeline {self.ref}")
        refs = graph.lists[self.type]
        place = refs.index(self.ref) + step
        while 0 <= place < len(refs):
            ref = refs[place]
            site.reads.add(f"timeline {ref}")
            if graph.timeline(ref) != graph.timeline(self.ref):
                return None
            if view := site.entity(ref):
                return view
            place += step
        return None

    def path(self, path: str) -> object:
        """The value at a path such as `season.series`: an entity, a plain value or None."""
        view: object = self
        for step in path.split("."):
            found = getattr(view, step, None)
            view = found.value if isinstance(found, StatementView) else found
        return view


class QualifierView:
    """The qualifiers of a value or record, with sources as entities."""

    __slots__ = ("_qualifiers", "_site")

    def __init__(self, site: SiteView, qualifiers: Qualifiers) -> None:
        self._site = site
        self._qualifiers = qualifiers

    @property
    def sources(self) -> list[EntityView]:
        """The entities that the value is from."""
        return [view for id_ in self._qualifiers.sources if (view := self._site.source(id_))]

    @property
    def confidence(self) -> str:
        """confirmed, reported, rumoured or disputed."""
        return self._qualifiers.confidence

    @property
    def continuity(self) -> str:
        """The version of the story that the value belongs to, or ""."""
        return self._qualifiers.continuity

    @property
    def since(self) -> str:
        """The designator from which the value may be known, or ""."""
        return self._qualifiers.since

    @property
    def from_(self) -> str:
        """The date since when the value holds, or ""."""
        return self._qualifiers.from_

    @property
    def until(self) -> str:
        """The date until when the value held, or ""."""
        return self._qualifiers.until


class StatementView(QualifierView):
    """A value within the horizon and its qualifiers. A statement about an entity passes attributes on to it."""

    __slots__ = ("text", "value")

    def __init__(self, site: SiteView, statement: Statement, kind: str, value: EntityView | None = None) -> None:
        super().__init__(site, statement.qualifiers)
        self.value: EntityView | str | int | bool | None = value
        if kind in ("ref", "parent", "records"):
            self.value = site.entity(str(statement.value))
        elif value is None:
            self.value = statement.value
        self.text = str(self.value)

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return escape(self.value)

    def __eq__(self, other: object) -> bool:
        return (other.value if isinstance(other, StatementView) else other) == self.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __getattr__(self, name: str) -> object:
        if isinstance(self.value, EntityView) and not name.startswith("_"):
            return getattr(self.value, name)
        message = f"a plain value has no {name}"
        raise UndeclaredError(message)


@dataclass(frozen=True, slots=True)
class ReportView:
    """What an article claims of a field, within the horizon, and what became of it.

    state: `shown` (the field has its value from here), `agreed` (others say the same), `superseded` (it has another
    value) or `open` (not confirmed). by: the article that says so instead; None where the record does.
    """

    about: EntityView
    field: Field
    said: StatementView
    article: EntityView
    state: str
    by: EntityView | None
    claim: Ref


def _stands(view: EntityView, claim: Claim) -> bool:
    """Whether an entity has the value of a field from a claim."""
    return any(each.claim == claim.ref and each.state == "shown" for each in view.reports)


def _place(view: Any, name: str) -> tuple[EntityView, str]:
    """The page and the label of the field where an entity, or the record inside one, says something."""
    owner = view.owner
    if owner is None:
        return view, view.declared.fields[name].label if name else ""
    if view.type == CLAIM and view.about:
        about = view.about.value
        return about, about.declared.fields[view.field.text].label
    holders = (each.label for each in owner.declared.fields.values() if each.of == view.type)
    return owner, next(holders, view.declared.plural)
