"""The commands' clock: what is no moment is said to be none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

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
