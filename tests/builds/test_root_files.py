"""What lies in root/ is published at the root of the site, and nothing else is."""

from __future__ import annotations

import os
import socket

import pytest
from tinysite import Site, Sites

from ballardwiki.cli.serve.watching import is_input

ANN = {"content/people/ann.md": "---\ntitle: Ann\n---\n[humans](/humans.txt)\n"}


def test_files_of_the_root_are_published_as_they_are(site: Sites) -> None:
    made = site(
        ANN | {"root/CNAME": "wiki.example\n", "root/humans.txt": "Ann\n", "root/verify/a.html": "<script>1</script>"}
    )
    made.write("root/favicon.ico", b"\0\1\2").write("root/.well-known/security.txt", "Contact: x\n").published()
    assert made.data("CNAME") == b"wiki.example\n"
    assert made.data("favicon.ico") == b"\0\1\2"
    assert made.data(".well-known/security.txt") == b"Contact: x\n"
    assert made.data("verify/a.html") == b"<script>1</script>"
    assert not any(path.startswith("root/") for path in made.paths())


def test_changes_of_them_are_published_and_what_is_gone_is_gone(site: Sites) -> None:
    made = site(ANN | {"root/humans.txt": "Ann", "root/.well-known/a": "1"}).published()
    made.write("root/humans.txt", "Bob").published()
    assert made.data("humans.txt") == b"Bob" and made.has(".well-known/a")
    made.delete("root/.well-known").published()
    assert made.data("humans.txt") == b"Bob" and not made.has(".well-known/a")
    kept = made.tree()
    made.clean()
    assert made.tree() == kept


def test_a_link_to_a_file_that_is_not_there_is_told(site: Sites) -> None:
    assert site(ANN).rules() == ["link-resolves"]


@pytest.mark.parametrize(
    "name", ["index.html", "robots.txt", "404.html", "ROBOTS.txt", "people/index.html", "people/ann", "feed.xml"]
)
def test_nothing_that_the_site_makes_is_replaced(site: Sites, name: str) -> None:
    made = site({"content/people/ann.md": "---\ntitle: Ann\n---\n", f"root/{name}": "mine"})
    (problem,) = made.problems()
    assert problem.rule == "url-unique" and f"root/{name}" in str(problem)
    assert str(made.root) not in str(problem)


def test_a_file_in_the_place_of_a_folder_is_told(site: Sites) -> None:
    made = site({"content/people/ann.md": "---\ntitle: Ann\n---\n", "root/people": "mine"})
    (problem,) = made.problems()
    assert (problem.at.path, problem.rule) == ("root/people", "url-unique")


@pytest.mark.parametrize(("name", "place"), [("media/a.html", "media/"), ("assets/site.css", "templates/assets/")])
def test_folders_with_rules_of_their_own_are_not_entered_from_there(site: Sites, name: str, place: str) -> None:
    (problem,) = site({f"root/{name}": "mine"}).problems()
    assert (problem.at.path, problem.rule) == (f"root/{name}", "url-unique")
    assert problem.hint == f"Put it into {place} or give it another name."


@pytest.mark.parametrize("name", [".htaccess", ".git/config", "a/.env", ".well-known/.secret", "b/.well-known/x"])
def test_hidden_files_are_told_and_not_published(site: Sites, name: str) -> None:
    made = site({f"root/{name}": "secret"})
    (problem,) = made.problems()
    assert (problem.rule, problem.severity) == ("file-known", "warning")
    assert f"root/{name}".startswith(problem.at.path)
    made.build()
    assert b"secret" not in b"".join(made.tree().values())


def test_litter_is_passed_over(site: Sites) -> None:
    made = site({"root/.gitkeep": "", "root/a/.DS_Store": "x", "root/humans.txt": "Ann"}).published()
    assert {"humans.txt"} == {
        path for path in made.paths() if "humans" in path or "DS_Store" in path or "gitkeep" in path
    }


def secret(made: Site) -> str:
    outside = made.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    return str(outside)


@pytest.mark.parametrize("where", ["root", "root/a", "root/.well-known"])
def test_folders_that_are_links_are_refused(site: Sites, where: str) -> None:
    made = site({"site.yaml": "title: T\n"})
    (made.root / where).parent.mkdir(exist_ok=True)
    os.symlink(secret(made), made.root / where)
    (problem,) = made.problems()
    assert (problem.at.path, problem.rule, problem.severity) == (where, "file-readable", "error")


def test_files_that_are_links_pipes_or_sockets_are_refused(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    made = site({"root/humans.txt": "Ann"})
    os.symlink(f"{secret(made)}/secret.txt", made.root / "root/link.txt")
    os.mkfifo(made.root / "root/pipe.txt")
    monkeypatch.chdir(made.root)
    with socket.socket(socket.AF_UNIX) as it:
        it.bind("root/socket.txt")
        assert made.rules() == ["file-readable"] * 3


def test_the_site_may_not_be_written_into_it(site: Sites) -> None:
    made = site({"root/humans.txt": "Ann"})
    made.out = made.root / "root"
    with pytest.raises(Exception, match="root"):
        made.build()
    assert (made.root / "root/humans.txt").read_text() == "Ann"


def test_serve_watches_them() -> None:
    assert is_input(os.path.join("root", ".well-known", "security.txt"))
    assert not is_input(os.path.join("root", ".git", "config"))
