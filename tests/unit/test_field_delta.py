"""A change of fields, followed table by table, gives what linking everything gives."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st
from msgspec.structs import replace
from test_by_key import put_and_taken, same
from test_delta import SPOILERS, changed
from tinyworld import THREE, world

from ballardwiki import rules
from ballardwiki.graph.by_key import GraphByKey
from ballardwiki.graph.delta import Delta, relinked
from ballardwiki.graph.visibility_delta import retold
from ballardwiki.model import Entity
from ballardwiki.pages import facts
from ballardwiki.pages.world import World
from ballardwiki.rules.known import Known
from ballardwiki.slugs import fold

TEXTS = (
    "",
    "Of [[Ann]], [[Al]] and [[Nobody]].",
    "Of [[bob]], [[cat]], [[one s01e02]] and [[person/ann]].",
    "See [[Ann Other#Life]], ||one s01e02: and [[Al]]||[^s].",
    "Of [[Bobby]] and [her](../people/ann.md)[^t].\n\n## Life",
    "||one s01e02: [[Bobby]] is [[Kitty]].||",
)
FIELDS = {
    "aliases": ("[Al]", "[Al, Alma]", "[Bobby]", "[Kitty, cat]", "[bob]", "{value: Al, since: one s01e02}"),
    "born": ("1980", "{value: 1981, source: t}", "{value: 1982, since: one s01e02}"),
    "summary": ("She acts.", "{value: She sings., source: news/n}", "{value: She sings., source: n}"),
    "tags": ("[Red]", "[red]", "[Red, Blue]", "[red, Red]"),
    "distinct_from": ("[bob]", "[bob, cat]", "[dog]"),
    "source": ("s", "[s, n]", "t"),
    "since": ("one s01e01", "one s01e02"),
    "links": ("[https://wiki.example/people/dog/]",),
}
TITLES = {
    "ann": ("Ann", "Ann Other", "ANN"),
    "bob": ("Bob", "Bobby", "Nobody"),
    "cat": ("Cat", "Kitty"),
    "dog": ("Dog",),
}
PEOPLE = tuple(TITLES)
Person = tuple[dict[str, str], str]


@st.composite
def _edits(draw: st.DrawFn) -> tuple[dict[str, Person], dict[str, Person]]:
    """People as they are, and with one field of one of them changed, or with two of two."""
    some = st.dictionaries(st.sampled_from([*FIELDS]), st.integers(0, 5), max_size=2)
    people: dict[str, Person] = {}
    for each in PEOPLE:
        fields = {name: FIELDS[name][number % len(FIELDS[name])] for name, number in draw(some).items()}
        people[each] = {"title": draw(st.sampled_from(TITLES[each])), **fields}, draw(st.sampled_from(TEXTS))
    then = dict(people)
    for who in draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True)):
        name = draw(st.sampled_from(["title", *FIELDS]))
        value = draw(st.sampled_from(TITLES[who] if name == "title" else (*FIELDS[name], "")))
        fields = {**people[who][0], name: value}
        then[who] = {key: row for key, row in fields.items() if row}, people[who][1]
    return people, then


Edits = tuple[dict[str, Person], dict[str, Person]]
EDITS = _edits()
CREDITS = st.sampled_from(
    (
        "",
        "one-1: {series: one, number: 1, credits: [{person: ann, character: x}, {person: bob, job: Director}]}",
        "one-1: {series: one, number: 1, credits: [{person: bob, character: x}, {person: bob, job: Writer}]}",
        """one-1:
  series: one
  number: 1
  credits: [{person: ann, character: x, billing: main}, {person: bob, as: a, episodes: s01e02}]""",
        """one-1:
  series: one
  number: 1
  summary: S.
  credits: [{person: ann, character: x, billing: main, except: s01e02}, {person: bob}]""",
    )
)
REFS = (*(f"person/{each}" for each in PEOPLE), "article/n", "character/x", "season/one-1", "source/s", "source/t")
NAMES = ("Ann", "ann other", "Al", "ALMA", "Bob", "cat", "Nobody", "one s01e02", "person/ann", "x")
FACTS = (
    *(make(ref) for ref in REFS for make in (facts.TITLE, facts.URL, facts.NAMESAKES, facts.CITED, facts.TIMELINE)),
    *(facts.MENTIONS(ref) for ref in REFS),
    *(facts.INVERSE(ref, name) for ref in REFS for name in ("credits", "distinct_from", "portrayals", "all_credits")),
    *map(facts.NAME, NAMES),
    *(facts.BEARERS(fold(name)) for name in NAMES),
    *(make(f"credit/one-1-{n}") for n in (1, 2) for make in (facts.COVERED, facts.HOLDERS)),
    *(facts.CREDITED(f"episode/one-1-{n}") for n in (1, 2, 3)),
    *(facts.LIST(kind) for kind in ("person", "article", "season", "character")),
    *(facts.ROWS("person", page) for page in ("1/2", "2/2")),
    *map(facts.TAG, ("red", "blue")),
    *(facts.TAGS(), facts.NEWS(), facts.STORY(), facts.SIGNED()),
)


NEWS = ("", "confidence: rumoured\n", "summary: S.\n")
CLAIMS = (
    "",
    "claims: [{about: person/cat, field: born, value: 1970}]\n",
    "claims: [{about: person/cat, field: born, value: 1970, confidence: rumoured}]\n",
    "claims: [{about: person/cat, field: born, value: 1970, source: s}]\n",
)
REPORTS = st.tuples(st.sampled_from(NEWS), st.sampled_from(CLAIMS)).map("".join)
OTHERS = st.tuples(CREDITS, REPORTS)
Others = tuple[str, str]


def files(people: dict[str, Person], others: Others = ("", "")) -> dict[str, str]:
    found = {
        **THREE,
        "sources/all": "s: {title: S}\nt: {title: T, since: one s01e03}\n",
        "characters/x": "---\ntitle: X\n---\n",
        "news/n": f"---\ntitle: N\ndate: 2025-07-01\ntags: [Red, Blue]\n{others[1]}---\nOf [[Ann]], [[Al]] and [[Cat]].\n",
    }
    season = "one-1: {series: one, number: 1}"
    found["seasons/all"] = found["seasons/all"].replace(season, others[0] or season)
    for each, (fields, text) in people.items():
        found[f"people/{each}"] = (
            "---\n" + "".join(f"{name}: {row}\n" for name, row in fields.items()) + f"---\n{text}\n"
        )
    return found


MORE = settings(max_examples=2 * settings().max_examples)
"""Many a change can't be followed."""


def followed(before: World, after: World) -> tuple[Delta, Delta, World] | None:
    """The world that a change leads to, record by record: what it changes in all, and in what may be known."""
    changes = changed(before, after)
    delta = relinked(before.graph, changes)
    seen = retold(before.visible, before.graph, delta, changes, ()) if delta and before.visible else None
    if delta is None or seen is None:
        return None
    return delta, seen[1], replace(after, graph=delta.graph, visible=seen[0])


@given(EDITS, OTHERS, OTHERS, SPOILERS)
@MORE
def test_all_tables_are_those_of_a_graph_made_anew(edits: Edits, first: Others, then: Others, spoilers: str) -> None:
    before, after = world(files(edits[0], first), spoilers), world(files(edits[1], then), spoilers)
    if before.graph.entities.keys() != after.graph.entities.keys():
        return
    if found := followed(before, after):
        same(found[2].graph, after.graph)
        same(found[2].shown, after.shown)
        assert found[2].visible and after.visible
        for name in ("hidden", "files", "suspected"):
            assert getattr(found[2].visible, name) == getattr(after.visible, name), name


def test_most_changes_can_be_followed() -> None:
    people: dict[str, Person] = {each: ({"title": TITLES[each][0]}, TEXTS[1]) for each in PEOPLE}
    before = world(files(people))
    for fields in (
        "title: Ann Other",
        "aliases: [Alma]",
        "summary: S.",
        "distinct_from: [bob]",
        "source: s",
        "tags: [Red]",
    ):
        name, _, row = fields.partition(": ")
        after = world(files({**people, "ann": ({"title": "Ann", name: row}, TEXTS[1])}))
        assert followed(before, after), fields


@given(EDITS, OTHERS, OTHERS, SPOILERS)
@MORE
def test_rules_find_what_they_would_if_all_were_asked(edits: Edits, first: Others, then: Others, spoilers: str) -> None:
    before, after = world(files(edits[0], first), spoilers), world(files(edits[1], then), spoilers)
    if before.graph.entities.keys() != after.graph.entities.keys():
        return
    if found := followed(before, after):

        def records(path: str) -> list[Entity]:
            return [each for each in after.graph.entities.values() if each.path == path]

        known = Known(rules.check(before, thorough=False), before.graph, found[0], records)
        assert rules.check(found[2], thorough=False, known=known) == rules.check(after, thorough=False)


@given(EDITS, OTHERS, OTHERS, SPOILERS)
@MORE
def test_no_fact_changes_but_those_of_rows_that_are_touched(
    edits: Edits, first: Others, then: Others, spoilers: str
) -> None:
    before, after = world(files(edits[0], first), spoilers), world(files(edits[1], then), spoilers)
    if before.graph.entities.keys() != after.graph.entities.keys():
        return
    if found := followed(before, after):
        rows = frozenset().union(*(each.touched | each.names for each in found[:2]))
        rows |= {fact.subject for fact in facts.of_texts(found[1].mentioned)}
        for fact in FACTS:
            if facts.digest(fact, before) != facts.digest(fact, after):
                assert facts.row(fact) in rows, fact


@given(EDITS, OTHERS, OTHERS, SPOILERS)
@MORE
def test_a_graph_found_by_key_is_followed_as_any(edits: Edits, first: Others, then: Others, spoilers: str) -> None:
    before, after = world(files(edits[0], first), spoilers), world(files(edits[1], then), spoilers)
    entities = dict(before.graph.entities)
    if entities.keys() != after.graph.entities.keys():
        return
    graph = GraphByKey(before.graph.schema, put_and_taken(before.graph, None, entities), lambda ref, _: entities[ref])
    delta = relinked(graph, changed(before, after))
    assert (delta is None) == (relinked(before.graph, changed(before, after)) is None)
    if delta:
        same(delta.graph, after.graph)
        tables = put_and_taken(delta.graph, None, {})
        again = {**after.graph.entities}
        same(GraphByKey(before.graph.schema, tables, lambda ref, _: again[ref]), after.graph)


def test_an_alias_touches_the_texts_that_use_it_and_no_others() -> None:
    people: dict[str, Person] = {each: ({"title": TITLES[each][0]}, "") for each in PEOPLE}
    people |= {"bob": ({"title": "Bob"}, "Of [[Alma]] and [[Nobody]]."), "cat": ({"title": "Cat"}, "Of [[Ann]].")}
    before = world(files(people))
    after = world(files({**people, "ann": ({"title": "Ann", "aliases": "[Alma]"}, "")}))
    delta = relinked(before.graph, changed(before, after))
    assert delta and delta.relinked.keys() == {"person/ann", "person/bob"}
    assert delta.names == {"alma"} and delta.mentioned == {"person/ann"}
    assert delta.graph.names["ann"] is before.graph.names["ann"]


def test_a_field_that_names_nobody_touches_its_record_alone() -> None:
    people: dict[str, Person] = {each: ({"title": TITLES[each][0]}, TEXTS[1]) for each in PEOPLE}
    before = world(files(people))
    after = world(files({**people, "ann": ({"title": "Ann", "summary": "S."}, TEXTS[1])}))
    delta = relinked(before.graph, changed(before, after))
    assert delta and delta.relinked.keys() == {"person/ann"} and not delta.names and not delta.mentioned
    assert delta.touched == {"person/ann", ""} and not delta.renamed
    for name in ("titles", "names", "lists", "tags", "citing", "urls", "former", "claims"):
        assert getattr(delta.graph, name) is getattr(before.graph, name), name
