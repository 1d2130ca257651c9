"""The commands as they are typed: what is no moment is said to be none, and so is a folder that holds no site."""

from __future__ import annotations

import subprocess
import sys
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


@pytest.mark.parametrize("arguments", ["build", "check", "check --fix", "urls", "why x", "serve --port 0", "new person Ann", "sources",
                                       "mentions", "rename person/ann bob", "retitle person/ann Bob"])  # fmt: skip
def test_where_there_is_no_site_each_command_says_so(tmp_path: Path, arguments: str) -> None:
    """In a process of its own: what a command imports late must be there without what others have imported."""
    command = [sys.executable, "-m", "ballardwiki", "--root", str(tmp_path), *arguments.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode in (1, 2) and "site.yaml" in said and "Traceback" not in said
