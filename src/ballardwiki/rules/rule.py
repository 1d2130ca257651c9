"""What a rule is: a truth with a name, how bad it is when it does not hold, and how that is found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct

from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem, Severity


class Violation(Struct, frozen=True):
    """Where a rule does not hold: a `Problem` without the rule's name. severity: where it is not the rule's."""

    at: Location
    message: str
    hint: str = ""
    severity: Severity | None = None
    missing: str = ""
    also: tuple[str, ...] = ()


class Surplus(Struct, frozen=True):
    """A value that says nothing new: it may be deleted."""

    path: str
    line: int
    column: int


class Moved(Struct, frozen=True):
    """A former address that a file names: the present one may be written instead."""

    path: str
    old: str
    new: Ref


Fix = Surplus | Moved
"""A fix that can't be wrong."""


class Rule(Struct, frozen=True, kw_only=True):
    """A truth that should hold. severity: how bad it is where it does not, unless `site.yaml` says otherwise.

    fixes: what may be mended without asking, where anything may be.
    """

    name: str
    severity: Severity
    fixes: Callable[[Graph], Iterator[Fix]] | None = None

    def problem(self, violation: Violation) -> Problem:
        """What an editor is told of a violation."""
        return Problem(
            violation.at,
            self.name,
            violation.message,
            violation.hint,
            violation.severity or self.severity,
            violation.missing,
            violation.also,
        )


class SiteRule(Rule, frozen=True, kw_only=True):
    """A rule that is asked about the site as a whole.

    of_record: gives what the rule looks at of one record; while that stays the same, what it found before still holds.
    in_texts: it finds places in texts, and of these `of_record` says nothing. costly: it takes too long for a build,
    and only `check` asks it.
    """

    check: Callable[[World], Iterable[Violation]]
    of_record: Callable[[Graph, Ref], object]
    in_texts: bool = False
    costly: bool = False

    def problems(self, world: World) -> list[Problem]:
        """What is wrong with a site."""
        return [self.problem(each) for each in self.check(world)]


class RecordRule(Rule, frozen=True, kw_only=True):
    """A rule that is asked about each record by itself: what it finds there follows from its own fields and text.

    It may follow from other records as well: from fields that steer more than themselves (`graph.steering`), and from
    what names in its text mean. of_text: whether it looks at texts. of_names: whether what it says of a record tells
    the names of others. beyond: the attributes it looks at of the records that a text mentions with more than a name.
    """

    check: Callable[[World, Collection[Entity]], Iterable[Violation]]
    of_text: bool = True
    of_names: bool = False
    beyond: tuple[str, ...] = ()

    def problems(self, world: World, records: Collection[Entity] | None = None) -> list[Problem]:
        """What is wrong with some records, or with all of a site."""
        among = world.graph.entities.values() if records is None else records
        return [self.problem(each) for each in self.check(world, among)]
