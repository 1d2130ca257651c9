"""What pages are made from, fact by fact: the tables, how a fact of each is digested, and traces.

Facts come in two kinds. An entity's own can only change with the file it is written in: comparing the two versions of
its document tells (`staleness`). So it is with those of a whole type, for files that hold all of it: they cost
nothing until something changes. All others follow from the whole graph or its surroundings; their digests are kept from
one publish to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from typing import Literal

from msgspec import Struct

from ballardwiki.content import moments
from ballardwiki.graph import tables
from ballardwiki.model import Ref, Statement, ref_type
from ballardwiki.pages.world import World
from ballardwiki.slugs import fold

_SHORT = 48


class Fact(Struct, frozen=True, order=True, array_like=True):
    """A fact: the name of its table, what it is about, and which of the facts about that; "" where there is one."""

    table: str
    subject: str = ""
    name: str = ""

    def __str__(self) -> str:
        return " ".join(each for each in (self.table, self.subject, self.name) if each)


class Trace:
    """The facts that an output has read."""

    __slots__ = ("_facts", "read")

    read: Callable[[Fact], None]
    """Note that a fact was read."""

    def __init__(self) -> None:
        self._facts: set[Fact] = set()
        self.read = self._facts.add

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)


class Table(Struct, frozen=True):
    """Facts of one kind.

    value: what a fact says, from its subject and name; None for an entity's own. of_type: the table in which a reader
    of whole types finds the same, "" where there is none. row: the row of content that it tells of, from its subject;
    "none" for what does not follow from content.
    """

    value: Callable[[World, str, str], str] | None = None
    of_type: str = ""
    row: Literal["subject", "name", "none"] = "subject"


TABLES: dict[str, Table] = {}
"""All tables by name."""


def _table(
    name: str,
    value: Callable[[World, str, str], str] | None = None,
    of_type: str = "",
    row: Literal["subject", "name", "none"] = "subject",
) -> partial[Fact]:
    """Declare a table. What comes back makes a fact of it from a subject and a name."""
    TABLES[name] = Table(value, of_type, row)
    return partial(Fact, name)


TEXTS = frozenset({"body", "sentences", "headings", "mentions", "content"})
"""The tables of what may change though no field does."""


def of_texts(mentioned: Iterable[Ref]) -> Iterator[Fact]:
    """The facts that may have changed where nothing but texts did, besides the texts' own.

    mentioned: the entities that texts mention otherwise than before.
    """
    yield from map(MENTIONS, mentioned)
    yield CONTENT()


def row(fact: Fact) -> str | None:
    """The row of content that a fact tells of: a record, a folded name, a type or a tag, "" for the whole of it.

    None where it does not follow from content. A change of records tells which rows it touches (`graph.delta`).
    """
    kind = TABLES[fact.table].row
    return fact.subject if kind == "subject" else fold(fact.subject) if kind == "name" else None


def coarse(facts: Iterable[Fact]) -> Iterator[Fact]:
    """What a file that holds whole types has read: a fact of its type in place of each fact of one entity."""
    for fact in facts:
        whole = TABLES[fact.table].of_type
        yield Fact(whole, ref_type(Ref(fact.subject))) if whole else fact


def digest(fact: Fact, world: World) -> str:
    """A short text that differs when the fact does, "" for an entity's own. Short values stand for themselves."""
    value = TABLES[fact.table].value
    found = value(world, fact.subject, fact.name) if value else ""
    return found if len(found) <= _SHORT else blake2b(found.encode(errors="surrogatepass"), digest_size=15).hexdigest()


def _name(world: World, target: str, _: str) -> str:
    found = world.shown.find(target)
    if isinstance(found, str):
        return found
    return "?" if found else "withheld" if world.graph.find(target) else ""


def _file(world: World, path: str, _: str) -> str:
    found = world.shown.file(path)
    return found if isinstance(found, str) else ""


def _inverse(world: World, ref: str, name: str) -> str:
    found = world.shown.inverses.get(Ref(ref), {}).get(name, ())
    return "\n".join(f"{each.source} {each.statement.value} {each.statement.qualifiers}" for each in found)


def _mentions(world: World, ref: str, _: str) -> str:
    graph = world.shown
    veiled = (f"{each.source} {each.since}" for each in graph.veiled.get(Ref(ref), ()))
    return "\n".join((*graph.backlinks.get(Ref(ref), ()), *veiled, *sorted(graph.called.get(Ref(ref), ()))))


def _claims(world: World, ref: str, _: str) -> str:
    rows = world.shown.claims.get(Ref(ref), {}).values()
    found = (each for row in rows for each in row)
    return "\n".join(f"{each.ref} {each.field} {_said(each.statement)} {each.date}" for each in found)


def _said(statement: Statement) -> str:
    return f"{statement.value!r} {statement.qualifiers}"


def _story(world: World, *_: str) -> str:
    graph, config = world.graph, world.config
    former = sorted((old, ref) for old, ref in graph.former.items() if ref.partition("/")[2] in graph.story.timelines)
    names = sorted(
        (name, ref) for ref in graph.story.timelines for name in (ref, str(graph.titles.get(Ref(f"series/{ref}"), "")))
    )
    series = [
        (name, refs)
        for name, refs in sorted(graph.names.items())
        if any(ref.partition("/")[2] in graph.story.timelines for ref in refs)
    ]
    return repr((names, former, series, sorted(config.horizon.items()), config.default_horizon))


def _covered(world: World, ref: str, _: str) -> str:
    """What a credit is for, and what each of it is a part of."""
    return "\n".join(f"{each} {_holders(world, each)}" for each in world.shown.coverage.covered(Ref(ref)))


def _holders(world: World, ref: str) -> str:
    return " ".join(world.shown.coverage.holders(Ref(ref)))


def _credited(world: World, ref: str, _: str) -> str:
    """The credits that a place has from what stands around it."""
    return repr([(each.credits, each.regulars) for each in world.shown.coverage.around(Ref(ref))])


def _rows(world: World, type_: str, page: str) -> str:
    number, _, size = page.partition("/")
    return " ".join(tables.rows(world.shown, type_, int(number), int(size)))


def _tag(world: World, key: str, _: str) -> str:
    name, refs = world.shown.tags.get(key, ("", []))
    return f"{name} {' '.join(refs)}"


# Own facts

FIELDS = _table("facts")
FIELD = _table("field", of_type="facts")
RECORDS = _table("records")
RECORD = _table("record", of_type="records")
BODY = _table("body")
SENTENCES = _table("sentences")
HEADINGS = _table("headings")
LINE = _table("line")
PLACE = _table("place")
HISTORY = _table("history", row="none")

# What follows from all entities

FORMER = _table("former", lambda world, ref, _: world.shown.former.get(ref, ""))
TITLE = _table("title", lambda world, ref, _: world.shown.titles.get(Ref(ref), ""))
URL = _table("url", lambda world, ref, _: world.shown.urls.get(Ref(ref), ""))
ADDRESS = _table(
    "address", lambda world, url, _: world.graph.addresses.get(url) or (world.drafts.page(url) and "draft")
)
FILE = _table("file", _file)
NAME = _table("name", _name, row="name")
BEARERS = _table("bearers", lambda world, key, _: " ".join(world.shown.names.get(key, ())))
SIGNED = _table("signed", lambda world, *_: "\n".join(sorted(world.graph.naming.signed)))
NAMESAKES = _table("namesakes", lambda world, ref, _: "\n".join(world.shown.shared.get(Ref(ref), ())))
SOURCE = _table("source", lambda world, id_, _: world.shown.source(id_) or "")
INVERSE = _table("inverse", _inverse)
CLAIMS = _table("claims", _claims)
CITED = _table(
    "cited", lambda world, ref, _: "\n".join(" ".join(pair) for pair in world.shown.citing.get(Ref(ref), ()))
)
MENTIONS = _table("mentions", _mentions)
COVERED = _table("covered", _covered)
HOLDERS = _table("holders", lambda world, ref, _: _holders(world, ref))
CREDITED = _table("credited", _credited)
TIMELINE = _table("timeline", lambda world, ref, _: world.graph.story.timeline(ref))
STORY = _table("story", _story)
LIST = _table("list", lambda world, type_, _: " ".join(world.shown.lists.get(type_, ())))
ROWS = _table("rows", _rows)
PAGES = _table("pages", lambda world, type_, size: str(tables.pages(world.shown, type_, int(size))))
YEARS = _table("years", lambda world, type_, _: " ".join(world.shown.years.get(type_, ())))
YEAR = _table("year", lambda world, type_, year: " ".join(world.shown.years.get(type_, {}).get(year, ())))
NEWS = _table("news", lambda world, *_: " ".join(world.shown.news))
TAG = _table("tag", _tag)
TAGS = _table("tags", lambda world, *_: repr([(key, name) for key, (name, _) in sorted(world.shown.tags.items())]))
CONTENT = _table("content", lambda world, *_: world.content)

# What does not stand in content

TYPES = _table("types", lambda world, *_: repr(world.shown.schema.types), row="none")
SITE = _table("site", lambda world, name, _: repr(getattr(world.config, name)), row="none")
TEMPLATE = _table("template", lambda world, name, _: world.templates.get(name, ""), row="none")
ASSET = _table(
    "asset", lambda world, path, _: "" if path in world.withheld_files else world.assets.get(path, ""), row="none"
)
COMMIT = _table("commit", lambda world, *_: world.commit, row="none")
TODAY = _table("today", lambda world, *_: world.today, row="none")
PASSED = _table("passed", lambda world, *_: world.passed, row="none")
DUE = _table("due", lambda world, date, _: str(moments.due(date, world.now, world.config.timezone)), row="none")
