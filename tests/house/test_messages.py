"""No message speaks Python: neither brackets and quotes of its lists nor the names of its classes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tinysite import Sites

from ballardwiki.build.workers.process import describe

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/ballardwiki"
SPEAKS_TO_PROGRAMS = {"pages/facts.py", "build/publish/stage.py"}
"""Files whose `!r` no editor ever sees: keys of facts, and a fault of the caller."""
PYTHON = re.compile(
    r"\['|\[\"|'\]|\{'|\bNone\b|\bTrue\b|\bFalse\b|\w(?:Error|Exception)\b|NoneType|<class|object at 0x|\(\)|\\\\x"
)


def conversions(path: Path) -> list[int]:
    """The lines of a file that write a value as Python does."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        each.lineno for each in ast.walk(tree) if isinstance(each, ast.FormattedValue) and each.conversion == ord("r")
    ]


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_nothing_is_written_as_python_writes_it(path: Path) -> None:
    if path.relative_to(SOURCE).as_posix() not in SPEAKS_TO_PROGRAMS and "cli" not in path.parts:
        assert not conversions(path)


@pytest.mark.parametrize("path", sorted((ROOT / "docs/problems").glob("*.md")), ids=lambda path: path.stem)
def test_no_example_of_a_message_speaks_python(path: Path) -> None:
    example = path.read_text(encoding="utf-8").partition("```\n")[2].partition("```")[0]
    assert not PYTHON.search(example)


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (ValueError("boom"), "boom"),
        (ValueError("in line 3:\n  boom"), "boom"),
        (KeyError("x"), "'x'"),
        (RecursionError("maximum recursion depth exceeded."), "maximum recursion depth exceeded"),
        (AssertionError(), "something happened that it did not expect"),
    ],
)
def test_a_fault_of_ours_is_told_in_its_own_words(raised: Exception, said: str) -> None:
    problem = describe(raised).problem("content/a.md", 10)
    assert problem.message == f"could not be made: {said}."
    assert not PYTHON.search(str(problem)) and "report it" in problem.hint


@pytest.mark.parametrize(
    "fault",
    ["{{ 1 / 0 }}", "{{ entity.nothing.at_all }}", "{{ none + 1 }}", "{{ entity.born.text + 1 }}", "{{ [1] + 2 }}"],
)
def test_a_fault_of_a_template_is_told_without_names_of_classes(site: Sites, fault: str) -> None:
    made = site({"templates/person.html": f"a\n{fault}", "content/people/ann.md": "---\ntitle: Ann\n---\n"})
    (problem,) = [each for each in made.build().problems if each.severity == "error"]
    assert (str(problem.at), problem.rule) == ("templates/person.html:2:1", "template-valid")
    assert not PYTHON.search(str(problem))


def test_nothing_that_editors_of_another_wiki_read_names_this_one_s_people() -> None:
    """Not the pages of the rules, which `explain` shows, nor the program: titles, and ids of more than one word."""
    names = {"Ballard", "ballard", "Bosch", "bosch"}
    for path in (ROOT / "content").rglob("*.md"):
        if path.parent.name not in ("news", "pages"):
            names |= {path.stem} if "-" in path.stem else set()
            names |= set(
                re.findall(r"^title: \"?([A-Z][^\n\"]* [^\n\"]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
            )
    found = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))
    for path in (
        *(ROOT / "docs/problems").glob("*.md"),
        *SOURCE.rglob("*.py"),
        *SOURCE.rglob("*.html"),
        *SOURCE.rglob("*.js"),
    ):
        assert not found.findall(path.read_text(encoding="utf-8")), path.relative_to(ROOT)
