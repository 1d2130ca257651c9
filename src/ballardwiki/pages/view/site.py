"""The site as one page sees it: addresses, entities, lists, and what of them may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ballardwiki.config import policy
from ballardwiki.content import moments
from ballardwiki.content.markup.headings import heading_id
from ballardwiki.graph.horizon import Horizon
from ballardwiki.graph.settling import Settled
from ballardwiki.marks import NameLink
from ballardwiki.model import Entity, Ref, Statement, ref_id
from ballardwiki.pages import facts
from ballardwiki.pages.facts import Trace
from ballardwiki.pages.view.entity import EntityView
from ballardwiki.pages.view.groups import TagView
from ballardwiki.pages.view.statement import UndeclaredError
from ballardwiki.pages.view.writing import Writing
from ballardwiki.pages.world import World
from ballardwiki.schema import EntityType, Field


class SiteView(Writing):
    """What may be known, as one page sees it. `url` is the page's own address from the site's root.

    The graph holds nothing beyond the horizon; `within` decides on the stretches of texts.
    """

    def __init__(
        self, world: World, within: Horizon, url: str = "/", *, absolute: bool = False, trace: Trace | None = None
    ) -> None:
        self._graph = world.shown
        self._story = world.graph.story
        self._horizon = within
        self._views: dict[str, EntityView] = {}
        """By present address. What a second look at one would read has been read before."""
        super().__init__(world, url, absolute=absolute)
        self.trace = Trace() if trace is None else trace
        """The facts read so far."""
        self.trace.read(facts.SITE("links"))
        self.trace.read(facts.SITE("base_url"))
        self.trace.read(facts.TYPES())

    def __getattr__(self, name: str) -> object:
        """A setting of the site, such as `site.title`."""
        if name.startswith("_") or name not in type(self._world.config).__struct_fields__:
            message = f"the site has no {name}"
            raise UndeclaredError(message)
        self.trace.read(facts.SITE(name))
        return getattr(self._world.config, name)

    @property
    def security_policy(self) -> str:
        """What the pages may load and run, as a Content-Security-Policy."""
        self.trace.read(facts.SITE("policy"))
        config = self._world.config
        return policy.text(config.policy, from_disk=config.links == "files")

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
            view = self._views[ref] = EntityView(self, ref)
        return view

    def _known_as(self, ref: str) -> Ref | None:
        """The present address of an entity that may be known."""
        present = Ref(ref)
        if present not in self._graph.entities:
            present = self._graph.present(ref)
            self.trace.read(facts.FORMER(ref))
            if present not in self._graph.entities:
                self.trace.read(facts.RECORD(present))
                return None
        return present if self.shown(present) else None

    def entities(self, refs: tuple[Ref, ...] | list[Ref]) -> list[EntityView]:
        """Those of many addresses that may be known, in the same order."""
        return [view for ref in refs if (view := self.entity(ref))]

    def all(self, type_: str) -> list[EntityView]:
        """All entities of a type that may be known, in the type's order."""
        self.trace.read(facts.LIST(type_))
        return self.entities(self._graph.lists.get(type_, ()))

    def find(self, target: str) -> EntityView | None:
        """The entity that a name or address means, if it is one and may be known."""
        found = self.meant(target)
        return self._view(found) if found else None

    def meant(self, target: str) -> Ref | None:
        """The address of the entity that a name or address means, if it is one and may be known."""
        self.trace.read(facts.NAME(target))
        found = self._graph.find(target)
        return self._known_as(found) if isinstance(found, str) else None

    def says_address(self, target: str, ref: Ref) -> bool:
        """Whether a link to an entity was written with its address or id, in place of which readers see the title."""
        return "/" in target or target == ref_id(ref)

    def said(self, link: NameLink) -> NameLink:
        """A link as its editor meant it, where names have signs."""
        if link.typed:
            self.trace.read(facts.SIGNED())
        return self._world.graph.said(link)

    def part(self, ref: Ref, fragment: str, *, words: bool = True) -> str:
        """The id of the part that a link names, perhaps in `words`; "" when that is a heading that may not be known."""
        if not fragment:
            return ""
        self.trace.read(facts.HEADINGS(ref))
        found = self._graph.headings(ref).meant(fragment)
        if found is None:
            return heading_id(fragment) if words else fragment
        return found.id if all(self.knows(since, ref) for since in found.since) else ""

    def at(self, url: str) -> Ref | None:
        """The entity whose page has an address, also where it may not be known."""
        self.trace.read(facts.ADDRESS(url))
        return self._world.graph.addresses.get(url)

    def drafted(self, url: str) -> bool:
        """Whether an address is that of a page which is written and not yet to be shown."""
        self.trace.read(facts.ADDRESS(url))
        return bool(self._world.drafts.page(url))

    def title_of(self, ref: Ref) -> str:
        """The title of an entity, given or made from the type's pattern."""
        self.trace.read(facts.TITLE(ref))
        return self._graph.titles[ref]

    def url_of(self, ref: Ref) -> str:
        """The address of an entity's page from the site's root, "" for a record without a page."""
        self.trace.read(facts.URL(ref))
        return self._graph.urls.get(ref, "")

    def file(self, path: str) -> EntityView | None:
        """The entity that a path in content/ means."""
        self.trace.read(facts.FILE(path))
        found = self._graph.file(path)
        return self.entity(found) if isinstance(found, str) else None

    def listed(self, path: str) -> str:
        """The address of the list page of the type to which a folder of content/ belongs, "" if it is none.

        It follows from the types, which every page reads.
        """
        return self._graph.files.listed(path)

    def source(self, id_: str) -> EntityView | None:
        """What a `source` qualifier names."""
        self.trace.read(facts.SOURCE(id_))
        found = self._graph.source(id_)
        return self.entity(found) if found else None

    def shown(self, ref: Ref) -> bool:
        """Whether an entity as a whole may be known."""
        self.trace.read(facts.RECORD(ref))
        return ref in self._graph.entities

    def knows(self, since: str, ref: str) -> bool:
        """Whether what becomes known at `since`, said by the entity `ref`, may be shown. An unclear moment may not."""
        self.trace.read(facts.STORY())
        self.trace.read(facts.TIMELINE(ref))
        return self._horizon.allows(self._story, since, ref)

    def withheld(self, target: str) -> bool:
        """Whether a name or address means something that may not be known."""
        return not self._graph.find(target) and bool(self._world.graph.find(target))

    def stated(self, entity: Entity, field: Field) -> Iterable[Statement]:
        """The statements of a field that may be shown: the entity's own, and those that follow from claims."""
        claimed = self._graph.claims.get(entity.ref)
        if claimed and field.name in claimed:
            return self.settled(entity, field).statements
        return entity.statements.get(field.name, ())

    def settled(self, entity: Entity, field: Field) -> Settled:
        """What a field says with the claims about it, and what became of each claim."""
        self.trace.read(facts.CLAIMS(entity.ref))
        self.trace.read(facts.FIELD(entity.ref, field.name))
        return self._graph.settled(entity.ref, field.name)

    # Lists

    @property
    def news(self) -> list[EntityView]:
        """The entities of all types that are news, the newest first; of one day the one whose id comes last."""
        self.trace.read(facts.NEWS())
        return self.entities(self._graph.news)

    @cached_property
    def types(self) -> dict[str, EntityType]:
        """The entity types by name."""
        return dict(self._graph.schema.types)

    @cached_property
    def tags(self) -> list[TagView]:
        """All tags of what may be known, by name."""
        self.trace.read(facts.TAGS())
        return [TagView(self, key) for key in sorted(self._graph.tags)]

    def tag(self, name: str) -> TagView:
        """One tag by its folded name."""
        return TagView(self, name)

    def due(self, date: str) -> bool:
        """Whether a date has come when the site is built: with its time of day, or else with its first day."""
        self.trace.read(facts.DUE(date))
        return moments.due(date, self._world.now, self._world.config.timezone)

    @property
    def today(self) -> str:
        """The date of the build (ISO 8601)."""
        self.trace.read(facts.TODAY())
        return self._world.today
