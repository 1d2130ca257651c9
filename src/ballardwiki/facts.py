"""Digests of facts, and which of them differ between two versions of an entity.

Facts come in two kinds. An entity's own (`field`, `body`, `record`) can only change with the file it is written in:
comparing the two versions of its document tells. All others follow from the whole graph or its surroundings; their
digests are kept from one publish to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

from ballardwiki.model import Entity, Ref
from ballardwiki.world import World

_SHORT = 48


def is_own(key: str) -> bool:
    """Whether a fact is an entity's own."""
    return key.startswith(("field ", "body ", "record "))


def digest(key: str, world: World) -> str:
    """A short text that differs when the fact does. Short values stand for themselves."""
    kind, _, rest = key.partition(" ")
    found = _VALUES[kind](rest, world)
    return found if len(found) <= _SHORT else blake2b(found.encode(errors="surrogatepass"), digest_size=15).hexdigest()


def digests(keys: Iterable[str], world: World) -> dict[str, str]:
    """The digests of all facts among `keys` that are not an entity's own."""
    return {key: digest(key, world) for key in keys if not is_own(key)}


def changed_in(old: Iterable[Entity], new: Iterable[Entity]) -> set[str]:
    """The own facts that differ between two versions of some entities; an absent one has no facts."""
    before = {entity.ref: entity for entity in old}
    after = {entity.ref: entity for entity in new}
    found: set[str] = set()
    for ref in before.keys() | after.keys():
        found |= _differences(ref, before.get(ref), after.get(ref))
    return found


def _differences(ref: Ref, old: Entity | None, new: Entity | None) -> set[str]:
    statements = (old.statements if old else {}, new.statements if new else {})
    fields = statements[0].keys() | statements[1].keys()
    said = [
        {name: [(each.value, each.qualifiers) for each in row] for name, row in side.items()} for side in statements
    ]
    found = {f"field {ref} {name}" for name in fields if said[0].get(name) != said[1].get(name)}
    if (old and old.body) != (new and new.body):
        found.add(f"body {ref}")
    if old is None or new is None or (old.qualifiers, old.owner) != (new.qualifiers, new.owner):
        found.add(f"record {ref}")
    return found


def _name(target: str, world: World) -> str:
    found = world.graph.find(target)
    return found if isinstance(found, str) else "" if not found else "?"


def _file(path: str, world: World) -> str:
    found = world.graph.file(path)
    return found if isinstance(found, str) else ""


def _inverse(rest: str, world: World) -> str:
    ref, _, name = rest.partition(" ")
    found = world.graph.inverses.get(Ref(ref), {}).get(name, ())
    return "\n".join(f"{each.source} {each.statement.value} {each.statement.qualifiers}" for each in found)


def _mentions(ref: str, world: World) -> str:
    veiled = (f"{each.source} {each.since}" for each in world.graph.veiled.get(Ref(ref), ()))
    return "\n".join((*world.graph.backlinks.get(Ref(ref), ()), *veiled))


def _story(_: str, world: World) -> str:
    graph, config = world.graph, world.config
    former = sorted((old, ref) for old, ref in graph.former.items() if ref.partition("/")[2] in graph.timelines)
    names = sorted(
        (name, ref) for ref in graph.timelines for name in (ref, str(graph.titles.get(Ref(f"series/{ref}"), "")))
    )
    series = [
        (name, refs)
        for name, refs in sorted(graph.names.items())
        if any(ref.partition("/")[2] in graph.timelines for ref in refs)
    ]
    return repr((names, former, series, sorted(config.horizon.items()), config.default_horizon))


def _tag(key: str, world: World) -> str:
    name, refs = world.graph.tags.get(key, ("", []))
    return f"{name} {' '.join(refs)}"


_VALUES: Mapping[str, Callable[[str, World], str]] = {
    "former": lambda ref, world: world.graph.former.get(ref, ""),
    "title": lambda ref, world: world.graph.titles.get(Ref(ref), ""),
    "url": lambda ref, world: world.graph.urls.get(Ref(ref), ""),
    "name": _name,
    "file": _file,
    "source": lambda id_, world: world.graph.source(id_) or "",
    "inverse": _inverse,
    "mentions": _mentions,
    "list": lambda name, world: " ".join(world.graph.lists.get(name, ())),
    "timeline": lambda ref, world: world.graph.timeline(ref),
    "story": _story,
    "tag": _tag,
    "tags": lambda _, world: repr([(key, name) for key, (name, _) in sorted(world.graph.tags.items())]),
    "types": lambda _, world: repr(world.graph.schema.types),
    "site": lambda name, world: repr(getattr(world.config, name)),
    "template": lambda name, world: world.templates.get(name, ""),
    "asset": lambda path, world: world.assets.get(path, ""),
    "today": lambda _, world: world.today,
}
