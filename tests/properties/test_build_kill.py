"""A build that is killed, fails, or meets another leaves the old site or the new one, whole; the next build heals."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import machine
import pytest

from ballardwiki.build.publish import Publisher
from ballardwiki.build.publish.snapshot import survey

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
KILLS = 30
BUSY = 75
SHORT = {f"templates/{name}.html": "{{ site.title }}" for name in ("base", "home", "404", "index", "index-person")}
SHORT |= {"templates/person.html": "{{ site.title }}: {{ entity.title }} {{ text_of(entity) }}"}
"""Templates that are compiled in no time: what is killed should be a build that reads, makes and publishes."""
NOW = ["--now", "2025-07-09T12:00+00:00", "--jobs", "2"]


def files(version: int) -> dict[str, str]:
    """A project whose every page differs from one version to the next, and whose pages are not the same."""
    people = range(version, version + 12)
    found = {f"content/people/p{number}.md": f"---\ntitle: P{number}\n---\nVersion {version}.\n" for number in people}
    return found | SHORT | {"site.yaml": f"title: Version {version}\n"}


def write(root: Path, version: int) -> None:
    wanted = files(version)
    (root / "content/people").mkdir(parents=True, exist_ok=True)
    for path in (root / "content/people").iterdir():
        if f"content/people/{path.name}" not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)


def start(root: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ballardwiki", "build", *NOW, *options]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def run(root: Path, *options: str) -> int:
    process = start(root, *options)
    out, error = process.communicate(timeout=120)
    if process.returncode not in (0, 1, BUSY):
        raise AssertionError((out + error).decode())
    return process.returncode


def tree(out: Path) -> dict[str, bytes]:
    return {path: (out / path).read_bytes() for path in sorted(survey(out))}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what all tests need: the project, published as version 0."""
    shelf = tmp_path_factory.mktemp("shelf")
    write(shelf / "wiki", 0)
    assert run(shelf / "wiki") == 0
    return shelf


@pytest.fixture
def root(shelf: Path, tmp_path: Path) -> Path:
    """A project of one's own, published as version 0."""
    return machine.copy(shelf / "wiki", tmp_path / "wiki")


Clean = Callable[[int], dict[str, bytes]]


@pytest.fixture(scope="module")
def clean(shelf: Path) -> Clean:
    """Gives the site of a version, made once in a folder of its own."""

    @cache
    def made(version: int) -> dict[str, bytes]:
        other = shelf / f"clean-{version}"
        write(other, version)
        assert run(other) == 0
        return tree(other / "site")

    return made


def test_a_build_killed_at_any_moment(root: Path, clean: Clean) -> None:
    dice = random.Random(9)
    trees = [clean(0), clean(1)]
    write(root, 1)
    began = time.perf_counter()
    assert run(root) == 0
    whole = time.perf_counter() - began
    current = wanted = 1
    seen = set()
    for attempt in range(KILLS):
        wanted = 1 - current
        write(root, wanted)
        process = start(root)
        time.sleep(dice.uniform(0.3 if attempt % 2 else 0, 1.1) * whole)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        found = tree(root / "site")
        assert found in trees, "the site is neither the old nor the new one"
        current = trees.index(found)
        seen.add(current == wanted)
        if attempt % 5 == 4:
            assert run(root) == 0
            assert tree(root / "site") == trees[wanted]
            current = wanted
    assert run(root) == 0
    assert tree(root / "site") == trees[wanted]
    left = {path.name for path in root.iterdir() if path.name.startswith(".site")}
    assert left <= {".site.twin", ".site.twin.json", ".site.lock"}, left
    assert False in seen, "every build was done before it was killed"


def test_killed_workers_are_noticed_or_replaced(root: Path, clean: Clean) -> None:
    """The parent alone is killed: its workers die with it and leave the site in peace."""
    write(root, 1)
    process = start(root)
    time.sleep(0.5)
    process.kill()
    process.communicate()
    time.sleep(0.3)
    assert tree(root / "site") in (clean(0), clean(1))
    assert run(root) == 0
    assert tree(root / "site") == clean(1)


def test_a_second_build_waits(root: Path, clean: Clean) -> None:
    write(root, 1)
    with Publisher(root / "site", ()).lock(wait=True):
        process = start(root)
        time.sleep(1.5)
        assert process.poll() is None
        assert tree(root / "site") == clean(0)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert tree(root / "site") == clean(1)


def test_a_second_build_that_must_not_wait(root: Path, clean: Clean) -> None:
    write(root, 1)
    with Publisher(root / "site", ()).lock(wait=True):
        assert run(root, "--no-wait") == BUSY
        assert tree(root / "site") == clean(0)
    assert run(root, "--no-wait") == 0


def test_two_builds_at_once(root: Path, clean: Clean) -> None:
    for version in (1, 2, 3):
        write(root, version)
        both = [start(root), start(root)]
        for process in both:
            output = process.communicate(timeout=60)
            assert process.returncode == 0, output
        assert tree(root / "site") == clean(version)


def test_a_build_that_fails(root: Path, clean: Clean) -> None:
    write(root, 1)
    (root / "content/people/p3.md").write_text("---\ntitle: P3\nborn: soon\n---\n")
    assert run(root) == 1
    assert tree(root / "site") == clean(0)
    write(root, 1)
    assert run(root) == 0
    assert tree(root / "site") == clean(1)
