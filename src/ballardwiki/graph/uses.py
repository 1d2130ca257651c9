"""What serves others: records without a page (sources, rights of images) and media files, and who uses them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property

from ballardwiki import own_addresses
from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Mention, Ref, Statement

_PLAIN = Mention("")
MEDIA = own_addresses.MEDIA
"""Where the files lie that content may use, in the project and in the site."""


class Uses:
    """Who uses which helpers. A helper is the address of a record without a page, or the path of a media file."""

    def __init__(self, graph: Graph, files: Collection[str], base: str) -> None:
        """`files`: the media files that only texts and fields may use. `base`: the address of the site."""
        self._base = base
        self._graph = graph
        self._files = frozenset(files)
        self._sources: dict[str, Ref | None] = {}
        kinds = (name for name, kind in graph.schema.types.items() if kind.folder and not kind.url)
        self._records = {ref for name in kinds for ref in graph.lists.get(name, ())}

    @cached_property
    def _rights(self) -> dict[str, list[str]]:
        """The records that tell of each file."""
        found: dict[str, list[str]] = defaultdict(list)
        for ref in self._records if self._files else ():
            for file in self._named(each for row in self._graph.entities[ref].statements.values() for each in row):
                found[file].append(ref)
        return found

    def is_record(self, ref: str) -> bool:
        """Whether an address is that of a record without a page."""
        return ref in self._records

    def of(self, entity: Entity, shown: Callable[[Mention], bool] = lambda _: True) -> Iterator[str]:
        """What an entity uses by its fields, and by as much of its text as is `shown`."""
        yield from self.of_statements(entity, (each for row in entity.statements.values() for each in row))
        yield from self._cited(entity.qualifiers.sources)
        yield from self.of_text(entity, shown)

    def of_statements(self, entity: Entity, statements: Iterable[Statement]) -> Iterator[str]:
        """What some statements of an entity use."""
        for each in statements:
            if each.qualified:
                yield from self._cited(each.qualified.sources)
            if isinstance(each.value, str) and "/" in each.value:
                present = self._graph.present(each.value)
                if present in self._records and present != entity.ref:
                    yield present
            yield from self._named((each,))

    def of_text(self, entity: Entity, shown: Callable[[Mention], bool]) -> Iterator[str]:
        """What the text of an entity uses, as far as it is `shown`."""
        yield from self._cited(each.target for each in entity.citations if shown(each))
        for image in entity.images:
            file = next((path for path in (image.target, *image.fragment.split("\n")) if path in self._files), "")
            if file and shown(image):
                yield file
        for each in entity.mentions:
            if each.path and (file := each.target.removeprefix("/")) in self._files and shown(each):
                yield file
            elif not each.path and self._files and shown(each):
                yield from self._called(each.target)
        for name in entity.targets if self._files and shown(_PLAIN) else ():
            yield from self._called(name)

    def _called(self, name: str) -> Iterator[str]:
        """The file that `![[…]]` means, as other programs have it."""
        file = MEDIA + name.removeprefix("/").removeprefix(MEDIA)
        if file in self._files:
            yield file

    def _cited(self, ids: Iterable[str]) -> Iterator[Ref]:
        for id_ in ids:
            if id_ not in self._sources:
                self._sources[id_] = self._graph.source(id_)
            found = self._sources[id_]
            if found in self._records:
                yield found

    def _named(self, statements: Iterable[Statement]) -> Iterator[str]:
        for each in statements if self._files else ():
            text = str(each.value)
            name = MEDIA + text.removeprefix("/").removeprefix(MEDIA)
            if name in self._files:
                yield name
            elif MEDIA in text:
                yield from self._files.intersection(own_addresses.media(text, self._base))

    def remarked(self, entity: Entity) -> Iterator[str]:
        """The files that an entity's remarks name."""
        yield from self._files.intersection(entity.remarked)

    def closure(self, helpers: Iterable[str]) -> set[str]:
        """Helpers, what they use themselves, and the records that tell of a file among them."""
        found: set[str] = set()
        waiting = [*helpers]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                entity = self._graph.entities.get(Ref(each))
                waiting += self.of(entity) if entity else self._rights.get(each, ())
        return found


def withheld(
    uses: Uses, shown: Mapping[Ref, Entity], knows: Callable[[Entity, Mention], bool], suspected: set[str]
) -> set[str]:
    """The helpers that only hidden things use.

    shown: what may be known, each entity with only that. suspected: the helpers that hidden things use. What
    nobody uses at all is not among them.
    """
    if not suspected:
        return suspected
    open_: set[str] = set()
    for ref, entity in shown.items():
        if ref not in suspected:
            open_.update(uses.of(entity, lambda mention, entity=entity: knows(entity, mention)))  # type: ignore[misc]
    return suspected - uses.closure(open_)
