"""The shape of the files: short, each with a sentence that says what it is, none that knows this machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/ballardwiki"
MODULES = sorted(SOURCE.rglob("*.py"))
LIMIT = 250
LONGER: dict[str, str] = {
    "content/documents.py": "reads a record with its fields, text and inner records, one after another",
    "cli/__init__.py": "every command with its options, in one table: help waits for nothing else",
    "build/cache/__init__.py": "what the last build knew, on disk and in memory, and what to do where that is in doubt",
    "graph/graph.py": "all that can be asked of a graph, each question in a line or two",
    "pages/view/entity.py": "what templates see of an entity, attribute by attribute",
}
"""Files past the limit -> the one idea that each holds all the same."""
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:com|org)|deb\.debian\.org|proxy\.golang", re.IGNORECASE
)
MACHINE = re.compile(r"/(?:root|home/\w+|Users/\w+|tmp/bash\w*)/")
TEXTS = {".py", ".md", ".yaml", ".yml", ".toml", ".html", ".css", ".js", ".json", ".txt", ""}
LEFT_OUT = {".git", ".venv", "node_modules", "site", ".peers", ".work", ".draft", "dist", "content"}


def relative(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def texts() -> list[Path]:
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = parts[0].startswith(".") and parts[0] not in (".ci", ".github")
        if path.is_file() and path.suffix in TEXTS and not hidden and not LEFT_OUT.intersection(parts):
            found.append(path)
    return found


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_file_holds_one_idea(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LIMIT or relative(path) in LONGER, f"{lines} lines: which two ideas does it hold?"


def test_only_long_files_need_a_reason_to_be_long() -> None:
    short = [path for path in LONGER if len((SOURCE / path).read_text(encoding="utf-8").splitlines()) <= LIMIT]
    assert not short


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_file_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring and docstring.partition("\n\n")[0].endswith((".", ":", "?", "`")), "it begins with a sentence"


def test_no_file_knows_a_registry_or_a_machine() -> None:
    for path in texts():
        if path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for pattern in (REGISTRY, MACHINE):
            found = [match[0] for match in pattern.finditer(text)]
            assert not found, f"{path.relative_to(ROOT)} holds {found[0]}"
