"""How problems are told: to people, to programs, and in the line that ends a build."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner
from tinysite import Sites

from ballardwiki import report
from ballardwiki.cli import main
from ballardwiki.job import Result
from ballardwiki.problems import Location, Problem, Severity

NOTE = Problem(Location("a.md", 2, 3), "page-linked", "N.", "Do.", "info")
WARNING = Problem(Location("b.md", 1, 1), "title-short", "W.", "", "warning")
ERROR = Problem(Location("c.md"), "yaml-valid", "E.", "", "error")


def told(*found: Problem, format_: report.Format = "text", notes: bool = True) -> str:
    stream = io.StringIO()
    report.problems(found, format_, stream, notes=notes)
    return stream.getvalue()


def test_people_see_all_who_ask_for_notes() -> None:
    assert told(ERROR, NOTE, WARNING).splitlines() == [
        "a.md:2:3: info[page-linked]: N. Do.",
        "b.md:1:1: warning[title-short]: W.",
        "c.md: error[yaml-valid]: E.",
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


def test_of_many_problems_the_worst_are_shown() -> None:
    notes = [Problem(Location(f"a{number:03}.md"), "page-linked", "N.", "", "info") for number in range(report.SHOWN)]
    lines = told(*notes, ERROR).splitlines()
    assert lines[-2:] == ["c.md: error[yaml-valid]: E.", "… and 1 more; --format json lists them all."]


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
    report.problems([Problem(Location("a.md"), "title-short", "M.", "", severity)], "text", stream)
    assert f"m{severity}\033[0m" in stream.getvalue()
