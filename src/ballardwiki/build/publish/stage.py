"""The stage: where the new content of a site lies until it is published.

All files lie side by side in it. Where there is no site yet, those who write them lay them out as the site will be,
and the stage becomes the twin as a whole.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection
from pathlib import Path

from ballardwiki.build.publish import tree
from ballardwiki.build.publish.snapshot import MARKER, Status, signature, survey
from ballardwiki.build.publish.tree import Tree


class Stage:
    """The stage in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.whole = False
        """Whether it is laid out as the site will be."""
        self._tree = Tree(root)

    def create(self, *, whole: bool) -> None:
        """Make the folder, which is not there."""
        self.whole, self._tree = whole, Tree(self.root)
        self._tree.create()

    def remove(self) -> None:
        """Remove the folder with all that is staged."""
        tree.remove(self.root)

    def place(self, path: str) -> Path:
        """Where to write a path of the site. The same in every process; makes no more than the folder it is in.

        Raises ValueError for a path that is not plainly inside.
        """
        parts = path.split("/")
        unsafe = {"", ".", ".."}.intersection(parts) or "\0" in path or (os.name == "nt" and {*"\\:"} & {*path})
        if unsafe or path == MARKER:
            raise ValueError(f"not a path of the site: {path!r}")
        if self.whole:
            self._tree.enter(path)
        return self.at(path)

    def at(self, path: str) -> Path:
        """Where a path of the site is staged."""
        name = path if self.whole else hashlib.blake2b(os.fsencode(path), digest_size=16).hexdigest()
        return self.root / name

    def status(self, path: str) -> Status:
        """The signature of what is staged, which all may read. Raises ValueError unless it is a regular file."""
        staged = self.at(path)
        status = os.lstat(staged)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"not a regular file: {staged}")
        if status.st_mode & 0o777 & ~0o644:
            os.chmod(staged, status.st_mode & 0o644)
        return signature(status)

    def become(self, twin: Path, changed: Collection[str]) -> None:
        """Make what is staged of `changed`, and nothing else, the twin. The stage is empty then."""
        for path in survey(self.root).keys() - changed:
            self._tree.delete(path)
        self._tree.prune()
        tree.remove(twin)
        os.rename(self.root, twin)
        self.create(whole=False)
