"""An entity within the horizon: what templates call by the names of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from ballardwiki.graph import Incoming
from ballardwiki.marks import Part
from ballardwiki.model import Body, Entity, Heading, Ref, ref_id, ref_type
from ballardwiki.pages import facts
from ballardwiki.pages.view.credited import covered, credited
from ballardwiki.pages.view.groups import NameView
from ballardwiki.pages.view.mentions import mentions, sentence
from ballardwiki.pages.view.order import neighbour
from ballardwiki.pages.view.origin import OriginView, origin_of
from ballardwiki.pages.view.reports import ReportView, changes, cited_by, reports, stands
from ballardwiki.pages.view.statement import QualifierView, RunView, StatementView, UndeclaredError
from ballardwiki.schema import EntityType, Field

if TYPE_CHECKING:
    from ballardwiki.pages.view.site import SiteView


FROM_FIELDS = frozenset({"title", "sources"})
"""What a view says of its own and takes from the field of that name, if there is one."""


class EntityView:
    """An entity within the horizon: its fields and inverses are attributes.

    A field that takes one value gives a `StatementView` or None; one that takes many, and an inverse, gives a list.
    """

    __slots__ = ("_cache", "_entity", "_site", "id", "ref", "type")

    _entity: Entity

    def __init__(self, site: SiteView, ref: Ref) -> None:
        self._site = site
        self._cache: dict[str, object] = {}
        self.ref = ref
        self.id = ref_id(ref)
        self.type = ref_type(ref)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EntityView) and other.ref == self.ref

    def __hash__(self) -> int:
        return hash(self.ref)

    def __str__(self) -> str:
        return self.title

    def __html__(self) -> str:
        """The title, linked to the page if there is one that is not this page."""
        title = self._site.isolated(self.title)
        url = self.url
        if not url:
            return title
        target = 'aria-current="page"' if url == self._site.url else f'href="{escape(self._site.href(url))}"'
        return Markup(f"<a {target}>{title}</a>")  # noqa: S704  # both parts were escaped

    def __getattr__(self, name: str) -> Any:  # what a field holds, its declaration says, which is data
        if name == "_entity":  # for many its title is all that is asked
            self._entity = self._site._graph.entities[self.ref]
            return self._entity
        try:
            return self._cache[name]
        except KeyError:
            pass
        found = self._cache[name] = self._read(name)
        return found

    def _read(self, name: str) -> object:
        kind = self._site._graph.schema.types[self.type]
        field = kind.fields.get(name)
        inverses = self._site._graph.schema.inverses.get(self.type, {})
        if field is None and name not in inverses:
            message = f"{kind.label.lower()} has no {name}"
            raise UndeclaredError(message)
        found = self.statements(field) if field else []
        if name in inverses:
            known = {each.value for each in found if field and field.inverse == name}
            found += [each for each in self.incoming(name) if each.value not in known]
            return found
        if field and (field.many or field.kind == "records"):
            return found
        if field and field.run and len(found) > 1:
            return RunView(self._site, *(self._entity.statements[name][at] for at in (0, -1)))
        return found[0] if found else None

    def statements(self, field: Field) -> list[StatementView]:
        """What is said of the entity in a field, by its record or by claims, as far as it may be shown."""
        site, entity = self._site, self._entity
        site.trace.read(facts.FIELD(self.ref, field.name))
        for former in entity.statements.get("was", ()):
            site.trace.read(facts.FIELD(f"{self.type}/{former.value}", field.name))
        found = [StatementView(site, statement, field.kind) for statement in site.stated(entity, field)]
        return [each for each in found if each.value is not None]

    @property
    def filled(self) -> list[Field]:
        """The fields in which anything is said, by the record or by claims, in the type's order.

        For whoever looks at whole types: what it reads is that these hold what they hold, not each field by itself.
        """
        site, entity = self._site, self._entity
        site.trace.read(facts.FIELDS(self.type))
        claimed = site._graph.claims.get(self.ref, ())
        fields = self._site._graph.schema.types[self.type].fields
        return [each for name, each in fields.items() if name in entity.statements or name in claimed]

    @property
    def reports(self) -> list[ReportView]:
        """What articles claim of this entity and what became of each claim, field by field, the earliest first."""
        return reports(self)

    @property
    def changes(self) -> list[ReportView]:
        """What this article claims of other entities, and what became of each claim."""
        return changes(self)

    @property
    def cited_by(self) -> list[tuple[EntityView, list[str]]]:
        """The pages that cite this article, but by its own claims, and the labels of their fields that do."""
        return cited_by(self)

    def incoming(self, name: str) -> list[StatementView]:
        """Who points here under an inverse name, as far as it may be shown. The values are the pointing entities."""
        site = self._site
        site.trace.read(facts.INVERSE(self.ref, name))
        found = []
        pointers: list[Incoming] = site._graph.inverses.get(self.ref, {}).get(name, [])
        for pointer in pointers:
            source = site.entity(pointer.source)
            if source and (pointer.claim is None or stands(source, pointer.claim)):
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
        self._site.trace.read(facts.RECORD(self.ref))
        return QualifierView(self._site, self._entity.qualifiers)

    @property
    def sources(self) -> list[EntityView]:
        """The sources of the record as a whole, or those its field of that name lists."""
        kind = self._site._graph.schema.types[self.type]
        own = self.qualifiers.sources
        listed = self.statements(kind.fields["sources"]) if "sources" in kind.fields else []
        return own + [each.value for each in listed if isinstance(each.value, EntityView)]

    @property
    def origin(self) -> OriginView:
        """Where the entity is written, its past, and the addresses at which to edit it or report a mistake in it."""
        return origin_of(self)

    @property
    def date_key(self) -> str:
        """The date by which news is ordered, "" for what is no news."""
        field = self._site._graph.schema.types[self.type].dated
        if not field:
            return ""
        found = self.statements(self._site._graph.schema.types[self.type].fields[field])
        return found[0].text if found else ""

    @property
    def mentions(self) -> list[EntityView]:
        """The entities whose texts mention this one, as far as it may be shown: news first, newest before older."""
        return mentions(self)

    def sentence(self, source: EntityView) -> list[tuple[str, bool]]:
        """The first sentence that may be shown in which the text of `source` mentions this entity, in pieces.

        Each is a text, and whether it is the mention itself (then "" stands for the title). [] without a sentence.
        """
        return sentence(self, source)

    @property
    def ways_back(self) -> tuple[str, ...]:
        """The names under which the type sees who points at it."""
        return tuple(self._site._graph.schema.inverses.get(self.type, ()))

    @property
    def namesakes(self) -> list[NameView]:
        """The names of this entity that others bear, too."""
        site = self._site
        site.trace.read(facts.NAMESAKES(self.ref))
        return [NameView(site, key) for key in site._graph.shared.get(self.ref, ())]

    @property
    def has_text(self) -> bool:
        """Whether the entity has an article."""
        self._site.trace.read(facts.BODY(self.ref))
        return bool(self._entity.body)

    @property
    def body(self) -> Body:
        """The parts of the article; `Prose` turns them into HTML."""
        self._site.trace.read(facts.BODY(self.ref))
        return self._site._world.body(self.ref)

    @property
    def excerpt(self) -> tuple[Part, ...]:
        """The first words of the article, as parts."""
        self._site.trace.read(facts.BODY(self.ref))
        return self._entity.excerpt

    @property
    def headings(self) -> list[Heading]:
        """The headings of the article that may be shown."""
        self._site.trace.read(facts.BODY(self.ref))
        ref = self.ref
        return [each for each in self._entity.headings if all(self._site.knows(since, ref) for since in each.since)]

    @property
    def previous(self) -> EntityView | None:
        """The entity before this one in the type's order, within the same series if the type has one."""
        return neighbour(self, -1)

    @property
    def next(self) -> EntityView | None:
        """The entity after this one in the type's order, within the same series if the type has one."""
        return neighbour(self, 1)

    @property
    def covered(self) -> list[EntityView]:
        """What a credit is for: what it is written in, or the seasons and episodes of it that it names."""
        return covered(self)

    def covered_in(self, place: EntityView) -> list[EntityView]:
        """What a credit is for in a series, season or episode; that itself where it is for something around it."""
        return covered(self, place)

    @property
    def credited(self) -> list[EntityView]:
        """The credits of what stands around a season or episode that are for it; of an episode not the main cast."""
        return credited(self)

    @property
    def regulars(self) -> list[EntityView]:
        """The main cast that an episode has from its season and series."""
        return credited(self, regulars=True)

    def path(self, path: str) -> object:
        """The value at a path such as `season.series`: an entity, a plain value or None."""
        view: object = self
        for step in path.split("."):
            found = getattr(view, step, None)
            view = found.value if isinstance(found, StatementView) else found
        return view


def taken() -> frozenset[str]:
    """The names that no field and no way back may have, since a view says something of its own by them."""
    return frozenset(name for name in dir(EntityView) if not name.startswith("_")) - FROM_FIELDS
