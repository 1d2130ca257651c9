"""What the fields of a type decide besides what they say: its title and names, its place in lists, and all the rest.

A field that decides where pages are, what other records are called, when something is shown or where it stands in a
story decides too much for a change to be followed record by record (`delta`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ballardwiki.graph.coverage import HOLDERS, PARTS
from ballardwiki.schema import EntityType, Schema, pattern_paths

_ALWAYS = frozenset({"was", "draft", "publish_at"})
_COVERING = frozenset({"number", *HOLDERS.values()})
"""Which parts a place has, and so what credits are for."""


class Steering(Struct, frozen=True):
    """The fields of a type that decide something, by what that is.

    names: its title and its further names. order: its place in the list of its type. far: anything that others, or the
    whole site, follow from.
    """

    names: frozenset[str]
    order: frozenset[str]
    far: frozenset[str]


def steering(schema: Schema) -> dict[str, Steering]:
    """What the fields of each type decide."""
    far: dict[str, set[str]] = {name: set() for name in schema.types}
    for kind in schema.types.values():
        for path in (*_patterns(kind.title, kind.url, *kind.names), *_bare(kind)):
            _walk(schema, kind, path.split("."), far)
    found = {}
    for name, kind in schema.types.items():
        own = {*_first(_patterns(kind.url)), *_first((kind.timeline, *kind.position))}
        own |= {kind.dated, kind.released, kind.specials.field if kind.specials else ""}
        own |= _COVERING if name in {*PARTS, *HOLDERS} else set()
        names = {"title", "aliases", *_first(_patterns(kind.title, *kind.names))}
        if kind.timeline == "id":
            own |= names  # moments of its story are told by them
        if "title" in far[name]:
            own |= {"title", *_first(_patterns(kind.title))}
        order = frozenset(_first(kind.order))
        found[name] = Steering(frozenset(names), order, _ALWAYS.union(own, far[name]))
    return found


def _patterns(*patterns: str) -> list[str]:
    return [path for pattern in patterns for path, _ in pattern_paths(pattern)]


def _bare(kind: EntityType) -> list[str]:
    """The paths of a type that are no patterns."""
    return [*(path.removeprefix("-") for path in kind.order), kind.timeline, *kind.position]


def _first(paths: Iterable[str]) -> Iterator[str]:
    """The fields of the type itself at which paths begin."""
    return (path.removeprefix("-").partition(".")[0] for path in paths)


def _walk(schema: Schema, kind: EntityType, steps: list[str], far: dict[str, set[str]]) -> None:
    """Note at which fields of other types a path steps."""
    field = kind.fields.get(steps[0])
    targets = field.to if field and field.kind in ("ref", "parent") else ()
    for target in (schema.types[name] for name in targets if name in schema.types) if len(steps) > 1 else ():
        new = steps[1] not in far[target.name]
        far[target.name].add(steps[1])
        if steps[1] == "title" and new:
            for path in _patterns(target.title):
                far[target.name].add(path.partition(".")[0])
                _walk(schema, target, path.split("."), far)
        _walk(schema, target, steps[1:], far)
