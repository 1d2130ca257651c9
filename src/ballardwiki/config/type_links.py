"""How types lead to each other: the ways back, and names that lead nowhere. All types must be at hand for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ballardwiki.schema import ANY, EntityType, Field, Inverse, pattern_paths
from ballardwiki.similarity import suggest

_DATES = ("date", "datetime")

Fault = tuple[str, str]
"""A message and a hint."""


def inverses(types: Mapping[str, EntityType]) -> dict[str, dict[str, tuple[Inverse, ...]]]:
    """For each type the ways back to it: name -> the fields of other types that point here."""
    found: dict[str, dict[str, tuple[Inverse, ...]]] = {name: {} for name in types}
    for kind in types.values():
        for item in kind.fields.values():
            if not item.inverse:
                continue
            back = item.schema_org if item.inverse == item.name else item.inverse_schema_org
            way = Inverse(item.inverse, item.inverse_label or item.label, kind.name, item.name, back)
            targets = [name for name, other in types.items() if other.url] if ANY in item.to else item.to
            for target in targets:
                if target in found:
                    found[target][item.inverse] = (*found[target].get(item.inverse, ()), way)
    return found


def faults(kind: EntityType, types: Mapping[str, EntityType]) -> Iterator[Fault]:
    """All that is wrong with a type as one of `types`."""
    for item in kind.fields.values():
        yield from _field(item, kind, types)
    yield from _specials(kind)
    special = kind.specials
    more = (special.title, special.short) if special else ()
    for pattern in (kind.url, kind.title, kind.code, kind.short, *more, *kind.names):
        for path, _ in pattern_paths(pattern):
            yield from _path(kind, path, types)
    yield from _dates(kind)
    for path in (*kind.order, kind.timeline, *kind.position):
        if path:
            yield from _path(kind, path.removeprefix("-"), types)


def _field(item: Field, kind: EntityType, types: Mapping[str, EntityType]) -> Iterator[Fault]:
    for target in (*item.to, *((item.of,) if item.of else ())):
        if target != ANY and target not in types:
            message = f"the field {item.name} points at the type {target}, which does not exist."
            yield message, suggest(target, types)
    if item.kind in ("ref", "parent") and not item.to:
        yield f"the field {item.name} needs to: (the type it points at).", ""
    for other in filter(None, (item.after, item.except_from)):
        if other not in kind.fields:
            yield f"{other} names no field of {kind.name}.", suggest(other, kind.fields)
    if item.run and item.kind != "integer":
        yield f"the field {item.name} can't be a run: it holds no numbers.", "Write kind: integer."
    if item.kind == "choice" and not item.options:
        yield f"the field {item.name} needs options: [one, another].", ""


def _specials(kind: EntityType) -> Iterator[Fault]:
    special = kind.specials
    if special and (special.field not in kind.fields or kind.fields[special.field].kind != "integer"):
        message = f"specials names {special.field}, which is no number of {kind.name}."
        yield message, suggest(special.field, kind.fields)


def _dates(kind: EntityType) -> Iterator[Fault]:
    dates = [each.name for each in kind.fields.values() if each.kind in _DATES]
    for setting, name in (("dated", kind.dated), ("released", kind.released)):
        if name and name not in dates:
            hint = suggest(name, dates) or f"Name one of its dates ({', '.join(dates) or 'it has none'})."
            yield f"{setting} names {name}, which is no date of {kind.name}.", hint
    if kind.index and kind.index.archive and not kind.dated:
        yield f"{kind.name} has no dates to make an archive of.", "Say which field dates it: dated: date"


def _path(kind: EntityType, path: str, types: Mapping[str, EntityType]) -> Iterator[Fault]:
    step, _, rest = path.partition(".")
    if step in ("id", "title"):
        return
    item = kind.fields.get(step)
    if item is None:
        yield f"{path} names no field of {kind.name}.", suggest(step, kind.fields)
    elif rest:
        for target in item.to:
            if target in types:
                yield from _path(types[target], rest, types)
