"""How far the story may be told, series by series."""

from __future__ import annotations

import pytest
from tinyworld import THREE, world

from ballardwiki.graph.horizon import Horizon
from ballardwiki.pages.view import horizon

MOMENTS = ("one s00e01", "one s01e01", "one s01e02", "one s01", "one s02e01", "one s02")


@pytest.mark.parametrize(
    ("point", "known"),
    [("none", 0), ("s01e01", 1), ("s01e02", 2), ("s01", 3), ("s02e01", 4), ("s02", 5), ("s00e01", 6), ("all", 6)],
)
def test_what_is_known_at_a_point_of_a_series(point: str, known: int) -> None:
    """Specials may tell of all seasons: they are known last."""
    made = world(THREE, f"{{default: none, one: {point}}}")
    found = [moment for moment in MOMENTS if horizon(made).allows(made.graph.story, moment, "")]
    assert len(found) == known
    assert set(found) <= set([*MOMENTS[1:], MOMENTS[0]][:known])


@pytest.mark.parametrize(
    ("spoilers", "since", "ref", "known"),
    [
        ("{default: none, one: all}", "s01e01", "season/one-1", True),
        ("{default: none, one: all}", "s01e01", "season/two-1", False),
        ("{default: none, one: all}", "one s01e01", "season/two-1", True),
        ("{default: none, one: all}", "Two s01e01", "season/one-1", False),
        ("{default: all, two: none}", "s01e01", "episode/two-1-1", False),
        ("{default: all, two: none}", "s01e01", "episode/three-1-1", True),
        ("{default: s01e02, two: none}", "s01e02", "series/three", True),
        ("{default: s01e02, two: none}", "s01e03", "series/three", False),
        ("{default: none, one: all}", "", "season/one-1", False),
        ("{default: all, one: none}", "", "season/one-1", True),
        ("{default: none, one: all}", "s01e01", "person/ann", False),
        ("{default: s01e02, one: all}", "s01e01", "person/ann", False),
    ],
)
def test_a_moment_is_of_the_series_it_names_or_else_of_who_says_it(
    spoilers: str, since: str, ref: str, known: bool
) -> None:
    """What names no moment is for those who have seen all of everything."""
    made = world({**THREE, "people/all": "ann: {title: Ann}\n"}, spoilers)
    assert horizon(made).allows(made.graph.story, since, ref) is known


def test_a_point_that_is_none_lets_nothing_be_known() -> None:
    made = world(THREE, "{default: all, one: soon}")
    assert not horizon(made).allows(made.graph.story, "one s01e01", "")


def test_a_series_without_a_point_has_the_default() -> None:
    assert Horizon({"one": (2, 1)}, (1, 1)).knows("two", 1, 1)
    assert not Horizon({"one": (2, 1)}, (1, 1)).knows("two", 1, 2)
    assert Horizon({"one": (2, 1)}, (1, 1)).knows("one", 2, 1)
