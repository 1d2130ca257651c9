"""Numbers as people write them, told as they must be written: `2`, `1-2`."""

from __future__ import annotations

from ballardwiki.expressions import expression

_NUMBER = expression(r"[A-Za-z]{0,12}+[.#]?+ ?+([0-9]{1,18}+)(?:\.|st|nd|rd|th)?")
"""A number with a word or a sign that it needs no more: `#2`, `Vol. 2`, `Part 2`, `2nd`."""

_JOINED = expression(r"[-\u2010-\u2015/+&,]|and|to")
"""What people put between the numbers of a run."""


def meant_number(text: str) -> str:
    """The number that a word or a sign stands by, such as `#2`, `Vol. 2`, `2nd`; else ""."""
    match = _NUMBER.fullmatch(text)
    return match[1] if match else ""


def meant_run(text: str, longest: int) -> str:
    """The run of at most `longest` numbers that is written in another way: `1/2`, `1 & 2`, `1, 2, 3`; else ""."""
    parts = [each.strip() for each in _JOINED.split(text, longest)]
    if len(parts) < 2 or not all(each.isdecimal() and len(each) < 10 for each in parts):
        return ""
    found = [int(each) for each in parts]
    return f"{found[0]}-{found[-1]}" if found == [*range(found[0], found[0] + len(found))] else ""
