"""Every mark that hides, in every place of a text and with both engines: not one byte that is published tells of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import product

import pytest
from tinysite import Site, Sites

from ballardwiki.content.markup import ENGINES

SETTINGS = """\
title: Test
base_url: https://wiki.example/
spoilers: {default: none}
markdown: {engine: ENGINE}
rules: {summary-present: off, page-linked: off, alias-used: off, page-written: off, link-resolves: off, fragment-resolves: off, image-licensed: off}
"""
FILES = {
    "content/series/s.yaml": "fog: {title: Fog Line, number: 1}\n",
    "content/seasons/s.yaml": "fog-s01: {series: fog, number: 1}\n",
    "content/episodes/e.yaml": "fog-s01e01: {title: One, season: fog-s01, number: 1, aired: 2024-01-01}\n"
    "fog-s01e02: {title: Two, season: fog-s01, number: 2, aired: 2024-01-08}\n",
    "content/sources/s.yaml": "paper: {title: The piece, url: 'https://paper.org/x'}\n",
    "media/SECRET.png": "no picture",
}
MARKS = {
    "words": "||fog s01e02: {}||",
    "words over lines": "||fog s01e02: open\n{}||",
    "words for those who have seen all": "||{}||",
    "a callout": "> [!spoiler] fog s01e02\n> {}",
    "a callout for those who have seen all": "> [!SPOILER]\n> {}",
    "a title": "> [!spoiler] fog s01e02: {}\n> words",
    "a long callout": "> [!spoiler] fog s01e02\n> words\n>\n> - {}\n>\n> words",
    "a section": '## Words {{since="fog s01e02"}}\n\n{}\n\n## More',
    "the heading of a section": '## {} {{since="fog s01e02"}}\n\nWords.\n\n## More',
    "a lower section": "## Words {{#own since='fog s01'}}\n\nWords.\n\n### More\n\n{}\n\n## More",
    "a remark": "%% {} %%",
    "a comment": "<!-- {} -->",
}  # fmt: skip
SECRETS = (
    "SECRET",
    "*SECRET* **SECRET** `SECRET`",
    "[[SECRET]] [[Ann|SECRET]] [[#SECRET]]",
    "[SECRET](https://SECRET.example/ 'SECRET')",
    "![SECRET](/media/SECRET.png 'SECRET')",
    "words[^paper]",
    "<b title='SECRET'>SECRET</b>",
)
PLACES = {
    "alone": "{}",
    "after words": "Open words.\n\n{}\n\nMore.",
    "in a list": "- words\n- more\n\n    {}",
    "in a note": "Words[^1].\n\n[^1]: Words.\n\n    {}",
    "in a cell": "| a | b |\n|---|---|\n| {} | c |",
    "in a heading": "## Open {} end\n\nWords.",
    "in a link": "[open {} end](https://e.example/)",
    "in a quote": "> Open.\n>\n> {}",
    "in a callout": "> [!note]\n> Open.\n>\n> {}",
    "in emphasis": "*open {} end*",
}
INLINE = ("words", "words for those who have seen all", "a remark", "a comment")
LINE = ("in a cell", "in a heading", "in a link", "in emphasis")


def texts() -> dict[str, str]:
    """A page for each mark in each place where it can stand, with all secrets one after the other."""
    found = {}
    for (mark, pattern), (place, around) in product(MARKS.items(), PLACES.items()):
        if place in LINE and mark not in INLINE:
            continue
        if mark in ("a section", "the heading of a section", "a lower section") and place != "after words":
            continue
        secrets = [each for each in SECRETS if not (place in LINE and ("[" in each or each[0] == "*"))]
        hidden = [pattern.format(secret) for secret in secrets]
        if place in ("in a list", "in a note"):
            hidden = [each.replace("\n", "\n    ") for each in hidden]
        if place in ("in a quote", "in a callout"):
            hidden = [each.replace("\n", "\n> ") for each in hidden]
        for number, each in enumerate(hidden):
            found[f"{mark}, {place}, {number}"] = around.replace("{}", each)
    return found


def readable(data: bytes) -> str:
    """A file as text; of a database, all that its tables hold."""
    if not data.startswith(b"SQLite format 3\0"):
        return data.decode("utf-8", "replace")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        return "\n".join(connection.iterdump())


@pytest.fixture(params=sorted(ENGINES))
def wiki(site: Sites, request: pytest.FixtureRequest) -> Site:
    return site(FILES | {"site.yaml": SETTINGS.replace("ENGINE", str(request.param))})


def test_no_byte_tells_of_what_a_mark_hides(wiki: Site) -> None:
    pages = texts()
    assert len(pages) > 250
    for number, text in enumerate(pages.values()):
        wiki.write(f"content/pages/p{number}.md", f"---\ntitle: Page {number}\n---\n{text}\n")
    result = wiki.build()
    assert not result.failed, "\n".join(map(str, result.problems))
    names = list(pages)
    told = {path for path, data in wiki.tree().items() if "SECRET" in path or "SECRET" in readable(data)}
    assert told == set(), [names[int(path.split("/")[0][1:])] for path in told if path[:1] == "p" and path[1].isdigit()]
    assert "paper.org" not in "".join(readable(data) for data in wiki.tree().values()), (
        "a source only hidden words cite"
    )


@pytest.mark.parametrize("mark", [each for each in MARKS if each not in ("a remark", "a comment")])
def test_the_same_words_are_published_where_all_may_be_told(wiki: Site, mark: str) -> None:
    wiki.replace("site.yaml", "{default: none}", "{default: all}")
    wiki.write("content/pages/p.md", f"---\ntitle: Page\n---\n{MARKS[mark].format('SECRET')}\n").published()
    assert "SECRET" in wiki.page("p")
