"""What credits are for, held against a slow and simple reference that looks at every episode."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings, strategies as st
from tinysite import make
from tinyworld import world

from ballardwiki.content.designators import parse_episodes
from ballardwiki.edit import workspace
from ballardwiki.graph import Graph
from ballardwiki.graph.coverage import STARRING
from ballardwiki.model import Ref

SEASONS = {1: (1, 2, 3), 2: (1, 2), 3: ()}
EPISODES = {(season, number): Ref(f"episode/e{season}-{number}") for season, row in SEASONS.items() for number in row}
RUNS = ("s01e01", "s01e02", "s01", "s02", "s03", "s01e02-s02e01", "s01-s02", "s02e02-s03e09", "all")


def files(series: str, season: str) -> dict[str, str]:
    rows = (
        f"zed-{number}: {{series: zed, number: {number}, credits: [{season * (number == 1)}]}}" for number in SEASONS
    )
    episodes = (f"e{s}-{n}: {{season: zed-{s}, number: {n}}}" for s, n in EPISODES)
    return {
        "content/people/ann.yaml": "ann: {title: Ann}\n",
        "content/series/zed.yaml": f"zed: {{title: Zed, credits: [{series}]}}\n",
        "content/seasons/zed.yaml": "".join(f"{row}\n" for row in rows),
        "content/episodes/zed.yaml": "".join(f"{row}\n" for row in episodes),
    }


def linked(folder: Path, series: str, season: str = "") -> Graph:
    return workspace.lay_out(make(folder, files(series, season)).root, datetime(2025, 7, 9, tzinfo=UTC)).graph


def reference(graph: Graph, credit: Ref) -> set[Ref]:
    """The episodes that a credit is for: those that its runs hold, all without runs, but for exceptions."""
    within = str(graph.statements(credit, "within")[0].value)
    season = {"season/zed-1": 1}.get(within)
    runs, but = (
        [parse_episodes(str(each.value)) for each in graph.statements(credit, name)] for name in ("episodes", "except")
    )
    places = {point for point in EPISODES if season in (None, point[0])}
    held = {each for each in places if not runs or any(run and run[0] <= each <= run[1] for run in runs)}
    return {EPISODES[each] for each in held if not any(run and run[0] <= each <= run[1] for run in but)}


@st.composite
def credits(draw: st.DrawFn) -> str:
    said = ["person: ann"]
    drawn = {name: draw(st.lists(st.sampled_from(RUNS), max_size=2, unique=True)) for name in ("episodes", "except")}
    said += (f"{name}: [{', '.join(runs)}]" for name, runs in drawn.items() if runs)
    said += draw(st.sampled_from(([], ["billing: main"], ["billing: guest"])))
    return "{" + ", ".join(said) + "}"


@pytest.mark.slow
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.lists(credits(), min_size=1, max_size=3), st.lists(credits(), max_size=2))
def test_credits_are_for_what_the_reference_says(series: list[str], season: list[str]) -> None:
    with TemporaryDirectory() as folder:
        graph = linked(Path(folder), ", ".join(series), ", ".join(season))
    coverage = graph.coverage
    for entity in graph.of_type("credit"):
        wanted = reference(graph, entity.ref)
        covered = coverage.covered(entity.ref)
        assert {each for piece in covered for each in coverage._whole(piece) if each.startswith("episode/")} == wanted
        said = {str(each.value) for each in entity.statements.get("billing", ())}
        named = bool(entity.statements.get("episodes"))
        counted = named or bool(entity.statements.get("except")) or said & {*STARRING}
        apart = bool(said & {*STARRING}) and not named
        for episode in EPISODES.values():
            rows = [*coverage.around(episode)]
            assert any(entity.ref in row.regulars for row in rows) == bool(apart and episode in wanted)
            assert any(entity.ref in row.credits for row in rows) == bool(counted and not apart and episode in wanted)
            assert coverage.inside(entity.ref, episode) == ((episode,) if episode in wanted else ())


@pytest.mark.parametrize(
    ("credit", "covered", "first"),
    [
        ("{person: ann}", "series/zed", "season/zed-1"),
        ("{person: ann, episodes: s01}", "season/zed-1", "season/zed-1"),
        (
            "{person: ann, episodes: [s01, s01-s02]}",
            "season/zed-1 season/zed-2",
            "season/zed-1",
        ),
        ("{person: ann, episodes: s01e02-s02}", "episode/e1-2 episode/e1-3 season/zed-2", "episode/e1-2 episode/e1-3"),
        (
            "{person: ann, except: s01e02}",
            "episode/e1-1 episode/e1-3 season/zed-2 season/zed-3",
            "episode/e1-1 episode/e1-3",
        ),
        ("{person: ann, episodes: s02}", "season/zed-2", ""),
        ("{person: ann, except: s01}", "season/zed-2 season/zed-3", ""),
    ],
)
def test_what_a_credit_is_for(tmp_path: Path, credit: str, covered: str, first: str) -> None:
    graph = linked(tmp_path, credit)
    (found,) = graph.of_type("credit")
    assert " ".join(graph.coverage.covered(found.ref)) == covered
    assert " ".join(graph.coverage.inside(found.ref, Ref("season/zed-1"))) == first


@pytest.mark.parametrize(
    ("said", "found"), [("", True), ("episodes: all", True), ("episodes: s00e01", False), ("episodes: s01e01", False)]
)
def test_a_credit_names_no_episode_by_number_where_the_season_is_not_known(said: str, found: bool) -> None:
    graph = world(
        {
            "people/all": "ann: {title: Ann}\n",
            "episodes/all": f"x: {{season: none, number: 1, credits: [{{person: ann, {said}}}]}}\n",
        }
    ).graph
    (credit,) = graph.lists["credit"]
    assert graph.coverage.covered(credit) == ("episode/x",) * found
