"""A swap is made for good or not at all. By renaming, an interrupted one is ended: the newest whole folder is live."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ballardwiki.build.publish import syscalls
from ballardwiki.build.publish.swap import complete, swap


def lay(folder: Path, **there: int) -> tuple[Path, Path, Path]:
    """Folders that hold a page with a number each."""
    for name, number in there.items():
        (folder / name).mkdir()
        (folder / name / "page").write_text(str(number))
    return folder / "live", folder / "twin", folder / "aside"


def found(folder: Path) -> dict[str, int]:
    return {each.name: int((each / "page").read_text()) for each in folder.iterdir()}


@pytest.mark.parametrize(
    ("there", "left"),
    [
        ({"live": 1, "twin": 2}, {"live": 1, "twin": 2}),
        ({"aside": 1, "twin": 2}, {"live": 2, "twin": 1}),
        ({"aside": 1}, {"live": 1}),
        ({"aside": 1, "live": 2}, {"live": 2, "twin": 1}),
        ({"aside": 1, "live": 2, "twin": 3}, {"live": 2, "twin": 3}),
    ],
)
def test_an_interrupted_swap_is_ended(tmp_path: Path, there: dict[str, int], left: dict[str, int]) -> None:
    complete(*lay(tmp_path, **there))
    assert found(tmp_path) == left


@pytest.fixture(params=["exchange", "renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "renames":
        monkeypatch.setattr(syscalls, "exchange", lambda *_: False)


@pytest.mark.usefixtures("way")
def test_two_folders_change_places_and_the_change_is_made_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[Path, dict[str, int]]] = []
    monkeypatch.setattr(syscalls, "sync", lambda path: synced.append((path, found(tmp_path))))
    swap(*lay(tmp_path, live=1, twin=2))
    assert found(tmp_path) == {"live": 2, "twin": 1} and synced == [(tmp_path, {"live": 2, "twin": 1})]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("there", [{"live": 1, "twin": 2}, {"twin": 2}], ids=["again", "first"])
def test_a_swap_that_can_not_be_made_durable_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: dict[str, int]
) -> None:
    def fail(_: Path) -> None:
        raise OSError("no")

    monkeypatch.setattr(syscalls, "sync", fail)
    with pytest.raises(OSError, match="no"):
        swap(*lay(tmp_path, **there))
    assert found(tmp_path) == there


def test_the_first_folder_has_none_to_change_places_with(tmp_path: Path) -> None:
    swap(*lay(tmp_path, twin=2))
    assert found(tmp_path) == {"live": 2}


def refusing(monkeypatch: pytest.MonkeyPatch, of: str, to: str) -> None:
    """No exchange, and one kind of renaming that the system refuses."""
    rename = os.rename

    def renamed(one: Path, other: Path) -> None:
        if (one.name, other.name) == (of, to):
            raise OSError("no")
        rename(one, other)

    monkeypatch.setattr(syscalls, "exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", renamed)


def test_renaming_that_fails_half_way_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "twin", "live")
    with pytest.raises(OSError, match="no"):
        swap(*lay(tmp_path, live=1, twin=2))
    assert found(tmp_path) == {"live": 1, "twin": 2}


def test_what_stands_aside_when_all_is_published_may_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "aside", "twin")
    swap(*lay(tmp_path, live=1, twin=2))
    assert found(tmp_path) == {"live": 2, "aside": 1}
