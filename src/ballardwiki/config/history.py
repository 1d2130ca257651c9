"""The history of content files, from git in one pass: when each was added and last changed, and by how many people.

Names of people never leave this module. The commit that is checked out is read from git's own files, without starting a
program; only when it is another than last time does `git log` run. Where there is no git, or a clone without its past
(as continuous integration makes them unless told otherwise), nothing is known, which is better than wrong dates.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

_SECONDS = 120
_COMMIT = "\x02"
_LOG = (
    *("git", "--no-pager", "-c", "core.quotePath=false", "-c", "log.showSignature=false", "log", "--no-merges"),
    *(f"--format={_COMMIT}%aE%x09%as", "--name-status", "-M", "--relative", "--no-ext-diff", "--no-textconv"),
)


class Past(Struct, frozen=True):
    """What git knows of a file: the days on which it was added and last changed (ISO 8601); how many people did."""

    added: str
    changed: str
    people: int


class Head(Struct, frozen=True):
    """The commit that is checked out, "" where none is known. shallow: a clone without its past; then none is."""

    commit: str = ""
    shallow: bool = False


def head(root: Path) -> Head:
    """What is checked out in the repository around a folder, from a few small files."""
    folder = _folder(root)
    if folder is None:
        return Head()
    common = folder / (_text(folder / "commondir") or ".")
    if (common / "shallow").exists():
        return Head(shallow=True)
    text = _text(folder / "HEAD")
    if not text.startswith("ref: "):
        return Head(text)
    name = text.removeprefix("ref: ")
    return Head(_text(folder / name) or _text(common / name) or _packed(common, name))


def _folder(root: Path) -> Path | None:
    """The folder in which git keeps a repository; that of a linked work tree is named in a file."""
    for parent in (root, *root.parents):
        place = parent / ".git"
        if place.is_dir():
            return place
        if place.is_file():
            return parent / _text(place).removeprefix("gitdir: ")
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _packed(common: Path, name: str) -> str:
    for line in _text(common / "packed-refs").splitlines():
        if line.endswith(f" {name}"):
            return line.partition(" ")[0]
    return ""


def read(root: Path, commit: str) -> dict[str, Past] | None:
    """Path from the root -> its past, for all files in content/. None where git is missing or fails."""
    import subprocess  # noqa: PLC0415  # costly, and most builds find the commit unchanged

    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = (*_LOG, commit, "--", "content")
    try:
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    return gather(done.stdout.decode(errors="replace").splitlines())


def gather(lines: Iterable[str]) -> dict[str, Past]:
    """The pasts of files from the lines of `git log`, the newest commit first. A renamed file takes its past along."""
    days: dict[str, set[str]] = {}
    people: dict[str, set[str]] = {}
    present: dict[str, str] = {}
    author = day = ""
    for line in lines:
        if line.startswith(_COMMIT):
            author, _, day = line[1:].lower().partition("\t")
        elif "\t" in line:
            kind, then, *renamed = line.split("\t")
            name = renamed[0] if renamed else then
            path = present.pop(name, name) if kind == "A" or renamed else present.get(name, name)
            if renamed:
                present[then] = path
            days.setdefault(path, set()).add(day)
            people.setdefault(path, set())
            if "[bot]" not in author:
                people[path].add(author)
    return {path: Past(min(found), max(found), len(people[path])) for path, found in sorted(days.items())}


def changed(old: Mapping[str, Past], new: Mapping[str, Past]) -> set[str]:
    """The paths whose past is not what it was."""
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
