"""What is written but not yet to be shown: drafts and scheduled records, found by whatever names them.

Links, references and addresses that lead to them lead nowhere. A message should say so, and where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from ballardwiki.model import Entity, ref_id
from ballardwiki.schema import EntityType
from ballardwiki.slugs import fold


class Drafts(Struct, frozen=True, dict=True):
    """The withheld entities of a site. Each method gives the end of a sentence: `is a draft, at …:3`; "" for none."""

    entities: tuple[Entity, ...] = ()
    types: Mapping[str, EntityType] | None = None

    def named(self, target: str) -> str:
        """What a link by a name, an address or an id would mean."""
        return self.at(target) or self._say(self._names.get(fold(target)) or self._ids.get(target.strip()))

    def at(self, ref: str) -> str:
        """What has an address, or had it before."""
        return self._say(self._refs.get(ref))

    def source(self, id_: str, kinds: Iterable[str]) -> str:
        """What a source's id would mean, among some types."""
        return self.at(id_) or next((said for kind in kinds if (said := self.at(f"{kind}/{id_}"))), "")

    def file(self, path: str) -> str:
        """The record in a Markdown file."""
        return self._say(self._files.get(path))

    def records(self, path: str) -> list[str]:
        """The addresses of the records in a file."""
        return [each.ref for each in self.entities if each.path == path and not each.owner]

    def page(self, url: str) -> str:
        """What would have a page at an address from the site's root."""
        return self._say(self._urls.get(f"{url.removesuffix('index.html').rstrip('/')}/"))

    def _say(self, entity: Entity | None) -> str:
        if entity is None:
            return ""
        draft, later = entity.statements.get("draft"), entity.statements.get("publish_at")
        said = draft or later
        at = f"{entity.path}:{said[0].line if said else entity.line}"
        if later and not (draft and draft[0].value):
            return f"is not to be seen before {later[0].value}, as {at} says"
        return f"is a draft, as {at} says"

    @cached_property
    def _refs(self) -> dict[str, Entity]:
        found: dict[str, Entity] = {entity.ref: entity for entity in self.entities}
        for entity in self.entities:
            for was in entity.statements.get("was", ()):
                found.setdefault(f"{entity.type}/{was.value}", entity)
        return found

    @cached_property
    def _names(self) -> dict[str, Entity]:
        found: dict[str, Entity] = {}
        for entity in self.entities:
            for field in ("title", "aliases"):
                for said in entity.statements.get(field, ()):
                    found.setdefault(fold(str(said.value)), entity)
        return found

    @cached_property
    def _ids(self) -> dict[str, Entity]:
        return {ref_id(ref): entity for ref, entity in self._refs.items() if not entity.owner}

    @cached_property
    def _files(self) -> dict[str, Entity]:
        return {each.path: each for each in self.entities if each.path.endswith(".md") and not each.owner}

    @cached_property
    def _urls(self) -> dict[str, Entity]:
        kinds = self.types or {}
        return {kinds[each.type].url.replace("{id}", each.id): each for each in self.entities if each.type in kinds}
