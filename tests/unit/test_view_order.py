"""What comes before an entity and after it."""

from __future__ import annotations

from tinyworld import THREE, entity, site


def around(ref: str, spoilers: str, files: dict[str, str] = THREE) -> tuple[str, str]:
    found = entity(site(files, spoilers), ref)
    return found.previous.id if found.previous else "", found.next.id if found.next else ""


def hidden(season: str, numbers: tuple[int, ...] = (2,)) -> dict[str, str]:
    episodes = THREE["episodes/all"]
    for number in numbers:
        episodes = episodes.replace(f"{season}-{number}: {{", f"{season}-{number}: {{since: s01e03, ")
    return {**THREE, "episodes/all": episodes}


def test_neighbours_are_of_the_same_series() -> None:
    assert around("episode/one-1-3", "{default: all}") == ("one-1-2", "one-2-1")
    assert around("episode/one-2-3", "{default: all}") == ("one-2-2", "")
    assert around("episode/two-1-1", "{default: all}") == ("", "two-1-2")
    assert around("person/b", "{default: all}", {"people/all": "c: {title: C}\nb: {title: B}\na: {title: A}\n"}) == (
        "a",
        "c",
    )


def test_hidden_ones_are_passed_over() -> None:
    assert around("episode/one-1-1", "{default: none}", hidden("one-1")) == ("", "one-1-3")
    assert around("episode/one-1-3", "{default: none}", hidden("one-1")) == ("one-1-1", "one-2-1")
    assert around("episode/one-1-1", "{default: none}", hidden("one-1", (2, 3))) == ("", "one-2-1")


def test_each_is_passed_over_by_its_own_series() -> None:
    files = hidden("one-1")
    files["episodes/all"] = files["episodes/all"].replace("two-1-2: {", "two-1-2: {since: s01e03, ")
    spoilers = "{default: none, one: all}"
    assert around("episode/one-1-1", spoilers, files) == ("", "one-1-2")
    assert around("episode/two-1-1", spoilers, files) == ("", "two-1-3")


def test_a_neighbour_behind_a_stretch_of_another_series_is_none() -> None:
    """Where a series ends, the list goes on with the next series: that is no neighbour."""
    assert around("season/one-2", "{default: all}") == ("one-1", "")
    assert around("season/two-1", "{default: all}") == ("", "two-2")


def test_what_is_read_is_noted() -> None:
    """Also what was passed over, and whose series was asked: a change of either changes the answer."""
    view = site(hidden("one-1"), "{default: none}")
    assert entity(view, "episode/one-1-1").next.id == "one-1-3"
    wanted = {"list episode", "timeline episode/one-1-1", "timeline episode/one-1-3", "record episode/one-1-3"}
    assert wanted <= {str(fact) for fact in view.trace}
