"""What is meant for a comment and is none, as those of templates; and any comment where there can be none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ballardwiki.expressions import expression

RULE = "mark-closed"
"""The rule that a comment breaks which all would see."""

_NEAR = expression(
    r"""\\.
    |(?P<near><!-(?!-)|<![ \t]++-|<![–—]|<[ \t]++!-|<[-–—]{1,3}!(?=[\s\w])|<comment>
      |\{\#(?=[ \t])[^{}\n]{0,500}\#\}|\{%[-+]?+[ \t]*+[a-z]\w*+[^%{}\n]{0,300}%\}|\{\{(?:!|/\*)[^{}\n]{0,500}\}\}
      |^[ \t]*+/\*[^\n]{0,500}\*/)
    """,
    re.VERBOSE | re.MULTILINE,
)
_NEAR_SIGNS = ("!-", "! ", "!\t", "!–", "!—", "-!", "–!", "—!", "{#", "{%", "{{", "/*", "<comment>")
_OWN = expression(r"<!--|(?<![\\%\d])%%(?!%)[^%\n]{1,500}%%(?!%)")


class Comment(NamedTuple):
    """What looks like a comment: where it begins, and what is typed there."""

    start: int
    typed: str

    @property
    def message(self) -> str:
        """What is wrong with it."""
        return f"{self.typed} looks like a comment and is none, so it would be seen."


def near(text: str) -> Iterator[Comment]:
    """What looks like a comment of a text and is none. Linear in the length."""
    if not any(sign in text for sign in _NEAR_SIGNS):
        return
    for match in _NEAR.finditer(text):
        if match.lastgroup:
            at = match.start() + len(match[0]) - len(match[0].lstrip())
            typed = text[at : at + 40].partition("\n")[0] if match[0].startswith("<") else match[0].strip()[:40]
            yield Comment(at, typed)


def any_(text: str) -> Comment | None:
    """The first comment of whatever kind, for a field, which can hold none."""
    own = _OWN.search(text) if "<!--" in text or "%%" in text else None
    found = [Comment(own.start(), text[own.start() : own.start() + 40].partition("\n")[0])] if own else []
    return min((*found, *near(text)), default=None)
