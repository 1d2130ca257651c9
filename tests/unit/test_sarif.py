"""SARIF: what the standard asks of a log holds of ours: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ ."""

from __future__ import annotations

import json
import re
import subprocess
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tinysite import Sites

from ballardwiki.cli import main, sarif
from ballardwiki.problems import Location, Problem
from ballardwiki.rules import RULES
from ballardwiki.rules.rule import Rule

TEXT = {"text": str}
KEYS: dict[str, Any] = {
    "$schema": str,
    "version": str,
    "runs": [
        {
            "tool": {
                "driver": {
                    "name": str,
                    "version": str,
                    "semanticVersion": str,
                    "rules": [
                        {
                            "id": str,
                            "shortDescription?": TEXT,
                            "help?": {"text": str, "markdown": str},
                            "defaultConfiguration?": {"level": str},
                        }
                    ],
                }
            },
            "columnKind": str,
            "originalUriBaseIds": {"PROJECT": {"description": TEXT}},
            "results": [
                {
                    "ruleId": str,
                    "ruleIndex": int,
                    "level": str,
                    "message": TEXT,
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": str, "uriBaseId": str},
                                "region?": {"startLine": int, "startColumn?": int},
                            }
                        }
                    ],
                }
            ],
        }
    ],
}
"""The properties we use of those that sections 3.13 to 3.30 and 3.49 define, and their types; `?`: may be missing."""


def check(value: Any, shape: Any, where: str = "log") -> None:
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        known = {key.rstrip("?"): inner for key, inner in shape.items()}
        assert value.keys() <= known.keys(), where
        assert {key for key in shape if not key.endswith("?")} <= value.keys(), where
        for key, inner in value.items():
            check(inner, known[key], f"{where}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for inner in value:
            check(inner, shape[0], f"{where}[]")
    else:
        assert type(value) is shape, where
        assert value or shape is int, f"{where} is empty"


def run(site: Sites) -> Any:
    wiki = site(
        {
            "content/people/Ünï #1.md": "---\ntitle: X\n---\n",
            "content/people/ann.md": "---\ntitle: Ann\ntags: [a1, a1]\n---\n[[Bob]]\n",
            "content/x.txt": "",
            "content/news/n.md": "---\ntitle: N\ndate: 2025\n---\n",
        }
    )
    done = CliRunner().invoke(main, ["--root", str(wiki.root), "check", "--format", "sarif", "--out", str(wiki.out)])
    assert done.exit_code == 1
    return json.loads(done.stdout)


def test_the_log_has_the_shape_of_the_standard(site: Sites) -> None:
    log = run(site)
    check(log, KEYS)
    (found,) = log["runs"]
    rules = found["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0" and found["columnKind"] == "unicodeCodePoints"
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert uri.isascii() and not uri.startswith("/") and not set(uri) & set(' #?"<>\\')
        assert place["artifactLocation"]["uriBaseId"] in found["originalUriBaseIds"]
        assert all(number >= 1 for number in place.get("region", {}).values())


def test_places_and_levels(site: Sites) -> None:
    results = run(site)["runs"][0]["results"]
    found = {
        each["ruleId"]: (
            each["level"],
            each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            each["locations"][0]["physicalLocation"].get("region"),
        )
        for each in results
    }
    assert found["value-unique"] == ("warning", "content/people/ann.md", {"startLine": 3, "startColumn": 12})
    assert found["folder-known"] == ("error", "content/x.txt", None)
    assert found["id-valid"][1] == "content/people/%C3%9Cn%C3%AF%20%231.md"
    assert found["page-linked"][0] == "note"


@pytest.mark.parametrize("rule", RULES, ids=attrgetter("name"))
def test_each_rule_comes_with_its_page(rule: Rule) -> None:
    (entry,) = sarif.log([Problem(Location("a"), rule.name, "M.")])["runs"][0]["tool"]["driver"]["rules"]
    assert entry["defaultConfiguration"]["level"] == {"info": "note"}.get(rule.severity, rule.severity)
    assert entry["help"]["markdown"].startswith(f"# `{rule.name}`") and "](" not in entry["help"]["markdown"]
    assert "`" not in entry["shortDescription"]["text"]


def test_a_rule_stands_once_and_a_message_says_what_to_do() -> None:
    rules = [("yaml-valid", "Do."), ("id-valid", ""), ("yaml-valid", "")]
    found = sarif.log([Problem(Location("a", 1, 1), rule, "M.", hint) for rule, hint in rules])["runs"][0]
    assert [each["id"] for each in found["tool"]["driver"]["rules"]] == ["id-valid", "yaml-valid"]
    assert [each["ruleIndex"] for each in found["results"]] == [1, 0, 1]
    assert [each["message"]["text"] for each in found["results"]] == ["M. Do.", "M.", "M."]


def test_a_rule_without_page() -> None:
    assert sarif.log([Problem(Location("a"), "nobody-knows", "M.")])["runs"][0]["tool"]["driver"]["rules"] == [
        {"id": "nobody-knows"}
    ]


@pytest.mark.tools
def test_the_types_of_the_standard_hold(site: Sites, typescript: list[str], tmp_path: Path) -> None:
    every = [Problem(Location("a", 1, 1), rule.name, "M.", "H.", "info") for rule in RULES]
    assert wrong(typescript, tmp_path, run(site), sarif.log(every), sarif.log([])) == []


WRONG = {
    '"level": "error"': '"level": "fatal"',
    '"startLine": 1': '"startLine": "1"',
    '"ruleIndex"': '"ruleindex"',
    '"driver"': '"program"',
    '"columnKind": "unicodeCodePoints"': '"columnKind": "bytes"',
    '"version": "2.1.0"': '"version": "2.0.0"',
}


@pytest.mark.tools
def test_the_compiler_would_say_so(typescript: list[str], tmp_path: Path) -> None:
    text = json.dumps(sarif.log([Problem(Location("a", 1, 1), "yaml-valid", "M.")]))
    assert all(text.count(old) == 1 for old in WRONG if "level" not in old)
    logs = [json.loads(text.replace(old, new)) for old, new in WRONG.items()]
    assert wrong(typescript, tmp_path, json.loads(text), *logs) == [1, 2, 3, 4, 5, 6]


def wrong(command: list[str], folder: Path, *logs: Any) -> list[int]:
    """The numbers of the logs that are none by the types that DefinitelyTyped made from the standard's schema."""
    types = Path(command[1]).parents[2] / "@types/sarif"
    lines = [f"export const log{number}: Log = {json.dumps(log)};" for number, log in enumerate(logs)]
    (folder / "logs.ts").write_text(
        "\n".join([f'import type {{Log}} from "{types.as_posix()}";', *lines]), encoding="utf-8"
    )
    given = [*command, "--noEmit", "--strict", "logs.ts"]
    done = subprocess.run(given, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    found = sorted({int(each) - 2 for each in re.findall(r"^logs\.ts\((\d+),", done.stdout, re.MULTILINE)})
    assert bool(found) == bool(done.returncode) and -1 not in found, done.stdout + done.stderr
    return found


def test_no_problems() -> None:
    log = sarif.log([])
    check(log, KEYS)
    assert log["runs"][0]["results"] == []
