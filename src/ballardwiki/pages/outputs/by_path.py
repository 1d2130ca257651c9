"""Planned outputs as data, and back again: for whoever needs few of them and would not plan all anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import partial

from msgspec import Struct

from ballardwiki.pages.outputs import PLANS
from ballardwiki.pages.outputs.maintenance import Memo
from ballardwiki.pages.outputs.output import Output

_MODULES = {each.__module__.rpartition(".")[2]: sys.modules[each.__module__] for each in PLANS}
"""The modules that plan outputs, and make them."""

Argument = str | int | tuple[str, ...]


class PlannedOutput(Struct, frozen=True, array_like=True, gc=False):
    """An output but for its path: what it is about, and the function that makes it with its arguments.

    shares: whether it shares with others what it works out.
    """

    about: str
    module: str
    maker: str
    arguments: tuple[Argument, ...] = ()
    closed: bool = False
    shares: bool = False


def planned(output: Output) -> PlannedOutput:
    """An output as data."""
    maker = output.make
    function = maker.func if isinstance(maker, partial) else maker
    arguments = maker.args if isinstance(maker, partial) else ()
    shares = isinstance(maker, partial) and bool(maker.keywords)
    module = function.__module__.rpartition(".")[2]
    return PlannedOutput(output.about, module, function.__name__, arguments, output.closed, shares)


class OutputsByPath(Mapping[str, Output]):
    """The outputs of a site, each made of its data when it is wanted."""

    def __init__(self, rows: Mapping[str, PlannedOutput]) -> None:
        self._rows = rows
        self._memo = Memo()

    def __getitem__(self, path: str) -> Output:
        row = self._rows[path]
        maker = getattr(_MODULES[row.module], row.maker)
        if row.arguments or row.shares:
            maker = partial(maker, *row.arguments, **({"memo": self._memo} if row.shares else {}))
        return Output(path, row.about, maker, row.closed)

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
