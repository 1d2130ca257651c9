"""A Markdown file is cut in two, and it is known where both parts stand."""

from __future__ import annotations

import pytest

from ballardwiki.frontmatter import Cut, cut


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
    ("text", "message"),
    [
        ("Text", "the file must begin with front matter."),
        ("\n---\na: b\n---\n", "the file must begin with front matter."),
        ("---\na: b\n", "the front matter has no closing line."),
        ("---\na: b\n ---\n", "the front matter has no closing line."),
        (f"---\na: {'b' * 65536}\n---\n", "the front matter is larger than 64 KiB."),
    ],
)
def test_no_parts(text: str, message: str) -> None:
    parts, problems = cut(text, "a.md")
    assert parts is None
    assert [(str(each.at), each.rule, each.message) for each in problems] == [("a.md:1:1", "yaml-valid", message)]
