"""Finding the files of a project and telling, without reading them, which are as they were."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ballardwiki import plain_files
from ballardwiki.problems import Location, Problem
from ballardwiki.signatures import Signature, signature
from ballardwiki.similarity import nearest

if TYPE_CHECKING:
    from ballardwiki.schema import Schema

SIZE_LIMIT = plain_files.LIMIT
"""Bytes a content file may have."""

_TEXTS = {
    **dict.fromkeys(("md", "markdown", "mdown", "mkdn", "mkd", "mdx", "txt", "text", "rst"), ".md"),
    **dict.fromkeys(("yaml", "yml", "json"), ".yaml"),
}
"""How the names of files end that somebody may take for pages or records, and how those do that are read."""


class ContentFile(Struct, frozen=True):
    """A content file: its path from the project's root, the type its folder tells, the id its name tells."""

    path: str
    type: str
    id: str
    signature: Signature


class Content(Struct, frozen=True):
    """What lies in content/, whatever types there are.

    files: path -> signature, in no order. folders: those right below content/, with the number of files in each.
    """

    files: Mapping[str, Signature]
    folders: Mapping[str, int]
    problems: tuple[Problem, ...]


def scan(root: Path) -> Content:
    """Look at all of content/ without reading any file."""
    files: dict[str, Signature] = {}
    folders: dict[str, int] = {}
    problems: list[Problem] = []
    content = root / "content"
    if wrong := plain_files.folder(content, "content"):
        return Content({}, {}, (wrong,))
    if not content.is_dir():
        message = "there is no folder content."
        return Content({}, {}, (Problem(Location("content"), "file-readable", message, "Make one beside site.yaml."),))
    now = time.time_ns()
    for entry in _entries(content, "content", problems):
        path = f"content/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            before = len(files)
            _walk(entry.path, path, now, files, problems)
            folders[entry.name] = len(files) - before
        elif what := plain_files.oddity(entry.stat(follow_symlinks=False).st_mode):
            problems.append(plain_files.odd(path, what))
        else:
            hint = "Move it into the folder of its type."
            problems.append(Problem(Location(path), "folder-known", "content/ holds only folders of types.", hint))
    return Content(files, folders, tuple(sorted(problems)))


def find(root: Path, schema: Schema) -> tuple[list[ContentFile], list[Problem]]:
    """All content files in code point order, and what lies in content/ but can't be read."""
    return sort(scan(root), schema)


def sort(content: Content, schema: Schema) -> tuple[list[ContentFile], list[Problem]]:
    """The files of content/ in code point order, each with the type of its folder, and the problems."""
    unknown = content.folders.keys() - schema.folders.keys()
    problems = [problem for problem in content.problems if _folder(problem.at.path) not in unknown]
    for folder in sorted(unknown):
        message = f"content/{folder} is the folder of no type."
        problems.append(Problem(Location(f"content/{folder}"), "folder-known", message, _meant(folder, schema)))
    known = (pair for pair in sorted(content.files.items()) if _folder(pair[0]) not in unknown)
    return [described(*pair, schema) for pair in known], problems


def described(path: str, signature: Signature, schema: Schema) -> ContentFile:
    """A content file in the folder of a type."""
    return ContentFile(path, schema.folders[_folder(path)].name, id_of(path), signature)


def id_of(path: str) -> str:
    """The id that a file's name tells; that of its folder for an index.md below the folder of a type."""
    *above, name = path.split("/")
    return above[-1] if name == "index.md" and len(above) > len(("content", "type")) else name.rpartition(".")[0]


def _meant(folder: str, schema: Schema) -> str:
    """The hint with the folder of a type whose folder or name is like one that no type has."""
    names = {
        name: kind.folder for kind in schema.types.values() if kind.folder for name in (kind.name, kind.plural.lower())
    }
    names |= {name: name for name in schema.folders}
    found = nearest(folder.lower(), names)
    known = ", ".join(sorted(schema.folders))
    return f"Did you mean content/{names[found]}?" if found else f"Folders of types are: {known}."


def _folder(path: str) -> str:
    """The folder right below content/ in which a path lies."""
    return path.split("/", 2)[1] if "/" in path else ""


def _entries(folder: Path | str, shown: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """What is in a folder, in the order of the file system: to look at files in that order takes half the time."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        problems.append(plain_files.unreadable(shown, error, "folder"))
        return []


def _walk(folder: str, shown: str, now: int, files: dict[str, Signature], problems: list[Problem]) -> None:
    for entry in _entries(folder, shown, problems):
        name = entry.name
        path = f"{shown}/{name}"
        try:
            if not path.isascii():
                path.encode()
            status = entry.stat(follow_symlinks=False)
        except UnicodeEncodeError:
            path = path.encode(errors="backslashreplace").decode()
            problems.append(Problem(Location(path), "file-readable", "the file's name is not UTF-8.", "Rename it."))
            continue
        except OSError as error:
            problems.append(plain_files.unreadable(path, error))
            continue
        if stat.S_ISDIR(status.st_mode):
            _walk(entry.path, path, now, files, problems)
        elif not stat.S_ISREG(status.st_mode):
            problems.append(plain_files.odd(path, plain_files.oddity(status.st_mode)))
        elif not name.endswith((".md", ".yaml", ".yml")):
            problems.append(
                Problem(Location(path), "file-known", "is neither .md nor .yaml.", _renamed(name), "warning")
            )
        elif status.st_size > SIZE_LIMIT:
            problems.append(Problem(Location(path), "file-readable", "is larger than 5 MiB.", "Split it."))
        else:
            files[path] = signature(status, now)


def _renamed(name: str) -> str:
    """What to do about a file that is not read: how it would be, if it looks like a text or a record."""
    stem, known = name, ""
    while end := _TEXTS.get(stem.rpartition(".")[2].lower() if "." in stem else ""):
        stem, known = stem.rpartition(".")[0], end
    if not known and not (known := _TEXTS.get(name.lower(), "")):
        return "Images belong into media/, other files out of content/."
    return f"Rename it {stem}{known}."


def text(root: Path, found: ContentFile) -> str | Problem:
    """A file's text, or why it can't be had."""
    try:
        data = _bytes(f"{root}/{found.path}", found.signature.size)
    except OSError as error:
        return plain_files.unreadable(found.path, error)
    return plain_files.decoded(data, found.path)


def _bytes(path: str, size: int) -> bytes:
    """What is in a file that probably has `size` bytes, in few system calls: there are many files."""
    descriptor = plain_files.opened(path)
    try:
        data = os.read(descriptor, size + 1)
        if len(data) != size:
            while more := os.read(descriptor, 1 << 20):
                data += more
        return data
    finally:
        os.close(descriptor)
