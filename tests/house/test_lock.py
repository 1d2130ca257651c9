"""What is installed is written down: every package of the project's files at one version, with hashes."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def locked(name: str) -> dict[str, Version]:
    """The packages of a lock file and their versions."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {
        canonicalize_name(each): Version(version)
        for each, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    }


def wanted(*lines: str) -> list[Requirement]:
    found = [Requirement(line) for line in lines]
    return [each for each in found if each.name != PROJECT["name"]]


BUILD = [line for line in (ROOT / "requirements/build.in").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
NODE = [line for line in (ROOT / "requirements/node.in").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("site.txt", [*PROJECT["dependencies"], *BUILD]),
        ("dev.txt", [*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["dev"], *BUILD]),
        ("node.txt", NODE),
    ],
)
def test_a_lock_has_all_that_is_asked_for(lock: str, asked: list[str]) -> None:
    versions = locked(lock)
    for each in wanted(*asked):
        version = versions.get(canonicalize_name(each.name))
        assert version is not None and version in each.specifier, f"{each}: run make lock"


def test_the_tools_of_the_tests_bring_no_other_version_of_what_a_site_needs() -> None:
    site, dev = locked("site.txt"), locked("dev.txt")
    assert {name: dev.get(name) for name in site} == site


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes(path: Path) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_of_npm_is_that_of_its_package() -> None:
    asked = json.loads((ROOT / "tests/package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = json.loads((ROOT / "tests/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages[""]["devDependencies"] == asked
    assert all(packages[f"node_modules/{name}"]["version"] == version for name, version in asked.items())
    assert all(each["integrity"] for path, each in packages.items() if path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_named_by_commit(path: Path) -> None:
    used = re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))
    assert used and all(re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", each) for each in used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_only_a_job_that_runs_none_of_our_code_may_write(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, job in workflow["jobs"].items():
        rights = job.get("permissions", workflow["permissions"])
        runs = " ".join(step.get("run", "") for step in job["steps"])
        checkout = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
        if re.search(r"make |ballardwiki ", runs):
            assert "write" not in rights.values(), name
            assert all(step["with"]["persist-credentials"] is False for step in checkout), name


@pytest.mark.parametrize("path", ["Makefile", ".ci/install", "README.md"])
def test_nothing_is_installed_but_from_a_lock(path: str) -> None:
    for line in (ROOT / path).read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if re.search(r"(?:\bpip|\(PIP\)) install", line) and "install uv" not in line and "uv pip" not in line:
            assert "--require-hashes" in line or "--no-deps" in line, line
        assert "npm install" not in line or "--package-lock-only" in line, line
