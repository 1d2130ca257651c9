"""Patterns of types: the paths in them, and what they are filled with."""

from __future__ import annotations

from ballardwiki import schema


def test_patterns() -> None:
    assert schema.pattern_paths("s{season.number:02}/{id}") == [("season.number", "02"), ("id", "")]
    assert schema.fill("s{a:02}-{b}", lambda path: {"a": 3, "b": "x"}[path]) == "s03-x"
