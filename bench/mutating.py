"""The mutants of a file: each with one small bug, planted by the operators of mutmut.

mutmut itself leaves out every function with a decorator, and so all properties: most of a view. Here they are mutated,
too. See docs/decisions/0009-mutants.md.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import NEVER_MUTATE_FUNCTION_NAMES, Mutation, MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines


@dataclass(frozen=True)
class Mutant:
    """A file with one bug. What makes it out survives changes elsewhere in the file: no line number is part of it."""

    path: str
    function: str
    old: str
    new: str
    nth: int
    """Which of those in the function that read alike."""
    lines: range
    """The statement that was changed, by the lines of the file."""
    code: str

    @property
    def key(self) -> str:
        return f"{self.path} {self.function}\n- {self.old}\n+ {self.new}" + (f"\n# {self.nth}" if self.nth else "")


class _Visitor(MutationVisitor):
    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return node.name.value in NEVER_MUTATE_FUNCTION_NAMES
        return super()._skip_node_and_children(node)


def mutants(root: Path, path: str) -> Iterator[Mutant]:
    """All mutants of a file, function by function; what stands outside of functions is left as it is."""
    source = (root / path).read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor(mutation_operators, get_ignored_lines(path, source, wrapper))
    module = wrapper.visit(visitor)
    by_function: dict[cst.FunctionDef, list[Mutation]] = {}
    for mutation in visitor.mutations:
        if isinstance(mutation.contained_by_top_level_function, cst.FunctionDef):
            by_function.setdefault(mutation.contained_by_top_level_function, []).append(mutation)
    tree = ast.parse(source)
    for top in module.body:
        owner = top if isinstance(top, cst.ClassDef) else None
        for function in owner.body.body if owner else [top]:
            if function in by_function:
                yield from _of_function(_Module(path, source, tree), owner, function, by_function[function])


class _Module(NamedTuple):
    path: str
    source: str
    tree: ast.Module


def _of_function(
    module: _Module, owner: cst.ClassDef | None, function: cst.FunctionDef, mutations: list[Mutation]
) -> Iterator[Mutant]:
    path, source, tree = module
    name = f"{owner.name.value}.{function.name.value}" if owner else function.name.value
    before = _text(owner, function)
    start = source.index(before)
    line = source.count("\n", 0, start)
    seen: Counter[tuple[str, str]] = Counter()
    made = {before}
    for mutation in mutations:
        after = _text(owner, function.deep_replace(mutation.original_node, mutation.mutated_node))
        if after in made or not _compiles(after):
            continue
        made.add(after)
        first, old, new = _difference(before.splitlines(), after.splitlines())
        code = source[:start] + after + source[start + len(before) :]
        yield Mutant(path, name, old, new, seen[old, new], _statement(tree, line + first + 1), code)
        seen[old, new] += 1


def _text(owner: cst.ClassDef | None, function: cst.FunctionDef) -> str:
    """The function as it stands in the file, with the indentation of its class."""
    if not owner:
        return cst.Module([function]).code
    body = owner.body.with_changes(body=[function], header=cst.TrailingWhitespace(), footer=[])
    return cst.Module([cst.ClassDef(cst.Name("C"), body)]).code.partition("\n")[2]


def _compiles(function: str) -> bool:
    try:
        ast.parse(f"class C:\n{function}" if function.lstrip("\n").startswith(" ") else function)
    except SyntaxError:
        return False
    return True


def _difference(one: list[str], other: list[str]) -> tuple[int, str, str]:
    """At which line two texts begin to differ, what stood there, and what stands there now, without indentation."""
    first = _alike(one, other)
    last = min(_alike(one[::-1], other[::-1]), len(one) - first, len(other) - first)
    old, new = one[first : len(one) - last], other[first : len(other) - last]
    return first, " ".join(map(str.strip, old)), " ".join(map(str.strip, new))


def _alike(one: list[str], other: list[str]) -> int:
    """In how many lines two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _statement(tree: ast.Module, line: int) -> range:
    """The lines of the innermost statement around a line; of one with a block, those before the block."""
    found = range(line, line + 1)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not isinstance(node, ast.ClassDef):
            body = getattr(node, "body", None)
            last = max(node.lineno, body[0].lineno - 1) if isinstance(body, list) else node.end_lineno or node.lineno
            if node.lineno <= line <= last:
                found = range(node.lineno, last + 1)
    return found
