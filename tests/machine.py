"""Builds on a machine that says no: what a command prints, how it ends, and what is left of site and cache.

strace lets the n-th call of one kind fail, or each from the n-th on. It counts the calls of each process by itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ballardwiki.build.publish.snapshot import survey

NOW = ("--now", "2025-07-09T12:00+00:00", "--jobs", "1")
COMMAND = (sys.executable, "-m", "ballardwiki")
REMAIN = {".site.twin", ".site.twin.json", ".site.lock"}
"""What may lie beside a site, and what git is told to ignore."""

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def files(version: int) -> dict[str, str]:
    """A project whose every page differs from one version to the next; media, templates and a type of its own."""
    people = range(version, version + 4)
    found = {f"content/people/p{number}.md": f"---\ntitle: P{number}\n---\nVersion {version}.\n" for number in people}
    pages = {f"templates/{name}.html": "{{ site.title }}" for name in ("base", "home", "404", "index", "index-person")}
    return found | pages | {"site.yaml": f"title: Version {version}\ndata: false\n", "media/a.svg": PICTURE}


def write(root: Path, version: int) -> None:
    """Make the project another version."""
    wanted = files(version)
    for path, text in wanted.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    for file in (root / "content/people").iterdir():
        if f"content/people/{file.name}" not in wanted:
            file.unlink()


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> list[str]:
        """The lines that were said."""
        return [*self.out.splitlines(), *self.err.splitlines()]


def run(
    root: Path,
    *command: str,
    before: Sequence[str] = (),
    prepare: Callable[[], object] | None = None,
    environment: dict[str, str] | None = None,
) -> Done:
    """Run a command of ours. `before`: what it is started by, such as `failing(…)`."""
    done = subprocess.run(
        [*before, *COMMAND, *command],
        cwd=root,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=300,
        check=False,
        preexec_fn=prepare,  # nothing has threads here
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def build(root: Path, *options: str, before: Sequence[str] = (), prepare: Callable[[], object] | None = None) -> Done:
    """Run a build at a fixed moment."""
    return run(root, "build", *NOW, *options, before=before, prepare=prepare)


def failing(call: str, error: str, when: str) -> list[str]:
    """What starts a program whose calls fail: `when` is `3` for the third, `3+` for each from then on."""
    return [
        *("strace", "-f", "-qq", "--seccomp-bpf", "-o", os.devnull, "-e", f"trace=?{call}"),
        *("-e", f"inject=?{call}:error={error}:when={when}"),
    ]


def tree(root: Path) -> dict[str, bytes]:
    """The published site, path -> bytes."""
    out = root / "site"
    return {path: (out / path).read_bytes() for path in sorted(survey(out))}


def cache(root: Path) -> dict[str, bytes]:
    """All files of the cache."""
    folder = root / ".ballardwiki"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def seen(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """All that is in a folder: path -> mode, inode, bytes."""
    found = {}
    for path in sorted(root.rglob("*")):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[path.relative_to(root).as_posix()] = (status.st_mode, status.st_ino, data)
    return found


def clean(folder: Path, version: int) -> dict[str, bytes]:
    """The site of a version, made in a folder of its own."""
    root = folder / f"clean-{version}"
    if not root.exists():
        write(root, version)
        done = build(root)
        assert done.code == 0, done
    return tree(root)


def one_clear_line(done: Done) -> None:
    """Nobody gets a traceback, or more lines than what is wrong and how it ended; it ends as one of ours does."""
    assert done.code in (0, 1, 75), done
    assert not any("Traceback" in line or 'File "' in line for line in done.told), done
    assert len(done.told) <= 2, done
    assert done.code == 0 or len(done.told) >= 1, done


def whole(root: Path, folder: Path, old: int, new: int, done: Done) -> None:
    """The site is the old or the new one, as was said; nothing lies about; the next build heals without a word."""
    found = tree(root)
    assert found in ([clean(folder, new)] if done.code == 0 else [clean(folder, old), clean(folder, new)]), done
    after = build(root)
    assert after.code == 0 and not after.err, after
    assert tree(root) == clean(folder, new)
    assert {path.name for path in root.iterdir() if path.name.startswith(".site")} <= REMAIN
    left = [name for name in cache(root) if name.endswith(".new")]
    assert len(left) == 0, left


def copy(root: Path, to: Path) -> Path:
    """A project as it is, with its site, its cache, and all times."""
    shutil.rmtree(to, ignore_errors=True)
    subprocess.run(["cp", "-a", str(root), str(to)], check=True)
    return to
