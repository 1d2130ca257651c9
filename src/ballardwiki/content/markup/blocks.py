"""Lists, quotes and fenced code as GitHub reads them, in the way that Python-Markdown wants them written.

Python-Markdown nests by four blanks, knows fenced code outside of lists and quotes only, and begins no list right after
a paragraph. So what stands in an item is indented by four, fenced code becomes what the library keeps for raw HTML, and
blank lines stand where a block begins. Everything else is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from msgspec import Struct

from ballardwiki.expressions import expression

DEEPEST = 40
"""Lists and quotes in each other; what is deeper is text."""

_MARKER = expression(r"( {0,3})([-+*]|\d{1,9}[.)])( +|$)")
_QUOTE = expression(r" {0,3}> ?")
_FENCE = expression(r"( {0,3})(`{3,}|~{3,})([^\n]*)")
_RULE = expression(r" {0,3}(?:(?:- *){3,}|(?:_ *){3,}|(?:\* *){3,})$")
_HEADING = expression(r" {0,3}#{1,6}(?: |$)")
_RAW = expression(r" {0,3}<(pre|script|style|textarea)\b", re.IGNORECASE)
_HTML = expression(r" {0,3}</?[a-z][a-z0-9-]*(?:[\s>]|/>|$)|^ {0,3}<!--", re.IGNORECASE)
_NEEDED = expression(r"^[ >]*+(?:[-+*](?: |$)|\d{1,9}[.)](?: |$)|>|`{3}|~{3}|#{1,6} [^\n]*#$)", re.MULTILINE)
_LANGUAGE = expression(r"\{? *\.?([\w#.+-]+)")
_UNDERLINE = expression(r" {0,3}(?:=+|-+) *$")


class _Fence(Struct):
    """Code that is open: its sign, how far it is indented, its language, and its lines so far."""

    sign: str
    indent: int
    language: str
    lines: list[str] = []

    def html(self) -> str:
        text = "".join(f"{escape(line, quote=True)}\n" for line in self.lines)
        kind = f' class="language-{escape(self.language)}"' if self.language else ""
        return f"<pre><code{kind}>{text}</code></pre>"

    def ends(self, line: str) -> bool:
        typed = line.strip(" ")
        return len(typed) >= len(self.sign) and not typed.strip(self.sign[0]) and len(line) - len(line.lstrip(" ")) < 4


def arranged(lines: list[str], keep: Callable[[str], str]) -> list[str]:
    """The lines of a text (without tabs), arranged. `keep` takes HTML and gives what may stand in its place."""
    if not _NEEDED.search("\n".join(lines)):
        return lines
    walk = _Walk(keep)
    for line in lines:
        walk.take(line)
    walk.close_fence(lost=True)
    return walk.out


def _whole(heading: str) -> str:
    """A heading whose last word keeps its number signs: only those that stand apart close it."""
    line = heading.rstrip(" ")
    bare = line.rstrip("#")
    signs = len(line) - len(bare)
    return bare + "\\#" * signs if signs and bare and bare[-1] not in " \\" else heading


class _Walk:
    """Goes through a text line by line.

    `open` holds what is around: 0 for a quote, else the width of an item; `numbered` which of it are numbered items.
    """

    def __init__(self, keep: Callable[[str], str]) -> None:
        self._keep = keep
        self.out: list[str] = []
        self._open: list[int] = []
        self._numbered: list[bool] = []
        self._fence: _Fence | None = None
        self._raw = ""
        """What ends the raw HTML that is open; a blank for an empty line."""
        self._paragraph = 0
        """The lines so far of the paragraph that is open."""
        self._items = False
        """Whether an item began since the last blank line, and no quote: then the library sees the next one."""

    def take(self, line: str) -> None:
        """The next line of the text."""
        rest, matched = self._inside(line)
        if self._fence:
            if matched == len(self._open):
                self._code(self._fence, rest)
                return
            self.close_fence()
        if not rest.strip():
            self._blank(matched)
        elif self._raw and matched == len(self._open):
            self._emit(rest)
            if self._raw != " " and self._raw in rest.lower():
                self._raw = ""
        else:
            self._raw = ""
            self._text(rest, matched)

    def _inside(self, line: str) -> tuple[str, int]:
        """What stands in the containers that go on in a line, and how many do."""
        for number, width in enumerate(self._open):
            if width == 0:
                quote = _QUOTE.match(line)
                if quote is None:
                    return line, number
                line = line[quote.end() :]
            elif not line.strip():
                line = ""
            elif line[:width].strip():
                return line, number
            else:
                line = line[width:]
        return line, len(self._open)

    def _blank(self, matched: int) -> None:
        quotes = [number for number, width in enumerate(self._open) if width == 0]
        if quotes and quotes[-1] >= matched:
            first = next(number for number in quotes if number >= matched)
            del self._open[first:], self._numbered[first:]
        self._paragraph = 0
        self._raw = "" if self._raw == " " else self._raw
        self._emit("")

    def _text(self, rest: str, matched: int) -> None:
        lazy = self._paragraph and matched < len(self._open)
        if lazy and not self._begins(rest):
            self._paragraph += 1
            self._emit(rest.lstrip(" "))
            return
        marker = _MARKER.match(rest) if not _RULE.match(rest) else None
        if matched < len(self._open):
            again = marker is not None and self._open[matched] > 0 and self._numbered[matched] == marker[2][0].isdigit()
            del self._open[matched:], self._numbered[matched:]
            if self.out and self.out[-1] and not (again and self._items):
                self._emit("")
            self._paragraph = 0
        begun = ""
        while len(self._open) < DEEPEST:
            quote = _QUOTE.match(rest)
            marker = _MARKER.match(rest) if not (quote or _RULE.match(rest)) else None
            if marker and self._paragraph and not begun and not self._interrupts(marker, rest):
                marker = None
            if quote:
                self._end_paragraph(gap=not begun)
                begun, rest = f"{begun or self._prefix()}> ", rest[quote.end() :]
                self._open.append(0)
                self._numbered.append(False)
                self._items = False
            elif marker:
                if self._paragraph and not begun:
                    self._end_paragraph(gap=self._paragraph > 1 or not (self._open and self._open[-1]))
                sign = marker[2].replace(")", ".")
                begun = f"{begun or self._prefix()}{sign} "
                width = len(marker[3]) if rest[marker.end() :].strip() and len(marker[3]) < 5 else 1
                rest = rest[marker.end(2) + width :]
                self._open.append(marker.end(2) + width)
                self._numbered.append(marker[2][0].isdigit())
                self._items = True
                begun += "" if rest.strip() else self._keep("")
            else:
                break
        self._leaf(rest, begun)

    def _leaf(self, rest: str, begun: str) -> None:
        fence = _FENCE.match(rest)
        if fence and not (fence[2][0] == "`" and "`" in fence[3]):
            language = _LANGUAGE.match(fence[3].strip())
            self._end_paragraph(gap=not begun)
            self._fence = _Fence(fence[2], len(fence[1]), language[1] if language else "")
            if begun:
                self.out.append(begun.rstrip(" ") if begun.rstrip().endswith(">") else begun)
            return
        if raw := _RAW.match(rest):
            self._raw = "" if f"</{raw[1].lower()}" in rest.lower() else f"</{raw[1].lower()}"
        elif _HTML.match(rest):
            self._raw = " " if not self._paragraph else ""
        if _HEADING.match(rest) or _RULE.match(rest):
            rest = _whole(rest)
            underline = self._paragraph and _UNDERLINE.match(rest)
            self._end_paragraph(gap=not begun and not underline)
            self._emit(rest, begun)
            return
        inside = bool(self._open) and self._paragraph and not rest.lstrip().startswith(":")
        self._emit(rest.lstrip(" ") if inside else rest, begun)
        code = not self._paragraph and rest.startswith("    ")
        self._paragraph = 0 if code or self._raw else self._paragraph + 1

    def _code(self, fence: _Fence, rest: str) -> None:
        if fence.ends(rest):
            self.close_fence()
        else:
            indent = len(rest) - len(rest.lstrip(" "))
            fence.lines.append(rest[min(indent, fence.indent) :])

    def close_fence(self, *, lost: bool = False) -> None:
        """End the code that is open, if there is any: it stands by itself, between blank lines.

        lost: the text ended before it did.
        """
        if self._fence:
            while lost and self._fence.lines and not self._fence.lines[-1].strip():
                self._fence.lines.pop()
            kept, self._fence = self._keep(self._fence.html()), None
            last = self.out[-1] if self.out else ""
            if last.endswith(" ") and last.strip():  # the sign of an item, in which the code comes first
                self.out[-1] = f"{last}{kept}"
            else:
                self._emit(kept)
            self._emit("")

    def _begins(self, rest: str) -> bool:
        """Whether a line after a paragraph begins another block."""
        marker = _MARKER.match(rest)
        return bool(
            (marker and (self._interrupts(marker, rest) or any(self._open)))
            or _QUOTE.match(rest)
            or _FENCE.match(rest)
            or _HEADING.match(rest)
            or _RULE.match(rest)
            or _RAW.match(rest)
        )

    def _interrupts(self, marker: re.Match[str], rest: str) -> bool:
        """Whether an item may begin right after a paragraph: it holds something, and has the number 1 if any."""
        return bool(rest[marker.end() :].strip()) and (marker[2][0] in "-+*" or marker[2][:-1].lstrip("0") == "1")

    def _end_paragraph(self, *, gap: bool) -> None:
        if gap and self.out and self.out[-1].strip(" >"):
            self._emit("")
        self._paragraph = 0

    def _prefix(self) -> str:
        return "".join("    " if width else "> " for width in self._open)

    def _emit(self, text: str, begun: str = "") -> None:
        line = f"{begun or self._prefix()}{text}"
        self._items &= bool(text.strip() or begun)
        self.out.append(line if text.strip() else line.rstrip(" "))
