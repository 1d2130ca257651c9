"""The HTML of a text as its readers see it: what stands there as it was typed."""

from __future__ import annotations

from functools import cached_property
from html import escape

from msgspec import Struct

from ballardwiki.expressions import expression

_CODE = expression(r"<code[ >][^<]*+(?:<(?!/code>)[^<]*+)*+")


class Shown(Struct, frozen=True, dict=True):
    """The safe HTML of a text and its notes."""

    html: str

    @cached_property
    def _plain(self) -> str:
        """The HTML without code."""
        return _CODE.sub("", self.html) if "<code" in self.html else self.html

    def as_typed(self, typed: str) -> bool:
        """Whether readers see what was typed, sign by sign, outside of code."""
        return escape(typed, quote=False) in self._plain
