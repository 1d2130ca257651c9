"""What a site lacks and what may have grown old, for the pages of its editors. All of it goes through a view.

A view that makes these lists reads nearly everything. Give it a trace of its own, and let the page depend on `content`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ballardwiki import wanted
from ballardwiki.claims import TYPE as CLAIM
from ballardwiki.model import Entity, Ref, Statement
from ballardwiki.prose import Prose
from ballardwiki.schema import EntityType
from ballardwiki.view import SiteView
from ballardwiki.world import World

SHORT = 60
"""Words below which a text is a stub."""

LATELY = 200
"""Changed files that are listed."""

_NAMES = frozenset({"title", "aliases", "summary", "was", "tags", "links", "draft", "publish_at", "sources"})
"""Fields that name, sort or point elsewhere: they need no source."""
_KINDS = ("parent", "records", "markdown")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: what it is about (`url` from the root, "" for none), what is to be said, where to mend it.

    others: titles and addresses of pages that it is about as well.
    """

    title: str
    url: str
    note: str
    path: str
    line: int = 0
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers of a type: its records, words of text, links in texts, facts, and facts with a source."""

    label: str
    url: str
    records: int
    words: int
    links: int
    facts: int
    sourced: int


def wanted_pages(world: World, site: SiteView) -> list[Row]:
    """Missing pages that texts link to, those that most ask for first."""
    rows = []
    for each in wanted.known(wanted.wanted(world), site):
        first = each.links[0]
        asking = tuple(
            (site.title_of(ref), site.url_of(ref)) for ref in dict.fromkeys(link.source for link in each.links)
        )
        path = world.graph.entities[first.source].path
        rows.append(Row(each.name, "", str(len(asking)), path, first.mention.line, asking))
    return rows


def orphans(world: World, site: SiteView) -> list[Row]:
    """Pages to which nothing leads."""
    return [_row(world, ref, "") for ref in wanted.orphans(world) if site.shown(ref)]


def dead_ends(world: World, site: SiteView) -> list[Row]:
    """Texts that lead nowhere."""
    return [_row(world, ref, "") for ref in wanted.dead_ends(world) if site.shown(ref)]


def stubs(world: World, site: SiteView) -> list[Row]:
    """Pages with a short text, the shortest first; those without any say all they have in their facts."""
    graph = world.graph
    long = {
        ref: _words(graph.entities[ref], site) for ref in graph.urls if graph.entities[ref].words and site.shown(ref)
    }
    found = sorted((ref for ref, words in long.items() if words < SHORT), key=lambda ref: (long[ref], ref))
    return [_row(world, ref, str(long[ref])) for ref in found]


def unsourced(world: World, site: SiteView) -> list[Row]:
    """Content files with facts that name no source, those with most first."""
    lacking: Counter[str] = Counter()
    total: Counter[str] = Counter()
    first: dict[str, int] = {}
    for entity, line, sourced in _facts(world, site):
        total[entity.path] += 1
        if not sourced:
            lacking[entity.path] += 1
            first.setdefault(entity.path, line)
    order = sorted(lacking, key=lambda path: (-lacking[path], path))
    return [Row(path, "", f"{lacking[path]} of {total[path]}", path, first[path]) for path in order]


def statuses(world: World, site: SiteView) -> list[Row]:
    """Passing states (`review` in a type) and facts that are rumoured or disputed; those with the oldest date first."""
    graph = world.graph
    dated: list[tuple[str, Row]] = []
    for ref, entity in graph.entities.items():
        kind = graph.schema.types[entity.type]
        for name in dict.fromkeys((*entity.statements, *graph.claims.get(ref, ()))):
            field = kind.fields[name]
            own = entity.statements.get(name, ())
            doubted = field.review or any(map(_doubtful, graph.statements(ref, name)))
            given = list(site.stated(entity, field)) if doubted and site.shown(ref) else []
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


def recent(world: World, site: SiteView) -> list[Row]:
    """Content files by the day of their last change, the newest first, with the pages they hold."""
    holds: dict[str, list[Ref]] = defaultdict(list)
    for ref in world.graph.urls:
        holds[world.graph.entities[ref].path].append(ref)
    past = world.history
    order = sorted((path for path in holds if path in past), key=lambda path: (past[path].changed, path), reverse=True)
    rows: list[Row] = []
    for path in order:
        if len(rows) == LATELY:
            break
        shown = [ref for ref in holds[path] if site.shown(ref)]
        if len(shown) == 1:
            rows.append(_row(world, shown[0], past[path].changed, 0))
        elif shown:
            rows.append(
                Row(
                    path,
                    "",
                    past[path].changed,
                    path,
                    0,
                    tuple((world.graph.titles[ref], world.graph.urls[ref]) for ref in shown),
                )
            )
    return rows


def drafts(world: World, site: SiteView) -> list[Row]:
    """Drafts and what is scheduled, where this build shows them; else nothing is known of them but their number."""
    graph = world.graph
    found = []
    for ref, entity in graph.entities.items():
        for name in ("draft", "publish_at"):
            said = entity.statements.get(name)
            late = said and (said[0].value is True if name == "draft" else str(said[0].value)[:10] > world.today)
            if said and late and site.shown(ref):
                found.append(_row(world, ref, "draft" if name == "draft" else f"from {said[0].value}", said[0].line))
    return found


def counts(world: World, site: SiteView) -> list[Count]:
    """The numbers of each type that has any."""
    graph = world.graph
    facts: Counter[str] = Counter()
    sourced: Counter[str] = Counter()
    for entity, _, cited in _facts(world, site):
        facts[entity.type] += 1
        sourced[entity.type] += cited
    found = []
    for name, kind in graph.schema.types.items():
        shown = [graph.entities[ref] for ref in graph.lists[name] if site.shown(ref)]
        if shown:
            words = sum(_words(each, site) for each in shown)
            links = sum(_links(each, site) for each in shown)
            address = kind.index.url if kind.index else ""
            found.append(Count(kind.plural, address, len(shown), words, links, facts[name], sourced[name]))
    return found


def _facts(world: World, site: SiteView) -> Iterator[tuple[Entity, int, bool]]:
    """Facts that may be shown and ought to have a source: (entity, line, whether it or its record names one).

    News and sources are no facts of the wiki: they are what facts are from. Nor is what gives an entity its place.
    """
    graph = world.graph
    asked = {
        name: {field.name for field in kind.fields.values() if field.kind not in _KINDS} - _NAMES - _placing(kind)
        for name, kind in graph.schema.types.items()
        if not kind.dated and name != "source"
    }
    for entity in graph.entities.values():
        fields = asked.get(entity.type)
        if not fields or not site.shown(entity.ref):
            continue
        whole = bool(entity.qualifiers.sources) or entity.type == CLAIM  # whose source is its article
        if entity.owner:  # a record inside another is one fact, whatever keys it has
            yield (
                entity,
                entity.line,
                whole or any(each.qualifiers.sources for row in entity.statements.values() for each in row),
            )
            continue
        for name, statements in entity.statements.items():
            for each in site.known(entity, statements) if name in fields else ():
                yield entity, each.line, whole or bool(each.qualifiers.sources)


def _words(entity: Entity, site: SiteView) -> int:
    """The words of a text that may be known."""
    view = site.entity(entity.ref) if entity.hidden else None
    return len(Prose(site, plain=True).text(view).striptags().split()) if view else entity.words


def _links(entity: Entity, site: SiteView) -> int:
    """The links of a text that may be known."""
    open_ = sum(all(site.knows(since, entity.ref) for since in each.since) for each in entity.mentions)
    return len(entity.targets) + open_


def _placing(kind: EntityType) -> set[str]:
    """The fields of a type that say where an entity stands: in which series, which season, as which of a row."""
    ordinal = (path for path in kind.order if path in kind.fields and kind.fields[path].kind == "integer")
    return {path.partition(".")[0] for path in (*kind.position, kind.timeline, *ordinal)}


def _doubtful(statement: Statement) -> bool:
    return statement.qualifiers.confidence in ("rumoured", "disputed")


def _age(since: str, today: str) -> int:
    """Days since a date that may be partial."""
    begun = f"{since}-01-01"[:10] if len(since) != 7 else f"{since}-01"
    return (date.fromisoformat(today) - date.fromisoformat(begun)).days


def _row(world: World, ref: Ref, note: str, line: int | None = None) -> Row:
    graph = world.graph
    entity = graph.entities[ref]
    return Row(graph.titles[ref], graph.urls.get(ref, ""), note, entity.path, entity.line if line is None else line)
