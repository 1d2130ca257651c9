"""What is written for a field becomes statements; what is wrong is said with its place."""

from __future__ import annotations

import pytest

from ballardwiki import yaml_reader
from ballardwiki.content.fields import Reader
from ballardwiki.model import Qualifiers, Statement
from ballardwiki.problems import Problem
from ballardwiki.schema import Field, Schema

BORN = Field("born", "date", "Born")
NAMES = Field("names", "text", "Names", many=True)


def read(field: Field, text: str) -> tuple[list[Statement], list[str]]:
    """The statements, and the problems as `line:column rule: message`."""
    node, faults = yaml_reader.parse(text, "f.yaml")
    assert node and not faults
    problems: list[Problem] = []
    found = list(Reader("f.yaml", Schema({}, {}), problems).statements(field, node))
    return found, [f"{each.at.line}:{each.at.column} {each.rule}: {each.message}" for each in problems]


def test_a_plain_value() -> None:
    assert read(BORN, "1979-05-22") == ([Statement("1979-05-22", None, 1, 1)], [])


def test_a_list_of_values() -> None:
    assert [each.value for each in read(NAMES, "[A, {value: B, since: s01e02}]")[0]] == ["A", "B"]


def test_a_value_with_qualifiers() -> None:
    text = "{value: 1979, since: S01E02, source: [a, b], confidence: reported, from: 2020-01, until: 2021}"
    (only,), problems = read(BORN, text)
    assert problems == []
    assert only.qualifiers == Qualifiers(
        since="s01e02", sources=("a", "b"), confidence="reported", from_="2020-01", until="2021"
    )


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        (BORN, "[1979]", "1:1 field-valid: born takes one value, not a list."),
        (NAMES, "[[A]]", "1:2 field-valid: a value of names can't be a list."),
        (BORN, "{since: s01}", "1:1 field-valid: born needs a value."),
        (BORN, "{value: 1979, sinc: s01}", "1:15 field-known: sinc is no qualifier of a value."),
        (NAMES, "{value: A, since: [s01]}", "1:19 field-valid: since must be one value, not a list or mapping."),
        (BORN, "May", "1:1 field-valid: born "),
    ],
)
def test_what_is_wrong(field: Field, text: str, problem: str) -> None:
    (only,) = read(field, text)[1]
    assert only.startswith(problem)


def test_a_wrong_qualifier_leaves_the_value() -> None:
    (only,), (problem,) = read(BORN, "{value: 1979, confidence: sure}")
    assert only.value == "1979" and only.qualifiers == Qualifiers()
    assert problem.startswith("1:27 field-valid: confidence ")


@pytest.mark.parametrize(
    ("text", "at", "typed", "moment"),
    [
        ("He waits. ||It is Ann||", "1:11", "||", "series-id s01e05"),
        ("'He waits. ||fog s01e02: it is Ann||'", "1:1", "||", "fog s01e02"),
        ("|\n  One.\n  Two ||s01e02: three||", "3:1", "||", "s01e02"),
        ("It is Ann||", "1:10", "||", "series-id s01e05"),
        ("'|| it is Ann ||'", "1:1", "||", "series-id s01e05"),
        ("'|fog s01e02: it is Ann|'", "1:1", "|", "fog s01e02"),
        ("'[!spoiler] fog s01e02: it is Ann'", "1:1", "[!spoiler]", "fog s01e02"),
        ("'[! spoiler] it is Ann'", "1:1", "[! spoiler]", "series-id s01e05"),
        ("He is >!Ann!<", "1:7", ">!", "series-id s01e05"),
        ("Ann {since=fog s01e02}", "1:5", "{since=fog s01e02}", "fog s01e02"),
        ('Ann since="fog s01e02"', "1:5", 'since="fog s01e02', "fog s01e02"),
        ("<spoiler>Ann</spoiler>", "1:1", "<spoiler>", "series-id s01e05"),
        ("'[spoiler]Ann[/spoiler]'", "1:1", "[spoiler]", "series-id s01e05"),
        ("'｜｜fog s01e02: Ann｜｜'", "1:1", "｜｜", "fog s01e02"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "[{}]", "{{value: {}, source: a}}"])
def test_a_spoiler_mark_hides_nothing_in_a_field(around: str, text: str, at: str, typed: str, moment: str) -> None:
    if around != "{}" and text[0] != "'":
        return
    node, _ = yaml_reader.parse(around.format(text), "f.yaml")
    problems: list[Problem] = []
    assert node and len(list(Reader("f.yaml", Schema({}, {}), problems).statements(NAMES, node))) == 1
    (only,) = problems
    assert (only.rule, only.severity) == ("spoiler-valid", "error")
    assert only.message.startswith(f"{typed} hides nothing in names")
    assert only.hint == f"Leave out the marks and write names: {{value: …, since: {moment}}}."
    if around == "{}":
        assert str(only.at) == f"f.yaml:{at}"


@pytest.mark.parametrize(
    "text", ["A | B", "Spoiler alert", "'[Spoilers]'", "C# > !", "{a}", "since 1999", "a|b", "<b>", "Who? Me!"]
)
def test_plain_words_are_no_spoiler_mark(text: str) -> None:
    assert read(NAMES, text if text[0] != "{" else f"'{text}'")[1] == []


def test_a_spoiler_mark_hides_nothing_in_a_qualifier() -> None:
    (problem,) = read(NAMES, "{value: A, continuity: '||fog s01e02: b||'}")[1]
    assert problem.startswith("1:24 spoiler-valid: || hides nothing in continuity")


def test_a_title_can_have_no_since_so_the_hint_says_another_way() -> None:
    node, _ = yaml_reader.parse("'||fog s01e02: Ann||'", "f.yaml")
    problems: list[Problem] = []
    assert node and list(Reader("f.yaml", Schema({}, {}), problems).statements(Field("title", "text", "Title"), node))
    assert problems[0].hint.startswith("Write title: with a name for all readers, and this one under aliases:")
