"""What facts rest on: how they are counted, and which sources may be lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from tinysite import Site, Sites

from ballardwiki.cli import main
from ballardwiki.edit import workspace
from ballardwiki.graph import citations

NOW = datetime(2025, 7, 9, tzinfo=UTC)
SOURCES = "".join(
    f"{id_}: {{title: T, url: 'https://news.org/{id_}', archived: 'https://archive.org/{id_}'}}\n" for id_ in "abc"
)


def found(site: Site) -> list[str]:
    survey = citations.survey(workspace.lay_out(site.root, NOW).graph)
    return [f"{each.at} {each.kind} {each.message}" for each in survey.findings]


def person(front: str, text: str = "") -> dict[str, str]:
    return {"content/people/ann.md": f"---\ntitle: Ann\n{front}\n---\n{text}", "content/sources/s.yaml": SOURCES}


FACTS = {
    "a plain value": (person("born: 1970"), ["content/people/ann.md:3:7 no-source born of Ann has no source."]),
    "one source": (
        person("born: {value: 1970, source: a}"),
        ["content/people/ann.md:3:15 one-source born of Ann rests on a alone."],
    ),
    "one source twice": (
        person("born: {value: 1970, source: [a, source/a]}"),
        ["content/people/ann.md:3:15 one-source born of Ann rests on a alone."],
    ),
    "in the order of places": (
        person("born: {value: 1970, source: a}\ndied: 2020")
        | {
            "content/stars/sun.md": "---\ntitle: Sun\nhue: red\n---\n",
            "content/sources/z.yaml": "z: {title: Z}\n",
            "types/star.yaml": "label: Star\nfolder: stars\nurl: /stars/{id}/\nfields: {hue: {kind: text}}\n",
        },
        [
            "content/people/ann.md:3:15 one-source born of Ann rests on a alone.",
            "content/people/ann.md:4:7 no-source died of Ann has no source.",
            "content/sources/z.yaml:1:1 address z has no address.",
            "content/stars/sun.md:3:6 no-source hue of Sun has no source.",
        ],
    ),
    "two sources": (person("born: {value: 1970, source: [a, b]}"), []),
    "sources of the whole record": (person("source: [a, b]\nborn: 1970"), []),
    "names are no facts": (person("aliases: [Annie]\ntags: [x]\nsummary: She.\nwas: [an]"), []),
    "what makes the address is no fact": (
        {
            "content/series/ser.md": "---\ntitle: Ser\n---\n",
            "content/seasons/s.md": "---\nseries: ser\nnumber: 1\n---\n",
        },
        [],
    ),
    "what orders pages is no fact": (
        {"content/series/ser.md": "---\ntitle: Ser\nnumber: 2\n---\n"},
        [],
    ),
    "a credit is one fact": (
        person("") | {"content/series/ser.md": "---\ntitle: Ser\ncredits:\n- {person: ann, job: Director}\n---\n"},
        ["content/series/ser.md:4:1 no-source a credit in Ser has no source."],
    ),
    "a credit is from where the record it stands in is from": (
        person("")
        | {"content/series/ser.md": "---\ntitle: Ser\nsource: [a, b]\ncredits:\n- {person: ann, job: Director}\n---\n"},
        [],
    ),
    "an article by its text": (
        person("") | {"content/news/n.md": "---\ntitle: N\ndate: 2025\n---\nSo.[^a]\n"},
        ["content/news/n.md:2:1 one-source article N rests on a alone."],
    ),
    "an article without any": (
        person("") | {"content/news/n.md": "---\ntitle: N\ndate: 2025\n---\nSo.\n"},
        ["content/news/n.md:2:1 no-source article N has no source."],
    ),
    "a claim is from where its article is from": (
        person("")
        | {
            "content/news/n.md": "---\ntitle: N\ndate: 2025\nsources: [a, b]\nclaims: [{about: person/ann, field: born, value: 1970}]\n---\n"
        },
        [],
    ),
    "an article as source is what it is from itself": (
        person("born: {value: 1970, source: n}")
        | {"content/news/n.md": "---\ntitle: N\ndate: 2025\nsources: [a, b]\n---\n"},
        [],
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_what_a_fact_rests_on(site: Sites, name: str) -> None:
    files, expected = FACTS[name]
    assert found(site(files)) == expected


ADDRESSES = {
    "url: https://news.org/a/b, archived: https://archive.org/x": [],
    "url: https://web.archive.org/web/2020/https://news.org/a": [],
    "url: https://news.org/?p=1": ["1:20 archive x has no archived copy."],
    "outlet: Print": ["1:1 address x has no address."],
    "url: https://news.org/": [
        "1:20 address x names only the site news.org, not the page.",
        "1:20 archive x has no archived copy.",
    ],
    "url: http://localhost/a, archived: https://archive.org/x": [
        "1:20 address x has the address http://localhost/a, which nobody can reach."
    ],
    "url: http://10.0.0.1/a, archived: https://archive.org/x": [
        "1:20 address x has the address http://10.0.0.1/a, which nobody can reach."
    ],
    "url: https://example.org/a, archived: https://archive.org/x": [
        "1:20 address x has the address https://example.org/a, which nobody can reach."
    ],
}


@pytest.mark.parametrize("written", ADDRESSES)
def test_a_source_that_may_be_lost(site: Sites, written: str) -> None:
    wiki = site({"content/sources/s.yaml": f"x: {{title: T, {written}}}\n"})
    assert [each.removeprefix("content/sources/s.yaml:") for each in found(wiki)] == ADDRESSES[written]


def test_the_command_tells_people_and_programs(site: Sites) -> None:
    wiki = site(person("born: 1970\ndied: {value: 2020, source: a}"))
    run = CliRunner().invoke(main, ["--root", str(wiki.root), "sources", "--only", "no-source"])
    assert run.exit_code == 0
    assert run.output.splitlines() == [
        "content/people/ann.md:3:7: no-source: born of Ann has no source.",
        "2 facts: 1 without source, 1 with one source, 0 with more. 3 sources: 0 with an address that looks dead, 0 never archived.",
    ]
    run = CliRunner().invoke(main, ["--root", str(wiki.root), "sources", "--format", "json"])
    told = json.loads(run.output)
    assert told["counts"] == {"no-source": 1, "one-source": 1, "address": 0, "archive": 0}
    assert [(each["line"], each["kind"], each["sources"]) for each in told["findings"]] == [
        (3, "no-source", []),
        (4, "one-source", ["a"]),
    ]


def test_the_command_without_a_project_says_so(site: Sites) -> None:
    wiki = site().delete("site.yaml")
    run = CliRunner().invoke(main, ["--root", str(wiki.root), "sources"])
    assert run.exit_code == 1 and "There is no site.yaml" in run.output


STAR = "label: Star\nfolder: stars\nurl: /stars/{id}/\nfields: {mass: {kind: integer, require_source: true}, hue: {kind: text}}\n"


def test_a_field_that_wants_a_source(site: Sites) -> None:
    wiki = site(
        {
            "types/star.yaml": STAR,
            "content/sources/s.yaml": SOURCES,
            "content/stars/sun.md": "---\ntitle: Sun\nhue: red\nmass: 7\n---\n",
        }
    )
    assert [str(each) for each in wiki.problems() if each.severity == "error"] == [
        "content/stars/sun.md:4:7: error[source-required]: mass has no source. Write mass: {value: 7, source: id-of-a-source}."
    ]
    wiki.replace("content/stars/sun.md", "mass: 7", "mass: {value: 7, source: a}")
    assert "source-required" not in wiki.rules()
    wiki.replace("content/stars/sun.md", "mass: {value: 7, source: a}", "mass: 7\nsource: a")
    assert "source-required" not in wiki.rules()
