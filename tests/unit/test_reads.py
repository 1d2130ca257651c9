"""Whatever a view or a function of templates hands out, it has read; and when that changes, so has a fact it read.

Every public attribute of every view, and every function that templates may call, is asked in two worlds that differ by
one edit. Where the answers differ a fact that was read must differ as well: else a page would stay as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import pytest
from msgspec import Struct
from tinyworld import THREE, world

from ballardwiki import backlinks, casts, credits, facts, filters, horizon
from ballardwiki.differences import changed_in
from ballardwiki.facts import Fact
from ballardwiki.origins import Origin
from ballardwiki.prose import Prose
from ballardwiki.render import summary
from ballardwiki.schema import EntityType, Field
from ballardwiki.view import EntityView, ListView, NameView, QualifierView, SiteView, StatementView, TagView
from ballardwiki.view.origin import OriginView
from ballardwiki.view.statement import UndeclaredError
from ballardwiki.world import World

FILES = {
    **THREE,
    "people/ann": "---\ntitle: Ann\naliases: [Same]\nborn: {value: 1970, source: paper}\ntags: [Red]\nwas: [annie]\n"
    "summary: Short.\n---\nSee [[Bob]] and [[Cat#Past]], she said. ||one S01E02: Or [[Nobody]].|| See[^n1].\n\n## Past\n\nx\n",
    "people/bob": "---\ntitle: Bob\naliases: [Same]\ntags: [Red]\n---\nHere is [[Ann]], a friend of [[annie|hers]].\n",
    "characters/cat": "---\ntitle: Cat\nsiblings: [dog]\n---\n## Past\n\n[it](../people/ann.md) ![a](/media/a.png)\n",
    "characters/dog": "---\ntitle: Dog\nhome: here\n---\n",
    "places/all": "here: {title: Here}\n",
    "sources/all": "paper: {title: Paper, url: https://example.org/1}\nother: {title: Other}\n",
    "news/n1": "---\ntitle: News\ndate: 2025-07-01\nsources: [paper]\nabout: [person/ann]\nclaims:\n"
    "  - {about: person/bob, field: born, value: 1980}\n  - {about: person/ann, field: born, value: 1981}\n"
    "  - {about: character/dog, field: allies, value: cat}\n---\nOf [[Ann]], who is well.\n",
    "news/n2": "---\ntitle: More\ndate: 2024-07-01\nclaims:\n  - {about: person/bob, field: born, value: 1979}\n---\nOf [[Bob]].\n",
    "series/all": "one: {title: One, number: 1, summary: First., credits: [{person: ann, character: cat, billing: main}, "
    "{person: bob, character: cat, episodes: s01e02-s02e01, except: s01e03, source: paper}]}\n"
    "two: {title: Two, number: 2, follows: [series/one]}\nthree: {title: Three, number: 3}\n",
}
EDITS = (
    ("people/ann", "title: Ann", "title: Anna"),
    ("people/ann", "aliases: [Same]\n", ""),
    ("people/ann", "value: 1970", "value: 1971"),
    ("people/ann", "source: paper", "source: other"),
    ("people/ann", "tags: [Red]", "tags: [Blue]"),
    ("people/ann", "was: [annie]\n", ""),
    ("people/ann", "summary: Short.", "summary: Long."),
    ("people/ann", "she said", "he said"),
    ("people/ann", "[[Bob]]", "Bob"),
    ("people/ann", "## Past", "## Future"),
    ("people/ann", "one S01E02", "one S02E02"),
    ("people/ann", "title: Ann\n", "title: Ann\nsince: one s03e01\n"),
    ("people/ann", "title: Ann\n", "title: Ann\nsince: one s01e01\n"),
    ("people/ann", "title: Ann\n", "# a remark\ntitle: Ann\n"),
    ("people/bob", "title: Bob", "title: Robert"),
    ("people/bob", "a friend", "no friend"),
    ("people/bob", "[[Ann]]", "[[Ann#Past]]"),
    ("people/bob", "tags: [Red]\n", "tags: [red, Green]\n"),
    ("people/bob", "tags: [Red]\n", "born: 1950\n"),
    ("characters/cat", "siblings: [dog]\n", ""),
    ("characters/cat", "## Past", "## Past {#gone}"),
    ("characters/cat", "title: Cat\n", "title: Cat\nsince: one s03e01\n"),
    ("characters/dog", "title: Dog", "title: Hound"),
    ("characters/dog", "home: here", "home: here\nconfidence: rumoured"),
    ("places/all", "title: Here", "title: There"),
    ("sources/all", "title: Paper", "title: Magazine"),
    ("sources/all", "paper: {", "paper: {was: [sheet], "),
    ("news/n1", "date: 2025-07-01", "date: 2023-07-01"),
    ("news/n1", "about: [person/ann]", "about: [person/bob]"),
    ("news/n1", "value: 1980", "value: 1979"),
    ("news/n1", "value: 1980", "value: 1980, confidence: rumoured"),
    ("news/n1", "value: 1980", "value: 1980, since: one s03e01"),
    ("news/n1", "field: allies", "field: relatives"),
    ("news/n1", "title: News\n", "title: News\nsince: one s03e01\n"),
    ("news/n1", "sources: [paper]", "sources: [paper, other]"),
    ("news/n2", "value: 1979", "value: 1980"),
    ("news/n2", "Of [[Bob]]", "Of [[Ann]]"),
    ("series/all", "title: One", "title: Uno"),
    ("series/all", "number: 1", "number: 4"),
    ("series/all", "summary: First.", "summary: Once."),
    ("series/all", "billing: main", "billing: guest"),
    ("series/all", "s01e02-s02e01", "s01e02"),
    ("series/all", ", except: s01e03", ""),
    ("series/all", "follows: [series/one]", "follows: [series/three]"),
    ("series/all", "person: bob", "person: ann"),
    ("seasons/all", "one-2: {series: one, number: 2}", "one-2: {series: two, number: 3}"),
    ("seasons/all", "one-1: {series: one, number: 1}", "one-1: {series: one, number: 1, title: The first}"),
    ("episodes/all", "one-1-2: {season: one-1", "one-1-2: {season: one-2"),
    ("episodes/all", "one-1-2: {season: one-1, number: 2", "one-1-2: {season: one-1, number: 7"),
    ("episodes/all", "one-1-2: {", "one-1-2: {since: one s03e01, "),
    ("episodes/all", "one-1-2: {", "one-1-2: {aired: 2025-07-08, title: Two, "),
    ("episodes/all", "one-1-2: {", "one-1-2: {credits: [{person: bob, job: Director}], "),
)
SPOILERS = "{default: none, one: s02e01}"
FIXED = {"id", "ref", "type", "declared", "ways_back", "key", "url_prefix"}
"""What an entity is by its address alone, and what follows from its type: `types` is read by every page."""
BASE = {facts.SITE("links"), facts.SITE("base_url"), facts.TYPES()}


@cache
def made(edit: tuple[str, str, str] | None = None) -> World:
    files = dict(FILES)
    if edit:
        path, old, new = edit
        assert old in files[path], edit
        files[path] = files[path].replace(old, new, 1)
    found = world(files, SPOILERS)
    return replace(found, assets={"media/a.png": "0"}, now="2025-07-09T12:00:00+00:00")


def look(seen: World) -> SiteView:
    return SiteView(seen, horizon.horizon(seen.graph.story, seen.config), "/people/bob/")


def plain(value: Any, depth: int = 8) -> Any:
    """What may be printed of a value."""
    if isinstance(value, EntityView):
        return value.ref
    if isinstance(value, EntityType | Field):
        return value.name
    if isinstance(value, QualifierView):
        said = [plain(getattr(value, name), depth - 1) for name in public(QualifierView)]
        return [plain(value.value), *said] if isinstance(value, StatementView) else said
    if isinstance(value, TagView | NameView | OriginView):
        return [plain(getattr(value, name), depth - 1) for name in public(type(value)) if name != "others"]
    if isinstance(value, Struct):
        shown = (each for each in value.__struct_fields__ if each not in ("line", "column"))
        return [plain(getattr(value, each)) for each in shown]
    if isinstance(value, Mapping):
        return [(plain(key, depth - 1), plain(each, depth - 1)) for key, each in value.items()]
    if isinstance(value, list | tuple | set | Iterator):
        return [plain(each, depth - 1) for each in value]
    if is_dataclass(value) and not isinstance(value, type) and depth > 0:
        return [plain(getattr(value, each.name), depth - 1) for each in fields(value)]
    return str(value) if not callable(value) else ""


def public(kind: type) -> list[str]:
    return [name for name in dir(kind) if not name.startswith("_")]


Ask = Callable[[Any], Any]
METHODS = {"sentence", "statements", "incoming", "path", "covered_in", "others"}


def attribute(ref: str, name: str) -> Ask:
    return lambda site: getattr(site.entity(ref), name)


def function(made: Callable[[Any, Any], Any], ref: str) -> Ask:
    return lambda site: made(site, site.entity(ref))


def listed(kind: str, name: str, *given: Any) -> Ask:
    return lambda site: getattr(ListView(site, kind), name)(*given)


def calling(name: str, given: str) -> Ask:
    return lambda site: getattr(site, name)(given)


def probes(seen: World) -> Iterator[tuple[str, Ask]]:
    """Everything that templates may ask, by name."""
    for ref in seen.shown.entities:
        for name in public(EntityView):
            if name not in METHODS and name not in FIXED:
                yield f"{ref} {name}", attribute(ref, name)
        kind = seen.shown.kind(ref)
        for name in {*kind.fields, *seen.shown.schema.inverses.get(kind.name, ())}:
            yield f"{ref} .{name}", attribute(ref, name)
        for name, made in FUNCTIONS.items():
            yield f"{name}({ref})", function(made, ref)
    for name in ("tags", "today", "title", "language", "horizon"):
        yield f"site {name}", lambda site, name=name: getattr(site, name)  # type: ignore[misc]
    for type_ in seen.shown.schema.types:
        yield f"all {type_}", calling("all", type_)
        yield f"years {type_}", lambda site, type_=type_: ListView(site, type_).years  # type: ignore[misc]
        yield f"pages {type_}", listed(type_, "pages", 2)
        yield f"rows {type_}", listed(type_, "rows", 2, 2)
        yield f"year {type_}", listed(type_, "of_year", "2025")
    for name in ("Ann", "annie", "person/ann", "Same", "Nobody", "One S01E02", "Hound", "paper", "sheet"):
        yield f"find {name}", calling("find", name)
        yield f"entity {name}", calling("entity", f"person/{name.lower()}")
        yield f"source {name}", calling("source", name)
    yield "file", calling("file", "content/people/ann.md")
    yield "at", calling("at", "/people/ann/")
    yield "tag", lambda site: site.tag("red").entities
    yield "name", lambda site: NameView(site, "same")
    yield "others", lambda site: NameView(site, "same").others(site.entity("person/bob"), 2)
    yield "asset", lambda site: [site.asset("media/a.png"), site.has_asset("media/b.png")]


def related(_: SiteView, entity: Any) -> Any:
    return [entity.sentence(each) for each in entity.mentions]


def cast(_: SiteView, entity: Any) -> Any:
    if entity.type not in ("series", "season"):
        return None
    found = casts.roles(credits.credits_of(entity), within=entity)
    before = casts.recasts(found)
    return [(role.person, role.places, role.extent, role.remarks, before.get(role)) for role in found]


def career(_: SiteView, entity: Any) -> Any:
    if entity.type != "person":
        return None
    groups = casts.by_series(casts.roles(entity.credits))
    return [(series, [(role.places, role.years, role.extent) for role in row]) for series, row in groups]


def covered_in(site: SiteView, entity: Any) -> Any:
    places = [each for kind in ("series", "season", "episode") for each in site.all(kind)]
    return [entity.covered_in(each) for each in places] if entity.type == "credit" else None


def of_place(name: str) -> Callable[[SiteView, Any], Any]:
    return lambda _, entity: filters.FILTERS[name](entity) if entity.type in ("series", "season", "episode") else None


FUNCTIONS: Mapping[str, Callable[[SiteView, Any], Any]] = {
    "text_of": lambda site, entity: Prose(site).text(entity),
    "excerpt": lambda site, entity: Prose(site).excerpt(entity),
    "cite": lambda site, entity: Prose(site).cite(entity),
    "contents": lambda site, entity: Prose(site).contents(entity),
    "summary": lambda site, entity: summary(entity, Prose(site)),
    "mentioned": lambda _, entity: backlinks.mentioned(entity),
    "sentence": related,
    "href": lambda _, entity: [str(entity), entity.__html__()],
    "covered_in": covered_in,
    "cast": cast,
    "career": career,
    **{name: of_place(name) for name in ("parts_of", "credits_of", "regulars_of", "series_of", "code")},
    "news": lambda _, entity: filters.FILTERS["news"](entity) if entity.url else None,
    "inverses": lambda site, entity: filters.FILTERS["inverses"](entity, site.types),
}


def answer(seen: World, ask: Ask) -> tuple[Any, set[Fact]]:
    site = look(seen)
    try:
        found = plain(ask(site))
    except (AttributeError, UndeclaredError):
        found = None
    return found, {*site.trace}


@cache
def first() -> dict[str, tuple[Ask, Any, set[Fact]]]:
    seen = made()
    return {name: (ask, *answer(seen, ask)) for name, ask in probes(seen)}


def changed(before: World, after: World) -> set[Fact]:
    """The own facts of entities that differ, as a build finds them."""
    found = changed_in(before.graph.entities.values(), after.graph.entities.values())
    hidden = [seen.visible.hidden if seen.visible else {} for seen in (before, after)]
    toggled = {ref for ref in {*hidden[0], *hidden[1]} if hidden[0].get(ref) != hidden[1].get(ref)}
    return found | changed_in((each for each in after.graph.entities.values() if each.ref in toggled), ())


def test_whatever_is_handed_out_has_been_read() -> None:
    silent = {
        name
        for name, (_, found, reads) in first().items()
        if found not in (None, [], "", False, "False") and reads <= BASE
    }
    assert silent == set()


def test_every_attribute_of_an_origin_is_one_of_a_view() -> None:
    assert {each.name for each in fields(Origin)} <= {*public(OriginView)}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit[0]}: {edit[1]} > {edit[2]}".replace("\n", " "))
def test_what_changes_is_a_fact_that_was_read(edit: tuple[str, str, str]) -> None:
    before, after = made(), made(edit)
    own = changed(before, after)
    missed = []
    for name, (ask, said, reads) in first().items():
        now, _ = answer(after, ask)
        if now == said or own & reads:
            continue
        if not any(facts.digest(fact, before) != facts.digest(fact, after) for fact in reads if not facts.is_own(fact)):
            missed.append((name, said, now))
    assert missed == []
