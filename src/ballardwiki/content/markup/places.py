"""Where in the source something was written that the engine has already swallowed."""

from __future__ import annotations

from msgspec import Struct

_MISSES = 40
"""How often a search may fail before the places no longer matter: each failure reads the whole text."""


class Places(Struct):
    """Finds addresses in `text`, whose first line is number `line`, one after the other. Linear over all calls."""

    text: str
    line: int
    _at: int = 0
    _lines: int = 0
    _misses: int = 0

    def locate(self, written: str) -> tuple[int, int]:
        """Line and column of the next `written`; the first line if there is none."""
        found = self.text.find(written, self._at) if self._misses < _MISSES else -1
        if found < 0:
            self._misses += 1
            if self._misses > _MISSES or (found := self.text.find(written)) < 0:
                return self.line, 1
            self._at = self._lines = 0
        self._lines += self.text.count("\n", self._at, found)
        self._at = found
        return self.line + self._lines, found - self.text.rfind("\n", max(0, found - 5000), found)
