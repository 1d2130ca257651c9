"""fragment-resolves: a link to a part of a page names a heading of its text, or a section that its type has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.content.markup.headings import heading_id
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation
from ballardwiki.similarity import Choices, suggest


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Fragments that no page has; the links lead to the beginning of the page."""
    graph = world.graph
    parts: dict[Ref, tuple[set[str], Choices]] = {}
    for entity in records:
        for mention in map(graph.said, entity.mentions):
            if not mention.fragment:
                continue
            target = graph.meant(mention) if mention.target else entity.ref
            if not isinstance(target, str) or target not in graph.urls:
                continue
            if target not in parts:
                found = _parts(world, target)
                parts[target] = found, Choices(found)
            known, likely = parts[target]
            made = mention.fragment if mention.path else heading_id(mention.fragment)
            if made not in known and graph.headings(target).meant(mention.fragment) is None:
                at = Location(entity.path, mention.line, mention.column)
                message = f"{graph.titles[target]} has no part #{made}."
                hint = suggest(made, likely) or "Name one of its headings, or leave out the # part."
                yield Violation(at, message, hint)


def _parts(world: World, ref: Ref) -> set[str]:
    """The ids that links to a page may name; hidden headings are among them."""
    kind = world.graph.kind(ref)
    headings = {heading.id for heading in world.graph.entities[ref].headings}
    sections = {
        *kind.sections,
        *(name.replace("_", "-") for name, field in kind.fields.items() if field.kind == "text"),
    }
    return headings | sections | {f"{each}-section" for each in headings & sections}


RULE = RecordRule(name="fragment-resolves", severity="warning", check=check, of_names=True, beyond=("headings",))
