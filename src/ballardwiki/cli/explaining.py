"""The page of a rule, as `ballardwiki explain` and `serve` show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki.cli import sarif
from ballardwiki.expressions import expression

_LINK = expression(r"\[([^\[\]\n]++)\]\([^()\s]++\)")
_SEVERITY = expression(r"^\*\*Severity:\*\* (\w+)", re.MULTILINE)
_PASTED = expression(r"(?:error|warning|info)?\[?([a-z-]+)\]?:?")


def asked(given: str) -> str:
    """The name in what somebody asks for: `ref-resolves`, or `error[ref-resolves]:` as it stands in a message."""
    pasted = _PASTED.fullmatch(given.strip().lower().replace("_", "-"))
    return pasted[1] if pasted else given


def overview() -> Iterator[str]:
    """A line for each rule: its name, how bad it is, and what should hold."""
    names = sarif.explained()
    width = max(map(len, names), default=0)
    for name in names:
        page = sarif.explanation(name)
        severity = _SEVERITY.search(page)
        holds = sarif.plain(page.split("\n\n")[1]).replace("\n", " ")
        yield f"{name:<{width}}  {severity[1] if severity else '':<7}  {holds}"


def lines(rule: str) -> Iterator[str]:
    """The page of a rule for a terminal; nothing for a rule that has none."""
    code = False
    for line in sarif.explanation(rule).splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            yield f"    {line}"
        elif line.startswith("#"):
            title = line.lstrip("# ").replace("`", "")
            yield title
            yield "-" * len(title)
        else:
            yield _LINK.sub(r"\1", line).replace("**", "").replace("`", "")
