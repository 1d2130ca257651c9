"""What the splitter knows while it walks through the HTML of one text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from ballardwiki.markup.tokens import Tokens
from ballardwiki.model import Heading, Mark
from ballardwiki.problems import Location, Problem, Severity

Raw = str | Mark | Heading
"""A part, or the heading whose HTML comes next."""

END = Mark("end")

VOID = frozenset(("br", "hr", "img", "wbr", "col", "area", "input"))
"""Elements without content: they open nothing."""


@dataclass(slots=True)
class Open:
    """An open element.

    `at`: where in the output it begins. `closing`: what its end tag becomes. `hidden`: a `||` that waits for its
    partner, and where it stands in the output. `sections`: the levels of the hidden sections that end with it, at last.
    """

    name: str
    at: int = 0
    closing: tuple[str | Mark, ...] = ()
    attributes: str = ""
    heading: Mark | None = None
    hidden: tuple[int, Mark] | None = None
    sections: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Splitting:
    """The state of one walk. `nested`: whether every element is tracked, or only those that mean something to us.

    `taken` holds the heading ids of the page; `locate` tells line and column of what was written.
    """

    path: str
    tokens: Tokens
    nested: bool
    taken: dict[str, int]
    locate: Callable[[str], tuple[int, int]]
    out: list[Raw] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open: list[Open] = field(default_factory=lambda: [Open("")])
    in_code: int = 0
    in_link: int = 0

    def report(
        self, at: tuple[int, int], rule: str, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        """Note a problem at line and column `at`."""
        self.problems.append(Problem(Location(self.path, *at), rule, message, hint, severity))

    def give_up_hidden(self, element: Open) -> None:
        """Report a `||` that found no partner within `element`."""
        if element.hidden:
            at = element.hidden[1]
            element.hidden = None
            self.report(
                (at.line, at.column),
                "spoiler-closed",
                "this || has no partner in the same paragraph, cell or emphasis, so the text after it would be seen.",
                "Begin and end the hidden text in the same place, or write \\|| for two plain bars.",
            )

    def end_sections(self, element: Open, level: int) -> None:
        """End the hidden sections of `element` whose heading is of `level` or lower."""
        while element.sections and element.sections[-1] >= level:
            element.sections.pop()
            self.out.append(END)


def plain(row: list[Raw]) -> str:
    """The escaped HTML and display texts of `row`, without hidden stretches and note marks."""
    shown: list[str] = []
    inside: list[bool] = []
    for part in row:
        if isinstance(part, Mark):
            if part.kind == "end":
                inside.pop()
            elif part.kind in ("since", "link"):
                inside.append(part.kind == "since")
            elif part.kind == "mention" and True not in inside:
                shown.append(escape(mention_text(part), quote=False))
        elif isinstance(part, str) and True not in inside:
            shown.append(part)
    return "".join(shown)


def mention_text(mention: Mark) -> str:
    """The best that can be shown for a mention before anybody knows what it points at."""
    return mention.text or mention.target.rpartition("/")[2] or mention.fragment
