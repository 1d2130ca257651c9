"""Regular expressions that are compiled when they are first used: of those that the program has, a build needs few."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """An expression that is constant. It has the methods of a compiled one, but `re.sub` and its like can't take it."""
    return cast("re.Pattern[AnyStr]", Expression(pattern, flags))


class Expression:
    """What `expression` gives. It has each method from the compiled one, when first asked for it, and keeps it."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._given), name)
        setattr(self, name, found)
        return found
