"""Where an entity is written, and what its page says in which line of which file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ballardwiki.origins import Origin, Stated, origin
from ballardwiki.view.statement import StatementView

if TYPE_CHECKING:
    from ballardwiki.view.entity import EntityView

_UNREPORTED = frozenset({"was", "tags", "links", "draft", "publish_at"})
"""Fields that readers see no value of, or see it do its work."""


def origin_of(view: EntityView) -> Origin:
    """Where the entity is written, its past, and the addresses at which to edit it or report a mistake in it."""
    site, entity = view._site, view._entity
    world = site._world
    code, past = world.config.code, world.history.get(entity.path)
    site.reads |= {f"record {view.ref}", f"history {entity.path}", "site code"}
    stated: Iterable[Stated] = ()
    if code.host:
        site.reads.add(f"line {view.ref}")
        stated = _stated(view)
    page = site.canonical(view.url)
    return origin(code, view.ref, view.title, page, entity.path, entity.line, past, stated)


def _stated(view: EntityView) -> Iterator[Stated]:
    """What the page says in fields of one line, by its record or by claims, as far as it may be shown."""
    site, entity = view._site, view._entity
    claimed = site._graph.claims.get(view.ref, {})
    for field in view.declared.fields.values():
        if not field.valued or field.name in _UNREPORTED:
            continue
        site.reads.add(f"field {view.ref} {field.name}")
        claims = {each.statement: each.ref for each in claimed.get(field.name, ())}
        values: list[str] = []
        places: dict[str, int] = {}
        for statement in site.stated(entity, field):
            said = StatementView(site, statement, field.kind)
            if said.value is not None:
                by = claims.get(statement, view.ref)
                site.reads.add(f"line {by}")
                values.append(said.text)
                places.setdefault(site._graph.entities[by].path, statement.line)
        if values:
            yield Stated(field.name, field.label, "; ".join(values), tuple(places.items()))
