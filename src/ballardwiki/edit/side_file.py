"""A YAML file of a project that is no content, taken apart for editing: its settings, or what became of addresses."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from ballardwiki import yaml_reader
from ballardwiki.edit.manuscript import rewritten
from ballardwiki.edit.text_edits import Edit, Lines, plain
from ballardwiki.edit.yaml_edits import end_of
from ballardwiki.yaml_reader import Mapping, Scalar


class SideFile(Struct, frozen=True, dict=True):
    """One such file; `raw` is its text as it lies on disk, "" for none."""

    path: str
    raw: str

    @cached_property
    def text(self) -> str:
        """The text in which positions count."""
        return plain(self.raw)

    @cached_property
    def lines(self) -> Lines:
        """Where its lines begin."""
        return Lines(self.text)

    @cached_property
    def node(self) -> Mapping | None:
        """What it holds."""
        node, _ = yaml_reader.parse(self.text, self.path)
        return node if isinstance(node, Mapping) else None

    def rewrite(self, scalar: Scalar, value: str) -> Edit:
        """The edit that makes a scalar another value."""
        return rewritten(self.path, self.text, self.lines, scalar, value)

    def without(self, key: str) -> Edit:
        """The edit that takes a field out, with its line or lines."""
        keys, items = (self.node.keys, self.node.items) if self.node else ({}, {})
        start = self.lines.index(*keys[key])
        end = end_of(self.text, self.lines, items[key])
        line_end = self.text.find("\n", end)
        return Edit(start, len(self.text) if line_end < 0 else line_end + 1, "")
