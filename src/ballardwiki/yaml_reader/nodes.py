"""What is written in YAML: texts, lists and mappings, each with its place."""

from __future__ import annotations

from msgspec import Struct


class Scalar(Struct, frozen=True):
    """A text. `plain`: written without quotes and not as a block (`|`, `>`).

    `text_line` is the line on which a block's text begins; for all others it is `line`.
    """

    text: str
    plain: bool
    line: int
    column: int
    text_line: int


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(Struct, frozen=True):
    """Values by key, in the order written. `keys` tells the line and column of each key."""

    items: dict[str, Node]
    keys: dict[str, tuple[int, int]]
    line: int
    column: int


Node = Scalar | Sequence | Mapping
"""A value as written. Lines and columns count from 1, columns in characters."""


def is_null(node: Node) -> bool:
    """Whether a value was left empty, or written as `~` or `null` without quotes."""
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null")
