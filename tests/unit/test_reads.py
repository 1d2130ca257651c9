"""Whatever a view or a function of templates hands out, it has read; and when that changes, so has a fact it read.

Every public attribute of every view, and every function that templates may call, is asked in two worlds that differ by
one edit. Where the answers differ a fact that was read must differ as well: else a page would stay as it was. The edits
are so many that each line that notes a fact is needed for one: were it left out, a test here would fail.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from msgspec import Struct, structs
from msgspec.structs import replace
from tinyworld import THREE, world

from ballardwiki.build.staleness import changed_in
from ballardwiki.config import history
from ballardwiki.config.history import Past
from ballardwiki.config.repository import Repository
from ballardwiki.graph import horizon, link
from ballardwiki.graph.visibility import visible
from ballardwiki.pages import backlinks, credits, facts, filters
from ballardwiki.pages.credits import casts
from ballardwiki.pages.environment import summary
from ballardwiki.pages.facts import Fact, Trace
from ballardwiki.pages.prose import Prose
from ballardwiki.pages.view import EntityView, ListView, NameView, QualifierView, SiteView, StatementView, TagView
from ballardwiki.pages.view.origin import Origin, OriginView
from ballardwiki.pages.view.statement import UndeclaredError
from ballardwiki.pages.world import World
from ballardwiki.schema import EntityType, Field

FILES = {
    **THREE,
    "people/ann": "---\ntitle: Ann\naliases: [Same]\nborn: {value: 1970, source: paper}\ntags: [Red]\nwas: [annie]\n"
    "summary: Short.\n---\nSee [[Bob]] and [[Cat#Past]], she said. ||one S01E02: Or [[Nobody]].|| See[^n1].\n\n## Past\n\nx\n",
    "people/bob": "---\ntitle: Bob\naliases: [Same]\ntags: [Red]\n---\nHere is [[Ann]], a friend of [[annie|hers]].\n\n||Uno S01E01: Now.||\n",
    "characters/cat": "---\ntitle: Cat\nsiblings: [dog]\n---\n## Past\n\n[it](../people/ann.md) ![a](/media/a.png)\n",
    "characters/dog": "---\ntitle: Dog\nhome: here\n---\n",
    "places/all": "here: {title: Here}\n",
    "sources/all": "paper: {title: Paper, url: https://example.org/1}\nother: {title: Other}\n",
    "news/n1": "---\ntitle: News\ndate: 2025-07-01\nsources: [paper]\nabout: [person/ann]\nclaims:\n"
    "  - {about: person/bob, field: born, value: 1980}\n  - {about: person/ann, field: born, value: 1981}\n"
    "  - {about: character/dog, field: allies, value: cat}\n---\nOf [[Ann]], who is well.\n",
    "news/n2": "---\ntitle: More\ndate: 2024-07-01\nclaims:\n  - {about: person/bob, field: born, value: 1979}\n---\nOf [[Bob]].\n",
    "seasons/all": THREE["seasons/all"].replace("number: 2}", "number: 2, text: '||S02E01: Then.||'}", 1),
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
    ("people/ann", "tags: [Red]", "tags: [RED]"),
    ("people/ann", "was: [annie]\n", ""),
    ("people/ann", "summary: Short.", "summary: Long."),
    ("people/ann", "she said", "he said"),
    ("people/ann", "[[Bob]]", "Bob"),
    ("people/ann", "## Past", "## Future"),
    ("people/ann", "one S01E02", "one S02E02"),
    ("people/ann", "title: Ann\n", "title: Ann\nsince: one s03e01\n"),
    ("people/ann", "title: Ann\n", "title: Ann\nsince: one s01e01\n"),
    ("people/ann", "title: Ann\n", "# a remark\ntitle: Ann\n"),
    ("people/ann", "source: paper", "source: n1"),
    ("people/bob", "title: Bob", "title: Robert"),
    ("people/bob", FILES["people/bob"].partition("---\n")[2].partition("---\n")[2], ""),
    ("people/new", "", "---\ntitle: New\n---\n"),
    ("people/bob", "a friend", "no friend"),
    ("people/bob", "[[Ann]]", "[[Ann#Past]]"),
    ("people/bob", "tags: [Red]\n", "tags: [red, Green]\n"),
    ("people/bob", "tags: [Red]\n", "born: 1950\n"),
    ("characters/cat", "siblings: [dog]\n", ""),
    ("characters/cat", "## Past", "## Past {#gone}"),
    ("characters/cat", "title: Cat\n", "title: Cat\nsince: one s03e01\n"),
    ("characters/dog", "title: Dog", "title: Hound"),
    ("characters/dog", "title: Dog", 'title: "Cat#Past"'),
    ("characters/dog", "home: here", "home: here\nconfidence: rumoured"),
    ("places/all", "title: Here", "title: There"),
    ("sources/all", "title: Paper", "title: Magazine"),
    ("sources/all", "paper: {", "paper: {was: [sheet], "),
    ("sources/all", "other: {", "\nother: {"),
    ("news/n1", "date: 2025-07-01", "date: 2023-07-01"),
    ("news/n1", "about: [person/ann]", "about: [person/bob]"),
    ("news/n1", "value: 1980", "value: 1979"),
    ("news/n1", "value: 1980", "value: 1980, confidence: rumoured"),
    ("news/n1", "value: 1980", "value: 1980, since: one s03e01"),
    ("news/n1", "field: allies", "field: relatives"),
    ("news/n1", "claims:\n", "claims:\n  - {about: person/annie, field: died, value: 2020}\n"),
    ("news/n1", "claims:\n", "claims:\n  - {about: character/cat, field: home, value: here}\n"),
    ("news/n1", "title: News\n", "title: News\nconfidence: rumoured\n"),
    ("news/n1", "title: News\n", "title: News\nuntil: 2030\n"),
    ("news/n1", "title: News\n", "# a remark\ntitle: News\n"),
    ("news/n3", "", "---\ntitle: Third\ndate: 2025-01-01\n---\n"),
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
    ("seasons/all", "one-2: {series: one, number: 2", "one-2: {series: two, number: 3"),
    ("seasons/all", "three-1: {series: three, number: 1", "three-1: {series: two, number: 3"),
    ("seasons/all", "one-1: {series: one, number: 1}", "one-1: {series: one, number: 1, title: The first}"),
    ("episodes/all", "one-1-2: {season: one-1", "one-1-2: {season: one-2"),
    ("episodes/all", "one-1-2: {season: one-1", "one-1-2: {season: two-1, title: Moved"),
    ("episodes/all", "one-1-2: {season: one-1, number: 2", "one-1-2: {season: one-1, number: 7"),
    ("episodes/all", "one-1-2: {", "one-1-2: {since: one s03e01, "),
    ("episodes/all", "one-1-2: {", "one-1-2: {aired: 2025-07-08, title: Two, "),
    ("episodes/all", "one-1-2: {", "one-1-2: {credits: [{person: bob, job: Director}], "),
)
SPOILERS = "{default: none, one: s02e01}"


def other_types(seen: World) -> World:
    """The same content with another name for a type."""
    types = seen.graph.schema.types
    schema = structs.replace(
        seen.graph.schema, types={**types, "person": structs.replace(types["person"], label="Human")}
    )
    graph = link(seen.graph.entities.values(), schema)
    return replace(seen, graph=graph, visible=visible(graph, horizon.horizon(graph.story, seen.config)))


HOST = Repository("https://github.com/a/b", "github")
SURROUNDINGS: Mapping[str, Callable[[World], World]] = {
    "types": other_types,
    "links": lambda seen: replace(seen, config=structs.replace(seen.config, links="folders")),
    "base_url": lambda seen: replace(seen, config=structs.replace(seen.config, base_url="https://other.example/w/")),
    "language": lambda seen: replace(seen, config=structs.replace(seen.config, language="ar")),
    "policy": lambda seen: replace(seen, config=structs.replace(seen.config, policy={"img-src": "*"})),
    "another code host": lambda seen: replace(
        seen, config=structs.replace(seen.config, code=structs.replace(HOST, branch="next"))
    ),
    "a commit": lambda seen: replace(seen, history={"content/people/ann.md": Past("2025-01-01", "2025-07-02", 2)}),
    "an asset": lambda seen: replace(seen, assets={"media/a.png": "1", "media/b.png": "0"}),
    "a day later": lambda seen: replace(seen, now="2025-07-10T12:00:00+00:00"),
    "a year before": lambda seen: replace(seen, now="2024-07-09T12:00:00+00:00"),
}
"""What else may change, while all content stays."""
FIXED = {"id", "ref", "type", "declared", "ways_back", "key", "url_prefix"}
"""What an entity is by its address alone, and what follows from its type: `types` is read by every page."""
BASE = {facts.SITE("links"), facts.SITE("base_url"), facts.TYPES()}


OF_TYPES = {"label", "listed"}
"""Questions that the types alone answer."""
Edit = tuple[str, str, str] | str
"""In which file what is written in place of what; or one of `SURROUNDINGS`."""
CHANGES: tuple[Edit, ...] = (*EDITS, *SURROUNDINGS)


@cache
def made(edit: Edit = "") -> World:
    if edit in SURROUNDINGS:
        return SURROUNDINGS[str(edit)](made())
    files = dict(FILES)
    if not isinstance(edit, str):
        path, old, new = edit
        assert old in files.get(path, ""), edit
        files[path] = files.get(path, "").replace(old, new, 1)
    found = world(files, SPOILERS)
    past = {"content/people/ann.md": Past("2025-01-01", "2025-07-01", 1)}
    found = replace(found, assets={"media/a.png": "0"}, now="2025-07-09T12:00:00+00:00", history=past)
    return replace(found, config=structs.replace(found.config, code=HOST))


class Noting(Trace):
    """The facts that were read, and where each was noted: the function, and the table."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: dict[Fact, set[str]] = defaultdict(set)
        self.read = self._note

    def _note(self, fact: Fact) -> None:
        self._facts.add(fact)
        self.noted[fact].add(f"{sys._getframe(1).f_code.co_qualname}: {fact.table}")


def look(seen: World) -> SiteView:
    return SiteView(seen, horizon.horizon(seen.graph.story, seen.config), "/people/bob/", trace=Noting())


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
    if isinstance(value, Struct) and depth > 0:
        shown = (each for each in value.__struct_fields__ if each not in ("line", "column"))
        return [plain(getattr(value, each), depth - 1) for each in shown]
    if isinstance(value, Mapping):
        return [(plain(key, depth - 1), plain(each, depth - 1)) for key, each in value.items()]
    if isinstance(value, list | tuple | set | Iterator):
        return [plain(each, depth - 1) for each in value]
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
    for name in ("tags", "today", "title", "language", "horizon", "direction", "security_policy", "news"):
        yield f"site {name}", lambda site, name=name: getattr(site, name)  # type: ignore[misc]
    for type_ in seen.shown.schema.types:
        yield f"all {type_}", calling("all", type_)
        yield f"years {type_}", lambda site, type_=type_: ListView(site, type_).years  # type: ignore[misc]
        yield f"pages {type_}", listed(type_, "pages", 2)
        yield f"rows {type_}", listed(type_, "rows", 2, 2)
        yield f"year {type_}", listed(type_, "of_year", "2025")
    for name in ("Ann", "annie", "person/ann", "Same", "Nobody", "One S01E02", "Hound", "paper", "sheet", "new"):
        yield f"find {name}", calling("find", name)
        yield f"entity {name}", calling("entity", f"person/{name.lower()}")
        yield f"source {name}", calling("source", name)
    yield "file", calling("file", "content/people/ann.md")
    yield "a file that is not there", calling("file", "content/people/new.md")
    yield "listed", calling("listed", "content/people/")
    yield "at", calling("at", "/people/ann/")
    yield "at an address of nobody", calling("at", "/people/new/")
    yield "label", lambda site: site.types["person"].label
    yield "due", calling("due", "2025-07-10")
    yield "tag", lambda site: site.tag("red").entities
    yield "tag's name", lambda site: site.tag("red").name
    yield "name", lambda site: NameView(site, "same")
    yield "others", lambda site: NameView(site, "same").others(site.entity("person/bob"), 2)
    yield "asset", calling("asset", "media/a.png")
    yield "has asset", calling("has_asset", "media/b.png")


def related(site: SiteView, entity: Any) -> Any:
    return [entity.sentence(each) for kind in ("person", "character", "article") for each in site.all(kind)]


def claimed(_: SiteView, entity: Any) -> Any:
    return [each.article.qualifiers for each in entity.reports]


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


def in_an_episode(site: SiteView, entity: Any) -> Any:
    return entity.covered_in(site.entity("episode/one-1-2")) if entity.type == "credit" else None


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
    "article of a report": claimed,
    "href": lambda _, entity: [str(entity), entity.__html__()],
    "covered_in": covered_in,
    "covered in an episode": in_an_episode,
    "cast": cast,
    "career": career,
    **{name: of_place(name) for name in ("parts_of", "credits_of", "regulars_of", "series_of", "code")},
    "news": lambda _, entity: filters.FILTERS["news"](entity) if entity.url else None,
    "inverses": lambda site, entity: filters.FILTERS["inverses"](entity, site.types),
}


def answer(seen: World, ask: Ask) -> tuple[Any, Noting]:
    site = look(seen)
    try:
        found = plain(ask(site))
    except (AttributeError, UndeclaredError):
        found = None
    assert isinstance(site.trace, Noting)
    return found, site.trace


@cache
def first() -> dict[str, tuple[Ask, Any, Noting]]:
    seen = made()
    return {name: (ask, *answer(seen, ask)) for name, ask in probes(seen)}


def changed(before: World, after: World) -> set[Fact]:
    """The own facts of entities that differ, as a build finds them."""
    found = changed_in(before.graph.entities.values(), after.graph.entities.values())
    found |= {facts.HISTORY(path) for path in history.changed(before.history, after.history)}
    hidden = [seen.visible.hidden if seen.visible else {} for seen in (before, after)]
    toggled = {ref for ref in {*hidden[0], *hidden[1]} if hidden[0].get(ref) != hidden[1].get(ref)}
    return found | changed_in((each for each in after.graph.entities.values() if each.ref in toggled), ())


def test_whatever_is_handed_out_has_been_read() -> None:
    silent = {
        name
        for name, (_, found, reads) in first().items()
        if name not in OF_TYPES and found not in (None, [], "", False, "False") and {*reads} <= BASE
    }
    assert silent == set()


def test_every_attribute_of_an_origin_is_one_of_a_view() -> None:
    assert {*Origin.__struct_fields__} <= {*public(OriginView)}


@cache
def met(edit: Edit) -> list[tuple[str, Any, Any, set[Fact]]]:
    """What an edit changes: the question, the answer before and after, and the facts that were read and changed."""
    before, after = made(), made(edit)
    own = changed(before, after)
    found = []
    for name, (ask, said, reads) in first().items():
        now, _ = answer(after, ask)
        if now != said:
            differing = {key for key in reads if facts.digest(key, before) != facts.digest(key, after)}
            found.append((name, said, now, differing | own.intersection(reads)))
    return found


@pytest.mark.parametrize(
    "edit",
    CHANGES,
    ids=lambda edit: edit if isinstance(edit, str) else f"{edit[0]}: {edit[1]} > {edit[2]}".replace("\n", " "),
)
def test_what_changes_is_a_fact_that_was_read(edit: Edit) -> None:
    assert [(name, said, now) for name, said, now, read in met(edit) if not read] == []


@pytest.mark.slow
def test_each_edit_changes_something() -> None:
    assert [edit for edit in CHANGES if not met(edit)] == []


SPARE: Mapping[str, str] = {
    "OriginView.line: place": "where there is a code host the line is read anyway; see test_staleness for one without",
    "OriginView.path: place": "the same",
    "_made_by: claims": "an article that has a claim finds it there, and asking what became of it notes the same",
    "origin_of: line": "for records of which no value is shown",
}
"""Notes that no edit needs, and why they are there."""


@pytest.mark.slow
def test_each_note_of_a_fact_is_needed() -> None:
    """Else it could go, or be forgotten in the next function of that kind, and no test here would see that."""
    noted = {place for _, _, reads in first().values() for places in reads.noted.values() for place in places}
    needed = set()
    for edit in CHANGES:
        for name, _, _, read in met(edit):
            places = [first()[name][2].noted[key] for key in read]
            needed |= set.intersection(*places) if read and all(len(each) == 1 for each in places) else set()
    assert noted - needed == {*SPARE}
