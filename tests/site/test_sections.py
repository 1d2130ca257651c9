"""The parts of pages that links may name are those that pages have."""

from __future__ import annotations

from collections import defaultdict

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import Site

from ballardwiki.build import project
from ballardwiki.schema import Schema


@pytest.fixture(scope="module")
def schema(wiki: Site) -> Schema:
    return project.load(wiki.root).schema


@pytest.fixture(scope="module")
def found(wiki: Site, schema: Schema) -> dict[str, set[str]]:
    """Type -> the ids of sections on its pages that are no headings of a text."""
    patterns = {name: kind.url.partition("{")[0] for name, kind in schema.types.items() if kind.url.count("{") == 1}
    ids: dict[str, set[str]] = defaultdict(set)
    for path in wiki.paths():
        tree = LexborHTMLParser(wiki.page(path)) if path.endswith("index.html") else None
        if tree is None or not tree.css_first("article.entity"):
            continue
        name = _type(f"/{path.removesuffix('index.html')}", patterns)
        for node in tree.css("article.entity section > h2[id]"):
            if not node.css_matches(".prose > h2"):
                ids[name].add(str(node.attributes["id"]))
    return ids


def _type(url: str, patterns: dict[str, str]) -> str:
    if url.startswith("/series/") and url.count("/") == 4:
        return "season" if "/season-" in url else "episode"
    return max(
        (name for name, start in patterns.items() if url.startswith(start)), key=lambda name: len(patterns[name])
    )


def test_every_section_of_a_page_is_declared(found: dict[str, set[str]], schema: Schema) -> None:
    for name, ids in found.items():
        kind = schema.types[name]
        fields = {each.name.replace("_", "-") for each in kind.fields.values() if each.kind == "text"}
        declared = {*kind.sections, *fields}
        assert {each for each in ids if each.removesuffix("-section") not in declared} == set(), f"{name}: sections"


def test_every_declared_section_is_on_some_page(found: dict[str, set[str]], schema: Schema) -> None:
    common = {*schema.types["page"].sections}
    for name, kind in schema.types.items():
        if kind.url:
            assert {*kind.sections} - common <= found[name], name
