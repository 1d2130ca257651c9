"""The addresses of files on code hosts."""

from __future__ import annotations

import pytest

from ballardwiki.config import repository, site_file
from ballardwiki.config.repository import Repository


@pytest.mark.parametrize(
    ("url", "host", "view", "edit", "history"),
    [
        (
            "https://github.com/a/b",
            "github",
            "blob/main/content/x.md",
            "edit/main/content/x.md",
            "commits/main/content/x.md",
        ),
        (
            "https://gitlab.com/a/b",
            "gitlab",
            "-/blob/main/content/x.md",
            "-/edit/main/content/x.md",
            "-/commits/main/content/x.md",
        ),
        (
            "https://codeberg.org/a/b",
            "forgejo",
            "src/branch/main/content/x.md",
            "_edit/main/content/x.md",
            "commits/branch/main/content/x.md",
        ),
    ],
)
def test_each_host_has_its_own_addresses(url: str, host: str, view: str, edit: str, history: str) -> None:
    code = Repository(url, repository.known_as(url))
    assert code.host == host
    assert (code.view("content/x.md"), code.edit("content/x.md")) == (f"{url}/{view}", f"{url}/{edit}")
    assert (code.history("content/x.md"), code.view("content/x.md", 12)) == (f"{url}/{history}", f"{url}/{view}#L12")


def test_a_report_says_all_in_its_address() -> None:
    assert Repository("https://github.com/a/b", "github").issue("A & b", "x\ny #1") == (
        "https://github.com/a/b/issues/new?title=A%20%26%20b&body=x%0Ay%20%231"
    )


def test_an_unknown_host_has_no_addresses() -> None:
    code = Repository("https://example.org/a", repository.known_as("https://example.org/a"))
    assert [code.host, code.view("x"), code.edit("x"), code.history("x"), code.issue("a", "b")] == [""] * 5


def test_a_site_says_what_its_host_is() -> None:
    text = "title: A\nrepository: {url: https://code.example/a/, host: forgejo, branch: trunk, folder: wiki}"
    config, found = site_file.load(text)
    assert found == []
    assert config.repository == "https://code.example/a"
    assert config.code.view("content/ü.md", 3) == "https://code.example/a/src/branch/trunk/wiki/content/%C3%BC.md#L3"


def test_a_repository_is_an_address() -> None:
    _, found = site_file.load("title: A\nrepository: git@example.org:a/b")
    assert [each.message for each in found] == ["repository must be the address of the site's source."]
