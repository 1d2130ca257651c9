"""The publisher's note beside the twin: in which paths it lags behind live, and how live looked when it was written."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from msgspec import Struct

from ballardwiki import plain_files

_VERSION = 1


class Note(Struct, frozen=True):
    """`lag`: the paths that may differ. `live_print`: the fingerprint of live. `copied`: the twin is not all links."""

    lag: list[str]
    live_print: int
    copied: bool


def write(path: Path, note: Note, live: Path, twin: Path) -> None:
    """Write the note in one step, bound to the two folders as they are now. Raises OSError, and leaves no litter."""
    body = {"version": _VERSION, "lag": note.lag, "print": note.live_print, "copied": note.copied}
    body["folders"] = _identities(live, twin)
    temporary = path.with_suffix(".tmp")
    try:
        temporary.write_text(json.dumps({**body, "checksum": _checksum(body)}), encoding="ascii")
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def read(path: Path, live: Path, twin: Path) -> Note | None:
    """The note, if it is whole and speaks of the two folders that are there."""
    try:
        with os.fdopen(plain_files.opened(path), "rb") as file:
            body = json.loads(file.read())
        checksum = body.pop("checksum")
        known = body["version"] == _VERSION and body["folders"] == _identities(live, twin)
        if known and checksum == _checksum(body):
            return Note(body["lag"], body["print"], body["copied"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None


def _identities(*folders: Path) -> list[list[int]]:
    return [[status.st_dev, status.st_ino] for status in map(os.lstat, folders)]


def _checksum(body: dict[str, object]) -> str:
    return hashlib.blake2b(json.dumps(body, sort_keys=True).encode(), digest_size=16).hexdigest()
