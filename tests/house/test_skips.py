"""In continuous integration a skipped test is a failure, except where the README says that it may be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parent.parent
EXAMPLE = """
import pytest

def test_plain(): pytest.skip("no such program")

@pytest.mark.optional("sfeed")
def test_optional(): pytest.skip("no such program")

@pytest.mark.xfail
def test_known(): assert False
"""
MODULE = """
import pytest

pytest.skip("no such library", allow_module_level=True)
"""


def run(folder: Path, test: str, **environment: str) -> str:
    (folder / "test_example.py").write_text(test)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider", str(folder)]
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TESTS)} | environment
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    return done.stdout


def test_a_skip_is_a_skip_at_home(tmp_path: Path) -> None:
    assert "2 skipped, 1 xfailed" in run(tmp_path, EXAMPLE)
    assert "1 skipped" in run(tmp_path, MODULE)


def test_a_skip_is_a_failure_in_ci(tmp_path: Path) -> None:
    found = run(tmp_path, EXAMPLE, CI="true")
    assert "1 failed, 1 skipped, 1 xfailed" in found and "no such program" in found
    assert "1 error" in run(tmp_path, MODULE, CI="true")


def test_what_is_optional_stands_in_the_readme() -> None:
    readme = (TESTS.parent / "README.md").read_text(encoding="utf-8")
    table = [line for line in readme.splitlines() if line.startswith("|")]
    for path in TESTS.rglob("test_*.py"):
        if path == Path(__file__) or "node_modules" in path.parts:
            continue
        for part in re.findall(r"""mark\.optional\(["']([^"']+)["']\)""", path.read_text(encoding="utf-8")):
            assert any(part in line for line in table), f"{path.name}: {part} is in no table of the README"


@pytest.mark.parametrize("name", ["browser", "slow", "tools", "optional"])
def test_markers_are_known(name: str, request: pytest.FixtureRequest) -> None:
    assert any(line.startswith(name) for line in request.config.getini("markers"))
