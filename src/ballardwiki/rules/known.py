"""What rules found before some records changed, and how much of it still holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from ballardwiki.graph import Graph
from ballardwiki.graph.delta import Delta
from ballardwiki.model import Entity, Ref
from ballardwiki.problems import Problem
from ballardwiki.rules.rule import RecordRule, SiteRule

Findings = Mapping[str, Sequence[Problem]]
"""What was found, by rule."""


class Known(Struct, frozen=True):
    """What the rules found in a world before a change of its graph.

    graph: of that world. delta: the change. records: gives all records of a file as they are now.
    """

    found: Findings
    graph: Graph
    delta: Delta
    records: Callable[[str], Sequence[Entity]]

    @property
    def paths(self) -> set[str]:
        """The files with the records that changed."""
        return self._files(self.delta.relinked)

    def hold(self, rule: SiteRule) -> bool:
        """Whether the records are as they were in what a rule looks at."""
        look, paths = rule.of_record, self.paths if rule.in_texts else ()
        return all(look(self.graph, ref) == look(self.delta.graph, ref) for ref in self.delta.relinked) and not any(
            each.at.path in paths for each in self.found[rule.name]
        )

    def looked_at(self, rule: RecordRule) -> set[str]:
        """The files in which a rule may find something else."""
        graph, changes = self.delta.graph, self.delta.relinked
        if rule.of_text:
            found = self.paths
        else:
            found = self._files(ref for ref, (old, new) in changes.items() if _fields(old) != _fields(new))
        if rule.of_names and self.delta.renamed:
            found |= {each.at.path for each in self.found[rule.name]}
        for ref, (old, new) in changes.items():
            if any(getattr(old, name) != getattr(new, name) for name in rule.beyond):
                found |= self._files(each.source for each in graph.links.veiled.get(ref, ()))
        return found

    def _files(self, refs: Iterable[Ref]) -> set[str]:
        return {self.delta.graph.entities[ref].path for ref in refs}

    def exchanged(
        self, before: Sequence[Problem], paths: Collection[str], look: Callable[[Collection[Entity]], list[Problem]]
    ) -> list[Problem]:
        """The problems, with those found now in some files in the place of those that were found there before."""
        among = [record for path in sorted(paths) for record in self.records(path)]
        return sorted([*(each for each in before if each.at.path not in paths), *look(among)])


def _fields(entity: Entity) -> tuple[object, ...]:
    """What a record says but for its text, and where."""
    return entity.statements, entity.qualified, entity.line, entity.places
