"""Publishing: the folder is what was asked for, whatever was there; and what it will not touch."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from ballardwiki.build.publish import Locked, Publisher, PublishError, Refused, manifest, swap, syscalls
from ballardwiki.build.publish.snapshot import MARKER, survey
from ballardwiki.build.publish.tree import Tree

pytestmark = pytest.mark.slow


def tree(out: Path) -> dict[str, bytes]:
    """Every path in a folder and its content; links and empty folders count as what they are."""
    return {
        path: (out / path).read_bytes() if signature.kind == "file" else signature.kind.encode()
        for path, signature in survey(out).items()
    }


def put(out: Path, wanted: Mapping[str, bytes]) -> Publisher:
    """Publish as the build does: stage what differs, remove what is too much."""
    publisher = Publisher(out)
    with publisher.lock(wait=True):
        there = publisher.survey()
        changed = {
            path
            for path, content in wanted.items()
            if path not in there or there[path].kind != "file" or (out / path).read_bytes() != content
        }
        for path in changed:
            publisher.stage(path).write_bytes(wanted[path])
        signatures = publisher.commit(changed, there.keys() - wanted.keys())
        assert signatures == {path: publisher.survey()[path] for path in signatures}
        assert changed <= signatures.keys()
    assert tree(out) == wanted
    return publisher


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "site"


ONE = {"index.html": b"1", "a/b/c.html": b"1", "a/d.html": b"1"}
TWO = {"index.html": b"2", "a/d.html": b"1", "e/f.html": b"1"}


def test_files_are_added_edited_and_removed(out: Path) -> None:
    for wanted in (ONE, TWO, ONE, {}, TWO, TWO):
        put(out, wanted)
    assert not (out / "a/b").exists()


def test_the_folder_says_whose_it_is(out: Path) -> None:
    put(out, ONE)
    assert b"ballardwiki" in (out / MARKER).read_bytes()


def test_unchanged_files_are_not_written_again(out: Path) -> None:
    put(out, ONE)
    before = (out / "a/d.html").stat()
    for wanted in (TWO, ONE, TWO):
        put(out, wanted)
    assert (out / "a/d.html").stat().st_ino == before.st_ino


def test_a_page_never_changes_under_a_reader(out: Path) -> None:
    put(out, ONE)
    with (out / "index.html").open("rb") as reader:
        put(out, TWO)
        put(out, ONE | {"index.html": b"3"})
        assert reader.read() == b"1"


def test_only_what_changed_is_done(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin is built once; while nobody meddles, no publish goes through the whole site again."""
    for wanted in (ONE, TWO):
        put(out, wanted)
    monkeypatch.delattr(Tree, "link_all")
    for wanted in (ONE, TWO, {"a": b"1"}, {"a/b": b"1"}, {}, ONE):
        put(out, wanted)


def test_nothing_to_do_changes_nothing(out: Path) -> None:
    put(out, ONE)
    put(out, TWO)
    before = out.stat().st_ino
    put(out, TWO)
    assert out.stat().st_ino == before


def test_an_empty_site_is_a_site(out: Path) -> None:
    put(out, {})
    assert (out / MARKER).exists()


def test_a_file_may_become_a_folder_and_back(out: Path) -> None:
    for wanted in ({"a": b"1"}, {"a/b": b"1"}, {"a/b/c": b"1", "x": b""}, {"a": b"1"}, {"a/b/c": b"1"}, {"a": b"2"}):
        put(out, wanted)


def test_aliens_vanish_and_stay_away(out: Path) -> None:
    put(out, ONE)
    put(out, TWO)
    (out / "alien.txt").write_text("x")
    (out / "folder/empty").mkdir(parents=True)
    (out / "link").symlink_to("/etc")
    os.mkfifo(out / "pipe")
    for wanted in (ONE, TWO, ONE, TWO):
        put(out, wanted)


def test_a_linked_folder_is_replaced_and_its_target_untouched(out: Path, tmp_path: Path) -> None:
    put(out, ONE)
    put(out, TWO)
    target = tmp_path / "target"
    target.mkdir()
    (target / "f.html").write_text("mine")
    (out / "e/f.html").unlink()
    (out / "e").rmdir()
    (out / "e").symlink_to(target)
    for wanted in (TWO, ONE, TWO | {"e/f.html": b"9"}, TWO):
        put(out, wanted)
    assert tree(target) == {"f.html": b"mine"}


@pytest.mark.parametrize("in_place", [True, False])
def test_a_hand_edited_file_is_restored(out: Path, in_place: bool) -> None:
    put(out, ONE)
    put(out, TWO)
    if not in_place:
        (out / "index.html").unlink()
    (out / "index.html").write_text("by hand")
    for wanted in (TWO, ONE, TWO):
        put(out, wanted)


def test_a_file_deleted_by_hand_and_no_longer_wanted_stays_away(out: Path) -> None:
    put(out, ONE)
    put(out, ONE | {"x": b"1"})
    (out / "a/d.html").unlink()
    for wanted in (TWO.keys() - {"a/d.html"}, {"index.html"}, set()):
        put(out, {path: TWO[path] for path in wanted})


def test_a_file_renamed_by_hand_is_put_right(out: Path) -> None:
    put(out, ONE)
    put(out, ONE | {"x": b"1"})
    os.rename(out / "a/d.html", out / "a/e.html")
    for wanted in ({"index.html": b"1"}, ONE, {}):
        put(out, wanted)


def test_the_twin_may_be_damaged_or_lost(out: Path) -> None:
    twin, manifest = out.with_name(".site.twin"), out.with_name(".site.twin.json")
    for damage in (
        manifest.unlink,
        lambda: manifest.write_text("{"),
        lambda: manifest.write_bytes(manifest.read_bytes().replace(b"index", b"xedni")),
        lambda: os.rename(twin, twin.with_name("elsewhere")),
    ):
        put(out, ONE)
        put(out, TWO)
        damage()
        put(out, ONE)
        put(out, TWO)


def test_the_live_folder_may_be_lost(out: Path) -> None:
    put(out, ONE)
    put(out, TWO)
    os.rename(out, out.with_name("elsewhere"))
    for wanted in (ONE, TWO, ONE):
        put(out, wanted)


def test_permissions_follow_the_umask(out: Path) -> None:
    old = os.umask(0o002)
    try:
        put(out, {"a/b": b""})
    finally:
        os.umask(old)
    assert [path.stat().st_mode & 0o777 for path in (out, out / "a", out / "a/b")] == [0o755, 0o755, 0o644]


def test_without_hard_links_files_are_copied(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr("os.link", link)
    for wanted in (ONE, TWO, ONE, TWO):
        put(out, wanted)
    publisher = Publisher(out)
    with publisher.lock(wait=True):
        for path in ("index.html", "a/d.html"):
            publisher.stage(path).write_bytes(b"5")
        assert publisher.commit({"index.html", "a/d.html"}, ()) == publisher.survey()


def test_without_an_atomic_exchange_folders_are_renamed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syscalls, "exchange", lambda *_: False)
    for wanted in (ONE, TWO, ONE, TWO):
        put(out, wanted)


def test_leftovers_of_a_killed_build_are_cleared(out: Path) -> None:
    put(out, ONE)
    publisher = Publisher(out)
    with publisher.lock(wait=True):
        stale = publisher.stage("index.html")
        os.rename(stale.parent, stale.parent.with_name("kept"))
        (stale.parent.with_name("kept") / stale.name).write_text("stale")
    os.rename(stale.parent.with_name("kept"), stale.parent)
    with publisher.lock(wait=True), pytest.raises(PublishError, match="No such file"):
        publisher.commit({"index.html"}, ())
    assert tree(out) == ONE
    assert not stale.parent.exists()


def test_what_is_staged_but_not_asked_for_is_not_published(out: Path) -> None:
    for wanted in (ONE, TWO):
        publisher = Publisher(out)
        with publisher.lock(wait=True):
            for path, content in {**wanted, "a/more.html": b"", "x/y/z.html": b""}.items():
                publisher.stage(path).write_bytes(content)
            publisher.stage("x/w/never-written.html")
            publisher.commit(wanted.keys(), publisher.survey().keys() - wanted.keys())
        assert tree(out) == wanted


def test_a_site_that_appears_while_the_first_is_made_is_not_lost(out: Path) -> None:
    publisher = Publisher(out)
    with publisher.lock(wait=True):
        for path, content in ONE.items():
            publisher.stage(path).write_bytes(content)
        out.mkdir()
        (out / "by-hand.html").write_bytes(b"0")
        publisher.commit(ONE.keys(), ())
    assert tree(out) == {**ONE, "by-hand.html": b"0"}


@pytest.mark.parametrize("path", ["", "/a", "a//b", "../a", "a/../b", "./a", "a/", "a\0", MARKER])
def test_only_plain_paths_are_staged(out: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        Publisher(out).stage(path)


def test_a_path_cannot_be_a_file_and_a_folder(out: Path) -> None:
    publisher = Publisher(out)
    with publisher.lock(wait=True), pytest.raises(ValueError, match="both a file and a folder: a"):
        publisher.commit({"a", "a/b"}, ())


def test_a_staged_link_is_not_published(out: Path) -> None:
    publisher = Publisher(out)
    with publisher.lock(wait=True):
        publisher.stage("a").symlink_to("/etc/passwd")
        with pytest.raises(ValueError, match="not a regular file"):
            publisher.commit({"a"}, ())


def test_folders_that_are_not_ours_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    project, foreign = tmp_path / "project", tmp_path / "foreign"
    (project / "content").mkdir(parents=True)
    foreign.mkdir()
    (foreign / "thesis.txt").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "file").touch()
    home, content = tmp_path / "home/me", project / "content"
    bad = [Path("/"), Path("/proc"), Path("~").expanduser(), home, home.parent, project, content, content / "site"]
    for out in [*bad, foreign, tmp_path / "link", tmp_path / "file", project / "site/.."]:
        with pytest.raises(Refused) as caught:
            Publisher(out, sources=[content])
        assert caught.value.hint
    assert [path.name for path in foreign.iterdir()] == ["thesis.txt"]
    Publisher(project / "site", sources=[project / "content"])


def test_a_foreign_folder_in_the_place_of_the_twin_is_refused(out: Path) -> None:
    put(out, ONE)
    (out.with_name(".site.twin") / "thesis").mkdir(parents=True)
    with pytest.raises(Refused), Publisher(out).lock(wait=True):
        pass
    assert (out.with_name(".site.twin") / "thesis").exists()


def test_one_build_at_a_time(out: Path) -> None:
    context = multiprocessing.get_context("fork")
    inside, may_end = context.Event(), context.Event()

    def other() -> None:
        with Publisher(out).lock(wait=True):
            inside.set()
            may_end.wait(10)

    process = context.Process(target=other)
    process.start()
    assert inside.wait(10)
    with pytest.raises(Locked), Publisher(out).lock(wait=False):
        pass
    process.kill()
    with Publisher(out).lock(wait=True):
        pass
    process.join()


def test_a_publish_that_fails_leaves_the_old_site_and_no_half_made_twin(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Path) -> None:
        raise OSError("no")

    put(out, ONE)
    with monkeypatch.context() as broken:
        broken.setattr(swap, "swap", fail)
        with pytest.raises(PublishError):
            put(out, TWO)
    assert tree(out) == ONE and not out.with_name(".site.twin").exists()
    put(out, TWO)


def test_a_note_that_can_not_be_written_is_no_failure(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no")

    put(out, ONE)
    monkeypatch.setattr(manifest, "write", fail)
    for wanted in (TWO, {**TWO, "index.html": b"3"}, ONE):
        put(out, wanted)


@pytest.mark.parametrize(
    ("staged", "published"),
    [(0o777, 0o644), (0o755, 0o644), (0o666, 0o644), (0o645, 0o644), (0o644, 0o644), (0o600, 0o600)],
)
@pytest.mark.parametrize("before", [{}, {"a": b""}])
def test_what_is_published_only_its_owner_may_write_and_nobody_may_run(
    out: Path, before: dict[str, bytes], staged: int, published: int
) -> None:
    put(out, before)
    publisher = Publisher(out)
    with publisher.lock(wait=True):
        publisher.survey()
        publisher.stage("a").write_bytes(b"1")
        publisher.stage("a").chmod(staged)
        publisher.commit({"a"}, ())
    assert (out / "a").stat().st_mode & 0o777 == published


def test_a_file_alone_is_replaced_where_it_lies(out: Path) -> None:
    put(out, ONE)
    before = out.stat().st_ino
    put(out, ONE | {"a/d.html": b"2"})
    assert out.stat().st_ino == before


@pytest.mark.parametrize(
    "wanted",
    [ONE | {"new.html": b"1"}, ONE | {"index.html": b"2", "a/d.html": b"2"}, {"index.html": b"2", "a/d.html": b"1"}],
    ids=["a new one", "two", "one, while another goes"],
)
def test_more_than_a_file_alone_comes_with_a_new_folder(out: Path, wanted: dict[str, bytes]) -> None:
    put(out, ONE)
    before = out.stat().st_ino
    put(out, wanted)
    assert out.stat().st_ino != before


def test_a_file_comes_with_a_new_folder_where_a_link_was_in_its_place(out: Path) -> None:
    put(out, ONE)
    before = out.stat().st_ino
    (out / "index.html").unlink()
    (out / "index.html").symlink_to("a/d.html")
    put(out, ONE)
    assert out.stat().st_ino != before


def test_a_file_alone_that_can_not_be_made_durable_is_as_it_was(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        if Path(path).is_dir():
            raise OSError("no")

    put(out, ONE)
    with monkeypatch.context() as broken:
        broken.setattr(syscalls, "sync", fail)
        with pytest.raises(PublishError):
            put(out, ONE | {"a/d.html": b"2"})
    assert tree(out) == ONE
    put(out, ONE | {"a/d.html": b"2"})


@pytest.mark.parametrize(("number", "together"), [(62, False), (63, True)])
def test_a_few_files_are_made_durable_one_by_one_and_many_together(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int, together: bool
) -> None:
    """With the folder and its marker they are two more."""
    one_by_one: set[str] = set()
    systems: list[Path] = []
    monkeypatch.setattr(syscalls, "sync", lambda path: one_by_one.add(Path(path).name))
    monkeypatch.setattr(syscalls, "sync_file_system", systems.append)
    put(out, {})
    one_by_one.clear()
    files = {f"{each}.html": b"1" for each in range(number)}
    put(out, files)
    assert systems == [out.parent] * together
    assert ({*files, MARKER, ".site.twin"} <= one_by_one) is not together


def test_what_lies_beside_the_site_has_its_name(out: Path) -> None:
    for wanted in (ONE, TWO):
        put(out, wanted)
    with Publisher(out).lock(wait=True):
        there = {path.name for path in out.parent.iterdir()}
    assert there == {"site", ".site.twin", ".site.twin.json", ".site.stage", ".site.lock"}


def test_a_site_that_was_left_aside_is_put_back(out: Path) -> None:
    put(out, ONE)
    out.rename(out.with_name(".site.old"))
    with Publisher(out).lock(wait=True):
        assert tree(out) == ONE
    assert not out.with_name(".site.old").exists()
