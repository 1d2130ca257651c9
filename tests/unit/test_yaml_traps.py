"""What YAML 1.1 would change stays as it was written, and what wikis do not need of YAML is refused at its place."""

from __future__ import annotations

import pytest
from tinysite import Sites

ANN = "content/people/ann.md"


def told(site: Sites, fields: str) -> list[str]:
    """The problems of a person's front matter, as `line:column rule`."""
    return [
        f"{each.at.line}:{each.at.column} {each.rule}"
        for each in site({ANN: f"---\n{fields}\n---\nText.\n"}).problems()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "on",
        "Yes",
        "1.10",
        "012",
        "0o14",
        "12:30:45",
        "190:20:30",
        ".inf",
        ".NaN",
        "0x1F",
        "1_000",
        "1e3",
        "Null",
        "2001-02-30",
        "=",
    ],
)
def test_a_title_stays_as_it_was_written(site: Sites, text: str) -> None:
    assert f"<h1>{text}</h1>" in site({ANN: f"---\ntitle: {text}\n---\nText.\n"}).published().page("people/ann")


@pytest.mark.parametrize("text", ["", "~", "null", "# nothing", "''"])
def test_an_empty_title_is_missing(site: Sites, text: str) -> None:
    rules = told(site, f"title: {text}")
    assert rules in (["2:1 field-required"], ["2:8 field-valid"])


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("title: A\nborn: 2001-02-30", "3:7 field-valid"),
        ("title: A\nborn: 1980-1-1", "3:7 field-valid"),
        ("title: A\nborn: .inf", "3:7 field-valid"),
        ("title: A\ndraft: yes", "3:8 field-valid"),
        ("title: A\ndraft: on", "3:8 field-valid"),
        ("title: A\ntitle: B", "3:1 yaml-valid"),
        ("title: &a A", "2:8 yaml-valid"),
        ("title: *a", "2:8 yaml-valid"),
        ("title: A\n<<: {born: 1980}", "3:1 yaml-valid"),
        ("title: !x A", "2:8 yaml-valid"),
        ("title: !!binary A", "2:8 yaml-valid"),
        ("title: A\n? [a]\n: b", "3:3 yaml-valid"),
        ("title: A\n...\nborn: 1980", "4:1 yaml-valid"),
        ("%YAML 1.1\ntitle: A", "3:1 yaml-valid"),
        ('title: "\\ud800"', "2:11 yaml-valid"),
        ("title: {valeu: A}", "2:9 field-known"),
        ("title: {a: b}", "2:9 field-known"),
        ("title: {source: b}", "2:8 field-valid"),
        ("title: [A]", "2:8 field-valid"),
        ("title: A\n\tborn: 1980", "3:1 yaml-valid"),
        ("title: A\nborn: 1980,", "3:7 field-valid"),
        ("title: A,\nborn: 1980", "2:8 yaml-plausible"),
        ("Title: A", "2:1 field-known"),
        ("- title: A", "2:1 yaml-valid"),
    ],
)
def test_one_problem_at_its_place(site: Sites, fields: str, problem: str) -> None:
    assert told(site, fields) == [problem]


@pytest.mark.parametrize(
    "fields",
    [
        "{title: A, born: 1980}",
        "title: >\n  A\n  B",
        "title: |\n  A",
        "title : A",
        "title: A # why",
        "'title': A",
        "title:    A",
    ],
)
def test_other_ways_to_write_a_record_are_fine(site: Sites, fields: str) -> None:
    assert told(site, fields) == []


def test_a_tag_is_named_as_it_was_written(site: Sites) -> None:
    (problem,) = site({ANN: "---\ntitle: !!binary A\n---\n"}).problems()
    assert problem.message == "tags (!!binary) are not read."


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: Ann\nborn: 1980\n", "1:1"),
        ("id: ann\ntitle: Ann\n", "2:1"),
        ("ann: {title: Ann}\ntitle: Bob\n", "2:1"),
    ],
)
def test_fields_without_an_id_above_are_told_once(site: Sites, text: str, place: str) -> None:
    (problem,) = site({"content/people/p.yaml": text}).problems()
    assert f"{problem.at.line}:{problem.at.column}" == place
    assert problem.message == "title is a field, and stands where the id of a record should."


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1:1"),
        ("# x\n", "1:1"),
        ("- ann\n", "1:1"),
        ("ann: Ann\n", "1:1"),
        ("a: {title: A}\n---\nb: {title: B}\n", "2:1"),
    ],
)
def test_a_file_of_many_that_is_none_is_told(site: Sites, text: str, place: str) -> None:
    (problem,) = site({"content/people/p.yaml": text}).problems()
    assert (f"{problem.at.line}:{problem.at.column}", problem.rule) == (place, "yaml-valid")


def test_one_document_may_have_its_marks(site: Sites) -> None:
    assert site({"content/people/p.yaml": "---\nann: {title: Ann}\n...\n"}).rules() == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "\n"])
def test_settings_that_say_nothing_are_told(site: Sites, text: str) -> None:
    (problem,) = site({"site.yaml": text}).problems()
    assert (str(problem.at), problem.rule) == ("site.yaml:1:1", "config-valid")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- one\n  - two", "3:3"),
        ("Some:\n  - one\n  - two", "3:3"),
        ("1. one\n  2. two", "3:3"),
        ("| a | b |\n  |---|---|\n  | 1 | 2 |", "3:3"),
        ("## Plot\n  He waits.", "3:3"),
        ("Words.\n\n  * one\n  * two", "5:3"),
    ],
)
def test_a_folded_text_joins_lines_that_stand_apart(site: Sites, text: str, place: str) -> None:
    made = site({"content/people/all.yaml": f"ann:\n title: Ann\n text: >\n  {text}\n"})
    line, column = map(int, place.split(":"))
    found = made.problems()
    assert [(each.rule, each.at.line, each.at.column) for each in found] == [("yaml-plausible", line + 2, column)]
    assert found[0].hint == "Write | in place of > to keep the lines apart."
    made.replace("content/people/all.yaml", "text: >", "text: |")
    assert "yaml-plausible" not in made.rules()


@pytest.mark.parametrize(
    "text",
    [
        "One line\n  and more - or less -\n  of it.",
        "Words.\n\n  - one",
        "One, two\n  - three",
        "Words:\n    - one\n    - two",
    ],
)
def test_a_folded_text_of_prose_is_plausible(site: Sites, text: str) -> None:
    assert site({"content/people/all.yaml": f"ann:\n title: Ann\n text: >\n  {text}\n"}).rules() == []
