"""Whether all but the content is as it was: what pages are made from, and what the moment lets appear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from ballardwiki.build import quick_exit
from ballardwiki.build.cache.record import Made, Record
from ballardwiki.build.publish.snapshot import survey
from ballardwiki.config.history import Head
from ballardwiki.config.inputs import Inputs
from ballardwiki.problems import Location, Problem

NOON = datetime(2025, 7, 9, 12, tzinfo=UTC)
INPUTS = Inputs(Path(), "", "", (), {}, {}, {}, "", Head(), "", "digest", ())


def record(*, last: int | None = None, following: int | None = None, zone: str = "UTC", drafts: bool = False) -> Record:
    """What was kept of a build at noon. last, following: hours from noon to what changed last and will change next."""
    changed, changes = (
        "" if each is None else (NOON + timedelta(hours=each)).isoformat() for each in (last, following)
    )
    around = quick_exit.surroundings(INPUTS, zone, NOON, drafts=drafts)
    return Record(surroundings=around, last_change=changed, next_change=changes)


def unchanged(known: Record, inputs: Inputs = INPUTS, hours: float = 0, *, drafts: bool = False) -> bool:
    """Whether a build some hours after noon finds all as it was."""
    return quick_exit.unchanged(known, inputs, NOON + timedelta(hours=hours), drafts=drafts)


def test_later_on_the_same_day_all_is_as_it_was() -> None:
    assert unchanged(record(), hours=1)


def test_on_the_next_day_it_is_not() -> None:
    assert not unchanged(record(), hours=12)


def test_a_day_is_one_in_the_sites_time_zone() -> None:
    """At noon in London the day has just begun on Kiritimati (+14): it is two in the morning."""
    known = record(zone="Pacific/Kiritimati")
    assert unchanged(known, hours=21)
    assert not unchanged(known, hours=22)


def test_other_inputs_change_everything() -> None:
    assert not unchanged(record(), structs.replace(INPUTS, digest="other"))


def test_a_problem_of_the_inputs_is_told_again() -> None:
    problem = Problem(Location("types/a.yaml"), "yaml-valid", "It is wrong.")
    assert not unchanged(record(), structs.replace(INPUTS, problems=(problem,)))


@pytest.mark.parametrize("drafts", [True, False])
def test_drafts_come_and_go(drafts: bool) -> None:
    assert unchanged(record(drafts=drafts), drafts=drafts)
    assert not unchanged(record(drafts=drafts), drafts=not drafts)


@pytest.mark.parametrize(("hours", "expected"), [(1.9, True), (2, False), (2.1, False)])
def test_what_is_scheduled_appears_at_its_moment(hours: float, expected: bool) -> None:
    assert unchanged(record(following=2), hours=hours) is expected


@pytest.mark.parametrize(("hours", "expected"), [(1, True), (0, True), (-2, True), (-2.1, False)])
def test_what_has_appeared_vanishes_where_the_clock_is_put_back(hours: float, expected: bool) -> None:
    """Each build is as of its moment, so it must not show what was to appear later."""
    assert unchanged(record(last=-2), hours=hours) is expected


@pytest.mark.parametrize(("settled", "expected"), [(True, {"a.html": "of old"}), (False, {})])
def test_an_output_so_young_that_its_times_tell_nothing_is_read(
    tmp_path: Path, settled: bool, expected: dict[str, str]
) -> None:
    """It may have been written again within the same tick of the clock."""
    (tmp_path / "a.html").write_text("by hand")
    signature = survey(tmp_path)["a.html"]
    made = Made("of old", "", signature.size, signature.mtime_ns, signature.inode, settled)
    assert quick_exit.intact(Record(outputs={"a.html": made}), {"a.html": signature}, tmp_path) == expected
