"""What a program did to the disk, call by call, as strace saw it; and what of it a power cut could undo.

`Disk` follows the calls and knows at each moment which bytes and which names are not yet safe.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,syncfs,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,mkdir,mkdirat"
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DESCRIPTOR = re.compile(r"\d+<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """A call that succeeded, and the paths it names."""

    name: str
    paths: tuple[str, ...]
    flags: str = ""


def trace(command: Sequence[str], log: Path) -> Iterator[Call]:
    """Run a program, and tell its calls in their order."""
    strace = ["strace", "-f", "-y", "-s", "4000", "-o", str(log), "-e", f"trace={CALLS}"]
    done = subprocess.run([*strace, *command], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done
    begun: dict[str, str] = {}
    for raw in log.read_text(errors="replace").splitlines():
        line = raw
        process = line.partition(" ")[0]
        if line.endswith("<unfinished ...>"):
            begun[process] = line.removesuffix("<unfinished ...>")
            continue
        if "resumed>" in line:
            line = begun.pop(process, "") + line.partition("resumed>")[2]
        if (match := _LINE.match(line)) and int(match[4]) >= 0:
            yield _call(match[2], match[3])


def _call(name: str, given: str) -> Call:
    quoted = [] if name in ("write", "pwrite64") else _PATH.findall(given)
    folder = _DESCRIPTOR.match(given)
    if not quoted:
        return Call(name, (folder[1] if folder else "",))
    base = folder[1] if folder else ""
    return Call(
        name.removesuffix("at") if name != "openat" else name, tuple(os.path.join(base, each) for each in quoted), given
    )


@dataclass
class Disk:
    """Follows calls. What is unsafe: files whose bytes, and folders whose entries, a power cut could undo."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def unsafe(self, below: str) -> set[str]:
        """What is unsafe of a folder and all in it."""
        return {each for each in self.files | self.folders if each == below or each.startswith(f"{below}/")}

    def follow(self, call: Call) -> None:
        """One more call."""
        first, last = call.paths[0], call.paths[-1]
        match call.name:
            case "write" | "pwrite64" | "ftruncate":
                self.files.add(first)
            case "openat" if "O_CREAT" in call.flags:
                self.files.add(first)
                self.folders.add(os.path.dirname(first))
            case "fsync" | "fdatasync":
                self.files.discard(first)
                self.folders.discard(first)
            case "syncfs":
                self.files.clear()
                self.folders.clear()
            case "link":
                self.folders.add(os.path.dirname(last))
            case "unlink" | "rmdir":
                self.files.discard(first)
                self.folders.discard(first)
                self.folders.add(os.path.dirname(first))
            case "mkdir":
                self.folders |= {first, os.path.dirname(first)}
            case "rename" | "renameat2":
                exchanged = "RENAME_EXCHANGE" in call.flags
                self.files = {_moved(each, first, last, exchanged=exchanged) for each in self.files - {last}}
                self.folders = {_moved(each, first, last, exchanged=exchanged) for each in self.folders}
                self.folders |= {os.path.dirname(first), os.path.dirname(last)}


def _moved(path: str, old: str, new: str, *, exchanged: bool) -> str:
    """Where something is after a renaming."""
    for start, end in ((old, new), (new, old) if exchanged else ("", "")):
        if start and (path == start or path.startswith(f"{start}/")):
            return end + path[len(start) :]
    return path
