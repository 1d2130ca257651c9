"""What a build would find and make of some documents, with no site published: for changes that are not written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from ballardwiki import rules
from ballardwiki.build import planning
from ballardwiki.build.cache.library import Bodies
from ballardwiki.build.project import Project
from ballardwiki.model import Body, Document, Ref, Sentence
from ballardwiki.pages.outputs import plan
from ballardwiki.pages.view import horizon
from ballardwiki.pages.world import World
from ballardwiki.problems import Problem


class Proof(Struct, frozen=True):
    """Documents as a build would see them. Those that were not read just now have their texts in the library.

    keys: file -> key of its document in the library in the folder `cache`. fresh: bodies that it does not hold.
    """

    project: Project
    now: datetime
    documents: Mapping[str, Document]
    keys: Mapping[str, str]
    cache: Path
    fresh: Mapping[tuple[str, str], bytes]

    @contextmanager
    def world(self) -> Iterator[World]:
        """All that pages would be made from."""
        graph, withheld = planning.linked(self.project, self.documents, self.now, drafts=False)
        texts = {each.ref: each.path for each in graph.entities.values() if each.body}
        bodies = Bodies(
            self.cache, {ref: self.keys[path] for ref, path in texts.items() if path in self.keys}, self.fresh
        )
        fresh = {ref: body for document in self.documents.values() for ref, body in document.bodies.items()}
        sentences = {ref: found for document in self.documents.values() for ref, found in document.sentences.items()}
        try:
            yield planning.world_of(self.project, graph, withheld, self.now, _Texts(fresh, sentences, bodies))
        finally:
            bodies.close()

    def outputs(self) -> set[str]:
        """The files that would be made."""
        with self.world() as world:
            return {each.path for each in plan(world, horizon(world))}

    def problems(self) -> list[Problem]:
        """What a check would find."""
        found = [problem for document in self.documents.values() for problem in document.problems]
        with self.world() as world:
            outputs, clashes = planning.arranged(world, horizon(world))
            findings = rules.check(world, outputs.keys() | world.withheld_files)
            problems = planning.judged(world, [*self.project.problems, *found], findings)
        return [*problems, *clashes]


class _Texts(Struct, frozen=True):
    """Texts that were read just now, and for the others what the library holds."""

    fresh: Mapping[str, Body]
    told: Mapping[str, tuple[Sentence, ...]]
    bodies: Bodies

    def body(self, ref: Ref) -> Body:
        """The text of an entity."""
        return self.fresh[ref] if ref in self.fresh else self.bodies.body(ref)

    def sentences(self, ref: Ref) -> tuple[Sentence, ...]:
        """The sentences with links in it."""
        return self.told.get(ref, ()) if ref in self.fresh else self.bodies.sentences(ref)


def new(before: Sequence[Problem], after: Sequence[Problem], moved: Mapping[str, str]) -> list[Problem]:
    """The problems that came with a change: lines move and names differ, so those of a rule in a file are counted.

    `moved`: old path of a file -> its new one.
    """
    counts = Counter((each.rule, moved.get(each.at.path, each.at.path)) for each in before)
    known = {(each.rule, each.message) for each in before}
    grown = Counter((each.rule, each.at.path) for each in after) - counts
    found = [each for each in after if (each.rule, each.at.path) in grown]
    return sorted([each for each in found if (each.rule, each.message) not in known] or found)
