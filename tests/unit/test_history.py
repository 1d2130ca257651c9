"""What git's log says of files, and which commit is checked out."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ballardwiki.config import history
from ballardwiki.config.history import Head, Past

ANA, BEN = "\x02ana@example.org\t", "\x02ben@example.org\t"


def test_a_file_is_as_old_as_its_first_commit_and_as_new_as_its_last() -> None:
    lines = [f"{BEN}2025-07-09", "M\tcontent/a.md", "", f"{ANA}2025-07-01", "A\tcontent/a.md", "A\tcontent/b.md"]
    assert history.gather(lines) == {
        "content/a.md": Past("2025-07-01", "2025-07-09", 2),
        "content/b.md": Past("2025-07-01", "2025-07-01", 1),
    }


def test_a_renamed_file_takes_its_past_along_and_leaves_none() -> None:
    lines = [
        *(f"{ANA}2025-07-03", "A\tcontent/a.md"),
        *(f"{ANA}2025-07-02", "R090\tcontent/a.md\tcontent/b.md"),
        *(f"{BEN}2025-07-01", "A\tcontent/a.md"),
    ]
    assert history.gather(lines) == {
        "content/a.md": Past("2025-07-03", "2025-07-03", 1),
        "content/b.md": Past("2025-07-01", "2025-07-02", 2),
    }


def test_a_file_has_nothing_of_another_that_bore_its_former_name() -> None:
    lines = [
        *(f"{ANA}2025-07-03", "R100\tcontent/a.md\tcontent/b.md"),
        *(f"{ANA}2025-07-02", "A\tcontent/a.md"),
        *(f"{BEN}2025-07-01", "D\tcontent/a.md"),
        *(f"{BEN}2025-06-01", "A\tcontent/a.md"),
    ]
    assert history.gather(lines)["content/b.md"] == Past("2025-07-02", "2025-07-03", 1)


def test_what_changed_is_what_came_went_or_was_edited() -> None:
    one, two = Past("2025-07-01", "2025-07-01", 1), Past("2025-07-01", "2025-07-02", 1)
    old = {"content/a.md": one, "content/b.md": one, "content/c.md": one}
    new = {"content/a.md": one, "content/b.md": two, "content/d.md": one}
    assert history.changed(old, new) == {"content/b.md", "content/c.md", "content/d.md"}


def test_one_person_is_counted_once_and_a_robot_never() -> None:
    lines = [
        *("\x02ANA@example.org\t2025-07-02", "M\tcontent/a.md"),
        *("\x021+robot[bot]@users.example\t2025-07-03", "M\tcontent/a.md"),
        *(f"{ANA}2025-07-01", "A\tcontent/a.md"),
    ]
    assert history.gather(lines) == {"content/a.md": Past("2025-07-01", "2025-07-03", 1)}


def git(folder: Path, *words: str) -> str:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": str(folder)}
    who = {f"GIT_{role}_{what}": "Ana" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-c", "init.defaultBranch=main", *words]
    return subprocess.run(
        command, cwd=folder, env=os.environ | settings | who, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "wiki/content").mkdir(parents=True)
    (tmp_path / "wiki/content/ünï.md").write_text("x", encoding="utf-8")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one", "--date", "2025-07-01T12:00:00+0200")
    return tmp_path


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("detached", [False, True])
def test_the_commit_is_read_without_git(repository: Path, *, packed: bool, detached: bool) -> None:
    if packed:
        git(repository, "pack-refs", "--all")
    if detached:
        git(repository, "checkout", "--detach")
    assert history.head(repository / "wiki") == Head(git(repository, "rev-parse", "HEAD"))


def test_a_branch_whose_name_ends_like_another_is_another(repository: Path) -> None:
    git(repository, "branch", "x/refs/heads/main")
    git(repository, "commit", "--allow-empty", "-m", "two")
    git(repository, "pack-refs", "--all")
    packed = (repository / ".git/packed-refs").read_text()
    lines = sorted(packed.splitlines(keepends=True), key=lambda line: "refs/heads/x" not in line)
    (repository / ".git/packed-refs").write_text("".join(lines))
    assert history.head(repository / "wiki").commit == git(repository, "rev-parse", "main")


def test_a_linked_work_tree_of_a_clone_without_its_past_knows_nothing(repository: Path) -> None:
    git(repository, "commit", "--allow-empty", "-m", "two")
    git(repository, "clone", "--depth", "1", repository.as_uri(), "shallow")
    git(repository / "shallow", "worktree", "add", "-b", "other", "../linked")
    assert history.head(repository / "linked/wiki") == Head(shallow=True)


def test_the_surroundings_of_git_do_not_lead_to_another_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook runs with `GIT_DIR` set to the repository that it belongs to."""
    commit = history.head(repository / "wiki").commit
    monkeypatch.setenv("GIT_DIR", str(repository / "elsewhere"))
    assert history.read(repository / "wiki", commit) == {"content/ünï.md": Past("2025-07-01", "2025-07-01", 1)}


def test_the_commit_of_a_linked_work_tree(repository: Path) -> None:
    git(repository, "worktree", "add", "-b", "other", "linked")
    git(repository, "commit", "--allow-empty", "-m", "two")
    assert history.head(repository / "linked/wiki").commit == git(repository / "linked", "rev-parse", "HEAD")


def test_a_project_in_a_folder_of_a_repository(repository: Path) -> None:
    found = history.read(repository / "wiki", history.head(repository / "wiki").commit)
    assert found == {"content/ünï.md": Past("2025-07-01", "2025-07-01", 1)}


def test_a_clone_without_its_past_knows_nothing(repository: Path) -> None:
    git(repository, "commit", "--allow-empty", "-m", "two")
    git(repository, "clone", "--depth", "1", repository.as_uri(), "shallow")
    assert history.head(repository / "shallow/wiki") == Head(shallow=True)


def test_without_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert history.head(tmp_path) == Head()
    monkeypatch.setenv("PATH", "")
    assert history.read(tmp_path, "0" * 40) is None
