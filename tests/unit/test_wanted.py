"""What the links of a site lack."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinysite import Sites

from ballardwiki.build import project
from ballardwiki.config import site_file
from ballardwiki.content import documents
from ballardwiki.graph import horizon as horizons, link
from ballardwiki.graph.visibility import visible
from ballardwiki.model import Entity, Ref, Source
from ballardwiki.pages.editors import wanted
from ballardwiki.pages.view import SiteView, horizon
from ballardwiki.pages.world import World

ROOT = Path(__file__).parents[2]
SETTINGS = "title: T\nbase_url: https://wiki.example/\nnavigation: [{label: About, url: /about/}]\n"


@pytest.fixture(scope="module")
def schema() -> object:
    return project.load(ROOT).schema


def world(schema: object, files: dict[str, str], given: str = SETTINGS) -> World:
    entities: list[Entity] = []
    for path, text in files.items():
        kind, _, id_ = path.partition("/")
        source = Source(f"content/{path}.md", kind, id_, f"---\n{text}")
        found = documents.read(source, schema, "commonmark")  # type: ignore[arg-type]
        assert found.problems == ()
        entities += found.entities
    config, problems = site_file.load(given, "site.yaml")
    assert not problems
    graph = link(entities, schema)  # type: ignore[arg-type]
    return World(graph, config, visible(graph, horizons.horizon(graph.story, config)))


SERIES = {"series/ser": "title: Ser\n---\n", "season/ser-1": "series: ser\nnumber: 1\n---\n",
          "episode/e1": "season: ser-1\nnumber: 1\n---\n"}  # fmt: skip


def orphans(made: World) -> list[Ref]:
    return wanted.orphans(made, SiteView(made, horizon(made)))


def dead_ends(made: World) -> list[Ref]:
    return wanted.dead_ends(made, SiteView(made, horizon(made)))


def test_wanted_pages_by_demand(schema: object) -> None:
    found = wanted.wanted(world(schema, {
        "page/a": "title: A\n---\n[[Zoe]] [[zoé|z]] [[Yan]] [[B]]",
        "page/b": "title: B\n---\n[[ZOE]] and [[Zoe#Life]] [[A]] [[Xu]]",
    }))  # fmt: skip
    assert [(each.name, [loose.source for loose in each.links]) for each in found] == [
        ("Zoe", ["page/a", "page/b"]),
        ("Xu", ["page/b"]),
        ("Yan", ["page/a"]),
    ]
    assert (found[0].links[0].mention.line, found[0].links[0].mention.column) == (4, 1)


def test_what_is_wanted_beyond_the_horizon_is_not_known(schema: object) -> None:
    made = world(schema, SERIES | {
        "page/a": "title: A\n---\n||ser s01e01: [[Zoe]] or [[Yan]]||",
        "page/b": "title: B\n---\n||ser s01e01: [[Yan]]|| [[Yan]]",
        "page/c": "title: C\nsince: ser s01e01\n---\n[[Yan]] [[Wu]]",
    })  # fmt: skip
    found = wanted.wanted(made)
    assert [(each.name, len(each.links)) for each in found] == [("Yan", 3), ("Wu", 1), ("Zoe", 1)]
    known = wanted.known(found, SiteView(made, horizon(made)))
    assert [(each.name, [loose.source for loose in each.links]) for each in known] == [("Yan", ["page/b"])]


@pytest.mark.parametrize("link", ["[[page/drowned]]", "[[Drowned at Sea]]", "[[drowned]]", "[[the wreck|a wreck]]"])
def test_a_draft_is_not_wanted(site: Sites, link: str) -> None:
    """It is written, and the list must not tell its address."""
    files = {
        "content/pages/a.md": f"---\ntitle: A\n---\n{link} and [[Zoe]].\n",
        "content/pages/drowned.md": "---\ntitle: Drowned at Sea\naliases: [the wreck]\ndraft: true\n---\n",
    }
    wiki = site(files)
    wiki.build()
    page = wiki.page("wiki/wanted/index.html")
    assert "Zoe" in page
    assert "drowned" not in page.casefold()
    assert "wreck" not in page


def test_orphans_are_reached_by_no_text_field_credit_or_menu(schema: object) -> None:
    found = orphans(world(schema, SERIES | {
        "page/about": "title: About\n---\n[[person/ann]] [x](/people/bob/) [c](cat.md)",
        "person/ann": "title: Ann\n---\n", "person/bob": "title: Bob\n---\n", "page/cat": "title: Cat\n---\n", "page/dog": "title: Dog\n---\n[[Dog]]",
        "person/dan": "title: Dan\n---\n", "person/eve": "title: Eve\nwas: [eva]\n---\n", "person/fay": "title: Fay\n---\n",
        "episode/e2": "season: ser-1\nnumber: 2\ncredits: [{person: dan, job: Director}, {person: eva, job: Writer}]\n---\n",
        "work/w": "title: W\nkind: novel\nauthors: [ann]\n---\n", "work/v": "title: V\nkind: novel\n---\n",
        "article/n": "title: N\ndate: 2025\nabout: [person/ann]\n---\n",
    }))  # fmt: skip
    assert found == ["page/dog", "person/fay", "work/v"]


def test_dead_ends_are_texts_without_a_link(schema: object) -> None:
    found = dead_ends(world(schema, {
        "page/a": "title: A\n---\nWords.", "page/b": "title: B\n---\n[[A]]", "page/c": "title: C\n---\n",
        "page/d": "title: D\n---\n[x](a.md)", "page/e": "title: E\n---\n[[#X]]\n\n## X\n\ny", "page/f": "title: F\n---\n[n](/news/)",
        "page/g": "title: G\n---\n[x](https://example.org)",
    }))  # fmt: skip
    assert found == ["page/a", "page/e", "page/g"]


CLAIM = "title: N\ndate: 2025\nclaims: [{{about: person/ann, field: {}, value: {}}}]\n---\n"


def test_what_claims_lead_to_is_no_orphan(schema: object) -> None:
    people = {"person/ann": "title: Ann\n---\n", "person/bob": "title: Bob\n---\n"}
    assert orphans(world(schema, people)) == ["person/ann", "person/bob"]
    claimed = people | {"article/n": CLAIM.format("distinct_from", "person/bob")}
    assert orphans(world(schema, claimed)) == [], "the article shows both, and the page of Ann cites it"
    later = people | {"article/n": CLAIM.format("born", "1970, confidence: rumoured")}
    later |= {"person/ann": "title: Ann\nborn: 1969\n---\n"}
    assert orphans(world(schema, later)) == ["article/n", "person/bob"], "only the article shows what nobody confirmed"


def test_what_is_cited_and_what_cites_it_are_no_orphans(schema: object) -> None:
    files = {
        "person/ann": "title: Ann\nborn: {value: 1970, source: n}\n---\n",
        "article/n": "title: N\ndate: 2025\n---\n",
    }
    assert orphans(world(schema, files)) == []


def test_links_that_readers_do_not_see_lead_nowhere(schema: object) -> None:
    files = SERIES | {
        "page/about": "title: About\n---\n||ser s01e01: [[Ann]]||",
        "page/late": "title: Late\nsince: ser s01e01\n---\n[[Bob]] [[About]]",
        "person/ann": "title: Ann\ndistinct_from: {value: cat, since: ser s01e01}\n---\n",
        "person/bob": "title: Bob\n---\n",
        "person/cat": "title: Cat\n---\n[[#X]]\n\n## X\n\n||ser s01e01: [[Bob]]||",
    }
    assert orphans(world(schema, files)) == ["person/ann", "person/bob", "person/cat"]
    assert dead_ends(world(schema, files)) == ["page/about", "person/cat"]
    told = SETTINGS + "spoilers: {default: all}\n"
    assert orphans(world(schema, files, told)) == ["page/late"]
    assert dead_ends(world(schema, files, told)) == []
