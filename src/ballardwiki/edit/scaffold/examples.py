"""Example values for declared fields, as an editor would type them; with the site's own ids where it has some."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ballardwiki.expressions import expression
from ballardwiki.graph.citations import telling
from ballardwiki.graph.claims import TYPE as CLAIM
from ballardwiki.model import Entity, ref_type
from ballardwiki.schema import ANY, EntityType, Field, Schema

_SAFE = expression(r"[^\W\d_](?:[^\s:#,\[\]{}&*!|>'\"%@`]| (?=[^\s#]))*")
_WORDS = frozenset({"null", "true", "false"})
_SHOWN = 6


def scalar(text: str) -> str:
    """A line of text as a YAML scalar: as it is when that is plain, else in double quotes."""
    return text if _SAFE.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=False)


class Examples:
    """Examples for one site on one day."""

    def __init__(self, schema: Schema, known: Sequence[Entity], today: str) -> None:
        self._schema = schema
        self._known = known
        self._today = today
        written = [set(kind.fields) for kind in schema.types.values() if kind.folder]
        self.shared = frozenset(set.intersection(*written) if written else ())
        """The names of the fields that all types have."""

    def fill(self, kind: EntityType, field: Field, id_: str, filled: Mapping[str, str]) -> str:
        """A value that a required field may well have, or "" when only an editor can tell (a reference to nothing yet).

        A reference prefers the target whose id begins this one's (`harbour-s01` for `harbour-s01e11`); a number is the
        next after those of records that share the references `filled` in before it; a text is the one most used.
        """
        if field.kind == "ref":
            targets = self._targets(field)
            near = [each for each in targets if id_.startswith(each.rpartition("/")[2])]
            return max(near or targets, key=lambda each: (len(each) if near else 0, each), default="")
        mine = [entity for entity in self._known if entity.type == kind.name]
        if field.kind == "integer":
            refs = [name for name in filled if kind.fields[name].kind == "ref"]
            peers = [each for each in mine if all(_ids(each, name) == {_bare(filled[name])} for name in refs)]
            return str(1 + max((_number(each, field.name) for each in peers), default=0))
        if field.kind == "text":
            used = Counter(str(each.value) for entity in mine for each in entity.statements.get(field.name, ()))
            return scalar(used.most_common(1)[0][0] if used else "To be written")
        return self._one(field)

    def missing(self, field: Field) -> str:
        """The line that stands for a required field which nothing can fill yet."""
        targets = " or ".join(field.to)
        return f"## {field.name}: is required, and there is no {targets} yet. First: ballardwiki new {field.to[0]} …"

    def help(self, field: Field) -> str:
        """What the declaration says of a field, and what it may hold."""
        said = f"{field.help} " if field.help else ""
        if field.kind == "choice":
            return f"{said}One of: {', '.join(field.options)}."
        if field.kind == "ref":
            shown = self._targets(field)[:_SHOWN]
            what = "any page" if ANY in field.to else " or ".join(field.to)
            return f"{said}The id of {what}" + (f": {', '.join(shown)} …" if shown else ".")
        return said

    def lines(self, field: Field) -> list[str]:
        """The field with an example value."""
        if field.kind == "records":
            return [f"{field.name}:", f"  - {{{', '.join(self._record(self._schema.types[field.of]))}}}"]
        one = self._one(field)
        return [f"{field.name}: [{one}]" if field.many else f"{field.name}: {one}"]

    def _record(self, kind: EntityType) -> Iterator[str]:
        """The fields that tell most of a record written in a line: what it needs, points at and chooses."""
        claimed = self._claimed(kind.fields["about"]) if kind.name == CLAIM else {}
        for field in kind.fields.values():
            if field.required or field.kind in ("ref", "choice"):
                yield f"{field.name}: {claimed.get(field.name) or self._one(field)}"

    def _claimed(self, about: Field) -> dict[str, str]:
        """A claim that means something: of a field whose values do not last, where some type has one."""
        known = [target for target in self._targets(about) if "/" in target]
        named = known or [f"{name}/some-id" for name, kind in self._schema.types.items() if kind.url]
        kinds = ((target, self._schema.types[ref_type(target)]) for target in named)
        said = [(target, kind.fields[name]) for target, kind in kinds for name in telling(kind)]
        if not said:
            return {}
        target, field = max(said, key=lambda each: bool(each[1].review))
        return {"about": target, "field": field.name, "value": self._one(field)}

    def _one(self, field: Field) -> str:
        match field.kind:
            case "ref":
                return next(iter(self._targets(field)), "some-id" if _plain(field) else f"{self._type(field)}/some-id")
            case "choice":
                return field.options[0]
            case "id":
                return "former-id"
            case "integer":
                return "1"
            case "boolean":
                return "true"
            case "date":
                return self._today
            case "datetime":
                return f"{self._today} 09:00"
            case "url":
                return "https://example.org/"
            case "episodes":
                return "s01e01-s01e02"
            case _:
                return "Some words"

    def _type(self, field: Field) -> str:
        return next(name for name, kind in self._schema.types.items() if kind.url) if ANY in field.to else field.to[0]

    def _targets(self, field: Field) -> list[str]:
        """What a reference may point at, as an editor types it, in code point order."""
        found = sorted(
            entity.ref
            for entity in self._known
            if entity.type in field.to or (ANY in field.to and self._schema.types[entity.type].url)
        )
        return [_bare(ref) for ref in found] if _plain(field) else list(found)


def _plain(field: Field) -> bool:
    """Whether a bare id tells which record a reference means."""
    return len(field.to) == 1 and ANY not in field.to


def _bare(ref: str) -> str:
    return ref.rpartition("/")[2]


def _ids(entity: Entity, field: str) -> set[str]:
    return {_bare(str(statement.value)) for statement in entity.statements.get(field, ())}


def _number(entity: Entity, field: str) -> int:
    return max((each.value for each in entity.statements.get(field, ()) if isinstance(each.value, int)), default=0)
