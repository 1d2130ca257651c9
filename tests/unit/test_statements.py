"""What is written for a field becomes statements; what is wrong is said with its place."""

from __future__ import annotations

import pytest

from ballardwiki import yamlfile
from ballardwiki.model import Qualifiers, Statement
from ballardwiki.problems import Problem
from ballardwiki.schema import Field, Schema
from ballardwiki.statements import Reader

BORN = Field("born", "date", "Born")
NAMES = Field("names", "text", "Names", many=True)


def read(field: Field, text: str) -> tuple[list[Statement], list[str]]:
    """The statements, and the problems as `line:column rule: message`."""
    node, faults = yamlfile.parse(text, "f.yaml")
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
