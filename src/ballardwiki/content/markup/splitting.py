"""What the splitter knows while it walks through the HTML of one text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import unquote

from msgspec import Struct, field

from ballardwiki import lookalikes
from ballardwiki.content.markup.meanings import Bars, ClosingBars, Doubt, HeadingAttributes, NamedFiles, OpenRemark
from ballardwiki.content.markup.tokens import TOKEN, Tokens
from ballardwiki.expressions import expression
from ballardwiki.marks import End, Mark, NameLink, PathLink, Spoiler
from ballardwiki.model import Heading
from ballardwiki.problems import Location, Problem, Severity

Raw = str | Mark | Heading | NamedFiles
"""A part, the heading whose HTML comes next, or files that are named here."""

END = End()

TOKENS = expression(TOKEN)

_PLAIN = "or write \\|| for two plain bars."
BARS = {
    "apart": (
        "this || has no partner in the same paragraph, cell or emphasis, so the text after it would be seen.",
        f"Begin and end the hidden text in the same place, {_PLAIN}",
    ),
    "alone": (
        "this || has no partner in the same paragraph, so what it should hide would be seen.",
        f"Write || on both sides of the hidden words, {_PLAIN}",
    ),
    "address": (
        "this || in an address has no partner, so what it should hide would be seen.",
        "Write %7C%7C in place of || in the address.",
    ),
    "gap": (
        "this || and its partner are in different paragraphs, so what is between them would be seen.",
        f"Hide several paragraphs with a quote that begins with > [!spoiler], {_PLAIN}",
    ),
    "blank": (
        "there is a blank inside these ||, so they hide nothing and the words would be seen.",
        f"Write the bars right beside the words, as in ||series-id s01e05: words||, {_PLAIN}",
    ),
    "many": (
        "these are more than two bars, so they hide nothing.",
        f"Write || on both sides of the hidden words, {_PLAIN}",
    ),
    "single": (
        "this | looks like the beginning of hidden words but is none, so they would be seen.",
        f"Write || on both sides of the hidden words, {_PLAIN}",
    ),
    "words": (
        "|| hides nothing in an address, in the words for an image, in a title or in a link's name; all would see it.",
        "Hide the whole image or link: put the || around it.",
    ),
}
"""Why bars hide nothing, and what to write."""

VOID = frozenset(("br", "hr", "img", "wbr", "col", "area", "input"))
"""Elements without content: they open nothing."""


class Open(Struct):
    """An open element.

    `at`: where in the output it begins. `closing`: what its end tag becomes. `hidden`: a `||` that waits for its
    partner, and where it stands in the output. `sections`: the levels of the hidden sections that end with it, at last.
    """

    name: str
    at: int = 0
    closing: tuple[str | Mark, ...] = ()
    attributes: str = ""
    heading: HeadingAttributes | None = None
    hidden: tuple[int, Spoiler] | None = None
    sections: list[int] = []


class Splitting(Struct):
    """The state of one walk. `nested`: whether every element is tracked, or only those that mean something to us.

    `taken` holds the heading ids of the page; `locate` tells line and column of what was written. `base` is the address
    of the site.
    """

    path: str
    tokens: Tokens
    nested: bool
    taken: dict[str, int]
    locate: Callable[[str], tuple[int, int]]
    base: str = ""
    out: list[Raw] = []
    problems: list[Problem] = []
    headings: list[tuple[Open, str]] = []
    """The headings that have ended, and what they read: they are named at last."""
    open: list[Open] = field(default_factory=lambda: [Open("")])
    told: set[str] = set()
    """Places of bars that were told of, or are plain: their partners are not told of as well."""
    waiting: set[str] = set()
    """Places of `||` that wait for their partners."""
    in_code: int = 0
    in_table: int = 0
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
            self.waiting.discard(place(at))
            self.report_bars(at, "apart")

    def report_bars(self, bars: Spoiler | Bars | ClosingBars, reason: str) -> None:
        """Report bars that hide nothing, and say why (`BARS`)."""
        if not isinstance(bars, Spoiler) and bars.partner in self.told:
            return
        self.told.add(place(bars))
        message, hint = BARS[reason]
        self.report((bars.line, bars.column), lookalikes.RULE, message, hint)

    def report_doubt(self, doubt: Doubt | OpenRemark) -> None:
        """Report what looks like a spoiler mark, or like a remark in code, and is none."""
        at = doubt.line, doubt.column
        if isinstance(doubt, Doubt):
            self.report(at, lookalikes.RULE, doubt.message, doubt.hint)
        else:
            message = "this remark begins in code that is not closed, so it would be seen."
            self.report(at, "mark-closed", message, "Write as many ` behind the code as before it.")

    def as_typed(self, attribute: str) -> None:
        """Report the bars in an attribute that readers are shown, such as the words for an image."""
        for token in TOKENS.findall(attribute):
            meaning = self.tokens[token][1] if token in self.tokens else None
            if isinstance(meaning, (Bars, Spoiler)):
                self.report_bars(meaning, "words")
            elif isinstance(meaning, (Doubt, OpenRemark)):
                self.report_doubt(meaning)

    def in_address(self, attribute: str) -> None:
        """Report hidden words with a moment in an address: where the address leads, all are shown."""
        for token in TOKENS.findall(unquote(attribute)):
            meaning = self.tokens[token][1] if token in self.tokens else None
            if isinstance(meaning, Spoiler) and meaning.since:
                self.report_bars(meaning, "words")

    def end_sections(self, element: Open, level: int) -> None:
        """End the hidden sections of `element` whose heading is of `level` or lower."""
        while element.sections and element.sections[-1] >= level:
            element.sections.pop()
            self.out.append(END)


def place(bars: Spoiler | Bars | ClosingBars) -> str:
    """What tells bars from others of the text, as their partners call them."""
    return f"{bars.line}:{bars.column}"


def plain(row: list[Raw]) -> str:
    """The escaped HTML and display texts of `row`, without hidden stretches and note marks."""
    shown: list[str] = []
    inside: list[bool] = []
    for part in row:
        if isinstance(part, str):
            if True not in inside:
                shown.append(part)
        elif isinstance(part, End):
            inside.pop()
        elif isinstance(part, (Spoiler, PathLink)):
            inside.append(isinstance(part, Spoiler))
        elif isinstance(part, NameLink) and True not in inside:
            shown.append(escape(shown_text(part), quote=False))
    return "".join(shown)


def shown_text(link: NameLink) -> str:
    """The best that can be shown for a link before anybody knows what it points at."""
    return link.text or link.target.rpartition("/")[2] or link.fragment
