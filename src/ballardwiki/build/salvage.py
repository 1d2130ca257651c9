"""What can be published of a site with mistakes: one mistake costs one page.

A record with an error is left out whole, with what is written inside it: a wrong value is worse than a missing page,
and a mark of secrecy with a mistake in it may not be taken for none. Of two records that can't both be right (one id,
one place in a story, one address) both are left out, since nobody can tell which is meant. A reference that leads
nowhere costs only itself (or the credit that it stands in), as if it had not been written yet, unless the record needs
it: to be whole, for its address, or to say where in the story it stands. A link in a text to a page that is left out is
red, as to one not yet written.

Nothing here depends on what was published before, so the same mistakes leave out the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ballardwiki.expressions import expression
from ballardwiki.graph import Graph, link
from ballardwiki.graph.references import pointing
from ballardwiki.model import Document, Entity, Ref, Statement, ref_type
from ballardwiki.problems import Problem, errors
from ballardwiki.rules.since_resolves import fault
from ballardwiki.schema import EntityType, Schema, pattern_paths

HARMLESS = ("fragment-resolves", "link-resolves", "page-linked", "ref-resolves", "since-resolves", "url-kept")
"""Rules whose errors leave no record out by themselves: what leads nowhere is not shown as if it did."""

_WORD = expression(r"[\w./-]++")
_FOUNDATIONS = ("site.yaml", "content", "site")


class Rest(Struct, frozen=True):
    """What is left of a site's documents.

    left_out: the records that are not in it, with those of files that could not be read. amended: those records, and
    the ones that lost a reference. unshown: all that is not in it, as it is written: what only that uses is not shown.
    """

    documents: Mapping[str, Document]
    left_out: frozenset[Ref] = frozenset()
    amended: frozenset[Ref] = frozenset()
    unshown: tuple[Entity, ...] = ()


def hopeless(problems: Iterable[Problem]) -> bool:
    """Whether something is wrong that all pages are made from: the settings, the types, the folder of the content."""
    places = {each.at.path for each in errors(problems) if not each.cause}
    return any(path in _FOUNDATIONS or path.startswith("types/") for path in places)


def broken(problems: Iterable[Problem], documents: Mapping[str, Document]) -> set[Ref]:
    """The records with an error, and those that share in one."""
    found: set[Ref] = set()
    for problem in errors(problems):
        document = documents.get(problem.at.path)
        if problem.also:
            found |= {Ref(each) for each in problem.also}
        elif document and not problem.cause and problem.rule not in HARMLESS:
            found |= _at(document, problem.at.line)
    return found


def _at(document: Document, line: int) -> set[Ref]:
    """The record that is written at a line of a file; all of them for a line above the first."""
    rows = sorted([*((each.line, each.ref) for each in document.entities if not each.owner), *_lost(document)])
    above = [ref for begin, ref in rows if begin <= line]
    return {above[-1]} if above else {ref for _, ref in rows}


def _lost(document: Document) -> Iterable[tuple[int, Ref]]:
    return ((line, ref) for ref, line in document.lost)


def rest(documents: Mapping[str, Document], without: Collection[Ref], schema: Schema) -> Rest:
    """The documents without some records, and without references to what is not there."""
    left_out = set(without)
    left_out |= {ref for document in documents.values() for ref, _ in document.lost}
    amended: set[Ref] = set()
    whole = {each.ref: each for document in documents.values() for each in document.entities}
    documents = {path: _less(document, left_out) for path, document in documents.items()}
    while True:
        entities = [each for document in documents.values() for each in document.entities]
        gone, pruned = _dangling(link(entities, schema), schema)
        if not gone and not pruned:
            break
        left_out |= gone
        amended |= pruned.keys()
        documents = {path: _less(document, left_out, pruned) for path, document in documents.items()}
    present = {each.ref for document in documents.values() for each in document.entities}
    lost = {ref for ref in left_out if ref not in whole or not whole[ref].owner}
    unshown = tuple(each for ref, each in sorted(whole.items()) if ref not in present)
    return Rest(documents, frozenset(lost), frozenset(amended | (whole.keys() - present)), unshown)


def guesses(
    texts: Mapping[str, str], documents: Mapping[str, Document], files: Iterable[str], schema: Schema
) -> tuple[Entity, ...]:
    """For each unreadable file a record that uses all that it may name: every word may be an id or the name of a file.

    texts: what can be made out of each. One of which not a word is known may name everything that there is.
    """
    kinds = [name for name, kind in schema.types.items() if kind.folder and not kind.url]
    everything = sorted(files)
    if not all(texts.values()):
        refs = (each.ref for document in documents.values() for each in document.entities)
        everything += sorted(ref for ref in refs if ref_type(ref) in kinds)
    return tuple(
        Entity(
            Ref(f"unread/{path}"),
            "unread",
            path,
            path,
            {"words": tuple(map(Statement, _guessed(text, kinds) if text else everything))},
        )
        for path, text in sorted(texts.items())
    )


def _guessed(text: str, kinds: Collection[str]) -> Iterable[str]:
    """What the words of a text may be: files, and records of some kinds."""
    words = sorted({each.strip(".") for each in _WORD.findall(text)})
    return (*words, *(f"{kind}/{word}" for kind in kinds for word in words))


def _less(document: Document, left_out: Collection[Ref], pruned: Mapping[Ref, Entity] | None = None) -> Document:
    """A document without some records and those inside them, and with others in place of the pruned ones."""
    out = {each.ref for each in document.entities if each.ref in left_out}
    while more := {each.ref for each in document.entities if each.owner in out} - out:
        out |= more
    pruned = pruned or {}
    if not out and not any(each.ref in pruned for each in document.entities):
        return document
    kept = tuple(pruned.get(each.ref, each) for each in document.entities if each.ref not in out)
    return replace(document, entities=kept)


def _dangling(graph: Graph, schema: Schema) -> tuple[set[Ref], dict[Ref, Entity]]:
    """The records that can't do without something that is not there; and the others, without what points there."""
    pointers = {name: frozenset(each.name for each in fields) for name, fields in pointing(graph).items()}
    inside = {name: frozenset(_names(kind, "records")) for name, kind in schema.types.items()}
    needs = {name: (_required(kind), _founding(kind)) for name, kind in schema.types.items()}
    gone: set[Ref] = set()
    pruned: dict[Ref, Entity] = {}
    for ref, entity in graph.entities.items():
        cited = (*entity.qualifiers.sources, *(each.target for each in entity.citations))
        since = (entity.qualifiers.since, *(each.since for each in entity.hidden))
        if any(graph.source(each) is None for each in cited) or any(
            fault(graph, entity, each) for each in since if each
        ):
            gone.add(ref)
            continue
        changed: dict[str, tuple[Statement, ...]] = {}
        for name, row in entity.statements.items():
            aims = name in pointers[entity.type]
            holds = name in inside[entity.type]
            if not aims and not holds and not any(each.qualified for each in row):
                continue
            kept = tuple(each for each in row if _stands(graph, entity, each, aims=aims, holds=holds))
            if len(kept) < len(row):
                changed[name] = kept
        needed, essential = needs[entity.type]
        if (entity.owner and changed) or any(
            name in essential or (name in needed and not row) for name, row in changed.items()
        ):
            gone.add(ref)
        elif changed:
            pruned[ref] = replace(entity, statements={k: v for k, v in (entity.statements | changed).items() if v})
    return gone, pruned


def _stands(graph: Graph, entity: Entity, statement: Statement, *, aims: bool, holds: bool) -> bool:
    """Whether what a statement points at and what it rests on is there, and it is known since when it may be told."""
    since = statement.qualifiers.since
    if since and fault(graph, entity, since):
        return False
    if (aims or holds) and graph.present(str(statement.value)) not in graph.entities:
        return False
    return all(graph.source(each) is not None for each in statement.qualifiers.sources)


def _names(kind: EntityType, *kinds: str) -> Iterable[str]:
    return (field.name for field in kind.fields.values() if field.kind in kinds)


def _required(kind: EntityType) -> frozenset[str]:
    return frozenset(each.name for each in kind.fields.values() if each.required)


def _founding(kind: EntityType) -> frozenset[str]:
    """The fields that give a record of a type its place in the story and its address."""
    paths = (kind.timeline, *kind.position, *(path for path, _ in pattern_paths(kind.url)))
    return frozenset(path.partition(".")[0] for path in paths)
