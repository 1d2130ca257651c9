"""A power cut at any moment: what is put in place is safe before, its name is safe after, and only then the old goes.

A kill leaves what was written in the system's memory; a power cut does not. So the order of writes, syncs and renames
is read from the system's own account of a publish. That this would notice is shown by leaving out one sync at a time.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import machine
import msgspec
import pytest
from calls import Call, Disk, trace
from publishing import PUBLISH

from ballardwiki.build import publish
from ballardwiki.build.publish import Publisher

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="needs strace"),
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]
PROGRAM = """
import json, os, sys
from pathlib import Path
sys.path[:0] = sys.argv[1].split(os.pathsep)
from ballardwiki.build import publish
from ballardwiki.build.publish import swap, syscalls
out, wanted, without = Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text()), sys.argv[4]
sync = syscalls.sync
def selective(path):
    kind = "parent" if Path(path) == out.parent else "folder" if os.path.isdir(path) else "file"
    if kind != without:
        sync(path)
syscalls.sync = selective
if without == "all at once":
    syscalls.sync_file_system = lambda folder: None
if without == "order":
    durable, exchange = publish.Publisher._make_durable, swap.swap
    late = []
    publish.Publisher._make_durable = lambda *given: late.append(given)
    def early(*given):
        exchange(*given)
        for each in late:
            try:
                durable(*each)
            except OSError:
                pass
    swap.swap = early
if without == "exchange":
    syscalls.exchange = lambda *_: False
"""


def faults(calls: Iterable[Call], out: Path, *, noted: bool) -> Iterator[str]:
    """Where a power cut would leave a site that is neither old nor new, or nothing at all.

    noted: whether a note said, before, that the twin is good.
    """
    live, twin, stage = (str(out.with_name(name)) for name in ("site", ".site.twin", ".site.stage"))
    note, disk = str(out.with_name(".site.twin.json")), Disk()
    believed = {note} if noted else set()
    waiting = ""
    for call in calls:
        first, last = call.paths[0], call.paths[-1]
        renames, removes = call.name in ("rename", "renameat2"), call.name in ("unlink", "rmdir")
        if renames and (last == live or last.startswith(f"{live}/") or call.paths == (live, twin)):
            new = twin if twin in call.paths else first
            yield from (f"{each} is published before it is safe" for each in sorted(disk.unsafe(new)))
            waiting = os.path.dirname(last)
        elif waiting and removes and first.startswith((twin, stage)):
            yield f"{first} is removed before what replaces it is safe"
        elif waiting and renames:
            yield f"{last} is written before the site is safe"
        elif believed and not waiting and last.startswith(f"{twin}/") and (renames or removes or call.name == "link"):
            yield f"{last} is changed while a note may say that the twin is good"
        disk.follow(call)
        if call.name in ("fsync", "syncfs") and first in (waiting, os.path.dirname(note)):
            believed = {each for each in believed if each != "removed"}
            waiting = "" if first == waiting else waiting
        if removes and first == note:
            believed = {"removed"}  # and for good once its folder is safe
        if removes and first == twin:
            believed = set()
    if waiting:
        yield f"the names in {waiting} are never safe"


def site(number: int, pages: int = 12) -> dict[str, str]:
    return {f"p{page}/index.html": f"{page} {number if page < pages // 2 else 0}" for page in range(pages)}


CASES: dict[str, tuple[list[dict[str, str]], dict[str, str]]] = {
    "the first": ([], site(1)),
    "the second": ([site(1)], site(2)),
    "on a good twin": ([site(1), site(2), site(3)], site(4)),
    "with removals": ([site(1), site(2), site(3)], site(4, 10)),
    "one file": ([site(1), site(2), site(3)], site(3) | {"p1/index.html": "x"}),
    "many files": ([site(1, 200), site(2, 200), site(3, 200)], site(4, 200)),
}


def publish_again(folder: Path, case: str, without: str = "") -> list[str]:
    """The faults of a publish that is made without something."""
    before, wanted = CASES[case]
    out = folder / "work/site"
    out.parent.mkdir()
    for each in before:
        publisher = Publisher(out)
        with publisher.lock(wait=True):
            there = publisher.survey()
            for path, text in each.items():
                publisher.stage(path).write_text(text)
            publisher.commit(each.keys(), there.keys() - each.keys())
    (folder / "wanted.json").write_text(json.dumps(wanted))
    source = os.pathsep.join(
        str(Path(each)) for each in (Path(publish.__file__).parents[3], Path(msgspec.__file__).parents[1])
    )
    command = [
        sys.executable,
        "-B",
        "-S",
        "-c",
        PROGRAM + PUBLISH,
        source,
        str(out),
        str(folder / "wanted.json"),
        without,
    ]
    noted = out.with_name(".site.twin.json").exists()
    found = list(trace(command, folder / "calls"))
    assert any(call.name in ("rename", "renameat2") for call in found)
    return list(faults(found, out, noted=noted))


@pytest.mark.parametrize("case", CASES)
def test_a_power_cut_leaves_the_old_site_or_the_new(tmp_path: Path, case: str) -> None:
    assert publish_again(tmp_path, case) == []


@pytest.mark.parametrize(
    ("case", "without"),
    [
        *(("the first", "file"), ("the second", "file"), ("on a good twin", "file"), ("one file", "file")),
        *(("the first", "folder"), ("the second", "folder"), ("with removals", "folder"), ("one file", "folder")),
        *(("the first", "parent"), ("the second", "parent"), ("on a good twin", "parent")),
        *(("many files", "all at once"), ("on a good twin", "order"), ("many files", "order")),
    ],
)
def test_a_sync_that_is_left_out_is_noticed(tmp_path: Path, case: str, without: str) -> None:
    assert publish_again(tmp_path, case, without)


def test_the_record_is_saved_when_the_site_is_safe(tmp_path: Path) -> None:
    root = tmp_path / "wiki"
    for version in (0, 1, 2):
        machine.write(root, version)
        assert machine.build(root).code == 0
    machine.write(root, 3)
    command = [*machine.COMMAND, "--root", str(root), "build", *machine.NOW]
    found = list(trace(command, tmp_path / "calls"))
    assert list(faults(found, root / "site", noted=True)) == []
    exchanged = next(number for number, call in enumerate(found) if "RENAME_EXCHANGE" in call.flags)
    record = str(root / ".ballardwiki/record")
    saved = [number for number, call in enumerate(found) if call.name == "rename" and call.paths[-1] == record]
    assert saved and exchanged < saved[0]
