"""What is kept of the last publish: what was published, and from what."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ballardwiki.problems import Problem
from ballardwiki.signatures import Signature


class Made(Struct, frozen=True):
    """A published output: the digest of its bytes, what the plan decided of it, its signature on disk.

    Unless `settled` the file was so young when it was looked at that a later change may bear the same signature.
    """

    digest: str
    plan: str
    size: int
    mtime: int
    inode: int
    settled: bool


class Record(Struct, frozen=True):
    """What was published last.

    code: digest of the program. reading: of what documents are made from besides their text. templates: of all
    templates, which had no fault. surroundings: of all but the content, for the quick way out.
    sources: content file -> its signature and the key of its document. assets: the same for files published as they
    are. withheld: drafts and scheduled entities. hidden: what readers might not know (see `Visible`). last_change,
    next_change: when a scheduled one last appeared and when the next one will, or "". commit: whose history of files
    the pages show, or "".
    instead: content file with errors -> the key of the document that was shown in place of its own. amended: records
    that were not shown as their files have them, because of errors. marks: see `job.Result`.
    """

    code: str = ""
    reading: str = ""
    templates: str = ""
    surroundings: str = ""
    sources: Mapping[str, tuple[Signature, str]] = {}
    assets: dict[str, tuple[Signature, str]] = {}
    outputs: Mapping[str, Made] = {}
    withheld: tuple[str, ...] = ()
    hidden: dict[str, str] = {}
    warnings: tuple[Problem, ...] = ()
    last_change: str = ""
    next_change: str = ""
    commit: str = ""
    instead: dict[str, str] = {}
    amended: tuple[str, ...] = ()
    marks: dict[str, str] = {}
    stamp: str = ""
    """The stamp of the shelves that belong to this record."""
