"""Causes come first: what follows from a file that can't be read is held back, and only that."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tinysite import Site, Sites

STORY = {
    "content/series/s.yaml": "show: {title: Show}\n",
    "content/seasons/s.yaml": "s1: {series: show, number: 1}\n",
    "content/episodes/e.yaml": "e1: {season: s1, number: 1, title: Pilot}\n",
}
PEOPLE = "ada:\n  title: Ada Roe\n  aliases: [A. Roe]\n  born: [\nbob: {title: Bob}\n"


def told(wiki: Site) -> list[tuple[str, str]]:
    """Each problem's rule and cause."""
    return [(each.rule, each.cause) for each in sorted(wiki.build(publish=False).problems) if each.severity != "info"]


@pytest.mark.parametrize("text", ["[[Ada Roe]]", "[[A. Roe]]", "[[ada]]"])
def test_a_link_to_what_the_file_holds_follows_from_it(site: Sites, text: str) -> None:
    wiki = site({"content/people/all.yaml": PEOPLE, "content/pages/p.md": f"---\ntitle: P\n---\n{text}\n"})
    rules = told(wiki)
    assert ("yaml-valid", "") in rules
    assert [cause for rule, cause in rules if rule == "link-resolves"] == ["content/people/all.yaml:4:9"]


@pytest.mark.parametrize("text", ["[[Eve]]", "[[Ada Roebuck]]", "[[da]]"])
def test_a_link_to_what_it_does_not_hold_stands_by_itself(site: Sites, text: str) -> None:
    wiki = site({"content/people/all.yaml": PEOPLE, "content/pages/p.md": f"---\ntitle: P\n---\n{text}\n"})
    assert [cause for rule, cause in told(wiki) if rule == "link-resolves"] == [""]


@pytest.mark.parametrize(("id_", "follows"), [("ada", True), ("bob", True), ("eve", False), ("da", False)])
def test_a_reference_follows_if_the_file_seems_to_hold_its_target(site: Sites, id_: str, follows: bool) -> None:
    series = f"show: {{title: Show, credits: [{{person: {id_}, job: Writer}}]}}\n"
    wiki = site(STORY | {"content/series/s.yaml": series, "content/people/all.yaml": PEOPLE})
    assert [bool(cause) for rule, cause in told(wiki) if rule == "ref-resolves"] == [follows]


def test_a_moment_follows_from_a_file_of_episodes(site: Sites) -> None:
    aliases = "ada: {title: Ada, aliases: [{value: Eve, since: show s01e02}]}\n"
    wiki = site(STORY | {"content/characters/c.yaml": aliases})
    wiki.write("content/episodes/f.yaml", "e2: {season: s1, number: 2, title: [\n")
    assert all(cause for rule, cause in told(wiki) if rule == "since-resolves")
    wiki.delete("content/episodes/f.yaml")
    assert [cause for rule, cause in told(wiki) if rule == "since-resolves"] == [""]


def test_without_an_unreadable_file_everything_stands_by_itself(site: Sites) -> None:
    wiki = site({"content/people/ada.md": "---\ntitle: Ada\nborn: x\n---\n[[Eve]]\n"})
    assert told(wiki) == [("field-valid", ""), ("link-resolves", "")]


def test_one_broken_file_of_episodes_costs_no_other_page_but_what_needs_them(site: Sites) -> None:
    series = "show: {title: Show, credits: [{person: ada, job: Writer, episodes: [s01e01, s01e02]}]}\n"
    files = STORY | {"content/series/s.yaml": series, "content/people/a.yaml": "ada: {title: Ada}\n"}
    files["content/episodes/f.yaml"] = "e2: {season: s1, number: 2, title: [\n"
    result = site(files).build(keep_going=True)
    assert result.published and result.left_out == ("episode/e2",)


def test_what_a_folder_holds_that_can_not_be_read_follows_from_it(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    series = "show: {title: Show, credits: [{person: ada, job: Writer}]}\n"
    wiki = site(STORY | {"content/series/s.yaml": series, "content/people/a.yaml": "ada: {title: Ada}\n"})
    barred(monkeypatch, wiki.root / "content/people")
    assert told(wiki) == [("file-readable", ""), ("ref-resolves", "content/people")]


@pytest.mark.parametrize(("folder", "follows"), [("sources", True), ("people", False)])
def test_a_source_follows_from_a_file_that_may_hold_it(site: Sites, folder: str, follows: bool) -> None:
    ada = "ada: {title: Ada, born: {value: 1980, source: paper}}\n"
    wiki = site({"content/people/ada.yaml": ada}).write(f"content/{folder}/all.yaml", "")
    (wiki.root / f"content/{folder}/all.yaml").write_bytes(b"#" * (5 * 1024 * 1024 + 1))
    assert [bool(cause) for rule, cause in told(wiki) if rule == "ref-resolves"] == [False]
    (wiki.root / f"content/{folder}/all.yaml").unlink()
    (wiki.root / f"content/{folder}/all.yaml").symlink_to("/etc/hostname")
    assert [bool(cause) for rule, cause in told(wiki) if rule == "ref-resolves"] == [follows]


def barred(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nobody may look into a folder, not even somebody who may do everything."""
    scandir = os.scandir

    def denied(path: str | os.PathLike[str] = ".") -> object:
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    patch.setattr(os, "scandir", denied)
