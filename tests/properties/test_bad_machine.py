"""A machine that says no costs nothing but the build: one clear line, the site whole, no good cache lost.

Each call that fails, one after the other, is in tests/torture; here is one of each kind.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import machine
import pytest
from machine import NOW, Done, build, cache, clean, one_clear_line, run, seen, tree, whole, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs what other systems have")
READING = [
    *(("check", *NOW), ("why", "people/p1", *NOW), ("sources",)),
    *(("mentions",), ("urls", *NOW), ("rename", "p2", "px", "--dry-run")),
]
NOBODY = 65534


def more(*values: object) -> object:
    """An example that is tried at night only."""
    return pytest.param(*values, marks=pytest.mark.torture)


@pytest.fixture(scope="module")
def shelf() -> Iterator[Path]:
    """A folder that everybody may enter, in memory where there is such a place; in it the project, made once."""
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where) as made:
        shelf = Path(made)
        shelf.chmod(0o755)
        write(shelf / "wiki", 0)
        assert build(shelf / "wiki").code == 0
        write(shelf / "wiki", 1)
        yield shelf


@pytest.fixture
def folder(shelf: Path) -> Iterator[Path]:
    """A folder for one test."""
    with tempfile.TemporaryDirectory(dir=shelf) as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def wiki(shelf: Path, folder: Path) -> Path:
    """A project published as version 0, and edited since then."""
    return machine.copy(shelf / "wiki", folder / "wiki")


@pytest.fixture(scope="module")
def powerless() -> list[str]:
    """What starts a program without root's rights."""
    if os.geteuid() != 0:
        return []
    prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    if not shutil.which("setpriv"):
        pytest.skip("setpriv is missing")
    if subprocess.run([*prefix, *machine.COMMAND, "--version"], capture_output=True, check=False, cwd="/").returncode:
        pytest.skip("only root may start the program here")
    return prefix


@pytest.fixture
def strace() -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is missing; `make test` installs it")


Mount = Callable[[Path, str], None]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Makes a folder a small disk of its own."""
    made = []

    def tiny(place: Path, options: str) -> None:
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("cannot mount a tmpfs here")
        made.append(place)

    yield tiny
    for place in reversed(made):
        subprocess.run(["umount", "-l", str(place)], check=True)


# What only reads


@pytest.mark.parametrize("known", [False, more(True)], ids=["without a cache", "with one"])
def test_what_only_reads_writes_nothing(wiki: Path, *, known: bool) -> None:
    if not known:
        shutil.rmtree(wiki / ".ballardwiki")
        (wiki / ".site.lock").unlink()
    before = seen(wiki)
    for command in READING:
        done = run(wiki, *command)
        assert done.code == 0 and "not used" not in done.err, done
        assert seen(wiki) == before, command


def test_what_only_reads_works_where_nothing_may_be_written(wiki: Path, powerless: list[str]) -> None:
    _forbid(wiki, powerless)
    for command in READING[:3]:
        done = run(wiki, *command, before=powerless)
        assert done.code == 0 and not done.err, done


def test_a_build_of_a_project_that_may_not_be_written(wiki: Path, folder: Path, powerless: list[str]) -> None:
    _forbid(wiki, powerless)
    done = build(wiki, before=powerless)
    one_clear_line(done)
    assert done.code == 1 and "Permission denied" in done.err
    if os.geteuid() == 0:
        whole(wiki, folder.parent, 0, 1, done)


def _forbid(wiki: Path, powerless: list[str]) -> None:
    if not powerless:
        for path in (wiki, *wiki.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o555)


@pytest.mark.parametrize(
    "path", ["media/a.svg", "content/people/p1.md", "templates/base.html", "content/people", "site.yaml"]
)
def test_what_may_not_be_read(wiki: Path, folder: Path, powerless: list[str], path: str) -> None:
    mode = (wiki / path).stat().st_mode
    (wiki / path).chmod(0)
    out = folder / "published"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    done = build(wiki, "--out", str(out / "site"), before=powerless)
    (wiki / path).chmod(mode)
    assert done.code == 1 and "Traceback" not in done.err
    assert f"{path}: error[file-readable]" in done.err
    assert done.err.count(": error[") == 1
    assert not (out / "site").exists()


def test_a_root_that_may_not_be_read_is_told_once(wiki: Path, folder: Path, powerless: list[str]) -> None:
    (wiki / "root/.well-known").mkdir(parents=True)
    (wiki / "root").chmod(0)
    done = run(wiki, "check", before=powerless)
    (wiki / "root").chmod(0o755)
    assert done.code == 1 and done.err.count("error[file-readable]") == 1


@pytest.mark.parametrize("command", [("rename", "person/p1", "person/ann"), ("retitle", "person/p1", "Ann")])
def test_a_change_that_may_not_be_written_says_so_once(
    wiki: Path, powerless: list[str], command: tuple[str, ...]
) -> None:
    _forbid(wiki, powerless)
    before = seen(wiki)
    done = run(wiki, *command, before=powerless)
    assert done.code == 1 and done.err.splitlines()[-1].startswith("Nothing was written: Permission denied: ")
    assert seen(wiki) == before


# The cache


@pytest.mark.parametrize("kind", ["a link", more("a file"), more("a pipe"), more("a link to nowhere")])
def test_a_cache_that_is_no_folder_is_not_touched(wiki: Path, folder: Path, kind: str) -> None:
    place, elsewhere = wiki / ".ballardwiki", folder / "elsewhere"
    shutil.rmtree(place)
    elsewhere.mkdir()
    (elsewhere / "record").write_text("somebody's")
    if kind == "a file":
        place.write_text("x")
    elif kind == "a pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(elsewhere if kind == "a link" else folder / "nowhere")
    mode = place.lstat().st_mode
    for command in (("build", *NOW), ("check", *NOW), ("sources",)):
        done = run(wiki, *command)
        assert done.code == 0 and len(done.err.splitlines()) <= 1, done
    assert tree(wiki) == clean(folder.parent, 1)
    assert place.lstat().st_mode == mode
    assert [path.name for path in elsewhere.iterdir()] == ["record"] and not (folder / "nowhere").exists()


@pytest.mark.parametrize("name", ["record", "documents.db", more("shelves.db"), more("bodies.db")])
def test_a_part_of_the_cache_that_leads_elsewhere_is_not_followed(wiki: Path, folder: Path, name: str) -> None:
    precious = folder / "precious"
    precious.write_bytes(b"")
    part = wiki / ".ballardwiki" / name
    part.unlink()
    part.symlink_to(precious)
    done = build(wiki)
    assert done.code == 0 and tree(wiki) == clean(folder.parent, 1)
    assert precious.read_bytes() == b"" and not part.is_symlink()


def test_a_library_that_another_process_holds_is_left_to_it(wiki: Path, folder: Path) -> None:
    before = cache(wiki)
    other = sqlite3.connect(wiki / ".ballardwiki/documents.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    done = build(wiki)
    one_clear_line(done)
    assert done.code == 75 and "Another build" in done.err
    other.execute("ROLLBACK")
    other.close()
    assert cache(wiki) == before
    whole(wiki, folder.parent, 0, 1, done)


@pytest.mark.parametrize("part", ["documents", more("bodies")])
def test_a_build_does_not_wait_for_a_reader_of_the_library(wiki: Path, folder: Path, part: str) -> None:
    other = sqlite3.connect(wiki / f".ballardwiki/{part}.db", isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM kept").fetchall()
    done = build(wiki)
    assert done.code == 0 and len(done.err.splitlines()) == 1 and "cache" in done.err, done
    assert tree(wiki) == clean(folder.parent, 1)
    other.close()
    whole(wiki, folder.parent, 0, 1, done)


def test_a_cache_that_has_no_room_left_costs_no_publish(wiki: Path, folder: Path, mount: Mount) -> None:
    shutil.rmtree(wiki / ".ballardwiki")
    mount(wiki / ".ballardwiki", "size=480k")
    assert build(wiki).code == 0
    write(wiki, 2)
    filler = wiki / ".ballardwiki/filler"
    _fill(filler)
    before = {name: data for name, data in cache(wiki).items() if name != "filler"}
    done = build(wiki)
    assert done.code == 0 and len(done.err.splitlines()) == 1 and "cache" in done.err, done
    assert tree(wiki) == clean(folder.parent, 2)
    filler.unlink()
    assert cache(wiki).keys() == before.keys() and cache(wiki)["record"] == before["record"]
    after = build(wiki)
    assert after.code == 0 and not after.err and tree(wiki) == clean(folder.parent, 2)


def _fill(filler: Path) -> None:
    """Leave no room on a disk."""
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


@pytest.mark.parametrize("call", ["pwrite64", more("ftruncate")])
def test_a_cache_that_cannot_be_written_costs_no_publish(wiki: Path, folder: Path, strace: None, call: str) -> None:
    done = build(wiki, before=machine.failing(call, "EIO", "1+"))
    one_clear_line(done)
    assert tree(wiki) == clean(folder.parent, 1) or done.code == 1
    whole(wiki, folder.parent, 0, 1, done)


# The site


@pytest.mark.parametrize("free", [0, more(8), more(40), more(80), more(160)])
def test_a_full_disk(folder: Path, mount: Mount, free: int) -> None:
    """So many KiB are left: for nothing, for some pages, for the pages but not the cache."""
    disk = folder / "disk"
    mount(disk, "size=2m")
    wiki = disk / "wiki"
    write(wiki, 0)
    assert build(wiki).code == 0
    write(wiki, 1)
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - free * 1024)))
    done = build(wiki)
    one_clear_line(done)
    assert done.code == 1 or free
    assert tree(wiki) in (clean(folder.parent, 0), clean(folder.parent, 1))
    filler.unlink()
    whole(wiki, folder.parent, 0, 1, done)


@pytest.mark.parametrize("limit", [100, more(0), more(2000), more(9000), more(40_000)])
def test_a_limit_on_the_size_of_files(wiki: Path, folder: Path, limit: int) -> None:
    done = build(wiki, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    one_clear_line(done)
    whole(wiki, folder.parent, 0, 1, done)


FAULTS = [
    *(("fsync", "EIO", "1+"), ("renameat2", "EIO", "1"), ("rename", "ENOSPC", "1")),
    *(
        more("fsync", "EIO", "1"),
        more("rename", "EACCES", "1+"),
        more("mkdir", "EROFS", "1"),
        more("unlink", "EIO", "1+"),
    ),
    *(more("link", "EIO", "1"), more("flock", "ENOLCK", "1"), more("pwrite64", "ENOSPC", "3")),
]


@pytest.mark.parametrize(("call", "error", "when"), FAULTS)
def test_a_call_that_fails(wiki: Path, folder: Path, strace: None, call: str, error: str, when: str) -> None:
    done = build(wiki, before=machine.failing(call, error, when))
    one_clear_line(done)
    whole(wiki, folder.parent, 0, 1, done)


@pytest.mark.parametrize("kind", ["a link", more("a file")])
def test_an_output_that_is_no_folder(wiki: Path, folder: Path, kind: str) -> None:
    shutil.rmtree(wiki / "site")
    if kind == "a file":
        (wiki / "site").write_text("precious")
    else:
        (folder / "elsewhere").mkdir()
        (wiki / "site").symlink_to(folder / "elsewhere")
    done = build(wiki)
    assert (done.code, len(done.told)) == (1, 1), done
    (wiki / "site").unlink()
    assert not (folder / "elsewhere").exists() or not list((folder / "elsewhere").iterdir())
    assert build(wiki).code == 0 and tree(wiki) == clean(folder.parent, 1)


def test_a_machine_without_home_and_without_room_for_temporary_files(wiki: Path, folder: Path) -> None:
    bare = {"PATH": os.environ["PATH"]}
    for environment in (bare, bare | {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"}):
        done = run(wiki, "build", *NOW, environment=environment)
        assert done.code == 0 and not done.err, done
    assert tree(wiki) == clean(folder.parent, 1)


# Whoever started it


def test_a_build_that_is_interrupted(wiki: Path, folder: Path) -> None:
    many = wiki / "content/people/many.yaml"
    codes = set()
    for attempt in range(4):
        many.write_text("".join(f"many-{attempt}-{number}: {{title: M{attempt} {number}}}\n" for number in range(300)))
        before = tree(wiki)
        shutil.rmtree(wiki / ".site.stage", ignore_errors=True)  # it shows when the program has begun its work
        process = subprocess.Popen(
            [*machine.COMMAND, "build", *NOW],
            cwd=wiki,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        while process.poll() is None and not (wiki / ".site.stage").exists():
            time.sleep(0.002)
        time.sleep(0.1 * attempt)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        # Python ends itself by the signal where that came while a string was executed, as for a dataclass; shells say 130
        done = Done(130 if process.returncode == -signal.SIGINT else process.returncode, out, err)
        codes.add(done.code)
        assert done.code in (0, 130) and "Traceback" not in done.err, done
        assert done.code == 0 or (len(done.told) == 1 and tree(wiki) == before), done
    assert 130 in codes
    many.unlink()
    whole(wiki, folder.parent, 0, 1, Done(1, "", ""))


@pytest.mark.parametrize(
    "command", [("check", "--notes", "--format", "json", *NOW), ("build", *NOW), more(("sources",))]
)
@pytest.mark.parametrize("how", ["a reader that went", more("a full disk"), more("closed")])
def test_nobody_listens(wiki: Path, command: tuple[str, ...], how: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open("/dev/full", "w") as full:
        out = {"a reader that went": writing, "a full disk": full.fileno(), "closed": None}[how]
        done = subprocess.run(
            [*machine.COMMAND, *command],
            cwd=wiki,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            preexec_fn=(lambda: os.close(1)) if out is None else None,
        )
    os.close(writing)
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1
    assert done.returncode in (0, 1)
    if how != "a full disk" and command[0] == "build":
        assert done.returncode == 0, "the site is published"
