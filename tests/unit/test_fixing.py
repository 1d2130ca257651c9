"""`check --fix`: what can't be meant otherwise is mended, what could be is left alone, and nothing by halves."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tinysite import NOON, Site, Sites

from ballardwiki.cli import main
from ballardwiki.edit import fixing, workspace

pytestmark = pytest.mark.slow

ANN, BOB = "content/people/ann.md", "content/people/bob.md"


def mended(wiki: Site) -> dict[str, str]:
    return {change.path: change.new for change in fixing.mends(workspace.lay_out(wiki.root, NOON))}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: Ann\ntags: [a1, b1, a1, c1] # ok", "title: Ann\ntags: [a1, b1, c1] # ok"),
        ("title: Ann\ntags: [a1, a1, a1]", "title: Ann\ntags: [a1]"),
        (
            "title: Ann\ntags:\n  - a1\n  - b1 # why\n  - a1\nborn: 1970",
            "title: Ann\ntags:\n  - a1\n  - b1 # why\nborn: 1970",
        ),
        ("title: Ann\naliases: [Ann, Annie]", "title: Ann\naliases: [Annie]"),
        ("title: Ann\naliases: [Ann, Ann, Annie, Ann]", "title: Ann\naliases: [Annie]"),
        ("title: Ann # x\naliases: [Ann]\nborn: 1970", "title: Ann # x\nborn: 1970"),
        ("title: Ann\naliases: Ann", "title: Ann"),
        ("title: Ann\naliases:\n  - 'Ann'\n  - \"Ann\"", "title: Ann"),
        ("title: Ann\naliases: [Annie, 'Ann']\nborn: 1970", "title: Ann\naliases: [Annie]\nborn: 1970"),
        ("title: Ann\nfamily:\n  - {value: x, from: 2020}\n  - {value: x, from: 2020}", None),
        ("title: Ann\naliases: [Ann] # her name", None),
        ("title: Ann\ntags:\n  - a1\n  - a1 # sic", None),
        ("title: Ann\naliases:\n  # two\n  - Ann\nborn: 1970", None),
        ("title: Ann\naliases: [ann, ANN]", None),
    ],
)
def test_values_that_say_nothing_new(site: Sites, front: str, expected: str | None) -> None:
    wiki = site({ANN: f"---\n{front}\n---\nText\n"})
    assert mended(wiki) == ({ANN: f"---\n{expected}\n---\nText\n"} if expected else {})


def test_windows_line_ends_stay(site: Sites) -> None:
    wiki = site({ANN: "---\r\ntitle: Ann\r\ntags:\r\n  - a1\r\n  - a1\r\n---\r\nText\r\n"})
    assert mended(wiki) == {ANN: "---\r\ntitle: Ann\r\ntags:\r\n  - a1\r\n---\r\nText\r\n"}


def test_addresses_by_former_ids(site: Sites) -> None:
    wiki = site(
        {
            ANN: "---\ntitle: Ann\nwas: [annie]\n---\n",
            BOB: "---\ntitle: Bob\n---\n[[person/annie]], [[person/annie|her]] and `[[person/annie]]`, annie.\n",
            "content/works/w.yaml": "w:\n  title: W\n  kind: novel\n  authors: [annie] # her\n  features: person/annie\n  text: |\n    By [[person/annie]].\n",
        }
    )
    assert mended(wiki) == {
        BOB: "---\ntitle: Bob\n---\n[[person/ann]], [[person/ann|her]] and `[[person/annie]]`, annie.\n",
        "content/works/w.yaml": "w:\n  title: W\n  kind: novel\n  authors: [ann] # her\n  features: person/ann\n  text: |\n    By [[person/ann]].\n",
    }


def run(wiki: Site, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(
        main, ["--root", str(wiki.root), "check", *arguments, "--out", str(wiki.out), "--now", "2025-07-09"]
    )
    return done.exit_code, done.stdout, done.stderr


def test_the_command_shows_what_it_did(site: Sites) -> None:
    wiki = site({ANN: "---\ntitle: Ann\ntags: [a1, a1]\n---\n"})
    code, shown, _ = run(wiki, "--fix")
    assert code == 0
    assert "-tags: [a1, a1]\n+tags: [a1]\n" in shown and "Mended 1 file.\n" in shown
    assert (wiki.root / ANN).read_text() == "---\ntitle: Ann\ntags: [a1]\n---\n"
    assert "Nothing can be mended for certain." in run(wiki, "--fix")[1]


def test_programs_get_nothing_but_their_format(site: Sites) -> None:
    code, shown, aside = run(site({ANN: "---\ntitle: Ann\ntags: [a1, a1]\n---\n"}), "--fix", "--format", "json")
    assert code == 0 and shown.startswith("[") and "+tags: [a1]" in aside


def test_a_file_that_cannot_be_read_leaves_all_as_they_are(site: Sites) -> None:
    wiki = site({ANN: "---\ntitle: Ann\ntags: [a1, a1]\n---\n", BOB: "---\ntitle: [Bob\n---\n"})
    code, _, aside = run(wiki, "--fix")
    assert code == 1 and aside.startswith("Nothing was mended: content/people/bob.md:2:8:")
    assert "a1, a1" in Path(wiki.root / ANN).read_text()
