"""Output folders that it would be wrong to replace."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from ballardwiki.build.publish.snapshot import MARKER, ours

if sys.platform != "win32":
    import pwd


class Refused(Exception):
    """The output folder may hold what is not ours. `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint}")
        self.message = message
        self.hint = hint


def refuse(out: Path, sources: Iterable[Path]) -> Path:
    """The absolute path of an output folder that may be replaced; raises Refused for any other.

    Refused: a link, a mount point, a file, the root, the home folder or one above it, a folder that contains a source
    or lies inside one, and a folder with content but without our marker.
    """
    absolute = Path(os.path.abspath(out))
    elsewhere = "Choose a folder of its own for the output, such as site."
    if absolute.is_symlink():
        raise Refused(
            f"The output folder {out} is a symbolic link.", "Name the folder it points at, or remove the link."
        )
    folder = absolute.parent.resolve() / absolute.name
    if folder.parent == folder:
        raise Refused(f"The output folder {out} is the root of the file system.", elsewhere)
    for home in _homes():
        if home.is_relative_to(folder):
            raise Refused(f"The output folder {out} is or contains your home folder.", elsewhere)
    for source in sources:
        resolved = source.resolve()
        if resolved.is_relative_to(folder):
            raise Refused(f"The output folder {out} is or contains the source {source}.", elsewhere)
        if folder.is_relative_to(resolved):
            raise Refused(f"The output folder {out} is inside the source {source}.", elsewhere)
    if os.path.ismount(folder):
        raise Refused(f"The output folder {out} is a mount point, which cannot be exchanged.", "Choose a folder in it.")
    refuse_foreign(folder)
    return folder


def refuse_foreign(folder: Path) -> None:
    """Raises Refused unless the folder is missing, empty, or one that we wrote."""
    try:
        mode = os.lstat(folder).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        raise Refused(f"{folder} is not a folder.", "Move it away, or choose another output folder.")
    if not ours(folder):
        raise Refused(
            f"{folder} is not empty, and has no file {MARKER}: it was not written by ballardwiki.",
            "Empty it, or choose another output folder.",
        )


def _homes() -> list[Path]:
    homes = []
    for way in ("~", f"~{_login()}"):
        expanded = os.path.expanduser(way)
        if os.path.isabs(expanded):
            homes.append(Path(expanded).resolve())
    return homes


def _login() -> str:
    """The name of the user by id, since HOME may point elsewhere; empty where there is no such list."""
    if sys.platform == "win32":
        return ""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""
