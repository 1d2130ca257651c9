"""What rules found before some texts changed, and how much of it still holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from ballardwiki.graph import Graph
from ballardwiki.model import Entity, Ref
from ballardwiki.problems import Problem
from ballardwiki.rules.rule import RecordRule, SiteRule

Findings = Mapping[str, Sequence[Problem]]
"""What was found, by rule."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules found in a world that differed from another in some texts alone: (the old one, the new one).

    graph: of that world. records: gives all records of a file as they are now.
    """

    found: Findings
    graph: Graph
    texts: Mapping[Ref, tuple[Entity, Entity]]
    records: Callable[[str], Sequence[Entity]]

    @property
    def paths(self) -> set[str]:
        """The files with these texts."""
        return {new.path for _, new in self.texts.values()}

    def hold(self, rule: SiteRule, graph: Graph) -> bool:
        """Whether the texts are as they were in what a rule looks at. `graph`: as it is now."""
        look = rule.of_text
        return look is None or all(look(self.graph, ref) == look(graph, ref) for ref in self.texts)

    def looked_at(self, rule: RecordRule, graph: Graph) -> set[str]:
        """The files in which a rule may find something else."""
        differing = [
            ref
            for ref, (old, new) in self.texts.items()
            if any(getattr(old, name) != getattr(new, name) for name in rule.beyond)
        ]
        sources = (each.source for ref in differing for each in graph.links.veiled.get(ref, ()))
        return self.paths | {graph.entities[ref].path for ref in sources}

    def exchanged(
        self, before: Sequence[Problem], paths: Collection[str], look: Callable[[Collection[Entity]], list[Problem]]
    ) -> list[Problem]:
        """The problems, with those found now in some files in the place of those that were found there before."""
        among = [record for path in sorted(paths) for record in self.records(path)]
        return sorted([*(each for each in before if each.at.path not in paths), *look(among)])
