"""name-unique: a title is nobody else's of its type, and an alias is nobody else's title. A note where it is not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ballardwiki.content.markup.wikilinks import link
from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Ref, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import SiteRule, Violation
from ballardwiki.slugs import fold


def check(world: World) -> Iterator[Violation]:
    """Names that are shared in a way that an editor may not know of: links by them need more, or mean another page."""
    graph = world.graph
    for name, refs in graph.names.items():
        if len(refs) == 1:
            continue
        titled = [ref for ref in refs if fold(graph.titles[ref]) == name]
        if titled:
            yield from _titles(graph, titled)
            yield from _aliases(graph, name, refs, titled)


def _titles(graph: Graph, titled: Sequence[Ref]) -> Iterator[Violation]:
    first: dict[str, Ref] = {}
    for ref in titled:
        entity, title = graph.entities[ref], graph.titles[ref]
        other = first.setdefault(entity.type, ref)
        if other != ref:
            given = entity.statements.get("title")
            message = f"the title {title} is also that of {other}."
            yield _violation(
                entity, given[0] if given else None, message, f"Link to this page with {link(ref, title)}."
            )


def _aliases(graph: Graph, name: str, refs: Sequence[Ref], titled: Sequence[Ref]) -> Iterator[Violation]:
    others = f"{titled[0]} and {len(titled) - 1} more" if len(titled) > 1 else titled[0]
    for ref in refs:
        entity = graph.entities[ref]
        for alias in entity.statements.get("aliases", ()) if titled != [ref] else ():
            if fold(str(alias.value)) == name:
                message = f"the alias {alias.value} is also the title of {others}."
                hint = f"Links by that name don't mean this page; link to it with {link(ref, str(alias.value))}."
                yield _violation(entity, alias, message, hint)


def _violation(entity: Entity, said: Statement | None, message: str, hint: str) -> Violation:
    at = Location(entity.path, said.line if said else entity.line, said.column if said else 1)
    return Violation(at, message, hint)


def _names(graph: Graph, ref: Ref) -> object:
    """The names that a record shares with others, and where it says them."""
    entity, shared = graph.entities[ref], graph.shared.get(ref, ())
    return shared and (shared, entity.line, *(entity.statements.get(each) for each in ("title", "aliases")))


RULE = SiteRule(name="name-unique", severity="info", check=check, of_record=_names)
