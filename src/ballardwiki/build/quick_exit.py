"""The quick way out: whether content and site lie as the last build left them, as far as can be told from signatures.

What cannot be told from them (a file that was too young when it was looked at, or was copied) is read.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

from ballardwiki import signatures
from ballardwiki.build.cache import Made, Record
from ballardwiki.build.publish.snapshot import Status
from ballardwiki.config.inputs import Inputs
from ballardwiki.content import discovery
from ballardwiki.content.discovery import Content
from ballardwiki.problems import Problem


def surroundings(inputs: Inputs, zone: str, now: datetime, *, drafts: bool) -> str:
    """All that pages are made from besides the content: the inputs, whether drafts count, and the day in the zone."""
    return f"{inputs.digest} {drafts} {zone} {now.astimezone(ZoneInfo(zone)).date().isoformat()}"


def unchanged(record: Record, inputs: Inputs, now: datetime, *, drafts: bool) -> bool:
    """Whether all but the content is as it was, and nothing scheduled has to appear or to vanish."""
    was, *rest = record.surroundings.split(" ")
    if was != inputs.digest or inputs.problems:
        return False
    if record.surroundings != surroundings(inputs, rest[1], now, drafts=drafts):
        return False
    last, following = record.last_change, record.next_change
    due = following and datetime.fromisoformat(following) <= now
    return not due and not (last and datetime.fromisoformat(last) > now)


def doubtful(record: Record, content: Content, disk: Mapping[str, Status], out: Path) -> frozenset[str] | None:
    """The content files that may hold something else, while all else is `unchanged` and published as it was made.

    None where files came or went, or what is published is not as it was made.
    """
    files, known = content.files, record.sources
    if content.problems or not all(content.folders.values()):
        return None  # a folder without files may be one of no type
    if files.keys() != known.keys() or disk.keys() != record.outputs.keys():
        return None
    found = frozenset(path for path, signature in files.items() if not signature.same(known[path][0]))
    return found if len(intact(record, disk, out)) == len(record.outputs) else None


def read_same(record: Record, inputs: Inputs, content: Content, doubtful: Collection[str]) -> bool:
    """Whether files hold what they held."""
    from ballardwiki.build import project as projects, reading  # noqa: PLC0415  # late: costly, and seldom needed

    project = projects.parse(inputs, faultless=record.templates)
    found = {each.path: each for each in discovery.sort(content, project.schema)[0]}
    for path in doubtful:
        text = discovery.text(inputs.root, found[path])
        if isinstance(text, Problem) or reading.key(project, found[path], text) != record.sources[path][1]:
            return False
    return True


def intact(record: Record, disk: Mapping[str, Status], out: Path) -> dict[str, str]:
    """The outputs that lie on disk as they were made, with the digests of their bytes."""
    found = {}
    for path, known in record.outputs.items():
        signature = disk.get(path)
        if signature is None or signature.size != known.size or signature.kind != "file":
            continue
        if _same(known, signature) or _digest(out / path) == known.digest:
            found[path] = known.digest
    return found


def made(digest: str, plan: str, signature: Status) -> Made:
    """What the record keeps of an output on disk."""
    settled = signature.mtime_ns + signatures.SETTLED < time.time_ns()
    return Made(digest, plan, signature.size, signature.mtime_ns, signature.inode, settled)


def kept(known: Made, signature: Status) -> Made:
    """What the record keeps of an output that stays as it was made."""
    return known if _same(known, signature) else made(known.digest, known.plan, signature)


def _same(known: Made, signature: Status) -> bool:
    """Whether an output lies on disk as it was written, of what can be told without reading it."""
    _, size, mtime, inode = signature
    return known.settled and known.mtime == mtime and known.size == size and known.inode == inode


def _digest(path: Path) -> str:
    try:
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""
