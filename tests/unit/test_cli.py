"""The commands' clock: what is no moment is said to be none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tinysite import make

from ballardwiki.cli import main


@pytest.mark.parametrize(
    ("option", "variable", "given"),
    [("--now", "", "x"), ("--now", "", "0001-01-01T00:00"), ("--now", "", "9999-12-31T23:59"), ("--now", "", "2025-13-01"),
     ("", "SOURCE_DATE_EPOCH", "9" * 13), ("", "SOURCE_DATE_EPOCH", "9" * 40)],
)  # fmt: skip
def test_what_is_no_moment_is_said_to_be_none(tmp_path: Path, option: str, variable: str, given: str) -> None:
    arguments = ["--root", str(tmp_path), "check", *([option, given] if option else [])]
    done = CliRunner().invoke(main, arguments, env={variable: given} if variable else {})
    assert done.exit_code == 2
    assert f"Invalid value for {option or variable}: '{given}' is not a moment such as" in done.output


def test_drafts_are_built_into_a_folder_of_their_own(tmp_path: Path) -> None:
    """Whoever publishes `site` publishes no draft."""
    site = make(tmp_path, {"content/people/ann.md": "---\ntitle: Ann\ndraft: true\n---\nOne.\n"})
    drafted, public = "site-drafts/people/ann/index.html", "site/people/ann/index.html"
    for options in ([], ["--drafts"], []):
        done = CliRunner().invoke(main, ["--root", str(site.root), "build", "--jobs", "1", *options])
        assert done.exit_code == 0, done.output
    assert (site.root / drafted).is_file()
    assert (site.root / "site/index.html").is_file()
    assert not (site.root / public).exists()
    asked = ["--root", str(site.root), "build", "--jobs", "1", "--drafts", "--out", str(site.root / "site")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert (site.root / public).is_file(), "a folder that was asked for is used"
