"""Draw the house and list its modules, from the code: `make house`, or `python docs/house.py --check` to compare.

The drawing is docs/house.svg: rooms from top to bottom, each with what is in it and, beside it, how often it imports
from each of the rooms below. The list stands in docs/architecture.md between two comments: every
module with the first sentence of its docstring.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from dataclasses import dataclass
from html import escape
from math import log2
from pathlib import Path
from textwrap import wrap

DOCS = Path(__file__).resolve().parent
SOURCE = DOCS.parent / "src/ballardwiki"
LAYERS = (("cli",), ("edit",), ("build",), ("rules",), ("pages",), ("graph",), ("content", "config"), ("ground",))
"""The rooms, from the top down; two in one layer do not know each other."""
GROUND = "ground"
BEGIN = "<!-- generated: the house -->"
END = "<!-- end of the generated part -->"

ROOMS = tuple(room for layer in LAYERS for room in layer)
WIDTH, MATRIX, TOP, COLUMN, GAP, LINE, PADDING = 1040, 300, 74, 34, 12, 17, 12


@dataclass(frozen=True)
class Module:
    """A module: its path from the package, the room it is in, what its docstring says first, and what it imports."""

    path: str
    room: str
    says: str
    imports: tuple[str, ...]


def main() -> None:
    """Write the drawing and the list; with --check, end with 1 if they are not those of the code."""
    modules = [_module(path) for path in sorted(SOURCE.rglob("*.py"))]
    architecture = DOCS / "architecture.md"
    text = architecture.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    wanted = {
        DOCS / "house.svg": drawing(modules),
        architecture: f"{before}{BEGIN}\n\n{listing(modules)}\n{END}{after}",
    }
    stale = [path for path, new in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != new]
    if "--check" in sys.argv:
        sys.exit(f"{', '.join(each.name for each in stale)}: not as the code is; run: make house" if stale else 0)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")


def _module(path: Path) -> Module:
    relative = path.relative_to(SOURCE)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    says = " ".join((ast.get_docstring(tree) or "").partition("\n\n")[0].split())
    return Module(relative.as_posix(), _room(relative.parts), says, tuple(_imports(tree)))


def _room(parts: tuple[str, ...]) -> str:
    """The room of a module, by the parts of its path or of its dotted name."""
    return parts[0] if parts and parts[0] in ROOMS else GROUND


def _imports(tree: ast.Module) -> list[str]:
    """The rooms from which a module imports, once for each import."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "ballardwiki":
            parts = tuple((node.module or "").split(".")[1:])
            found += [_room(parts or (each.name,)) for each in node.names]
    return found


# The list


def listing(modules: list[Module]) -> str:
    """All modules by room, as Markdown."""
    blocks = []
    for room in ROOMS:
        inside = [each for each in modules if each.room == room]
        head = next((each.says for each in inside if each.path == f"{room}/__init__.py"), "")
        rows = [f"| `{_shown(each.path, room)}` | {_cell(each.says)} |" for each in inside if each.says != head]
        title = "### The ground\n\nWhat all rooms stand on." if room == GROUND else f"### `{room}/`\n\n{head}"
        blocks.append("\n".join([title, "", "| module | |", "| --- | --- |", *rows, ""]))
    return "\n".join(blocks)


def _shown(path: str, room: str) -> str:
    return path.removeprefix(f"{room}/").removesuffix(".py").replace("/__init__", "/")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


# The drawing


def drawing(modules: list[Module]) -> str:
    """The rooms and how often each imports from those below, as SVG that follows the reader's light or dark."""
    inside = [each for each in modules if not each.path.startswith("__")]
    imports = Counter((each.room, room) for each in inside for room in each.imports if room != each.room)
    parts = [
        f'<text class="head" transform="translate({_column(room)} {TOP - 10}) rotate(-45)">{room}</text>'
        for room in ROOMS
        if any(there == room for _, there in imports)
    ]
    top = float(TOP)
    for layer in LAYERS:
        width = (WIDTH - MATRIX - GAP * (len(layer) - 1)) / len(layer)
        lines = {room: _lines(inside, room, width) for room in layer}
        height = PADDING * 2 + 22 + LINE * max(map(len, lines.values()))
        for number, room in enumerate(layer):
            parts.append(_box(room, (number * (width + GAP), top, width, height), lines[room]))
            row = top + height * (number + 1) / (len(layer) + 1)
            parts += _row(room, row, imports)
        top += height + GAP
    style = (
        "text{font:13px system-ui,sans-serif;fill:#1b1b1b}.room{font-weight:600;font-size:15px}"
        ".number{font-size:11px;text-anchor:middle}rect{fill:#f6f4ee;stroke:#8a8474}circle{fill:#c9b77c}"
        "@media(prefers-color-scheme:dark){text{fill:#eae6da}rect{fill:#26241f}circle{fill:#6b5c2c}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 {WIDTH + 24} {top:.0f}" role="img">'
        f"<title>The rooms of ballardwiki, and how often each imports from those below</title><style>{style}</style>\n"
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _column(room: str) -> float:
    """Where the imports from a room are drawn."""
    return WIDTH - MATRIX + 34 + COLUMN * (ROOMS.index(room) - 1)


def _row(here: str, at: float, imports: Counter[tuple[str, str]]) -> list[str]:
    """How often a room imports from each of the others: a circle of that size, and the number."""
    found = []
    for there in ROOMS:
        if number := imports[here, there]:
            place = f"{_column(there):.0f}"
            radius = 5 + 1.6 * log2(number)
            found.append(
                f'<circle cx="{place}" cy="{at:.0f}" r="{radius:.1f}"/>'
                f'<text class="number" x="{place}" y="{at + 4:.0f}">{number}</text>'
            )
    return found


def _lines(modules: list[Module], room: str, width: float) -> list[str]:
    """The names of what is in a room, wrapped; a package once, for all that it holds."""
    names = [_shown(each.path, room) for each in modules if each.room == room and not each.path.startswith("__")]
    shown = dict.fromkeys(re.sub(r"/.*", "/", name) for name in names if name != "__init__")
    words = "  ".join(each.replace(" ", "") for each in shown)
    return wrap(words, int(width / 6.9), drop_whitespace=True, break_long_words=False)


def _box(room: str, box: tuple[float, float, float, float], lines: list[str]) -> str:
    left, top, width, height = box
    title = room if room == GROUND else f"{room}/"
    rows = [f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" rx="6"/>']
    rows.append(f'<text class="room" x="{left + PADDING:.0f}" y="{top + PADDING + 14:.0f}">{escape(title)}</text>')
    for number, line in enumerate(lines):
        at = top + PADDING + 22 + LINE * (number + 1) - 4
        rows.append(f'<text x="{left + PADDING:.0f}" y="{at:.0f}">{escape(line)}</text>')
    return "\n".join(rows)


if __name__ == "__main__":
    main()
