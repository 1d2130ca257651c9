"""Knowing when files of a project change. Only its inputs are watched, so what a build writes never starts another."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from watchfiles import Change, awatch

from ballardwiki.build.cache import FOLDER

FOLDERS = ("content", "media", "root", "templates", "types")
FILES = ("site.yaml", "gone.yaml")

_GROUPED = 50
_QUIET = 10
"""Milliseconds: changes are told when nothing has happened for so long, at the latest after `_GROUPED`."""

_TEMPORARY = (".swp", ".swo", ".swx", ".tmp", ".temp", ".part", ".crdownload", "~", "#", "___jb_tmp___", "___jb_old___")
"""How the names of files end that editors and browsers write for themselves."""

_PROBE = "4913"
"""The file with which Vim finds out whether it may write into a folder."""


class Changes:
    """The paths that have changed since somebody took them."""

    def __init__(self) -> None:
        self._paths: set[str] = set()
        self._some = asyncio.Event()

    def add(self, paths: set[str]) -> None:
        """More has changed; an empty set says that nobody knows what."""
        self._paths |= paths
        self._some.set()

    def take(self) -> set[str] | None:
        """What has changed, None where nothing has; from now on that counts as done."""
        taken, self._paths = self._paths if self._some.is_set() else None, set()
        self._some.clear()
        return taken

    async def wait(self) -> None:
        """Return as soon as something has changed."""
        await self._some.wait()


class News:
    """What has changed since the last build that succeeded."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._paths: set[str] = set()
        self._unknown = True

    def add(self, paths: set[str] | None) -> None:
        """More has changed; an empty set says that nobody knows what, None that nothing has."""
        self._unknown = self._unknown or paths == set()
        self._paths |= paths or set()

    def told(self) -> frozenset[str] | None:
        """What changed, from the root; None unless that is known, and all of it is content."""
        paths = frozenset(Path(os.path.relpath(each, self._root)).as_posix() for each in self._paths)
        known = not self._unknown and all(each.startswith("content/") for each in paths)
        return paths if known else None

    @property
    def only_styles(self) -> bool:
        """Whether nothing but style sheets changed."""
        return bool(self._paths) and all(path.endswith(".css") for path in self._paths)

    def clear(self) -> None:
        """A build has seen all of it."""
        self._paths.clear()
        self._unknown = False


async def watch(root: Path, tell: Callable[[set[str]], None]) -> None:
    """Tell of every change of an input, until cancelled. Folders that are made later are watched from then on."""
    while True:
        again = asyncio.Event()
        async with asyncio.TaskGroup() as both:
            both.create_task(_watch_root(root, tell, again))
            if folders := [root / name for name in FOLDERS if (root / name).is_dir()]:
                both.create_task(_watch_folders(root, folders, tell, again))
        tell(set())


async def _watch_root(root: Path, tell: Callable[[set[str]], None], again: asyncio.Event) -> None:
    """The settings, and the coming and going of whole folders: then `again` is set, to watch anew.

    Where somebody removes the cache, the preview is gone with it, and has to be made once more.
    """

    def wanted(change: Change, path: str) -> bool:
        name = os.path.basename(path)
        lost = name == FOLDER and change == Change.deleted
        return lost or name in FILES or (name in FOLDERS and change != Change.modified)

    async for paths in _changes([root], wanted, again, recursive=False):
        tell(paths)
        if any(os.path.basename(path) in FOLDERS for path in paths):
            again.set()


async def _watch_folders(
    root: Path, folders: Sequence[Path], tell: Callable[[set[str]], None], again: asyncio.Event
) -> None:
    def wanted(_: Change, path: str) -> bool:
        return is_input(os.path.relpath(path, root))

    async for paths in _changes(folders, wanted, again, recursive=True):
        tell(paths)


def is_input(path: str) -> bool:
    """Whether a file or folder, named from the root, is the site's, not hidden and not an editor's own."""
    names = path.split(os.sep)
    hidden = any(name.startswith(".") for name in names if name != ".well-known")
    return not (hidden or names[-1].endswith(_TEMPORARY) or names[-1] == _PROBE)


async def _changes(
    folders: Sequence[Path], wanted: Callable[[Change, str], bool], stop: asyncio.Event, *, recursive: bool
) -> AsyncIterator[set[str]]:
    """The paths of changes, by the system's notices or, where it gives no more of them, by looking again and again."""
    polling: bool | None = None
    while not stop.is_set():
        try:
            async for changes in awatch(
                *folders,
                watch_filter=wanted,
                debounce=_GROUPED,
                step=_QUIET,
                stop_event=stop,
                recursive=recursive,
                force_polling=polling,
                ignore_permission_denied=True,
            ):
                yield {path for _, path in changes}
        except FileNotFoundError:  # a folder went before it was watched
            stop.set()
        except OSError as error:
            if polling:
                raise
            polling = True
            sys.stderr.write(f"The system can't watch all files ({error}); looking for changes every 0.3 s.\n")
