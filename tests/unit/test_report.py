"""How problems are told: to people, to programs, and in the line that ends a build."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from tinysite import Sites

from ballardwiki.build.options import Result
from ballardwiki.cli import main, report
from ballardwiki.problems import Location, Problem, Severity

NOTE = Problem(Location("a.md", 2, 3), "page-linked", "N.", "Do.", "info")
WARNING = Problem(Location("b.md", 1, 1), "title-short", "W.", "", "warning")
ERROR = Problem(Location("c.md"), "yaml-valid", "E.", "", "error")


def told(*found: Problem, format_: report.Format = "text", notes: bool = True) -> str:
    stream = io.StringIO()
    with redirect_stdout(stream), redirect_stderr(stream):
        report.problems(found, format_, notes=notes)
    return stream.getvalue()


def test_people_see_all_who_ask_for_notes() -> None:
    assert told(ERROR, NOTE, WARNING).splitlines() == [
        "c.md: error[yaml-valid]: E.",
        "b.md:1:1: warning[title-short]: W.",
        "a.md:2:3: info[page-linked]: N. Do.",
    ]


def test_people_who_do_not_ask_see_no_notes_and_programs_do() -> None:
    assert "info" not in told(NOTE, WARNING, notes=False)
    assert [each["severity"] for each in json.loads(told(NOTE, WARNING, format_="json", notes=False))] == [
        "info",
        "warning",
    ]


def test_programs_get_all_in_the_order_of_places() -> None:
    log = json.loads(told(ERROR, WARNING, NOTE, format_="sarif", notes=False))
    assert [each["level"] for each in log["runs"][0]["results"]] == ["note", "warning", "error"]


def test_of_few_problems_the_errors_come_first() -> None:
    assert [line.split(":")[0] for line in told(WARNING, ERROR).splitlines()] == ["c.md", "b.md"]


def test_many_of_one_kind_hide_no_other() -> None:
    many = [Problem(Location(f"a{number:03}.md", 3, 1), "field-known", "No such field.") for number in range(120)]
    lines = told(*many, ERROR, WARNING).splitlines()
    assert lines[:4] == [
        "How many of which kind:",
        "       1 error   yaml-valid",
        "     120 error   field-known",
        "       1 warning title-short",
    ]
    assert "c.md: error[yaml-valid]: E." in lines and "b.md:1:1: warning[title-short]: W." in lines
    assert "  … and 115 more error[field-known]." in lines and len(lines) < 20
    assert len(json.loads(told(*many, ERROR, WARNING, format_="json"))) == 122


def test_of_many_that_say_the_same_one_that_says_else_is_shown() -> None:
    many = [Problem(Location(f"a{number:03}.md"), "field-known", "No such field.") for number in range(120)]
    assert "z.md: error[field-known]: Another." in told(*many, Problem(Location("z.md"), "field-known", "Another."))


def test_what_follows_from_another_is_counted_there() -> None:
    follows = replace(ERROR, rule="ref-resolves", at=Location("d.md", 2, 2), cause="c.md")
    assert told(ERROR, follows).splitlines() == ["c.md: error[yaml-valid]: E.", "  1 more follows from this."]
    assert told(ERROR, follows, follows, format_="github") == (
        "::error file=c.md,line=1,title=yaml-valid::E. 2 more follow from this.\n"
    )
    assert [each["cause"] for each in json.loads(told(ERROR, follows, format_="json"))] == ["", "c.md"]
    closing = report.closing(Result((ERROR, follows)), published=True)
    assert closing.startswith("1 error (1 more follows from it). Nothing was published")


def test_annotations() -> None:
    assert told(NOTE, ERROR, format_="github").splitlines() == [
        "::notice file=a.md,line=2,col=3,title=page-linked::N. Do.",
        "::error file=c.md,line=1,title=yaml-valid::E.",
    ]


@pytest.mark.parametrize(
    ("found", "strict", "expected"),
    [
        ((NOTE, NOTE), True, "0 pages written, 0 unchanged. (0.00 s)"),
        ((WARNING, NOTE), False, "1 warning. 0 pages written, 0 unchanged. (0.00 s)"),
        ((WARNING, NOTE), True, "1 warning. Nothing was published; the site is as it was. (0.00 s)"),
        (
            (ERROR, WARNING, NOTE),
            False,
            "1 error, 1 warning. Nothing was published; the site is as it was. (0.00 s)",
        ),
    ],
)
def test_the_closing_line(found: tuple[Problem, ...], strict: bool, expected: str) -> None:
    assert report.closing(Result(found), published=True, strict=strict) == expected


def test_what_a_preview_makes_later_is_told_apart() -> None:
    result = Result(outputs=20, written=("a",), left=9, published=True)
    assert report.closing(result, published=True) == "1 page written, 9 to follow, 10 unchanged. (0.00 s)"


@pytest.mark.parametrize(
    ("found", "notes", "expected"),
    [
        ((NOTE,), False, "1 note (ballardwiki check --notes lists them). 0 pages would be made. (0.00 s)"),
        ((NOTE,), True, "1 note. 0 pages would be made. (0.00 s)"),
        ((ERROR, NOTE), False, "1 error, 1 note (ballardwiki check --notes lists them). See above. (0.00 s)"),
        ((WARNING,), False, "1 warning. 0 pages would be made. (0.00 s)"),
    ],
)
def test_the_closing_line_of_a_check_says_how_to_see_its_notes(
    found: tuple[Problem, ...], notes: bool, expected: str
) -> None:
    assert report.closing(Result(found), published=False, notes=notes) == expected


def test_a_check_lists_notes_for_who_asks_and_for_programs(site: Sites) -> None:
    wiki = site({"content/people/ann.md": "---\ntitle: Ann\n---\n[[Nobody]]\n"})
    base = ["--root", str(wiki.root), "check", "--out", str(wiki.out)]
    plain, notes, json_, strict = (
        CliRunner().invoke(main, [*base, *more]) for more in ([], ["--notes"], ["--format", "json"], ["--strict"])
    )
    assert [plain.exit_code, notes.exit_code, json_.exit_code, strict.exit_code] == [0, 0, 0, 1]
    assert "warning[link-resolves]" in plain.output and "info[" not in plain.output
    assert "1 warning, 1 note (ballardwiki check --notes lists them)." in plain.output
    assert "info[page-linked]" in notes.output and "lists them" not in notes.output
    assert "page-linked" in [each["rule"] for each in json.loads(json_.stdout)] and "lists them" not in json_.output


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_a_terminal_gets_colours(severity: Severity) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with redirect_stderr(stream):
        report.problems([Problem(Location("a.md"), "title-short", "M.", "", severity)], "text")
    assert f"m{severity}\033[0m" in stream.getvalue()
