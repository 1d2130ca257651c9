"""Links in double brackets: where one ends that goes on in the next line, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki.content.markup import wikilinks
from ballardwiki.content.markup.meanings import NextLine
from ballardwiki.content.markup.tokens import Tokens, add
from ballardwiki.content.markup.wikilinks import SIGNS
from ballardwiki.expressions import expression
from ballardwiki.marks import NameLink

QUOTE = expression(r"[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(?:>[ \t]*+)++")
"""What stands before a text in a quote."""

LONGEST_QUOTE = 200
"""What stands before a text in a quote is not longer."""

_NEXT_LINE = expression(r"(?<![ \t])[ \t]*+\\?\n[ \t>]*+")


def constructs(pattern: re.Pattern[str], link: int, text: str) -> Iterator[re.Match[str]]:
    """What looks like wiki syntax; no link that would begin outside of a quote and end within it.

    link: the group of `pattern` that holds what stands between a link's brackets.
    """
    at = 0
    while match := pattern.search(text, at):
        if match.lastindex == link and "\n" in match[link] and _leaves_its_quote(text, match, link):
            at = match.start() + 1
        else:
            at = match.end()
            yield match


def _leaves_its_quote(text: str, match: re.Match[str], link: int) -> bool:
    begin = text.rfind("\n", max(0, match.start() - LONGEST_QUOTE), match.start()) + 1
    before = QUOTE.match(text, begin, match.start())
    depth = before[0].count(">") if before else 0
    return any(line[0].count(">") > depth for line in _NEXT_LINE.finditer(match[link]))


def name_link(typed: str, line: int, column: int) -> NameLink | None:
    """A link by its name, None where nothing stands between its brackets."""
    typed = _NEXT_LINE.sub(" ", typed).strip() if "\n" in typed else typed.strip()
    target, fragment, shown = wikilinks.plain(typed)
    if not target:
        shown = shown or fragment
    if not target and not fragment:
        return None
    return NameLink(target, shown, fragment, line, column, "" if SIGNS.isdisjoint(typed) else typed)


def wrapped(tokens: Tokens, typed: str, meaning: NameLink) -> Iterator[str]:
    """The tokens of a link over several lines: one on each, so that quotes and lists stay what they are."""
    first, *others = typed.split("\n")
    yield add(tokens, first, meaning)
    for each in others:
        begin = len(each) - len(each.lstrip(" \t>"))
        yield f"\n{each[:begin]}{add(tokens, each[begin:], NextLine())}"
