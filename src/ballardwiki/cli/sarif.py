"""Problems as SARIF 2.1.0, which code hosts and editors read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ .

Each rule comes with its page of `docs/problems/`, so that a reader has the why and the mend at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ballardwiki import __version__
from ballardwiki.expressions import expression
from ballardwiki.problems import Location, Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PACKAGE = Path(__file__).parent.parent
_FOLDERS = (_PACKAGE / "explanations", _PACKAGE.parent.parent / "docs/problems")
"""Where the pages about rules lie: inside the package when installed, beside it in a checkout."""

_LINK = expression(r"\[([^\[\]]++)\]\([^()]++\)")
_MARKS = expression(r"^#+ |^```\w*\n|[`]|\*\*", re.MULTILINE)


def log(problems: Sequence[Problem]) -> dict[str, Any]:
    """The log of one run. Places are relative to the project, columns count characters."""
    names = sorted({problem.rule for problem in problems})
    driver = {
        "name": "ballardwiki",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(name) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "The folder of site.yaml."}}},
        "results": [_result(problem, names.index(problem.rule)) for problem in problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(problem: Problem, index: int) -> dict[str, Any]:
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{problem.message} {problem.hint}".strip()},
        "locations": [{"physicalLocation": _place(problem.at)}],
    }


def _place(at: Location) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(at.path), "uriBaseId": "PROJECT"}}
    if at.line:
        place["region"] = {"startLine": at.line} | ({"startColumn": at.column} if at.column else {})
    return place


def _rule(name: str) -> dict[str, Any]:
    page = explanation(name)
    if not page:
        return {"id": name}
    first = page.split("\n\n")[1].replace("\n", " ")
    level = re.search(r"^\*\*Severity:\*\* (\w+)", page, re.MULTILINE)
    return {
        "id": name,
        "shortDescription": {"text": plain(first)},
        "help": {"text": plain(page), "markdown": _LINK.sub(r"\1", page)},
        "defaultConfiguration": {"level": _LEVELS[level[1]] if level else "warning"},
    }


def plain(markdown: str) -> str:
    """A page without the marks of links, emphasis and code; links would lead nowhere beside the code."""
    return _MARKS.sub("", _LINK.sub(r"\1", markdown)).strip()


def explained() -> list[str]:
    """The names of all rules that have a page."""
    return sorted({path.stem for folder in _FOLDERS for path in folder.glob("*.md")})


@lru_cache(maxsize=128)
def explanation(rule: str) -> str:
    """The page about a rule; "" if there is none."""
    if rule not in explained():
        return ""
    found = (folder / f"{rule}.md" for folder in _FOLDERS)
    return next(path.read_text(encoding="utf-8") for path in found if path.is_file())
