"""The characters of a YAML text: which must not stand there, and which PyYAML must not see as they are."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.expressions import expression
from ballardwiki.yaml_reader.slips import Slip

UNUSUAL = expression("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""What needs care before parsing: forbidden characters, and those that only PyYAML takes for a line break."""

FORBIDDEN = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""Control characters, surrogates, noncharacters, and U+FEFF."""

_STAND_INS = {"\x85": "\ufdd0", "\u2028": "\ufdd1", "\u2029": "\ufdd2"}
"""What PyYAML is shown instead of NEL, LS and PS: forbidden characters, which no text can hold at that point."""

_HIDE = str.maketrans(_STAND_INS)

SHOW = str.maketrans({stand_in: char for char, stand_in in _STAND_INS.items()})
"""Turns stand-ins back into what they stand for."""


def prepare(text: str, *, first: bool) -> tuple[str, Iterator[Slip]]:
    """Make a text fit for PyYAML, and leave every character where it was; what must not stand there.

    `first`: the text begins its file, where a byte order mark may stand.
    """
    if not UNUSUAL.search(text):
        return text, iter(())
    if first:
        text = text.removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = (
        Slip(each.start(), f"the character U+{ord(each[0]):04X} must not stand in a text.", "Delete it.")
        for each in FORBIDDEN.finditer(text)
    )
    return FORBIDDEN.sub("\ufffd", text).translate(_HIDE), faults
