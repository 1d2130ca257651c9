"""A Markdown file is cut in two, and it is known where both parts stand."""

from __future__ import annotations

import pytest

from ballardwiki.content.front_matter import Cut, cut


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\nText\n", Cut("a: b\n", "Text\n", 13, 4)),
        ("---  \na: b\n---\t\n", Cut("a: b\n", "", 16, 4)),
        ("---\n---", Cut("", "", 7, 2)),
        ("---\na: b\n---\nText\n---\n", Cut("a: b\n", "Text\n---\n", 13, 4)),
        ("---\na: |\n  ---\n---\n", Cut("a: |\n  ---\n", "", 19, 5)),
    ],
)
def test_both_parts(text: str, parts: Cut) -> None:
    assert cut(text, "a.md") == (parts, ())
    assert text[parts.start :] == parts.text and text.count("\n", 0, parts.start) + 1 == parts.line


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Text", 1, "the file must begin with front matter. Put the record between two lines of ---"),
        ("title: Ann\nText", 1, "the file must begin with front matter. Write a line of --- above the fields"),
        ("- a list\n", 1, "the file must begin with front matter. Put the record between two lines of ---"),
        ('+++\ntitle = "A"\n+++\n', 1, "the front matter is TOML, which is not read. Put the record between two lines"),
        ('{\n"title": "A"\n}\n', 1, "the front matter is JSON, which is not read. Put the record"),
        (';;;\n{"title": "A"}\n;;;\n', 1, "the front matter is JSON, which is not read. Put the record"),
        ("\n---\na: b\n---\n", 1, "front matter must begin in the first column of the first line. Delete"),
        (" ---\na: b\n---\n", 1, "front matter must begin in the first column of the first line. Delete"),
        ("\xa0---\na: b\n---\n", 1, "front matter must begin in the first column of the first line. Delete"),
        ("----\na: b\n----\n", 1, "the first line must be three hyphens and nothing else. Write ---"),
        ("—\na: b\n---\n", 1, "the first line must be three hyphens and nothing else. Write ---"),
        ("–-\na: b\n---\n", 1, "the first line must be three hyphens and nothing else. Write ---"),
        ("--- a: b\n---\n", 1, "the first line must be three hyphens and nothing else. Write ---"),
        ("<<<<<<< HEAD\n---\na: b\n---\n", 1, "a merge left a conflict here. Keep what is right of both"),
        ("---\na: b\n", 1, "the front matter has no closing line. Put the record between two lines of ---"),
        ("---\na: b\n ---\n", 3, "this line does not close the front matter. Write three hyphens"),
        ("---\na: b\n----\nText\n", 3, "this line does not close the front matter. Write three hyphens"),
        ("---\na: b\n—\nText\n", 3, "this line does not close the front matter. Write three hyphens"),
        ("---\na: b\n...\nText\n", 3, "this line does not close the front matter. Write three hyphens"),
        (f"---\na: {'b' * 65536}\n---\n", 1, "the front matter is larger than 64 KiB. Move text below the second ---"),
    ],
)
def test_no_parts(text: str, line: int, said: str) -> None:
    parts, (problem,) = cut(text, "a.md")
    assert parts is None
    assert (str(problem.at), problem.rule) == (f"a.md:{line}:1", "yaml-valid")
    assert f"{problem.message} {problem.hint}".startswith(said)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("draft: true\n\nWords.", 4),
        ("\nDraft: yes\nWords.", 5),
        ("---\ndraft: true\n---\nWords.", 5),
        ("summary: words\npublish_at: 2030-01-01 09:00\nWords.", 5),
    ],
)
def test_what_keeps_nothing_back_below_the_front_matter_is_an_error(text: str, line: int) -> None:
    parts, (problem,) = cut(f"---\na: b\n---\n{text}\n", "a.md")
    assert parts is not None
    assert (str(problem.at), problem.rule) == (f"a.md:{line}:1", "yaml-valid")


@pytest.mark.parametrize(
    "text",
    ["Draft: a story", "draft: true to life", "Words.\n\ndraft: true", "```yaml\ndraft: true\n```", "draft: false"],
)
def test_words_about_drafts_are_no_fields(text: str) -> None:
    assert cut(f"---\na: b\n---\n{text}\n", "a.md")[1] == ()


def test_a_long_record_is_told_the_file_where_it_fits() -> None:
    _, (problem,) = cut(f"---\na: {'b' * 65536}\n---\n", "content/seasons/fog-s01.md")
    assert "content/seasons/fog-s01.yaml" in problem.hint and "text: |" in problem.hint
