"""What must be made anew, and why; and what a build needs of a ledger to find that out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from typing import Protocol

from msgspec import Struct, field

from ballardwiki.build.traces import Suspects
from ballardwiki.pages.facts import Fact
from ballardwiki.pages.world import World


class AnyLedger(Protocol):
    """What a build needs of a ledger, whether all of it is in memory or not. See `Ledger`."""

    @property
    def anchors(self) -> Mapping[str, str]:
        """See `Ledger`."""

    @property
    def moved(self) -> bool:
        """See `Ledger`."""

    def __contains__(self, path: str, /) -> bool:
        """See `Ledger`."""

    def __iter__(self) -> Iterator[str]:
        """See `Ledger`."""

    def changed(self, world: World, own: AbstractSet[Fact], others: Suspects | None = None) -> set[Fact]:
        """See `Ledger`."""

    def stale(self, changes: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
        """See `Ledger`."""

    def reads(self, path: str) -> list[Fact]:
        """See `Ledger`."""

    def note(self, path: str, reads: Iterable[Fact], anchors: str = "") -> None:
        """See `Ledger`."""

    def forget(self, path: str) -> None:
        """See `Ledger`."""

    def revert(self) -> None:
        """See `Ledger`."""

    def keep(self, world: World) -> None:
        """See `Ledger`."""


class Comparison(Struct, frozen=True):
    """The stale outputs, and why each is: a sentence, or the changed facts that it read.

    owed: those that a later build of this process will make, since somebody waits for others.
    """

    stale: Mapping[str, tuple[str, ...]]
    ledger: AnyLedger
    owed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
