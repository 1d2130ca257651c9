"""Edits by position: what they leave alone, how they read as a diff, and that files are written all or none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ballardwiki.build.publish import syscalls
from ballardwiki.edit.text_edits import Change, ChangedError, Edit, Lines, applied, diff, plain, write


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_lines_and_columns_count_from_one() -> None:
    lines = Lines("ab\n\ncd", first=10)
    assert [lines.index(10, 1), lines.index(10, 3), lines.index(11, 1), lines.index(12, 2)] == [0, 2, 3, 5]
    assert [lines.place(0), lines.place(3), lines.place(5)] == [(10, 1), (11, 1), (12, 2)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one two\nthree\n", "one 2\nthree\nfour\n"),
        ("one two\r\nthree\r\n", "one 2\r\nthree\r\nfour\r\n"),
        ("\ufeffone two\nthree\n", "\ufeffone 2\nthree\nfour\n"),
        ("\ufeffone two\r\nthree\r\n", "\ufeffone 2\r\nthree\r\nfour\r\n"),
        ("one two\rthree\r", "one 2\rthree\rfour\r"),
    ],
)
def test_edits_keep_the_line_ends_and_marks_of_a_file(raw: str, expected: str) -> None:
    end = len(plain(raw))
    assert applied(raw, [Edit(end, end, "four\n"), Edit(4, 7, "2")]) == expected


def test_two_edits_of_the_same_characters_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two edits"):
        applied("abc", [Edit(0, 2, "x"), Edit(1, 3, "y")])


def test_insertions_at_one_place_keep_their_order() -> None:
    assert applied("ab", [Edit(1, 1, each) for each in "31298457"]) == "a31298457b"
    assert applied("ab", [Edit(1, 2, "c"), Edit(1, 1, "2"), Edit(1, 1, "1"), Edit(0, 1, "d")]) == "d21c"


def test_an_edit_that_is_asked_for_twice_is_made_once() -> None:
    assert applied("ab", [Edit(0, 1, "x"), Edit(1, 1, "y"), Edit(0, 1, "x"), Edit(1, 1, "y")]) == "xyb"


def test_a_diff_names_files_that_move_and_begin_and_texts_without_an_end_of_line() -> None:
    found = list(diff([Change("b.md", "x\ny", "x\nz\n", "c.md"), Change("new.yaml", "", "a: b\n")]))
    assert found == [
        *("rename from b.md", "rename to c.md", "--- a/b.md", "+++ b/c.md", "@@ -1,2 +1,2 @@", " x", "-y"),
        *("\\ No newline at end of file", "+z", "--- /dev/null", "+++ b/new.yaml", "@@ -0,0 +1 @@", "+a: b"),
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(f"old {name}\n")
    return tmp_path


CHANGES = [
    Change("a", "old a\n", "new a\n"),
    Change("b", "old b\n", "new b\n", "moved"),
    Change("c", "old c\n", "new c\n"),
    Change("begun", "", "begun\n"),
]


def test_all_files_are_written(project: Path) -> None:
    os.chmod(project / "a", 0o640)
    write(project, CHANGES)
    assert files(project) == {"a": b"new a\n", "moved": b"new b\n", "c": b"new c\n", "begun": b"begun\n"}
    assert (project / "a").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("call", "count"), [*(("replace", each) for each in range(4)), ("unlink", 0), ("chmod", 2)])
def test_an_error_at_any_step_leaves_all_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch, call: str, count: int
) -> None:
    before, calls, real = files(project), 0, getattr(os, call)

    def fail(*given: object) -> None:
        nonlocal calls
        calls += 1
        if calls == count + 1:
            raise OSError(28, "No space left on device")
        real(*given)

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space"):
        write(project, CHANGES)
    assert files(project) == before


def test_staging_that_fails_leaves_all_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, calls = files(project), 0

    def fail(_path: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("ballardwiki.edit.text_edits.sync", fail)
    with pytest.raises(OSError, match="Input/output"):
        write(project, CHANGES)
    assert files(project) == before


def test_a_file_system_without_second_names_will_do(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(project)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write(project, CHANGES[:1])
    monkeypatch.setattr("ballardwiki.edit.text_edits.os.unlink", refuse)
    with pytest.raises(PermissionError):
        write(project, CHANGES[1:])
    monkeypatch.undo()
    assert (project / "b").read_bytes() == before["b"] and (project / "c").read_bytes() == before["c"]


def test_a_file_that_changed_meanwhile_stops_everything(project: Path) -> None:
    (project / "c").write_text("somebody else\n")
    before = files(project)
    with pytest.raises(ChangedError, match="c was changed"):
        write(project, CHANGES)
    assert files(project) == before


def test_nothing_is_overwritten(project: Path) -> None:
    (project / "moved").write_text("mine\n")
    with pytest.raises(ChangedError, match="moved is there already"):
        write(project, CHANGES)
    assert (project / "moved").read_text() == "mine\n"


def test_new_texts_and_their_names_are_safe_before_the_old_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("old")
    events: list[tuple[str, str]] = []

    def noting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def noted(path: str, *rest: Any) -> Any:
            done = real(path, *rest)
            events.append((name, os.path.basename(path) if os.path.isdir(path) else path.rpartition(".")[2]))
            return done

        return noted

    monkeypatch.setattr("ballardwiki.edit.text_edits.sync", noting("sync", syscalls.sync))
    monkeypatch.setattr("os.replace", noting("replace", os.replace))
    monkeypatch.setattr("os.unlink", noting("unlink", os.unlink))
    write(tmp_path, [Change("a.md", "old", "new")])
    assert events == [("sync", "new"), ("replace", "new"), ("sync", tmp_path.name), ("unlink", "old")]


def test_a_name_that_cannot_be_made_safe_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("old")

    def fail(path: str) -> None:
        if os.path.isdir(path):
            raise OSError(5, "Input/output error", path)

    monkeypatch.setattr("ballardwiki.edit.text_edits.sync", fail)
    with pytest.raises(OSError, match="Input/output"):
        write(tmp_path, [Change("a.md", "old", "new")])
    assert (tmp_path / "a.md").read_text() == "old" and len(list(tmp_path.iterdir())) == 1
