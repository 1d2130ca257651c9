"""Publish a folder of files all or nothing, in time proportional to what changed.

Beside the live folder `site/` stands its twin `.site.twin/`: the tree before the last publish, whose unchanged files
are hard links to the same files. To publish: bring the twin up to date with live (only the paths of the last change
differ), apply the new change to it, make it durable, exchange the two folders in one atomic step. A note,
`.site.twin.json`, says in which paths the twin lags and how live looked. It is removed before the twin is touched and
written last; when it is missing (a build was killed) or live looks different (somebody changed it), the twin is built
anew. Files are staged in `.site.stage/`; `.site.lock` lets one build publish at a time. Where there is no site yet, the
stage becomes the twin as a whole.

    publisher = Publisher(Path("site"), sources=[Path("content")])
    with publisher.lock(wait=True):
        before = publisher.survey()
        publisher.stage("index.html").write_bytes(page)
        publisher.commit(changed={"index.html"}, removed=before.keys() - wanted)

Where no atomic exchange exists (Windows, a few file systems) the folders are swapped by renaming. For the moment
between two renames readers find no site; a build killed just then leaves `.site.old`, and the next lock() completes it.

What this cannot see: a change by hand between survey() and commit() stays in the twin and comes back, for one publish,
with the next; that publish's successor surveys it and mends it. So survey as late as possible.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from ballardwiki.build.publish import lock, manifest, swap, syscalls, tree
from ballardwiki.build.publish.guard import Refused, refuse, refuse_foreign
from ballardwiki.build.publish.lock import Locked
from ballardwiki.build.publish.manifest import Note
from ballardwiki.build.publish.snapshot import MARKER, Status, fingerprint, survey
from ballardwiki.build.publish.stage import Stage
from ballardwiki.build.publish.tree import Tree
from ballardwiki.problems import MachineError

__all__ = ["Locked", "PublishError", "Publisher", "Refused", "Status"]

_FEW = 64


class PublishError(MachineError):
    """The site could not be published (disk full, no permission …). The site that was there before is intact."""


class Publisher:
    """Publishes to one folder. survey, stage and commit need the lock."""

    def __init__(self, out: Path, sources: Iterable[Path] = ()) -> None:
        """Raises Refused for a folder that it would be wrong to replace (see `guard`)."""
        self.out = refuse(out, sources)
        self._twin = self._beside("twin")
        self._note = self._beside("twin.json")
        self._stage = Stage(self._beside("stage"))
        self._aside = self._beside("old")
        self._seen: Mapping[str, Status] | None = None
        self.left: int | None = None
        """The fingerprint of the live folder as the last commit left it, or None."""

    @contextlib.contextmanager
    def lock(self, wait: bool) -> Iterator[None]:  # noqa: FBT001
        """Hold the output folder alone; complete or clear away what a killed build left. Raises Locked, Refused."""
        with _reported(), contextlib.ExitStack() as stack:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(lock.exclusive(self._beside("lock"), wait=wait))
            self._heal()
            self._stage.create(whole=not os.path.lexists(self.out))
            held = stack.pop_all()
        with held:
            try:
                yield
            finally:
                self._seen = None
                with contextlib.suppress(OSError):
                    self._stage.remove()

    def survey(self) -> dict[str, Status]:
        """What is in the live folder now: path → signature. What is not kind `file` should be given as removed."""
        with _reported():
            found = survey(self.out)
        self._seen, self.left = found.copy(), None
        return found

    def believe(self, found: Mapping[str, Status], left: int | None) -> None:
        """Take what was found before, or written since, for what is in the live folder, without looking.

        left: its fingerprint, where it is known.
        """
        self._seen, self.left = found, left

    def stage(self, path: str) -> Path:
        """Where to write the new content of a path of the site. The same in every process.

        Write it with open(): its permissions follow the umask. Raises ValueError for a path that is not plainly inside.
        """
        with _reported():
            return self._stage.place(path)

    def commit(self, changed: Collection[str], removed: Collection[str]) -> dict[str, Status]:
        """Publish: the live folder with the staged files of `changed` in, and `removed` out; all of it or nothing.

        Returns the signatures that are new: of `changed`, and, where hard links do not work, of every file. Removing
        what is not there is fine; folders left empty go. With nothing to do it does nothing. Raises PublishError with
        the old site in place, ValueError for wrong paths.
        """
        changed, removed = set(changed), set(removed) - set(changed) - {MARKER}
        folders = {path[:end] for path in changed for end, letter in enumerate(path) if letter == "/"}
        if clash := changed & folders:
            raise ValueError(f"both a file and a folder: {min(clash)}")
        live_exists = os.path.lexists(self.out)
        if live_exists and not changed and not removed and os.path.lexists(self.out / MARKER):
            return {}
        seen = self.survey() if self._seen is None else self._seen
        print_of_live = fingerprint(seen) if self.left is None else self.left
        if not removed and len(changed) == 1 and (path := min(changed)) in seen and seen[path].kind == "file":
            with _reported():
                new = self._replace(path, seen, print_of_live)
            self.left = print_of_live + fingerprint({path: new}) - fingerprint({path: seen[path]})
            return {path: new}
        try:
            with _reported():
                signatures = {path: self._stage.status(path) for path in changed}
                if self._stage.whole and not live_exists:
                    self._note.unlink(missing_ok=True)
                    self._stage.become(self._twin, changed)
                    twin = Tree(self._twin)
                    twin.touched |= {"", *folders}
                else:
                    twin = self._up_to_date_twin(changed, removed, print_of_live)
                    for path in sorted(changed):
                        twin.put(self._stage.at(path), path)
                twin.mark()
                self._make_durable(twin, changed)
                swap.swap(self.out, self._twin, self._aside)
        except PublishError:
            if self._read_note() is None:
                with contextlib.suppress(OSError):
                    tree.remove(self._twin)
            raise
        self._seen = None
        if twin.copied:
            signatures = self.survey()
            print_of_live = fingerprint(signatures)
        else:
            gone = {path: seen[path] for path in changed | removed if path in seen}
            print_of_live += fingerprint(signatures) - fingerprint(gone)
        self.left = print_of_live
        if live_exists:
            with contextlib.suppress(OSError):  # without a note the next publish builds the twin anew
                lag = Note(sorted(changed | removed), print_of_live, twin.copied)
                manifest.write(self._note, lag, self.out, self._twin)
        return signatures

    def _replace(self, path: str, seen: Mapping[str, Status], print_of_live: int) -> Status:
        """Publish one file that has a predecessor: to rename it into place is atomic by itself. The twin lags on."""
        staged, target = self._stage.at(path), self.out / path
        new, last = self._stage.status(path), self._read_note()
        self._note.unlink(missing_ok=True)
        syscalls.sync(staged)
        before = staged.with_suffix(".before")
        shutil.copyfile(target, before)
        os.replace(staged, target)
        try:
            syscalls.sync(target.parent)
        except OSError:
            os.replace(before, target)
            raise
        self._seen = None
        if last is not None and last.live_print == print_of_live:
            print_of_live += fingerprint({path: new}) - fingerprint({path: seen[path]})
            lag = Note(sorted({*last.lag, path}), print_of_live, last.copied)
            with contextlib.suppress(OSError):
                manifest.write(self._note, lag, self.out, self._twin)
        return new

    def _heal(self) -> None:
        """Complete a swap by renaming that was interrupted; refuse folders that are not ours; clear the stage."""
        for folder in (self._twin, self._stage.root, self._aside):
            refuse_foreign(folder)
        swap.complete(self.out, self._twin, self._aside)
        refuse_foreign(self.out)
        self._stage.remove()

    def _up_to_date_twin(self, changed: Collection[str], removed: Collection[str], print_of_live: int) -> Tree:
        """The twin with the content of live, but without `removed`; the paths of `changed` may hold anything.

        When somebody has changed live since we wrote it, the lag is not all that differs, and the twin is built anew.
        From here until the swap there is no note.
        """
        live, twin = Tree(self.out), Tree(self._twin)
        kept: list[str] = []
        last = self._read_note()
        if last is not None and last.live_print == print_of_live:
            self._note.unlink()
            syscalls.sync(self.out.parent)
            twin.copied = last.copied
            lag = set(last.lag).difference(changed, removed)
            kept = sorted(filter(live.holds, lag))
            removed = lag.difference(kept).union(removed)
        else:
            self._note.unlink(missing_ok=True)
            tree.remove(self._twin)
            twin.create()
            if self.out.exists():
                twin.link_all(live)
        for path in removed:
            twin.delete(path)
        twin.prune()
        for path in kept:
            twin.link(live, path)
        return twin

    def _make_durable(self, twin: Tree, changed: Collection[str]) -> None:
        paths = [*changed, MARKER, *twin.touched]
        if len(paths) <= _FEW or os.name == "nt":
            for path in paths:
                syscalls.sync(twin.at(path))
        else:
            syscalls.sync_file_system(self.out.parent)

    def _read_note(self) -> Note | None:
        return manifest.read(self._note, self.out, self._twin)

    def _beside(self, suffix: str) -> Path:
        return self.out.with_name(f".{self.out.name}.{suffix}")


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError(f"{error.strerror or error}: {error.filename or 'output folder'}") from error
