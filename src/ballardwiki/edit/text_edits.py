"""Changes of text files, by position: what they make of a file, how that reads as a diff, and writing all or nothing.

Everything is pure but `write`.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import shutil
import stat
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from msgspec import Struct

from ballardwiki.build.publish.syscalls import sync

_MARK = "\ufeff"


class ChangedError(Exception):
    """A file is no longer what it was when it was read; nothing was written."""


class Edit(Struct, frozen=True, order=True):
    """The characters from `start` to `end` become `text`. What is inserted at one place stands in the given order."""

    start: int
    end: int
    text: str


class Lines:
    """Where lines begin in a text; lines and columns count from 1."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._starts = [0, *accumulate(len(line) for line in text.split("\n"))]
        self._starts = [start + number for number, start in enumerate(self._starts[:-1])]
        self._first = first

    def index(self, line: int, column: int) -> int:
        """The place of a line and column."""
        return self._starts[line - self._first] + column - 1

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of a place."""
        row = bisect_right(self._starts, index) - 1
        return row + self._first, index - self._starts[row] + 1


def plain(raw: str) -> str:
    """A file's text as positions count in it: without a byte order mark, its lines ending in a line feed."""
    return raw.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def applied(raw: str, edits: Iterable[Edit]) -> str:
    """A file's text after the edits, whose positions count in `plain(raw)`; all other characters stay as they are.

    Raises ValueError where two edits meet: that would be a mistake of the program.
    """
    where, ending = _positions(raw)
    out: list[str] = []
    done = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda each: (each.start, each.end)):
        start, end = (where[edit.start], where[edit.end]) if where else (edit.start, edit.end)
        if start < done:
            message = f"two edits want the same characters at {edit.start}"
            raise ValueError(message)
        out += raw[done:start], edit.text.replace("\n", ending)
        done = end
    return "".join([*out, raw[done:]])


def _positions(raw: str) -> tuple[Sequence[int], str]:
    """For each character of the plain text its place in the raw one (none where both are alike), and the line end."""
    if "\r" not in raw and not raw.startswith(_MARK):
        return (), "\n"
    where: list[int] = []
    index = 1 if raw.startswith(_MARK) else 0
    while index < len(raw):
        where.append(index)
        index += 2 if raw.startswith("\r\n", index) else 1
    where.append(len(raw))
    ending = "\r\n" if "\r\n" in raw else "\n" if "\n" in raw else "\r"
    return where, ending if "\r" in raw else "\n"


class Change(Struct, frozen=True):
    """A file that gets another text, and perhaps another name. One without an old text may be missing."""

    path: str
    old: str
    new: str
    to: str = ""

    @property
    def target(self) -> str:
        """Where the file is afterwards."""
        return self.to or self.path


def diff(changes: Iterable[Change]) -> Iterator[str]:
    """The lines of a unified diff of all changes, in the order of paths."""
    for change in sorted(changes, key=lambda each: each.path):
        if change.to:
            yield from (f"rename from {change.path}", f"rename to {change.to}")
        old, new = (plain(text).split("\n") for text in (change.old, change.new))
        names = f"a/{change.path}" if change.old else "/dev/null", f"b/{change.target}"
        for line in difflib.unified_diff(_shown(old), _shown(new), *names, lineterm=""):
            yield from line.split("\n")


def _shown(lines: list[str]) -> list[str]:
    """Lines as a diff has them: a text that ends without a line feed says so."""
    if lines[-1] == "":
        return lines[:-1]
    return [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"]


def write(root: Path, changes: Sequence[Change]) -> None:
    """Write all files or none. Raises `ChangedError` or `OSError`, and then every file is as it was.

    New texts are staged beside the files and made durable, and the old ones kept under a second name; then each is put
    in place. When that fails half-way the old files get their names back, which takes no room on the disk.
    """
    for change in changes:
        found = os.path.lexists(root / change.path)
        if (found or change.old) and (not found or (root / change.path).read_bytes() != change.old.encode()):
            raise ChangedError(f"{change.path} was changed meanwhile.")
        if change.to and os.path.lexists(root / change.to):
            raise ChangedError(f"{change.to} is there already.")
    steps = [_Step(_real(root, change.path), _real(root, change.target)) for change in changes]
    done: list[_Step] = []
    try:
        for step, change in zip(steps, changes, strict=True):
            step.stage(change.new)
        for step in steps:
            done.append(step)
            step.take()
        for folder in sorted({os.path.dirname(step.target) for step in steps}):
            sync(folder)  # before the old texts go
    except BaseException:
        for step in reversed(done):
            step.undo()
        raise
    finally:
        for step in steps:
            step.tidy()


def _real(root: Path, path: str) -> str:
    return os.path.realpath(root / path)


class _Step(Struct, frozen=True):
    """One file on its way from its old text to its new one; `path` and `target` are its old and new name."""

    path: str
    target: str

    @property
    def new(self) -> str:
        """Where the new text waits. No build reads a file with such a name."""
        folder, name = os.path.split(self.target)
        return f"{folder}/.{name}.{os.getpid()}.new"

    @property
    def old(self) -> str:
        """Where the old file is kept meanwhile."""
        folder, name = os.path.split(self.path)
        return f"{folder}/.{name}.{os.getpid()}.old"

    def stage(self, text: str) -> None:
        with open(self.new, "x", encoding="utf-8", newline="") as file:
            file.write(text)
        if os.path.lexists(self.path):
            os.chmod(self.new, stat.S_IMODE(os.stat(self.path).st_mode))
            try:
                os.link(self.path, self.old)
            except OSError:  # a file system without second names
                shutil.copy2(self.path, self.old)
        sync(self.new)

    def take(self) -> None:
        os.replace(self.new, self.target)
        if self.target != self.path:
            os.unlink(self.path)

    def undo(self) -> None:
        begun, taken = not os.path.lexists(self.old), not os.path.lexists(self.new)
        if taken and (begun or self.target != self.path):
            os.unlink(self.target)
        if not begun:
            os.replace(self.old, self.path)

    def tidy(self) -> None:
        for path in (self.new, self.old):
            with contextlib.suppress(OSError):
                os.unlink(path)


def by_path(texts: Mapping[str, str], edits: Iterable[tuple[str, Edit]]) -> dict[str, list[Edit]]:
    """Edits of several files, file by file; those that change nothing are left out."""
    found: dict[str, list[Edit]] = {}
    for path, edit in edits:
        if plain(texts[path])[edit.start : edit.end] != edit.text:
            found.setdefault(path, []).append(edit)
    return found
