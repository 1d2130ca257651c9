"""Which pages lead on to others, in whose name problems of them are told, and that they answer as such."""

from __future__ import annotations

from dataclasses import replace

from tinyworld import THREE, world

from ballardwiki.gone import Gone
from ballardwiki.horizon import horizon
from ballardwiki.outputs.redirects import plan


def test_what_leads_on_is_closed_and_told_at_the_file_it_comes_from() -> None:
    files = {
        **THREE,
        "episodes/all": THREE["episodes/all"].replace(
            "one-1-3: {season: one-1, number: 3}", "x: {season: one-1, number: 3-4}"
        ),
        "people/ann": "---\ntitle: Ann\nwas: [anna]\n---\n",
    }
    made = world(files)
    made = replace(
        made,
        gone=(
            Gone("/a/", "", "", "/b/", 1),
            Gone("/c/", "", "Wrong.", "", 2),
            Gone("/d.json", "", "So.", "", 3),
        ),
    )
    found = {each.path: (each.about, each.closed) for each in plan(made, horizon(made.graph.story, made.config))}
    assert found == {
        "people/anna/index.html": ("content/people/ann.md", True),
        "series/one/s01e04/index.html": ("content/episodes/all.yaml", True),
        "a/index.html": ("gone.yaml", True),
        "c/index.html": ("gone.yaml", True),
        "_redirects": ("the redirects", False),
    }
