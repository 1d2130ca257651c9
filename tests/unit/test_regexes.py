"""No regular expression of the program backtracks more than linearly: each meets texts made to attack it.

The attacks come from the expression itself: what begins a match, then long runs of each character that it knows, alone
or again and again, and an end that does not fit. What a run costs is compared with one four times as long.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from re import _constants as constants, _parser as parser  # type: ignore[attr-defined]
from time import process_time
from typing import Any

import pytest

import ballardwiki
from ballardwiki.expressions import Expression

SIZE = 4_000
GROWTH = 9
"""A text four times as long costs four times as much, or sixteen times where time grows with the square."""
REACHES = 16
"""How many beginnings of a match are tried for one expression."""

ANCHORED = {"match", "fullmatch"}
METHODS = ANCHORED | {"search", "finditer", "findall", "sub", "subn", "split"}
TAILS = ("", "\x01", "\n\x01")
COMMON = ("a", "1", " ", "\n", "<", "[", "|", "\\", '"', "s01e01 ")


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(ballardwiki.__path__, "ballardwiki."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, tuple[re.Pattern[Any], set[str]]]:
    """Every constant expression, by name or in a call, and how it is used."""
    found: dict[str, tuple[re.Pattern[Any], set[str]]] = {}
    used: dict[str, set[str]] = {}
    for module in modules():
        own = module.__name__
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Attribute) and node.attr in METHODS):
                continue
            value = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            for each in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
                if isinstance(each, ast.Name):
                    used.setdefault(f"{own if each.id[0] == '_' else ''}.{each.id}", set()).add(node.attr)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            written, method = ast.unparse(call.func), ast.unparse(call.func).removeprefix("re.")
            if written != method and method in METHODS and isinstance(call.args[0], ast.Constant):
                pattern = re.compile(str(call.args[0].value), re.MULTILINE)
                found[f"{own}:{call.lineno}"] = pattern, {method}
    for module in modules():
        for name, value in vars(module).items():
            many = list(value.values()) if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            for number, each in enumerate(many):
                if isinstance(each, re.Pattern | Expression):
                    key = f"{module.__name__}.{name}" + (f".{number}" if len(many) > 1 else "")
                    methods = used.get(f"{module.__name__ if name[0] == '_' else ''}.{name}", METHODS)
                    found[key] = re.compile(each.pattern, each.flags), methods
    return found


PATTERNS = patterns()


def reaches(pattern: re.Pattern[Any]) -> list[str]:
    """Texts that a match goes through: for each place in the expression one that leads there."""
    found: dict[str, None] = {"": None}

    def walk(items: Any, before: str) -> str:
        for number, (kind, argument) in enumerate(items):
            if kind is constants.LITERAL:
                before += chr(argument)
                if number + 1 < len(items) and items[number + 1][0] is constants.LITERAL:
                    continue
            elif kind in (constants.NOT_LITERAL, constants.ANY):
                before += "a"
            elif kind is constants.IN:
                before += next(iter(members(argument)), "a")
            elif kind is constants.BRANCH:
                before, *_ = [walk(branch, before) for branch in (*argument[1][:3], *argument[1][3:][-3:])]
            elif kind is constants.SUBPATTERN:
                before = walk(argument[3], before)
            elif kind is constants.ATOMIC_GROUP:
                before = walk(argument, before)
            elif kind in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
                least, _, inner = argument
                for _ in range(min(max(least, 1), 8)):
                    before = walk(inner, before)
            elif kind is constants.ASSERT:
                walk(argument[1], before)
            found.setdefault(before, None)
        return before

    walk(parsed(pattern), "")
    reached = list(found)
    step = max(1, len(reached) / REACHES)
    return [
        *dict.fromkeys([*(reached[int(number * step)] for number in range(min(REACHES, len(reached)))), reached[-1]])
    ]


def parsed(pattern: re.Pattern[Any]) -> Any:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    return parser.parse(source, pattern.flags & ~re.DEBUG)


def members(items: Any) -> Iterator[str]:
    """A few characters of a class."""
    excluded = items[0][0] is constants.NEGATE
    for kind, argument in items:
        if excluded:
            break
        if kind is constants.LITERAL:
            yield chr(argument)
        elif kind is constants.RANGE:
            yield chr(argument[0])
        elif kind is constants.CATEGORY:
            yield {"SPACE": " ", "DIGIT": "1", "WORD": "a"}.get(str(argument).rpartition("_")[2], "a")
    if excluded:
        yield from ("a", " ")


def letters(pattern: re.Pattern[Any]) -> list[str]:
    """The characters that an expression knows, and some that most know."""
    found: dict[str, None] = {}

    def walk(node: Any) -> None:
        if not isinstance(node, list | tuple | parser.SubPattern):
            return
        if isinstance(node, tuple) and node and node[0] is constants.LITERAL:
            found.setdefault(chr(node[1]), None)
        if isinstance(node, tuple) and node and node[0] is constants.IN:
            found.update(dict.fromkeys(islice(members(node[1]), 6)))
        for each in node:
            walk(each)

    walk(parsed(pattern))
    special = [letter for letter in found if not letter.isalnum()]
    return [*dict.fromkeys([*special[:12], *COMMON, *list(found)[:3]])]


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Beginning, what comes again and again, and end."""
    for number, reach in enumerate(reaches(pattern)):
        for letter in letters(pattern):
            yield reach, letter, TAILS[number % 3]
            if reach:
                yield "", reach + letter, TAILS[(number + 1) % 3]
        if reach:
            yield "", reach, "\x01"
            yield "", f"{reach}\n", "\x01"


def work(pattern: re.Pattern[Any], used: set[str]) -> Callable[[str], float]:
    """A function that tells what the expression costs on a text."""

    def cost(text: str) -> float:
        subject: Any = text if isinstance(pattern.pattern, str) else text.encode()
        began = process_time()
        if "match" in used:
            pattern.match(subject)
        if "fullmatch" in used:
            pattern.fullmatch(subject)
        if not used <= ANCHORED:
            for _ in pattern.finditer(subject):
                pass
        return process_time() - began

    return cost


@cache
def cheap() -> float:
    """What costs less on this machine is not looked at: half of what one of the simplest squares does."""
    cost = work(re.compile(r"<a[^>]*>"), {"search"})
    return min(cost("<a" * (SIZE // 2)) for _ in range(5)) / 2


def slow(pattern: re.Pattern[Any], used: set[str]) -> str:
    """The attack under which an expression's cost grows faster than the text, "" when there is none."""
    cost = work(pattern, used)
    for begin, piece, end in attacks(pattern):

        def text(size: int, begin: str = begin, piece: str = piece, end: str = end) -> str:
            return begin + piece * (size // len(piece)) + end

        taken = cost(text(SIZE))
        if taken < cheap() or (taken := min(cost(text(SIZE)) for _ in range(3))) < cheap():
            continue
        size = SIZE if taken < 4 * cheap() else SIZE // 4  # what costs so much can be told from less
        short = min(cost(text(size)) for _ in range(3))
        if min(cost(text(4 * size)) for _ in range(2)) > GROWTH * short:
            return f"{begin!r} + {piece!r} * n + {end!r}"
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_an_expression_is_linear(name: str) -> None:
    pattern, used = PATTERNS[name]
    assert slow(pattern, used) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "source", [r"\{([^{}\n]*)\}(?=[ \t]*\#*[ \t]*$)", r"href\s*=\s*[\"']?\s*x", r"<a[^>]*>", r"^[ >]*x|[ \t]+$"]
)  # fmt: skip
def test_the_attacks_find_what_is_not_linear(source: str) -> None:
    assert slow(re.compile(source, re.MULTILINE), {"search"}) != ""


def test_no_import_compiles_an_expression() -> None:
    """A build imports most of the program, and uses few of its expressions."""
    for module in modules():
        compiled = [name for name, value in vars(module).items() if isinstance(value, re.Pattern)]
        assert not compiled, f"{module.__name__}: {compiled}"


def test_all_expressions_are_found() -> None:
    assert len(PATTERNS) > 200
    assert "ballardwiki.content.markup.sanitise._UNSAFE" in PATTERNS
