"""Every problem is told at its own place: file, line and column, whatever stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from ballardwiki.build import project
from ballardwiki.content import documents, markup
from ballardwiki.model import Source
from ballardwiki.problems import Problem

SCHEMA = project.load(Path(__file__).parent).schema
ENGINES = ("python-markdown", "commonmark")

HARMLESS = {
    "summary": [
        "summary: Some prose.",
        "summary: |\n  born: nope\n\n  more",
        "summary: >-\n  folded # 1\n  text",
        "summary: 'é😀: x'",
    ],
    "aliases": [
        "aliases: [Foo, 'B, c']",
        'aliases:\n  - Foo\n  - "Bar: x"',
        "aliases:\n- Foo",
        "aliases: {value: Foo}",
    ],
    "tags": ["tags: [é😀, b]  # why", "tags:\n  - 😀\n\n  # between\n  - b"],
    "education": ["education:\n    - value: Yale\n      from: 1999\n", "education: Yale"],
    "": ["# a remark: with @ and #", "", "   "],
}
"""Key -> ways to write it, none of which is a problem."""

PLANTED = [
    "born: @nope",
    "born:    @nope  # why",
    "born: @'nope'",
    'born: @"n\\x6fpe"',
    "born: {value: @nope}",
    "born: { value: @nope, confidence: reported }",
    "born:\n  value: @nope\n  confidence: reported",
    "born:\n    @nope",
    "born: @|\n  nope",
    "born: {value: 1980, from: @nope}",
    "born:\n  value: 1980\n  until: @2001-02-30",
    "links: [https://a.example/é😀, @nope]",
    "links: [\n  https://a.example/,\n  @nope,\n  https://b.example/]",
    "links:\n  - https://a.example/\n  - @nope\n  - https://b.example/",
    "links:\n- {value: https://a.example/}\n- {value: @nope}",
    "links:\n  - value: https://a.example/\n  - value: @nope",
    "born: {value: 1980, @nope: x}",
    "@bron: 1980",
    "@'é😀': {a: [b]}",
    "draft: @yes",
    "occupations: [a, @[b]]",
]
"""Fields with one thing wrong, at the @."""


def place(text: str) -> tuple[str, int, int]:
    """A text without its @, and where that stood."""
    before, _, after = text.partition("@")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def errors(path: str, text: str) -> list[Problem]:
    found = documents.read(Source(path, "person", "ann", text), SCHEMA, "commonmark").problems
    return [each for each in found if each.severity == "error"]


@st.composite
def entries(draw: st.DrawFn) -> str:
    """The fields of a record, one of which has something wrong at an @."""
    planted = draw(st.sampled_from(PLANTED))
    keys = draw(st.lists(st.sampled_from(sorted(HARMLESS)), unique=True))
    rows = [draw(st.sampled_from(HARMLESS[key])).replace("@", "at") for key in keys]
    rows.insert(draw(st.integers(0, len(rows))), "title: Ann")
    rows.insert(draw(st.integers(0, len(rows))), planted)
    return "\n".join(rows)


def indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line else line for line in text.split("\n"))


@given(entries(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.text("Text é\n", max_size=20))
def test_a_bad_value_in_front_matter(fields: str, newline: str, mark: bool, body: str) -> None:
    text, line, column = place(f"---\n{fields}\n---\n{body}")
    (problem,) = errors("a.md", "\ufeff" * mark + text.replace("\n", newline))
    assert (problem.at.path, problem.at.line, problem.at.column) == ("a.md", line, column)


@given(st.lists(entries(), min_size=1, max_size=3), st.integers(1, 5), st.sampled_from(["\n", "\r\n"]))
def test_bad_values_in_a_file_of_many(records: list[str], indent: int, newline: str) -> None:
    places = []
    text = "# all of them\n"
    for number, fields in enumerate(records):
        lead = f"{text}ann-{number}:\n"
        plain, line, column = place(lead + indented(fields, indent))
        places.append((line, column))
        text = plain + "\n\n"
    found = errors("p.yaml", text.replace("\n", newline))
    assert set(places) <= {(each.at.line, each.at.column) for each in found}


@pytest.mark.parametrize(
    "text",
    [
        "ann: {title: Ann, born: @nope}",
        "ann: {title: 'é😀', aliases: [a, 'b'], born: @nope, died: 2000}",
        "ann: {title: Ann,\n  aliases: [a,\n    b], born: {value: @nope}}",
        "bob: {title: Bob}\nann: {title: Ann, born: 1980}\ncy: {title: Cy, @bron: 1}",
        "ann: {title: Ann, born: 1980, died: @nope}",
    ],
)
def test_a_bad_value_in_a_flow_mapping(text: str) -> None:
    plain, line, column = place(text)
    (problem,) = errors("p.yaml", plain)
    assert (problem.at.line, problem.at.column) == (line, column)


def test_the_second_problem_of_a_line_has_its_own_place() -> None:
    found = errors("p.yaml", "ann: {title: Ann, born: nope, died: never}\n")
    assert [str(each.at) for each in found] == ["p.yaml:1:25", "p.yaml:1:37"]


# In texts


def told(text: str, engine: str, rule: str) -> list[tuple[int, int]]:
    """Where a text that begins on line 3 breaks a rule."""
    return [
        (each.at.line, each.at.column)
        for each in markup.read(text, engine=engine, path="a.md", line=3)[1]
        if each.rule == rule
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Text.\n\nOne\n===\n\nText.\n", [(5, 1)]),
        ("Text.\n\nOne *two*\n===\n\nThree\n=====\n", [(5, 1), (8, 1)]),
        ("Two\n---\n\n#### Deep\n", [(6, 1)]),
        ("Two\n---\n\n#### Deep `x`\n\n#### `x`\n", [(6, 1)]),
        ("`# no`\n\n```\n# no heading\n```\n\n# Yes\n", [(9, 1)]),
        ("> Text\n>\n> # Quoted\n", [(5, 3)]),
        ("## A\n\n#### B\n\n## A\n\n#### B\n", [(5, 1), (9, 1)]),
        ("| a |\n| --- |\n| b |\n\n# Head\n", [(7, 1)]),
        ("Text\n\n---\n\n# Head\n", [(7, 1)]),
    ],
)
def test_headings_are_told_where_they_begin(text: str, places: list[tuple[int, int]], engine: str) -> None:
    assert told(text, engine, "heading-ordered") == places


def test_a_heading_without_a_blank_is_told_where_it_begins() -> None:
    assert told("Text.\n\n#9 is one here\n\nText.\n\n#Two\n", "python-markdown", "heading-ordered") == [(5, 1), (9, 1)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('a <b onclick="x">c</b> <i onclick="y">d</i>', [(3, 6), (3, 27)]),
        ("a <script>x</script> b <script>y</script>", [(3, 3), (3, 24)]),
        ("`<script>` and <script>y</script>", [(3, 16)]),
        ("onclick is a word.\n\n<b onclick='x'>c</b>", [(5, 4)]),
        ("```\n<iframe>\n```\n\n<iframe></iframe>\n\n<iframe></iframe>", [(7, 1), (9, 1)]),
    ],
)
def test_what_is_removed_is_told_where_it_stands(text: str, places: list[tuple[int, int]], engine: str) -> None:
    assert told(text, engine, "html-safe") == places
