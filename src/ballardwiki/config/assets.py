"""Files that are published as they are: the theme's assets, a site's own, and media; and whether media may be.

What the owner of the site puts beside the templates is trusted. What lies in media/ may come from anybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import BinaryIO

from ballardwiki import plain_files
from ballardwiki.config import media_kinds, root_files
from ballardwiki.problems import Location, Problem
from ballardwiki.signatures import Signature, signature

MEDIA = "media"
"""The folder of pictures and the like."""

_CHUNK = 1 << 20

Known = Mapping[str, tuple[Signature, str]]
"""Path in the site -> signature and digest of the file."""


def digests(
    files: Iterable[tuple[str, str]], known: Known
) -> tuple[dict[str, tuple[Signature, str]], dict[str, str], list[Problem]]:
    """The digest of each file to publish, the files themselves, and what is wrong with those that are left out.

    files: (path in the site, file on disk); the later of two with one path counts. Those that are as they were, as
    `known` has them, are neither read nor judged again.
    """
    found: dict[str, tuple[Signature, str]] = {}
    places: dict[str, str] = {}
    problems: list[Problem] = []
    for path, file in sorted(dict(files).items()):
        try:
            now = signature(os.stat(file))
            before = known.get(path)
            digest = before[1] if before and now.same(before[0]) else _digest(path, file)
        except OSError as error:
            problems.append(plain_files.unreadable(shown(path, file), error))
            continue
        if isinstance(digest, Problem):
            problems.append(digest)
        else:
            found[path], places[path] = (now, digest), file
    return found, places, problems


def shown(path: str, file: str) -> str:
    """What messages call a file: its path in the project."""
    folders = (f"{root_files.ROOT}/", "templates/")
    return next((folder + path for folder in folders if file.endswith(f"/{folder}{path}")), path)


def _digest(path: str, file: str) -> str | Problem:
    """The digest of a file's bytes, or why it may not be published."""
    with open(plain_files.opened(file), "rb") as opened:
        if path.startswith(f"{MEDIA}/") and (refused := _refused(path, opened)):
            return refused
        mix = blake2b(digest_size=12)
        while more := opened.read(_CHUNK):
            mix.update(more)
    return mix.hexdigest()


def _refused(path: str, opened: BinaryIO) -> Problem | None:
    message, hint = media_kinds.refusal(path, opened.read(media_kinds.HEAD))
    opened.seek(0)
    if message:
        return Problem(Location(path), "media-safe", message, hint)
    if not path.lower().endswith(".svg"):
        return None
    data = opened.read(plain_files.LIMIT + 1)
    opened.seek(0)
    if len(data) > plain_files.LIMIT:
        message = f"is larger than {plain_files.LIMIT >> 20} MiB."
        return Problem(Location(path), "media-safe", message, "Save it as PNG or WebP.")
    from ballardwiki.config import drawing  # noqa: PLC0415  # only a new SVG needs it

    what, line, column = drawing.fault(data)
    if not what:
        return None
    hint = "Save it as plain SVG, with all that it shows inside it, or as PNG or WebP."
    return Problem(Location(path, line, column), "media-safe", f"{what}.", hint)
