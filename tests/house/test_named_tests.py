"""Every view, table and kind of output has a test file, or a test, that bears its name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/ballardwiki"
FILES = {path.stem.removeprefix("test_"): path for path in (ROOT / "tests").rglob("test_*.py")}
ELSEWHERE = {
    "outputs.by_path": "by_key",
    "outputs.data": "data_files",
    "outputs.feeds": "feed_profile",
    "outputs.headers": "policy",
    "outputs.maintenance": "maintenance",
    "outputs.sitemap": "sitemap_parts",
    "outputs.watch_order": "watch_order",
    "view.origin": "origins",
    "view.credited": "covered_credits",
    "view.horizon": "horizon",
    "view.writing": "right_to_left",
    "credits": "covered_credits",
}
"""Modules whose test file is called otherwise."""


def modules() -> list[str]:
    """The views, the kinds of output, and what gathers credits."""
    found = [path for folder in ("view", "outputs") for path in (SOURCE / "pages" / folder).glob("[a-z]*.py")]
    names = [f"{path.parent.name}.{path.stem}" for path in found if path.stem != "output"]
    return sorted([*names, "credits", "roles", "visibility", "horizon"])


@pytest.mark.parametrize("name", modules())
def test_each_view_and_output_has_a_test_file(name: str) -> None:
    folder, _, module = name.rpartition(".")
    wanted = ELSEWHERE.get(name) or {"view": f"view_{module}", "outputs": f"output_{module}"}.get(folder, module)
    assert wanted in FILES, f"there is no tests/**/test_{wanted}.py"


def test_each_table_has_a_test_of_its_name() -> None:
    tree = ast.parse((SOURCE / "graph/tables.py").read_text(encoding="utf-8"))
    tables = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    tests = ast.parse(FILES["tables"].read_text(encoding="utf-8"))
    names = " ".join(node.name for node in tests.body if isinstance(node, ast.FunctionDef))
    assert [table for table in tables if f"test_{table}" not in names] == []
