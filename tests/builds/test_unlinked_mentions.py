"""Unlinked mentions: which names in a text would be links, and what linking them makes of the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tinysite import Sites

from ballardwiki.cli import main
from ballardwiki.edit import autolink, workspace

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from tinysite import Site

NOW = datetime(2025, 7, 9, 12, tzinfo=UTC)
KNOWN = """
    maggie-q: {title: Maggie Q, aliases: [Nancy]}
    tom: {title: Tom Bernardo}
    lola: {title: Lola}
    vance: {title: Whitney Vance}
    bo: {title: Bo}
    wood: {title: woodwork}
    mary-one: {title: Mary Ann, aliases: [Marian]}
    ghost: {title: Ghost Writer, draft: true}
"""
SERIES = """
    ballard: {title: Ballard, number: 1}
    renee: {title: Renée Ballard, number: 2}
    legacy: {title: "Bosch: Legacy", number: 3}
    legacy-two: {title: "Bosch: Legacy Two", number: 4}
"""


def wiki(site: Sites, text: str) -> Site:
    return site(
        {
            "content/people/people.yaml": KNOWN,
            "content/series/series.yaml": SERIES,
            "content/characters/mary.yaml": "mary: {title: Mary Ann}\n",
            "content/news/a.md": f"---\ntitle: News\ndate: 2025-07-09\nsummary: x\n---\n{text}",
        }
    )


def found(made: Site, paths: Sequence[str] = ("content/news/a.md",)) -> list[str]:
    laid = workspace.lay_out(made.root, NOW)
    rows = autolink.unlinked(laid, paths)
    texts = [laid.manuscript(row.path).text[row.edit.start : row.edit.end] for row in rows]
    assert texts == [row.name for row in rows]
    return [f"{row.line}:{row.column} {row.name}" for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maggie Q came, and Maggie Q went.", ["6:1 Maggie Q"]),
        ("Nancy came, and Maggie Q went.", ["6:1 Nancy"]),
        ("By *Maggie Q's* hand; (Tom Bernardo).", ["6:5 Maggie Q", "6:24 Tom Bernardo"]),
        ("- Maggie Q\n- Lola and 1 | 2\n", ["6:3 Maggie Q", "7:3 Lola"]),
        ("In Bosch: Legacy Two there is more than in Bosch: Legacy.", ["6:4 Bosch: Legacy Two", "6:44 Bosch: Legacy"]),
        ("See [[Maggie Q]] and Maggie Q.", []),
        ("See [[Nancy|her]] and Maggie Q.", []),
        ("See [[person/maggie-q]] and Maggie Q.", []),
        ("See [her](../people/tom.md) and Maggie Q.", ["6:33 Maggie Q"]),
        ("She is maggie q, a Maggie Quest, Maggie Q-like, xMaggie Q, Maggie Q2 and @Maggie Q.", []),
        ("`Maggie Q` and ``a ` Maggie Q`` stay.\n\n```\nMaggie Q\n```\n\n    Maggie Q\n", []),
        ("# Maggie Q\n\nMaggie Q\n--------\n\nShe is Maggie Q.", ["11:8 Maggie Q"]),
        ('> Maggie Q came.\n\nShe said “Maggie Q” and "Tom Bernardo".', []),
        ("> [!quote] Maggie Q\n> I am Maggie Q.\n", []),
        ("> [!note] Maggie Q\n> Maggie Q came.\n", ["7:3 Maggie Q"]),
        ('<span title="Maggie Q">x</span> https://x.test/Maggie Q\n', []),
        ('[Maggie Q](https://x.test) ![Maggie Q](/media/a.jpg)\n\n[x]: /Nancy "Maggie Q"\n', []),
        ('# A {since="ballard s01e01"}\n\nx[^1]\n\n[^1]: Maggie Q', []),
        ("A man called Bo did woodwork.", []),
        ("Whitney Vance is no Lola Vance, but Lola is.", ["6:1 Whitney Vance", "6:37 Lola"]),
        ("Ballard met Renée Ballard.", ["6:13 Renée Ballard"]),
        ("Mary Ann came with a Ghost Writer.", []),
        ("Maggie\nQ came.", []),
    ],
)  # fmt: skip
def test_what_counts_as_an_unlinked_mention(site: Sites, text: str, expected: list[str]) -> None:
    assert found(wiki(site, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("||Maggie Q|| came, and Maggie Q went.", ["6:24 Maggie Q"]),
        ("||[[Maggie Q]]|| came, and Maggie Q went.", ["6:28 Maggie Q"]),
        ("[[Maggie Q]] came, ||and Maggie Q|| went.", []),
        ("||Maggie Q|| and ||Maggie Q||", ["6:3 Maggie Q"]),
        ("> [!spoiler] ballard s01e01\n> Maggie Q, [[Maggie Q]].\n\n||Maggie Q||", ["9:3 Maggie Q"]),
    ],
)
def test_hidden_text_counts_only_within_itself(site: Sites, text: str, expected: list[str]) -> None:
    made = wiki(site, text)
    made.write("content/seasons/s.yaml", "s1: {series: ballard, number: 1}\n")
    made.write("content/episodes/e.yaml", "e1: {season: s1, number: 1}\n")
    assert found(made) == expected


def test_an_entity_is_not_linked_in_its_own_text(site: Sites) -> None:
    made = wiki(site, "")
    made.write("content/people/z.yaml", "z:\n  title: Zed Zed\n  text: |\n    Zed Zed met Maggie Q.\n")
    assert found(made, ["content/people/z.yaml"]) == ["4:17 Maggie Q"]


@pytest.mark.parametrize(
    "record",
    [
        "z:\n  title: Z\n  text: >-\n    Folded, then\n    Maggie Q came.\n",
        "z: {title: Z, text: 'It''s Maggie Q.'}\n",
        'z: {title: Z, text: "It is \\"x\\", Maggie Q."}\n',
        "z:\n  title: Z\n  text: It is\n    Maggie Q.\n",
        "\ufeffz:\r\n  title: Z\r\n  text: |\r\n    It is\r\n    Maggie Q.\r\n",
    ],
)
def test_linking_changes_nothing_else_however_the_text_is_written(site: Sites, record: str) -> None:
    made = wiki(site, "")
    made.write("content/people/z.yaml", record.encode())
    done = CliRunner().invoke(main, ["--root", str(made.root), "mentions", "--fix", "--yes"])
    assert done.exit_code == 0, done.output
    after = (made.root / "content/people/z.yaml").read_bytes().decode()
    assert after == record.replace("Maggie Q", "[[Maggie Q]]")
    assert found(made, ["content/people/z.yaml"]) == []
    assert [each.rule for each in made.build().problems if each.rule != "yaml-plausible"] == []


def test_the_command_lists_and_writes_only_when_told_to(site: Sites) -> None:
    made = wiki(site, "Maggie Q met Tom Bernardo.\n")
    run, base = CliRunner().invoke, ["--root", str(made.root), "mentions"]
    listed = run(main, base)
    assert listed.exit_code == 0
    assert listed.stdout.splitlines() == [
        "content/news/a.md:6:1 Maggie Q -> [[Maggie Q]] person/maggie-q",
        "content/news/a.md:6:14 Tom Bernardo -> [[Tom Bernardo]] person/tom",
        "2 unlinked mentions. Link them with: ballardwiki mentions --fix",
    ]
    text = (made.root / "content/news/a.md").read_bytes()
    shown = run(main, [*base, "--fix", "--name", "Nancy", "--in", "content/news/a.md"])
    assert "+[[Maggie Q]] met Tom Bernardo." in shown.stdout and shown.exit_code == 1
    assert (made.root / "content/news/a.md").read_bytes() == text
    assert run(main, [*base, "--fix", "--yes", "--name", "Nancy"]).exit_code == 0
    assert (made.root / "content/news/a.md").read_bytes() == text.replace(b"Maggie Q", b"[[Maggie Q]]")
    assert "Did you mean content/news/a.md?" in run(main, [*base, "--in", "content/news/b.md"]).stderr
    assert "Did you mean Maggie Q?" in run(main, [*base, "--name", "Magie Q"]).stderr


def test_a_change_that_a_check_would_complain_of_is_not_written(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    made = wiki(site, "Maggie Q came.\n")
    real = autolink.unlinked

    def wrong(*given: object) -> list[autolink.Linkable]:
        return [
            autolink.Linkable(
                each.path,
                each.line,
                each.column,
                each.name,
                each.target,
                type(each.edit)(each.edit.start, each.edit.end, "[[Nobody]]"),
            )
            for each in real(*given)  # type: ignore[arg-type]
        ]

    monkeypatch.setattr(autolink, "unlinked", wrong)
    done = CliRunner().invoke(main, ["--root", str(made.root), "mentions", "--fix", "--yes"])
    assert done.exit_code == 1 and "link-resolves" in done.stderr and "Nothing was written" in done.stderr
    assert "[[" not in (made.root / "content/news/a.md").read_text(encoding="utf-8")
