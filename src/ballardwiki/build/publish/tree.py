"""A folder of files that the publisher changes: relative paths with `/`; no symbolic link inside is ever followed."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

from ballardwiki.build.publish.snapshot import MARKER

MARKER_TEXT = b"ballardwiki wrote this folder and replaces all of it at each build. Keep nothing else here.\n"
_NO_LINKS = {errno.EMLINK, errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_WITHOUT_FOLLOWING = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}


def remove(root: Path) -> None:
    """Remove a folder that is ours; the marker goes last, so that a folder half removed is still ours."""
    try:
        with os.scandir(root) as entries:
            listed = [entry for entry in entries if entry.name != MARKER]
    except FileNotFoundError:
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)
    (root / MARKER).unlink(missing_ok=True)
    root.rmdir()


class Tree:
    """A folder in which files are placed and deleted. Nobody else changes it meanwhile.

    `touched` gathers the folders whose entries changed, as relative paths; `copied` the files that could not be linked.
    """

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.touched: set[str] = set()
        self.copied = False
        self._real: set[str] = {""}
        self._thinned: set[str] = set()

    def at(self, path: str) -> str:
        """Where a path of this tree is on the disk; the root for an empty one."""
        return f"{self.root}/{path}" if path else self.root

    def create(self) -> None:
        """Make the root, and in it the marker before anything else."""
        os.mkdir(self.root, 0o755)
        self.mark()

    def mark(self) -> None:
        """Make sure that our marker is there and says what it should."""
        try:
            with open(self.at(MARKER), "rb") as file:
                if stat.S_ISREG(os.lstat(self.at(MARKER)).st_mode) and file.read(4096) == MARKER_TEXT:
                    return
        except (FileNotFoundError, IsADirectoryError):
            pass
        self._clear(MARKER)
        with open(self.at(MARKER), "xb") as file:
            file.write(MARKER_TEXT)
        self.touched.add("")

    def holds(self, path: str) -> bool:
        """Whether a regular file is at the path, below real folders."""
        try:
            return self._is_real(_parent(path)) and stat.S_ISREG(os.lstat(self.at(path)).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False

    def put(self, source: Path, path: str) -> None:
        """Move a file here, in place of whatever is at the path."""
        self.enter(path)
        try:
            os.replace(source, self.at(path))
        except (IsADirectoryError, PermissionError):
            if not os.path.isdir(self.at(path)):
                raise
            self._clear(path)
            os.replace(source, self.at(path))

    def link(self, other: Tree, path: str) -> None:
        """Make the path the same file as in another tree: a hard link, or a copy where links do not work."""
        self.enter(path)
        self._clear(path)
        self._link(other.at(path), self.at(path))

    def link_all(self, other: Tree) -> None:
        """Link every regular file of another tree into this one, which holds nothing but its marker."""
        folders = [""]
        while folders:
            folder = folders.pop()
            prefix = f"{folder}/" if folder else ""
            if folder:
                os.mkdir(self.at(folder), 0o755)
                self._real.add(folder)
            self.touched.add(folder)
            with os.scandir(other.at(folder)) as entries:
                for entry in entries:
                    name = prefix + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(name)
                    elif entry.is_file(follow_symlinks=False) and name != MARKER:
                        self._link(entry.path, self.at(name))

    def delete(self, path: str) -> None:
        """Delete what is at the path: a file, a link, an empty folder; a folder that holds something stays."""
        if not self._is_real(_parent(path)):
            return
        full = self.at(path)
        try:
            if stat.S_ISDIR(os.lstat(full).st_mode):
                self._thinned.add(path)
                return
            os.unlink(full)
        except FileNotFoundError:
            return
        self.touched.add(_parent(path))
        self._thinned.add(_parent(path))

    def prune(self) -> None:
        """Remove the folders that deleting has left empty."""
        todo = self._thinned - {""}
        while todo:
            deepest = max(todo, key=lambda folder: folder.count("/"))
            level = deepest.count("/")
            for folder in [each for each in todo if each.count("/") == level]:
                todo.discard(folder)
                if self._is_real(folder) and self._remove_folder(folder):
                    self.touched.discard(folder)
                    self.touched.add(_parent(folder))
                    todo |= {_parent(folder)} - {""}
        self._thinned.clear()

    def _remove_folder(self, folder: str) -> bool:
        try:
            os.rmdir(self.at(folder))
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                return False
            raise
        self._real.discard(folder)
        return True

    def enter(self, path: str) -> None:
        """Make the folder that a path is in and those above it; a file or link in the way goes."""
        folder = _parent(path)
        self.touched.add(folder)
        for each in _lineage(folder):
            if each not in self._real:
                try:
                    os.mkdir(self.at(each), 0o755)
                except FileExistsError:
                    if not stat.S_ISDIR(os.lstat(self.at(each)).st_mode):
                        os.unlink(self.at(each))
                        os.mkdir(self.at(each), 0o755)
                self.touched.add(_parent(each))
                self._real.add(each)

    def _is_real(self, folder: str) -> bool:
        """Whether the folder exists and no part of its path is a symbolic link."""
        for each in _lineage(folder):
            if each not in self._real:
                try:
                    if not stat.S_ISDIR(os.lstat(self.at(each)).st_mode):
                        return False
                except FileNotFoundError:
                    return False
                self._real.add(each)
        return True

    def _clear(self, path: str) -> None:
        full = self.at(path)
        try:
            if stat.S_ISDIR(os.lstat(full).st_mode):
                shutil.rmtree(full)
                self._real = {each for each in self._real if each != path and not each.startswith(f"{path}/")}
                self.touched = {each for each in self.touched if each in self._real}
            else:
                os.unlink(full)
        except FileNotFoundError:
            return
        self.touched.add(_parent(path))

    def _link(self, source: str, target: str) -> None:
        try:
            os.link(source, target, **_WITHOUT_FOLLOWING)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            shutil.copy2(source, target, follow_symlinks=False)
            self.copied = True


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _lineage(folder: str) -> list[str]:
    """The folder and those above it, the highest first, without the root."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
