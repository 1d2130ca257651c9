"""What a site lacks and what may have grown old, for the pages of its editors. All of it goes through a view.

A view that makes these lists reads nearly everything. Give it a trace of its own, and let the page depend on `content`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from ballardwiki.content import moments
from ballardwiki.content.values import first_day
from ballardwiki.graph import citations
from ballardwiki.graph.citations import Assertion
from ballardwiki.model import Entity, Ref, Statement
from ballardwiki.pages.editors import wanted
from ballardwiki.pages.prose import Prose
from ballardwiki.pages.view import SiteView
from ballardwiki.pages.world import World

SHORT = 60
"""Words below which a text is a stub."""

LATELY = 200
"""Changed files that are listed."""


class GapRow(Struct, frozen=True):
    """A line of a list: what it is about (`url` from the root, "" for none), what is to be said, where to mend it.

    others: titles and addresses of pages that it is about as well.
    """

    title: str
    url: str
    note: str
    path: str
    line: int = 0
    others: tuple[tuple[str, str], ...] = ()


class Count(Struct, frozen=True):
    """The numbers of a type: its records, words of text, links in texts, facts, and facts with a source."""

    label: str
    url: str
    records: int
    words: int
    links: int
    facts: int
    sourced: int


class Look:
    """A look at a whole site through a view. The lists are made from it."""

    def __init__(self, world: World, site: SiteView) -> None:
        self.world = world
        self.site = site

    @cached_property
    def facts(self) -> list[Assertion]:
        """The facts that may be shown."""
        return [*citations.facts(self.world.shown)]


def wanted_pages(look: Look) -> list[GapRow]:
    """Missing pages that texts link to, those that most ask for first."""
    world, site = look.world, look.site
    rows = []
    for each in wanted.known(wanted.wanted(world), site):
        first = each.links[0]
        asking = tuple(
            (site.title_of(ref), site.url_of(ref)) for ref in dict.fromkeys(link.source for link in each.links)
        )
        path = world.graph.entities[first.source].path
        rows.append(GapRow(each.name, "", str(len(asking)), path, first.mention.line, asking))
    return rows


def orphans(look: Look) -> list[GapRow]:
    """Pages to which nothing leads."""
    world, site = look.world, look.site
    return [_row(world, ref, "") for ref in wanted.orphans(world, site)]


def dead_ends(look: Look) -> list[GapRow]:
    """Texts that lead nowhere, as far as they may be shown."""
    world, site = look.world, look.site
    graph = world.shown
    return [_row(world, ref, "") for ref in wanted.dead_ends(world, site) if _words(graph.entities[ref], site)]


def stubs(look: Look) -> list[GapRow]:
    """Pages with a short text, the shortest first; those without any say all they have in their facts."""
    world, site = look.world, look.site
    graph = world.shown
    long = {ref: _words(graph.entities[ref], site) for ref in graph.urls if graph.entities[ref].words}
    found = sorted((ref for ref, words in long.items() if 0 < words < SHORT), key=lambda ref: (long[ref], ref))
    return [_row(world, ref, str(long[ref])) for ref in found]


def unsourced(look: Look) -> list[GapRow]:
    """Content files with facts that name no source, those with most first."""
    lacking: Counter[str] = Counter()
    total: Counter[str] = Counter()
    first: dict[str, int] = {}
    for fact in look.facts:
        path = fact.entity.path
        total[path] += 1
        if not fact.sources:
            lacking[path] += 1
            first[path] = min(fact.line, first.get(path, fact.line))
    order = sorted(lacking, key=lambda path: (-lacking[path], path))
    return [GapRow(path, "", f"{lacking[path]} of {total[path]}", path, first[path]) for path in order]


def statuses(look: Look) -> list[GapRow]:
    """Passing states (`review` in a type) and facts that are rumoured or disputed; those with the oldest date first."""
    world, site = look.world, look.site
    graph = world.shown
    dated: list[tuple[str, GapRow]] = []
    for ref, entity in graph.entities.items():
        for name in _doubted(world, entity):
            field = graph.kind(ref).fields[name]
            own = entity.statements.get(name, ())
            given = list(site.stated(entity, field))
            if not given:
                continue
            passing = max(given, key=lambda each: each.qualifiers.from_) if field.review else None
            for each in given:
                since, value = each.qualifiers.from_, str(each.value)
                days = dict(field.review).get(value) if each is passing and not each.qualifiers.until else None
                if days is not None:
                    overdue = since and _age(since, world.today) > days
                    note = f"{field.label}: {value}" + (f", since {since}" if since else "")
                    note += "; look whether it still is" if overdue else ""
                elif _doubtful(each):
                    value = graph.titles.get(Ref(value), value)
                    note = f"{field.label}: {value} ({each.qualifiers.confidence})"
                else:
                    continue
                dated.append((since or "9999", _row(world, ref, note, each.line if each in own else None)))
    return [row for _, row in sorted(dated, key=lambda each: (each[0], each[1].path, each[1].line))]


def recent(look: Look) -> list[GapRow]:
    """Content files by the day of their last change, the newest first, with the pages they hold."""
    world = look.world
    holds: dict[str, list[Ref]] = defaultdict(list)
    for ref in world.shown.urls:
        holds[world.shown.entities[ref].path].append(ref)
    past = world.history
    order = sorted((path for path in holds if path in past), key=lambda path: (past[path].changed, path), reverse=True)
    rows: list[GapRow] = []
    for path in order:
        if len(rows) == LATELY:
            break
        shown = holds[path]
        if len(shown) == 1:
            rows.append(_row(world, shown[0], past[path].changed, 0))
        elif shown:
            pages = tuple((world.shown.titles[ref], world.shown.urls[ref]) for ref in shown)
            rows.append(GapRow(path, "", past[path].changed, path, 0, pages))
    return rows


def drafts(look: Look) -> list[GapRow]:
    """Drafts and what is scheduled, where this build shows them; else nothing is known of them but their number."""
    world = look.world
    graph = world.shown
    found = []
    for ref, entity in graph.entities.items():
        for name in ("draft", "publish_at"):
            said = entity.statements.get(name)
            late = said and (said[0].value is True if name == "draft" else not _due(world, str(said[0].value)))
            if said and late:
                found.append(_row(world, ref, "draft" if name == "draft" else f"from {said[0].value}", said[0].line))
    return found


def counts(look: Look) -> list[Count]:
    """The numbers of each type that has any."""
    world, site = look.world, look.site
    graph = world.shown
    facts: Counter[str] = Counter()
    sourced: Counter[str] = Counter()
    for fact in look.facts:
        facts[fact.entity.type] += 1
        sourced[fact.entity.type] += bool(fact.sources)
    found = []
    for name, kind in graph.schema.types.items():
        shown = [graph.entities[ref] for ref in graph.lists[name]]
        if shown:
            words = sum(_words(each, site) for each in shown)
            links = sum(_links(each, site) for each in shown)
            address = kind.index.url if kind.index else ""
            found.append(Count(kind.plural, address, len(shown), words, links, facts[name], sourced[name]))
    return found


def _words(entity: Entity, site: SiteView) -> int:
    """The words of a text that may be known."""
    view = site.entity(entity.ref) if entity.hidden else None
    return len(Prose(site, plain=True).text(view).striptags().split()) if view else entity.words


def _links(entity: Entity, site: SiteView) -> int:
    """The links of a text that may be known."""
    open_ = sum(all(site.knows(since, entity.ref) for since in each.since) for each in entity.mentions)
    return len(entity.targets) + open_


def _doubted(world: World, entity: Entity) -> Iterator[str]:
    """The fields of an entity that hold passing states, or something doubtful."""
    graph = world.shown
    fields = graph.schema.types[entity.type].fields
    claimed = graph.claims.get(entity.ref, {})
    for name in dict.fromkeys((*entity.statements, *claimed)):
        said = graph.statements(entity.ref, name) if name in claimed else entity.statements[name]
        if fields[name].review or any(map(_doubtful, said)):
            yield name


def _doubtful(statement: Statement) -> bool:
    return statement.qualified is not None and statement.qualified.confidence in ("rumoured", "disputed")


def _due(world: World, date: str) -> bool:
    return moments.due(date, world.now, world.config.timezone)


def _age(since: str, today: str) -> int:
    """Days since a date that may be partial."""
    return (first_day(today) - first_day(since)).days


def _row(world: World, ref: Ref, note: str, line: int | None = None) -> GapRow:
    graph = world.shown
    entity = graph.entities[ref]
    return GapRow(graph.titles[ref], graph.urls.get(ref, ""), note, entity.path, entity.line if line is None else line)
