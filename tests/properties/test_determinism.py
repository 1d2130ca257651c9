"""The same project gives the same bytes, whatever the workers, hash seed, time zone, locale and order of files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ballardwiki.build.publish.snapshot import survey

NOW = ["--now", "2025-07-09T12:00+00:00"]
SHUFFLING = """
import os, random, builtins
_scan = os.scandir
class Shuffled:
    def __init__(self, path):
        with _scan(path) as found:
            self.found = list(found)
        random.Random(%d).shuffle(self.found)
    def __enter__(self):
        return iter(self.found)
    def __exit__(self, *_):
        pass
    def __iter__(self):
        return iter(self.found)
    def close(self):
        pass
os.scandir = lambda path=".": Shuffled(path) if not isinstance(path, int) else _scan(path)
_list = os.listdir
os.listdir = lambda path=".": sorted(_list(path), key=lambda name: hash((name, %d)))
"""


def program(arguments: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
    command = [sys.executable, "-m", "ballardwiki", *arguments]
    given = os.environ | {"PYTHONHASHSEED": "0"} | dict(environment or {})
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def tree(out: Path) -> dict[str, bytes]:
    return {path: (out / path).read_bytes() for path in sorted(survey(out))}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that `init` writes, with a few files more, whose order might show."""
    folder = tmp_path_factory.mktemp("determinism")
    program(["init", "wiki"], folder)
    people = folder / "wiki/content/people"
    people.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(["İzmir", "Istanbul", "ıllı", "Äpfel", "Zoë", "apple"]):
        text = f"---\ntitle: {name}\ntags: [x{number % 2}, {name}]\n---\nSee [[Zoë]] and [[apple]].\n"
        (people / f"t{number}.md").write_text(text, encoding="utf-8")
    return folder / "wiki"


@pytest.fixture(scope="module")
def wanted(started: Path) -> dict[str, bytes]:
    return built(started, "wanted", ["--jobs", "1"])


def built(root: Path, name: str, options: list[str], environment: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The tree of a clean build of a copy of the project in another place."""
    out = root.parent / f"out-{name}"
    (root / ".ballardwiki").exists() and subprocess.run(["rm", "-r", root / ".ballardwiki"], check=True)
    program(["build", "--out", str(out), *NOW, *options], root, environment)
    return tree(out)


def same(found: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> None:
    assert {path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path)} == set()


@pytest.mark.parametrize("jobs", [2, 4])
def test_the_number_of_workers(started: Path, wanted: dict[str, bytes], jobs: int) -> None:
    same(built(started, f"jobs-{jobs}", ["--jobs", str(jobs)]), wanted)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "random"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "Etc/GMT+12"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items()),
)
def test_the_environment(started: Path, wanted: dict[str, bytes], environment: dict[str, str]) -> None:
    same(built(started, "-".join(environment.values()).replace("/", "-"), ["--jobs", "2"], environment), wanted)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_in_which_the_system_lists_files(
    started: Path, wanted: dict[str, bytes], tmp_path: Path, seed: int
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHUFFLING % (seed, seed))
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    same(built(started, f"order-{seed}", ["--jobs", "2"], environment), wanted)


def test_the_folder_it_is_called_from(started: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "site"
    program(["--root", os.path.relpath(started, tmp_path), "build", "--out", str(out), *NOW], tmp_path)
    same(tree(out), wanted)


def test_the_place_of_the_project(started: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", started, tmp_path / "elsewhere"], check=True)
    same(built(tmp_path / "elsewhere", "elsewhere", []), wanted)


def test_the_clock_of_the_environment(started: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    program(["build", "--out", str(tmp_path / "site")], started, {"SOURCE_DATE_EPOCH": "1752062400"})
    same(tree(tmp_path / "site"), wanted)
