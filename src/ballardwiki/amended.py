"""A mapping made from another one that it shares all rows with but those that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class _Gone:
    """Stands for a row that is no more."""


_GONE = _Gone()


class Amended(MutableMapping[Key, Value]):
    """A copy that costs what changes in it. The mapping it is made from must stay as it is.

    A row that gets another value keeps its place; new rows come last. A copy of a copy shares the first one's mapping.
    """

    __slots__ = ("_base", "_rows")

    def __init__(self, base: Mapping[Key, Value], rows: Mapping[Key, Value] | None = None) -> None:
        """`rows`: what is new or other from the beginning."""
        self._base: Mapping[Key, Value] = base
        self._rows: dict[Key, Value | _Gone] = {}
        if isinstance(base, Amended):
            self._base, self._rows = base._base, {**base._rows}  # noqa: SLF001  # of its own kind
        self._rows.update(rows or {})

    @property
    def changes(self) -> set[Key]:
        """The keys of all rows that were set or taken away since the mapping it shares was made."""
        return {*self._rows}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._rows:
            return self._base[key]
        row = self._rows[key]
        if isinstance(row, _Gone):
            raise KeyError(key)
        return row

    def get(self, key: Key, default: Any = None) -> Any:
        """The row of a key; mostly there is none, so that is told without an exception."""
        row = self._rows.get(key)
        if row is None:
            return self._base.get(key, default)
        return default if isinstance(row, _Gone) else row

    def __setitem__(self, key: Key, value: Value) -> None:
        self._rows[key] = value

    def __delitem__(self, key: Key) -> None:
        if key not in self:
            raise KeyError(key)
        self._rows[key] = _GONE

    def __contains__(self, key: object) -> bool:
        return self._rows[key] is not _GONE if key in self._rows else key in self._base

    def __iter__(self) -> Iterator[Key]:
        rows = self._rows
        yield from (key for key in self._base if rows.get(key) is not _GONE)
        yield from (key for key, row in rows.items() if row is not _GONE and key not in self._base)

    def __len__(self) -> int:
        return len(self._base) + sum((row is not _GONE) - (key in self._base) for key, row in self._rows.items())

    def __repr__(self) -> str:
        return repr(dict(self))
