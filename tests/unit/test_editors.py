"""Addresses that open a place of a project in an editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballardwiki.config import editors, site_file
from ballardwiki.problems import Location


@pytest.mark.parametrize(
    ("given", "end"),
    [
        ("vscode", "vscode://file{0}/content/a%20b%23.md:3:7"),
        ("idea", "idea://open?file={0}/content/a%20b%23.md&line=3&column=7"),
        ("sublime", "subl://open?url=file://{0}/content/a%20b%23.md&line=3&column=7"),
        ("mine://open?f={path}&at={line}", "mine://open?f={0}/content/a%20b%23.md&at=3"),
    ],
)
def test_a_place_becomes_an_address(tmp_path: Path, given: str, end: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a b#.md").touch()
    pattern = editors.pattern(given)
    assert pattern
    assert editors.address(pattern, tmp_path, Location("content/a b#.md", 3, 7)) == end.format(tmp_path)


def test_what_is_no_file_opens_nowhere(tmp_path: Path) -> None:
    assert not editors.address(editors.EDITORS["vscode"], tmp_path, Location("the list of people"))


def test_off_is_no_editor(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    assert not editors.address(site_file.load("title: T\neditor: off\n")[0].editor, tmp_path, Location("a.md"))


@pytest.mark.parametrize(
    "given", ["emacs", "javascript:alert('{path}')", "https://x.example/{path}", "mine://open", "a b{path}"]
)
def test_what_opens_no_file_is_refused(given: str) -> None:
    config, problems = site_file.load(f'title: T\neditor: "{given}"\n')
    assert config.editor == ""
    assert [each.rule for each in problems] == ["config-valid"]


def test_a_misspelt_editor_is_told() -> None:
    (problem,) = site_file.load("title: T\neditor: vscdoe\n")[1]
    assert "Did you mean vscode?" in problem.hint
