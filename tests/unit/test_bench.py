"""The benchmark measures what it says: its wiki of credits is a valid one, and its tables are honest."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tinysite import Sites

BENCH = Path(__file__).parents[2] / "bench"
Bench = Callable[[str], ModuleType]
"""A module of the benchmark, by its name: they are neighbours, not a package."""


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.syspath_prepend(BENCH)
    return importlib.import_module


def size(tool: str, text: float, title: float = 9.0) -> dict[str, Any]:
    """The results of a size with Hugo, which takes 15 seconds for everything, and one tool."""
    cases = ("cold", "nothing changed", "one text edited", "one title edited")
    seconds = dict(zip(cases, (20.0, 0.5, text, title), strict=True))
    builds = {"hugo": {"seconds": dict.fromkeys(cases, 15.0)}, tool: {"seconds": seconds, "pss_mb": 300.0}}
    return {"date": "2026-01-01", "load": [0.1, 0.2], "builds": builds, "servers": {}, "cores": {}}


def tables(sizes: dict[str, Any]) -> dict[str, Any]:
    machine = {"cores": 2, "cpu": "Abacus", "kernel": "6", "python": "3.11"}
    return {"machine": machine, "versions": {"hugo": "1"}, "sizes": sizes}


def test_the_wiki_of_credits_has_the_shape_it_promises(bench: Bench) -> None:
    wiki = bench("credits").wiki()
    assert (len(wiki.episodes), wiki.people) == (900, 2300)
    assert sum(text.count("- {person: ") for text in wiki.files.values()) == 55_000


def test_the_wiki_of_credits_is_the_same_each_time(bench: Bench) -> None:
    assert bench("credits").wiki(45) == bench("credits").wiki(45)


@pytest.mark.builds
def test_the_wiki_of_credits_is_valid(bench: Bench, site: Sites) -> None:
    settings = (BENCH / "peers/ballardwiki-credits/site.yaml").read_text(encoding="utf-8")
    files = bench("credits").wiki(3).files
    assert site({**files, "site.yaml": settings}).build(publish=False).problems == ()


def test_an_edit_changes_one_word(bench: Bench, tmp_path: Path) -> None:
    page = bench("project").Edited(tmp_path / "page.md", "page", "Page", "---\ntitle: Page\n---\n\nThe last word.\n")
    page.edit_text("freshword")
    assert page.source.read_text(encoding="utf-8") == "---\ntitle: Page\n---\n\nThe last freshword.\n"


def test_each_goal_is_reached_or_not_or_was_not_measured(bench: Bench) -> None:
    rows = {row[0]: row[1:] for row in bench("goals").rows({"10000": size("ballardwiki-commonmark", 1.0)})}
    assert rows["one text edited, of Hugo"] == ["≤ 1/15", "1/15", "yes"]
    assert rows["one title edited, of Hugo"] == ["≤ 1/10", "0.60", "no"]
    assert rows["cold, Python-Markdown, of Hugo"] == ["≤ 1.50", "not measured", ""]


def test_an_older_program_is_the_measure_of_its_own_table(bench: Bench) -> None:
    found = size("ballardwiki", 1.0)
    found["builds"]["ballardwiki@abc"] = {"seconds": {"one text edited": 4.0}}
    text = bench("table").markdown(tables({"10000": found | {"against": "abc"}}))
    last = text.rpartition("the ratio to the older one:")[2]
    assert "1.00 s (0.25×)" in last
    assert "`hugo`" not in last
    assert "4.00 s (0.27×)" in text.partition("the ratio to the older one:")[0]


def test_stages_tell_how_many_cores_were_busy(bench: Bench) -> None:
    moments = [(10.0, 0.0), (11.0, 1.0), (13.0, 5.0)]
    found = bench("busy").busy(moments, [(10.5, "read"), (11.0, "render")], 2)
    assert found["share"] == pytest.approx(5 / 6)
    assert found["stages"] == {
        "start": {"seconds": 0.5, "cores": pytest.approx(1.0)},
        "read": {"seconds": 0.5, "cores": pytest.approx(1.0)},
        "render": {"seconds": 2.0, "cores": pytest.approx(2.0)},
    }


def test_stretches_with_an_idle_core_are_found_with_their_stage(bench: Bench) -> None:
    moments = [(10.0, 0.0), (12.0, 4.0), (13.0, 5.0), (15.0, 9.0)]
    (found,) = bench("busy").busy(moments, [(10.0, "read"), (11.0, "link")], 2)["idle"]
    assert (found["stage"], found["cores"]) == ("link", pytest.approx(1.0, abs=0.1))
    assert (found["from"], found["to"]) == (pytest.approx(2.0, abs=0.1), pytest.approx(3.0, abs=0.1))
