"""A site's facts without files: texts of content files -> what its pages see. Far quicker than a build."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from ballardwiki.build import project
from ballardwiki.config import site_file
from ballardwiki.content import documents
from ballardwiki.graph import horizon, link
from ballardwiki.graph.visibility import visible
from ballardwiki.model import EMPTY_BODY, Body, Entity, Sentence, Source
from ballardwiki.pages.view import SiteView
from ballardwiki.pages.world import World
from ballardwiki.problems import errors
from ballardwiki.schema import Schema

SETTINGS = "title: T\nbase_url: https://wiki.example/\nspoilers: {}\n"
THREE = {
    "series/all": "one: {title: One, number: 1}\ntwo: {title: Two, number: 2}\nthree: {title: Three, number: 3}\n",
    "seasons/all": "one-1: {series: one, number: 1}\none-2: {series: one, number: 2}\ntwo-1: {series: two, number: 1}\n"
    "two-2: {series: two, number: 2}\nthree-1: {series: three, number: 1}\n",
    "episodes/all": "".join(
        f"{season}-{number}: {{season: {season}, number: {number}}}\n"
        for season in ("one-1", "one-2", "two-1", "two-2", "three-1")
        for number in (1, 2, 3)
    ),
}
"""Three series: `one` and `two` of two seasons, `three` of one, each season of three episodes (`one-1-1`)."""


@cache
def schema() -> Schema:
    """The types that come with the program."""
    return project.load(Path(__file__).parent.parent).schema


def world(files: Mapping[str, str], spoilers: str = "{default: none}") -> World:
    """A world of content files by folder and name, such as `people/a`: YAML, or Markdown where the text begins so."""
    folders = {kind.folder: name for name, kind in schema().types.items() if kind.folder}
    entities: list[Entity] = []
    bodies: dict[str, Body] = {}
    sentences: dict[str, tuple[Sentence, ...]] = {}
    for path, text in files.items():
        folder, _, id_ = path.partition("/")
        suffix = "md" if text.lstrip().startswith("---") else "yaml"
        source = Source(f"content/{path}.{suffix}", folders[folder], id_, dedent(text.removeprefix("\n")))
        found = documents.read(source, schema(), "commonmark")
        assert not errors(found.problems), found.problems
        entities += found.entities
        bodies |= found.bodies
        sentences |= found.sentences
    config, problems = site_file.load(SETTINGS.replace("{}", spoilers), "site.yaml")
    assert not problems
    graph = link(entities, schema())
    return World(
        graph,
        config,
        visible(graph, horizon.horizon(graph.story, config)),
        body=lambda ref: bodies.get(ref, EMPTY_BODY),
        sentences=lambda ref: sentences.get(ref, ()),
    )


def site(files: Mapping[str, str], spoilers: str = "{default: none}", url: str = "/") -> SiteView:
    """What the page at an address sees of such a world."""
    made = world(files, spoilers)
    return SiteView(made, horizon.horizon(made.graph.story, made.config), url)


def entity(view: SiteView, ref: str) -> Any:
    """An entity that the view has."""
    found = view.entity(ref)
    assert found, ref
    return found
