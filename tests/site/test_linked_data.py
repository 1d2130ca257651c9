"""The JSON-LD of this project's pages: in the words of schema.org, one graph a page, saying what the page says.

The vocabulary is that of npm's schema-dts, held against the graphs by the TypeScript compiler; PyLD expands them.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from selectolax.lexbor import LexborHTMLParser
from tinysite import Site

BASE = "https://ballardwiki.github.io/ballardwiki/"
SHAPES = 60
"""How many pages of different make the compiler looks at; it needs a tenth of a second for each."""

Graphs = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def graphs(wiki: Site) -> Graphs:
    """Page -> the nodes of its graph. Pages that only lead on, and the one for wrong addresses, have none."""
    found = {}
    for path in sorted(each for each in wiki.paths() if each.endswith(".html")):
        scripts = LexborHTMLParser(wiki.page(path)).css('script[type="application/ld+json"]')
        if "noindex" in wiki.page(path).partition("</head>")[0]:
            continue
        assert len(scripts) == 1, path
        held = json.loads(scripts[0].text())
        assert held["@context"] == "https://schema.org"
        found[path] = held["@graph"]
    return found


def subject(graphs: Graphs, path: str) -> dict[str, Any]:
    page, _, thing = graphs[f"{path}/index.html"]
    assert page["mainEntity"] == {"@id": thing["@id"]} and thing["mainEntityOfPage"] == {"@id": page["@id"]}
    return thing


def test_what_pages_are_about(graphs: Graphs) -> None:
    expected = {
        "people/maggie-q": "Person", "characters/renee-ballard": "Person", "series/ballard": "TVSeries", "series/ballard/season-1": "TVSeason",
        "series/ballard/s01e01": "TVEpisode", "organizations/prime-video": "Organization", "places/venice-beach": "Place",
        "works/the-late-show": "Book", "news/2024-08-01-ballard-starts-filming": "NewsArticle",
    }  # fmt: skip
    for path, class_ in expected.items():
        thing = subject(graphs, path)
        assert (thing["@type"], thing["@id"], thing["url"]) == (class_, f"{BASE}{path}/#thing", f"{BASE}{path}/")
    assert graphs["people/maggie-q/index.html"][0]["@type"] == "ProfilePage"
    assert [node["@type"] for node in graphs["index.html"]] == ["WebSite"]
    assert [node["@type"] for node in graphs["news/index.html"]] == ["WebPage", "BreadcrumbList"]


def test_what_they_say(graphs: Graphs) -> None:
    person = subject(graphs, "people/maggie-q")
    assert person["birthDate"] == "1979-05-22" and person["birthPlace"]["@type"] == "Place"
    episode = subject(graphs, "series/ballard/s01e01")
    assert episode["partOfSeason"]["@id"] == f"{BASE}series/ballard/season-1/#thing" and episode["episodeNumber"] == 1
    assert episode["director"]["name"] == "Jet Wilkinson"
    season = subject(graphs, "series/ballard/season-1")
    assert len(season["episode"]) == 10 and season["partOfSeries"]["name"] == "Ballard"
    roles = subject(graphs, "series/ballard")["actor"]
    lead = next(role for role in roles if role["actor"]["name"] == "Maggie Q")
    assert lead["@type"] == "PerformanceRole" and lead["characterName"] == "Renée Ballard"
    report = subject(graphs, "news/2024-08-01-ballard-starts-filming")
    assert report["headline"] and report["datePublished"] == "2024-08-01"
    assert {f"{BASE}people/maggie-q/#thing", f"{BASE}series/ballard/#thing"} <= {
        each["@id"] for each in report["about"]
    }
    assert all(each["@type"] == "CreativeWork" and each["url"].startswith("https://") for each in report["citation"])


def test_where_a_page_stands(graphs: Graphs) -> None:
    items = graphs["series/ballard/s01e01/index.html"][1]["itemListElement"]
    assert [each["position"] for each in items] == [1, 2, 3, 4, 5]
    assert [each["item"].removeprefix(BASE) for each in items] == ["", "series/", "series/ballard/", "series/ballard/season-1/", "series/ballard/s01e01/"]  # fmt: skip


def test_every_page_says_nothing_that_it_does_not_show(wiki: Site, graphs: Graphs) -> None:
    """Every name, number and date of a graph stands on its page, in what is shown or in the page's head."""
    for path, nodes in graphs.items():
        tree = LexborHTMLParser(wiki.page(path))
        for node in tree.css('script[type="application/ld+json"]'):
            node.decompose()
        text = tree.body.text() if tree.body else ""
        shown = squeezed(text + " " + (tree.html or ""))
        for name, value in said(nodes[2:]):
            if name not in ("@id", "@type", "url") and not re.fullmatch(r"\d+", value):
                assert squeezed(value) in shown, f"{path}: {name} {value}"


def squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text.replace("&amp;", "&")).casefold()


def said(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from said(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from said(value, name)
    else:
        yield name, str(node)


def shape(node: Any) -> str:
    """The classes and properties of a node: pages of one shape are all valid, or none is."""
    if isinstance(node, dict):
        return repr(sorted((key, node["@type"] if key == "@type" else shape(value)) for key, value in node.items()))
    if isinstance(node, list):
        return repr(sorted({shape(each) for each in node}))
    return type(node).__name__


@pytest.mark.tools
def test_the_vocabulary_is_that_of_schema_org(graphs: Graphs, typescript: list[str], tmp_path: Path) -> None:
    shapes: dict[str, str] = {}
    for path, nodes in graphs.items():
        shapes.setdefault(shape(nodes), path)
    classes: dict[str, list[str]] = {}
    for path in shapes.values():
        classes.setdefault(str(graphs[path][-1]["@type"]), []).append(path)
    rows = sorted((number, path) for paths in classes.values() for number, path in enumerate(paths))
    chosen = [path for _, path in rows][:SHAPES]  # some of each class, before more of any
    assert len(chosen) == SHAPES and len(classes) >= 9
    assert checked(typescript, tmp_path, {path: graphs[path] for path in chosen}) == []


@pytest.mark.tools
def test_the_compiler_would_say_so(typescript: list[str], tmp_path: Path) -> None:
    wrong: Graphs = {
        "a": [{"@type": "TVSeason", "musicBy": "no property of seasons"}],
        "b": [{"@type": "Persn", "name": "no class"}],
        "c": [
            {"@type": "TVSeries", "actor": {"@type": "PerformanceRole", "actor": {"@type": "Person", "birthdate": "x"}}}
        ],
    }
    assert len(checked(typescript, tmp_path, wrong)) == 3


def checked(command: list[str], folder: Path, graphs: Graphs) -> list[str]:
    """What the compiler has to say, a line for each page that is wrong."""
    modules = Path(command[1]).parents[2].as_posix()
    lines = [f'import type {{Graph}} from "{modules}/schema-dts";']
    for number, (path, nodes) in enumerate(graphs.items()):
        held = json.dumps({"@context": "https://schema.org", "@graph": nodes})
        lines.append(f"export const page{number}: Graph = {held}; // {path}")
    (folder / "pages.ts").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([*command, "--noEmit", "--strict", "pages.ts"], cwd=folder, capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    assert done.returncode in (0, 1, 2)
    found = {match[1] for match in re.finditer(r"^pages\.ts\((\d+),", done.stdout, re.MULTILINE)}
    assert bool(found) == bool(done.returncode), done.stdout + done.stderr
    return [f"{lines[int(line) - 1][-80:]}: {done.stdout[:2000]}" for line in sorted(found)]


def local(address: str, _options: object) -> dict[str, Any]:
    """schema.org's context as far as a test without a network needs it: every name is one of its vocabulary."""
    assert address == "https://schema.org"
    context = {"@vocab": "https://schema.org/", "id": "@id", "type": "@type"}
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": {"@context": context},
    }


def test_nothing_is_lost_when_a_graph_is_expanded(graphs: Graphs) -> None:
    for path, nodes in graphs.items():
        whole = {"@context": "https://schema.org", "@graph": nodes}
        expanded = jsonld.expand(whole, {"documentLoader": local})
        assert sorted(terms(nodes)) == sorted(each.removeprefix("https://schema.org/") for each in terms(expanded)), (
            path
        )
        for key, value in said(expanded):
            if key in ("@id", "@type"):
                assert re.match(r"https?://[^/]+/", value), f"{path}: {value}"
        assert len(values(expanded)) == len(values(nodes)), path


def terms(node: Any) -> Iterator[str]:
    """Every property and class of a graph, as often as it stands there."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "@type":
                yield from (value if isinstance(value, list) else [value])
            else:
                yield from () if key.startswith("@") else (key,)
                yield from terms(value)
    elif isinstance(node, list):
        for each in node:
            yield from terms(each)


def values(node: Any) -> list[str]:
    return [value for key, value in said(node) if key != "@type"]
