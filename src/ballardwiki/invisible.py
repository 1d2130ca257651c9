"""Characters that nobody sees: whether a text shows anything, and which signs hide in a name."""

from __future__ import annotations

from unicodedata import category

from ballardwiki.expressions import expression

IGNORED = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
"""What has no shape of its own and takes part in no word, as the inside of a class of a regular expression.

These are the code points that Unicode calls ignorable by default, and the blank of Braille.
"""

_IGNORED = expression(f"[{IGNORED}]")
_STRAY = expression(
    "[\xad\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u2800\u3164\uffa0]"  # these are wanted in no name
    "|(?<=[A-Za-z\xc0-\u024f])[\u200c-\u200f\u202a-\u202e\u2066-\u2069]"  # in Latin words these neither join nor turn
    "|[\u200c\u200d](?=[A-Za-z\xc0-\u024f])"
)


def visible(text: str) -> bool:
    """Whether a text holds a sign that can be seen by itself: no blank, no control, no mere accent."""
    return any(category(char)[0] not in "ZCM" and not _IGNORED.match(char) for char in text)


def stray(text: str) -> tuple[int, str] | None:
    """Where the first sign stands that changes a name without being seen, and what it is called; None if nothing is."""
    found = _STRAY.search(text) if not text.isascii() and visible(text) else None
    return (found.start(), f"U+{ord(found[0]):04X}") if found else None


def cleared(text: str) -> str:
    """A text without such signs."""
    return _STRAY.sub("", text)
