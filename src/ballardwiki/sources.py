"""Finding the files of a project and telling, without reading them, which are as they were."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ballardwiki.problems import Location, Problem
from ballardwiki.schema import Schema
from ballardwiki.values import suggest

SIZE_LIMIT = 5 * 1024 * 1024
"""Bytes a content file may have."""

_SETTLED = 50_000_000
"""Nanoseconds after which a file's times tell two versions apart on every file system we know."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What the file system says of a file. Equal signatures mean equal bytes.

    Unless `settled` is false: the file was so young when it was looked at that a later change may bear its times.
    """

    size: int
    mtime: int
    ctime: int
    inode: int
    settled: bool = True

    def same(self, other: Signature | None) -> bool:
        """Whether the file need not be read again."""
        return (
            other is not None
            and other.settled
            and self.size == other.size
            and self.mtime == other.mtime
            and (self.ctime == other.ctime and self.inode == other.inode)
        )


def signature(found: os.stat_result) -> Signature:
    """The signature of a file from its status."""
    settled = max(found.st_mtime_ns, found.st_ctime_ns) + _SETTLED < time.time_ns()
    return Signature(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, settled)


@dataclass(frozen=True, slots=True)
class Found:
    """A content file: its path from the project's root, the type its folder tells, the id its name tells."""

    path: str
    type: str
    id: str
    signature: Signature


def find(root: Path, schema: Schema) -> tuple[list[Found], list[Problem]]:
    """All content files in code point order, and what lies in content/ but can't be read."""
    found: list[Found] = []
    problems: list[Problem] = []
    folders = schema.folders
    content = root / "content"
    if not content.is_dir():
        return [], [
            Problem(Location("content"), "file-readable", "there is no folder content.", "Make one beside site.yaml.")
        ]
    for entry in _entries(content, "content", problems):
        kind = folders.get(entry.name)
        if not entry.is_dir(follow_symlinks=False):
            hint = "Move it into the folder of its type."
            problems.append(
                Problem(
                    Location(f"content/{entry.name}"), "folder-known", "content/ holds only folders of types.", hint
                )
            )
        elif kind is None:
            message = f"content/{entry.name} is the folder of no type."
            problems.append(
                Problem(Location(f"content/{entry.name}"), "folder-known", message, suggest(entry.name, folders))
            )
        else:
            found.extend(_walk(Path(entry.path), f"content/{entry.name}", kind.name, problems))
    found.sort(key=lambda each: each.path)
    return found, problems


def _entries(folder: Path, shown: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            listed = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        problems.append(Problem(Location(shown), "file-readable", f"the folder can't be read: {error.strerror}."))
        return []
    return sorted(listed, key=lambda entry: entry.name)


def _walk(folder: Path, shown: str, kind: str, problems: list[Problem]) -> Iterator[Found]:
    for entry in _entries(folder, shown, problems):
        path = f"{shown}/{entry.name}"
        try:
            path.encode()
            status = entry.stat(follow_symlinks=False)
        except UnicodeEncodeError:
            path = path.encode(errors="backslashreplace").decode()
            problems.append(Problem(Location(path), "file-readable", "the file's name is not UTF-8.", "Rename it."))
            continue
        except OSError as error:
            problems.append(Problem(Location(path), "file-readable", f"the file can't be read: {error.strerror}."))
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(Path(entry.path), path, kind, problems)
        elif not stat.S_ISREG(status.st_mode):
            what = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "no regular file"
            problems.append(
                Problem(
                    Location(path),
                    "file-readable",
                    f"is {what}; content is never followed out of its folder.",
                    "Copy the file here.",
                )
            )
        elif not entry.name.endswith((".md", ".yaml", ".yml")):
            problems.append(
                Problem(
                    Location(path), "file-known", "is neither .md nor .yaml.", "Images belong into media/.", "warning"
                )
            )
        elif status.st_size > SIZE_LIMIT:
            problems.append(Problem(Location(path), "file-readable", "is larger than 5 MiB.", "Split it."))
        else:
            yield Found(path, kind, entry.name.rsplit(".", 1)[0], signature(status))


def text(root: Path, found: Found) -> str | Problem:
    """A file's text, or why it can't be had."""
    try:
        data = (root / found.path).read_bytes()
    except OSError as error:
        return Problem(Location(found.path), "file-readable", f"the file can't be read: {error.strerror}.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"byte {error.start} is not UTF-8."
        return Problem(Location(found.path, line, column), "file-readable", message, "Save the file as UTF-8.")


def assets(*folders: tuple[Path, str]) -> tuple[dict[str, str], list[Problem]]:
    """Files to publish as they are: path in the site -> file on disk. A later folder's file replaces an earlier's."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for folder, prefix in folders:
        if folder.is_dir():
            found |= _files(folder, prefix, problems)
    return found, problems


def _files(folder: Path, shown: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    for entry in _entries(folder, shown, problems):
        path = f"{shown}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), path, problems)
        elif entry.is_file(follow_symlinks=False):
            yield path, entry.path
        else:
            problems.append(
                Problem(
                    Location(path), "file-readable", "is no regular file; it is not published.", "Copy the file here."
                )
            )


def digests(files: Mapping[str, str], known: Mapping[str, tuple[Signature, str]]) -> dict[str, tuple[Signature, str]]:
    """The digest of each file to publish; those that are as they were are not read."""
    from hashlib import blake2b  # noqa: PLC0415

    found = {}
    for path, file in files.items():
        now = signature(os.stat(file))
        before = known.get(path)
        digest = (
            before[1]
            if before and now.same(before[0])
            else blake2b(Path(file).read_bytes(), digest_size=12).hexdigest()
        )
        found[path] = (now, digest)
    return found
