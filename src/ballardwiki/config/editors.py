"""The addresses that open a file in an editor at a line, for links from the preview."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from ballardwiki.expressions import expression
from ballardwiki.problems import Location

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "webstorm": "webstorm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "off": "",
}
"""What a site may call its editor -> the pattern of its addresses."""

_OWN = expression(r"(?!https?:|file:|javascript:|data:)[a-z][a-z0-9+.-]*:[^\s<>]*\{path\}[^\s<>]*", re.IGNORECASE)


def pattern(given: str) -> str | None:
    """The pattern for an editor's name, or one that is written out; None when it is neither."""
    return EDITORS.get(given, given if _OWN.fullmatch(given) else None)


def address(pattern: str, root: Path, at: Location) -> str:
    """The address of a place in a project; "" where there is no such file, or no editor is wanted."""
    file = root / at.path
    if not pattern or not file.is_file():
        return ""
    path = quote(f"/{file.as_posix().removeprefix('/')}", safe="/:")
    marks = {"path": path, "line": str(max(at.line, 1)), "column": str(max(at.column, 1))}
    for name, value in marks.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern
