"""What a name, an address or an id in a link means."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from ballardwiki.content.markup.wikilinks import SIGNS, readings
from ballardwiki.marks import NameLink
from ballardwiki.model import Mention, Ref, ref_id
from ballardwiki.slugs import fold

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph

Link = TypeVar("Link", NameLink, Mention)


class Naming:
    """The meanings of names in one graph, each looked up once."""

    def __init__(self, graph: Graph, whole: Naming | None = None) -> None:
        """whole: the meanings in the graph that this one is a part of."""
        self._graph = graph
        self._whole = whole
        self._found: dict[str, Ref | tuple[Ref, ...]] = {}

    def renamed(self, graph: Graph, whole: Naming | None) -> Naming:
        """The meanings in a graph that has the same ids, addresses and names with signs, and other names."""
        found = copy(self)
        vars(found).update(_graph=graph, _whole=whole, _found={})
        return found

    def find(self, target: str) -> Ref | tuple[Ref, ...]:
        """The entity with a page that a name, address or id means; otherwise all candidates, () when there is none."""
        found = self._found.get(target)
        if found is None:
            found = self._found[target] = self._find(target)
        return found

    def _find(self, target: str) -> Ref | tuple[Ref, ...]:
        meant = self._whole.find(target) if self._whole else None
        if isinstance(meant, str) and meant not in self._graph.entities:
            return ()  # what a name means does not pass on to another bearer when the first may not be known
        found = self.named(target) or self.ids.get(target.strip(), ())
        return found[0] if isinstance(found, tuple) and len(found) == 1 else found

    def named(self, target: str) -> Ref | tuple[Ref, ...]:
        """As `find`, but an id alone does not do. Of several with a name it is the one whose title that is."""
        graph = self._graph
        key = fold(target)
        bearers = graph.names.get(key, ())
        if len(bearers) == 1:
            return bearers[0]
        address = Ref(target.strip().replace(" ", "-").lower()) if "/" in target else Ref("")
        address = address if address in graph.urls else graph.former.get(address, Ref(""))
        if address in graph.urls:
            return address
        titled = [ref for ref in bearers if fold(graph.titles[ref]) == key]
        return titled[0] if len(titled) == 1 else bearers

    @cached_property
    def signed(self) -> frozenset[str]:
        """The folded names with signs that mean something in a link."""
        return frozenset(name for name in self._graph.names if not SIGNS.isdisjoint(name))

    def said(self, link: Link) -> Link:
        """A link as its editor meant it: where a name with signs is somebody's, it is that name."""
        if not link.typed or not self.signed:
            return link
        found = next((each for each in readings(link.typed) if fold(each.target) in self.signed), None)
        if found is None:
            return link
        if isinstance(link, NameLink):
            return replace(link, target=found.target, fragment=found.fragment, text=found.text)
        return replace(link, target=found.target, fragment=found.fragment)

    @cached_property
    def ids(self) -> Mapping[str, tuple[Ref, ...]]:
        """The entities with a page by their ids alone; former ids where nobody has them now."""
        graph = self._graph
        found: dict[str, tuple[Ref, ...]] = {}
        for ref in graph.urls:
            found[ref_id(ref)] = (*found.get(ref_id(ref), ()), ref)
        now = frozenset(found)
        for old, ref in graph.former.items():
            id_ = ref_id(old)
            if ref in graph.urls and id_ not in now and ref not in found.get(id_, ()):
                found[id_] = (*found.get(id_, ()), ref)
        return found
