"""Digests of facts, and which of them differ between two versions of an entity.

Facts come in two kinds. An entity's own (`field`, `body`, `sentences`, `headings`, `record`) can only change with the
file it is written in: comparing the two versions of its document tells. So it is with those of a whole type (`facts
person`: any field of any person, `records person`: any record), for files that hold all of it: they cost nothing until
something changes. All others follow from the whole graph or its surroundings; their digests are kept from one publish
to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

from ballardwiki import claims, moments
from ballardwiki.graph import tables
from ballardwiki.model import Entity, Ref, Statement, ref_type
from ballardwiki.world import World

_SHORT = 48


def is_own(key: str) -> bool:
    """Whether a fact is an entity's own."""
    return key.startswith(
        ("field ", "body ", "sentences ", "headings ", "record ", "facts ", "records ", "line ", "place ", "history ")
    )


def coarse(keys: Iterable[str]) -> set[str]:
    """What a file has read that holds whole types: the own facts of single entities become those of their types."""
    single = ("field ", "record ")
    found = {key for key in keys if not key.startswith(single)}
    types = {key.partition("/")[0] for key in keys if key.startswith(single)}
    return found | {each.replace("field ", "facts ").replace("record ", "records ") for each in types}


def digest(key: str, world: World) -> str:
    """A short text that differs when the fact does. Short values stand for themselves."""
    kind, _, rest = key.partition(" ")
    found = _VALUES[kind](rest, world)
    return found if len(found) <= _SHORT else blake2b(found.encode(errors="surrogatepass"), digest_size=15).hexdigest()


def digests(keys: Iterable[str], world: World) -> dict[str, str]:
    """The digests of all facts among `keys` that are not an entity's own."""
    return {key: digest(key, world) for key in keys if not is_own(key)}


def changed_in(old: Iterable[Entity], new: Iterable[Entity]) -> set[str]:
    """The own facts that differ between two versions of some entities; an absent one has no facts."""
    before = {entity.ref: entity for entity in old}
    after = {entity.ref: entity for entity in new}
    found: set[str] = set()
    for ref in before.keys() | after.keys():
        found |= _differences(ref, before.get(ref), after.get(ref))
    free = before.keys() - after.keys() | {old for entity in before.values() for old in _former(entity)}
    for ref, entity in after.items():  # claims about an address that was another's may have come with it
        if ref in before and not free.isdisjoint({*_former(entity)} - {*_former(before[ref])}):
            found |= {f"record {ref}", f"records {ref_type(ref)}"}
    return found


def _former(entity: Entity) -> Iterable[str]:
    return (f"{entity.type}/{each.value}" for each in entity.statements.get("was", ()))


def _differences(ref: Ref, old: Entity | None, new: Entity | None) -> set[str]:
    statements = (old.statements if old else {}, new.statements if new else {})
    fields = statements[0].keys() | statements[1].keys()
    said = [
        {name: [(each.value, each.qualifiers) for each in row] for name, row in side.items()} for side in statements
    ]
    found = {f"field {ref} {name}" for name in fields if said[0].get(name) != said[1].get(name)}
    if found:
        found.add(f"facts {ref_type(ref)}")
    if (old and _places(old)) != (new and _places(new)):
        found.add(f"line {ref}")
    if (old and (old.path, old.line)) != (new and (new.path, new.line)):
        found.add(f"place {ref}")
    if (old and old.body) != (new and new.body):
        found.add(f"body {ref}")
    if (old and old.sentences) != (new and new.sentences):
        found.add(f"sentences {ref}")
    if (old.headings if old else ()) != (new.headings if new else ()):
        found.add(f"headings {ref}")
    if old is None or new is None or (old.qualifiers, old.owner) != (new.qualifiers, new.owner):
        found |= {f"record {ref}", f"records {ref_type(ref)}"}
    if ref_type(ref) == claims.TYPE and not found <= {f"line {ref}", f"place {ref}"}:
        found |= {key for side in statements for key in _claimed(side)}
    return found


def _claimed(statements: Mapping[str, Iterable[Statement]]) -> Iterable[str]:
    """The fact that a claim is about. Who shows it need not have read of any claim: there may have been none."""
    about, field = ("".join(str(each.value) for each in statements.get(name, ())) for name in ("about", "field"))
    return (f"field {about} {field}", f"facts {ref_type(about)}")


def _places(entity: Entity) -> tuple[object, ...]:
    """Where an entity and each of its statements is written."""
    rows = ((name, each.line) for name, row in entity.statements.items() for each in row)
    return (entity.path, entity.line, *rows)


def _name(target: str, world: World) -> str:
    found = world.shown.find(target)
    if isinstance(found, str):
        return found
    return "?" if found else "withheld" if world.graph.find(target) else ""


def _file(path: str, world: World) -> str:
    found = world.shown.file(path)
    return found if isinstance(found, str) else world.shown.files.listed(path)


def _inverse(rest: str, world: World) -> str:
    ref, _, name = rest.partition(" ")
    found = world.shown.inverses.get(Ref(ref), {}).get(name, ())
    return "\n".join(f"{each.source} {each.statement.value} {each.statement.qualifiers}" for each in found)


def _mentions(ref: str, world: World) -> str:
    graph = world.shown
    veiled = (f"{each.source} {each.since}" for each in graph.veiled.get(Ref(ref), ()))
    return "\n".join((*graph.backlinks.get(Ref(ref), ()), *veiled, *graph.called.get(Ref(ref), ())))


def _bearers(key: str, world: World) -> str:
    return " ".join(world.shown.names.get(key, ()))


def _claims(ref: str, world: World) -> str:
    rows = world.shown.claims.get(Ref(ref), {}).values()
    found = (each for row in rows for each in row)
    return "\n".join(f"{each.ref} {each.field} {_said(each.statement)} {each.date}" for each in found)


def _said(statement: Statement) -> str:
    return f"{statement.value!r} {statement.qualifiers}"


def _cited(ref: str, world: World) -> str:
    return "\n".join(" ".join(pair) for pair in world.shown.citing.get(Ref(ref), ()))


def _story(_: str, world: World) -> str:
    graph, config = world.graph, world.config
    former = sorted((old, ref) for old, ref in graph.former.items() if ref.partition("/")[2] in graph.story.timelines)
    names = sorted(
        (name, ref) for ref in graph.story.timelines for name in (ref, str(graph.titles.get(Ref(f"series/{ref}"), "")))
    )
    series = [
        (name, refs)
        for name, refs in sorted(graph.names.items())
        if any(ref.partition("/")[2] in graph.story.timelines for ref in refs)
    ]
    return repr((names, former, series, sorted(config.horizon.items()), config.default_horizon))


def _covered(ref: str, world: World) -> str:
    """What a credit is for, and what each of it is a part of."""
    return "\n".join(f"{each} {_holders(each, world)}" for each in world.shown.coverage.covered(Ref(ref)))


def _holders(ref: str, world: World) -> str:
    return " ".join(world.shown.coverage.holders(Ref(ref)))


def _credited(ref: str, world: World) -> str:
    """The credits that a place has from what stands around it."""
    return repr([(each.credits, each.regulars) for each in world.shown.coverage.around(Ref(ref))])


def _rows(rest: str, world: World) -> str:
    name, number, size = rest.split(" ")
    return " ".join(tables.rows(world.shown, name, int(number), int(size)))


def _pages(rest: str, world: World) -> str:
    name, size = rest.split(" ")
    return str(tables.pages(world.shown, name, int(size)))


def _year(rest: str, world: World) -> str:
    name, year = rest.split(" ")
    return " ".join(world.shown.years.get(name, {}).get(year, ()))


def _tag(key: str, world: World) -> str:
    name, refs = world.shown.tags.get(key, ("", []))
    return f"{name} {' '.join(refs)}"


_VALUES: Mapping[str, Callable[[str, World], str]] = {
    "former": lambda ref, world: world.shown.former.get(ref, ""),
    "title": lambda ref, world: world.shown.titles.get(Ref(ref), ""),
    "url": lambda ref, world: world.shown.urls.get(Ref(ref), ""),
    "name": _name,
    "file": _file,
    "source": lambda id_, world: world.shown.source(id_) or "",
    "inverse": _inverse,
    "claims": _claims,
    "cited": _cited,
    "mentions": _mentions,
    "bearers": _bearers,
    "signed": lambda _, world: "\n".join(sorted(world.graph.naming.signed)),
    "namesakes": lambda ref, world: "\n".join(world.shown.shared.get(Ref(ref), ())),
    "address": lambda url, world: world.graph.addresses.get(url, ""),
    "list": lambda name, world: " ".join(world.shown.lists.get(name, ())),
    "covered": _covered,
    "holders": _holders,
    "credited": _credited,
    "rows": _rows,
    "pages": _pages,
    "years": lambda name, world: " ".join(world.shown.years.get(name, ())),
    "year": _year,
    "timeline": lambda ref, world: world.graph.story.timeline(ref),
    "story": _story,
    "tag": _tag,
    "tags": lambda _, world: repr([(key, name) for key, (name, _) in sorted(world.shown.tags.items())]),
    "types": lambda _, world: repr(world.shown.schema.types),
    "site": lambda name, world: repr(getattr(world.config, name)),
    "template": lambda name, world: world.templates.get(name, ""),
    "asset": lambda path, world: "" if path in world.withheld_files else world.assets.get(path, ""),
    "content": lambda _, world: world.content,
    "commit": lambda _, world: world.commit,
    "today": lambda _, world: world.today,
    "news": lambda _, world: " ".join(world.shown.news),
    "passed": lambda _, world: world.passed,
    "due": lambda date, world: str(moments.due(date, world.now, world.config.timezone)),
}
