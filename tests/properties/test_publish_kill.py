"""Whatever happens to a publishing process, the site is one whole version, and the next publish is exact."""

from __future__ import annotations

import errno
import functools
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from publishing import PUBLISH

from ballardwiki.build import publish
from ballardwiki.build.publish import Publisher, PublishError, syscalls
from ballardwiki.build.publish.snapshot import survey

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")
Site = Mapping[str, bytes]
RANDOM_KILLS = 150
REMAIN = {"site", ".site.twin", ".site.twin.json", ".site.lock"}
CALLS = "rename renameat2 link linkat unlink unlinkat mkdir rmdir fsync syncfs write".split()
PROGRAM = """
import json, os, sys
from pathlib import Path
sys.path[:0] = sys.argv[1].split(os.pathsep)
from ballardwiki.build import publish
from ballardwiki.build.publish import syscalls
out, wanted = Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())
if sys.argv[4] == "renames":
    syscalls.exchange = lambda *_: False
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: fsync costs nothing there, and thousands of publishes are quick."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@functools.cache
def version(number: int) -> Site:
    """A site of about 40 files; each version differs from the one before in about 6."""
    dice = random.Random(number)
    names = [f"{folder}p{page}/index.html" for folder in ("", "news/", "person/a/") for page in range(14)]
    if number == 0:
        return dict.fromkeys(names, b"0") | {"feed.xml": b"0"}
    site = {**version(number - 1), "feed.xml": b"%d" % number}
    for name in dice.sample(names, 6):
        if dice.random() < 0.4:
            site.pop(name, None)
        else:
            site[name] = b"%d" % number * dice.randrange(2000)
    return site


def tree(out: Path) -> Site:
    return {
        path: (out / path).read_bytes() if signature.kind == "file" else signature.kind.encode()
        for path, signature in survey(out).items()
    }


def put(out: Path, wanted: Site) -> None:
    """Publish like the build: stage only what differs from what is live."""
    publisher = Publisher(out)
    with publisher.lock(wait=True):
        there = tree(out)
        changed = {path for path, content in wanted.items() if there.get(path) != content}
        for path in sorted(changed):
            publisher.stage(path).write_bytes(wanted[path])
        publisher.commit(changed, there.keys() - wanted.keys())


def heals(out: Path, after: int) -> None:
    """The next publishes are exact, and leave nothing behind but the site and its twin."""
    for number in range(after, after + 3):
        put(out, version(number))
        assert tree(out) == version(number)
    assert {path.name for path in out.parent.iterdir()} <= REMAIN


def without_exchange(_one: Path, _other: Path) -> bool:
    return False


@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "renames"])
def test_killed_at_a_random_moment(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    exchange: bool,
) -> None:
    if not exchange:
        monkeypatch.setattr(syscalls, "exchange", without_exchange)
    out, dice, number, alive = place / "site", random.Random(1), 0, set()
    for _ in range(RANDOM_KILLS):
        child = os.fork()
        if child == 0:
            try:
                for each in itertools.count(number):
                    put(out, version(each))
            finally:
                os._exit(1)
        time.sleep(dice.random() * 0.03)
        os.kill(child, 9)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        if not exchange and not out.exists() and out.with_name(".site.old").exists():
            with Publisher(out).lock(wait=False):  # the documented window; the next lock closes it
                assert out.exists()
        found = tree(out)
        if found:  # else killed before the first publish
            number = int(found["feed.xml"])
            assert found == version(number)
            alive.add(number)
        if dice.random() < 0.3:
            heals(out, number)
            number += 2
    assert len(alive) > RANDOM_KILLS / 10  # else the kills came too early to tell anything


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("case", ["change", "twin", "first", "renames"])
def test_killed_at_every_system_call(place: Path, case: str) -> None:
    """Before each call that changes the disk, for a publish on a good twin, without one, and the first of all."""
    out, old, new = place / "work/site", small(8), small(9)
    (place / "new.json").write_text(json.dumps({path: content.decode() for path, content in new.items()}))
    source = os.pathsep.join(
        str(Path(each)) for each in (Path(publish.__file__).parents[3], Path(msgspec.__file__).parents[1])
    )
    command = [sys.executable, "-B", "-S", "-c", PROGRAM + PUBLISH, source, str(out), str(place / "new.json"), case]
    kills = 0
    for call in CALLS:  # strace counts each call by itself
        for count in itertools.count(1):
            prepare(out, case)
            inject = ["strace", "-f", "-o", os.devnull, "-e", f"inject=?{call}:signal=KILL:when={count}"]
            done = subprocess.run([*inject, *command], capture_output=True, timeout=60, check=False)
            assert not done.stderr, done.stderr.decode()
            if done.returncode == 0:
                assert tree(out) == new
                break
            kills += 1
            if case == "renames" and not out.exists():
                with Publisher(out).lock(wait=False):  # the documented window
                    pass
            assert tree(out) == new or (tree(out) == old if case != "first" else not out.exists())
            for number in (10, 9):
                put(out, small(number))
                assert tree(out) == small(number)
            assert {path.name for path in out.parent.iterdir()} <= REMAIN
    assert kills > 20


def prepare(out: Path, case: str) -> None:
    shutil.rmtree(out.parent, ignore_errors=True)
    out.parent.mkdir()
    if case != "first":
        for number in (6, 7, 8):
            put(out, small(number))
    if case == "twin":
        out.with_name(".site.twin.json").unlink()


def small(number: int) -> Site:
    """A third of a version: fewer system calls to be killed at."""
    return {path: content for path, content in version(number).items() if "person" not in path and "news" not in path}


FAULTY = [
    "os.replace",
    "os.rename",
    "os.link",
    "os.unlink",
    "os.mkdir",
    "os.rmdir",
    "os.fsync",
    "os.open",
    "os.lstat",
    "os.scandir",
    "builtins.open",
    "ballardwiki.build.publish.syscalls.exchange",
    "ballardwiki.build.publish.syscalls.sync_file_system",
]


class Faults:
    """Lets the n-th call of the functions above fail, or all from the n-th on."""

    def __init__(self, number: int, *, at: int, ever_after: bool) -> None:
        self.number, self.at, self.ever_after, self.calls = number, at, ever_after, 0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def faulty(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self.at or (self.ever_after and self.calls > self.at):
                raise OSError(self.number, os.strerror(self.number), str(arguments[0]))
            return function(*arguments, **options)

        return faulty


@pytest.mark.parametrize("ever_after", [False, True], ids=["once", "ever-after"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("case", ["change", "twin", "first"])
def test_a_failing_call_leaves_the_old_site(
    place: Path,
    number: int,
    *,
    ever_after: bool,
    case: str,
) -> None:
    """For every n: the n-th call fails. The old site stays and the error is told, or the new one is published."""
    for at in itertools.count(1):
        out = place / str(at) / "site"
        if case != "first":
            put(out, small(1))
            put(out, small(2))
        if case == "twin":
            out.with_name(".site.twin.json").unlink()
        publisher, faults = Publisher(out), Faults(number, at=at, ever_after=ever_after)
        wanted, there = small(9), tree(out)
        told = False
        with publisher.lock(wait=True):
            changed = {path for path, content in wanted.items() if there.get(path) != content}
            for path in changed:
                publisher.stage(path).write_bytes(wanted[path])
            with pytest.MonkeyPatch.context() as patch:
                for name in FAULTY:
                    module, _, attribute = name.rpartition(".")
                    patch.setattr(name, faults.wrap(getattr(sys.modules[module], attribute)))
                try:
                    publisher.commit(changed, there.keys() - wanted.keys())
                except PublishError:
                    told = True
        # To be told and yet have news takes an exchange that cannot be undone, since every call fails from then on.
        allowed = [there, wanted] if ever_after and told else [there] if told else [wanted]
        assert tree(out) in allowed
        if not ever_after:  # else nothing could be cleared away
            assert {path.name for path in out.parent.iterdir()} <= REMAIN
        heals(out, 20)
        shutil.rmtree(out.parent)
        if faults.calls < at:
            break
    assert at > 30


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k,nr_inodes=230", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("cannot mount a tmpfs here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("pages", [40, 100, 300])
def test_a_full_disk_leaves_the_old_site(tiny_disk: Path, pages: int) -> None:
    """40 more pages fill the data, 100 the list of files while publishing, 300 while staging."""
    out = tiny_disk / "site"
    put(out, version(1))
    size = 9000 if pages == 40 else 1
    with pytest.raises((PublishError, OSError), match="No space left"):
        put(out, {**version(1), **{f"x{page}/i": b"x" * size for page in range(pages)}})
    assert tree(out) == version(1)
    assert {path.name for path in tiny_disk.iterdir()} <= REMAIN
    heals(out, 2)


PATHS = st.sampled_from(["a", "b", "a/b", "a/c", "b/c/d", "b/c", "e/f/g/h", "e/f/i", "k.html"])


def _possible(site: Site) -> bool:
    return not any(other.startswith(f"{path}/") for path in site for other in site)


SITES = st.dictionaries(PATHS, st.sampled_from([b"", b"1", b"2"])).filter(_possible)
MISCHIEF = st.sampled_from(["none", "alien", "link", "edit", "swap", "delete", "twin", "note", "live"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(SITES, MISCHIEF, PATHS), min_size=1, max_size=8))
def test_a_sequence_of_publishes_equals_fresh_copies(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Site, str, str]]
) -> None:
    """Also when, between two publishes, somebody meddles with the folder."""
    out = tmp_path_factory.mktemp("sequence") / "site"
    for wanted, mischief, path in steps:
        put(out, wanted)
        assert tree(out) == wanted
        assert {each.name for each in out.parent.iterdir()} <= REMAIN
        meddle(out, mischief, path)
    shutil.rmtree(out.parent)


def meddle(out: Path, mischief: str, path: str) -> None:
    target = out / path
    if mischief == "live":
        shutil.rmtree(out)
    elif mischief == "twin":
        shutil.rmtree(out.with_name(".site.twin"), ignore_errors=True)
    elif mischief == "note":
        out.with_name(".site.twin.json").write_text("{}")
    elif mischief == "edit" and target.is_file():
        target.write_text("by hand")
    elif mischief == "delete" and target.is_file():
        target.unlink()
    elif mischief in {"alien", "link", "swap"}:
        if mischief == "swap" and target.is_dir():
            shutil.rmtree(target)
        elif mischief == "swap":
            target.unlink(missing_ok=True) if target.parent.is_dir() else None
        if target.parent.is_dir() and not target.exists():
            target.symlink_to("/etc") if mischief == "link" else target.mkdir()
