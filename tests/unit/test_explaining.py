"""`ballardwiki explain`: the page of a rule at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ballardwiki.cli import main

RULES = sorted(path.stem for path in (Path(__file__).parents[2] / "docs/problems").glob("*.md"))


def explained(*arguments: str) -> tuple[int, str]:
    ended = CliRunner().invoke(main, ["explain", *arguments])
    return ended.exit_code, ended.output


@pytest.mark.parametrize("given", ["ref-resolves", "error[ref-resolves]:", "[ref-resolves]", "REF_RESOLVES"])
def test_a_rule_is_found_as_it_is_named_and_as_messages_have_it(given: str) -> None:
    code, text = explained(given)
    assert code == 0 and text.startswith("ref-resolves\n------------\n") and "Mend\n----\n" in text


@pytest.mark.parametrize("rule", RULES)
def test_no_page_shows_marks(rule: str) -> None:
    _, text = explained(rule)
    prose = [line for line in text.splitlines() if not line.startswith("    ")]
    assert not [line for line in prose if "**" in line or "`" in line or "](" in line or line.startswith("#")]


def test_a_near_miss_is_told_what_it_may_mean() -> None:
    code, text = explained("ref-reslves")
    assert code == 2 and "There is no rule ref-reslves. Did you mean ref-resolves?" in text


@pytest.mark.parametrize("given", ["../../README", "x\x1b[31m", "/etc/passwd"])
def test_what_is_no_rule_at_all_shows_no_file(given: str) -> None:
    code, text = explained(given)
    assert code == 2 and "\x1b" not in text


def test_without_a_rule_all_are_listed_with_what_holds() -> None:
    code, text = explained()
    assert code == 0 and [line.split()[0] for line in text.splitlines()] == RULES
    assert all(line.split()[1] in ("error", "warning", "info") for line in text.splitlines())
