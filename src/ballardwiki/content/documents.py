"""read(): one source file -> one `Document`, knowing nothing of any other file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ballardwiki import yaml_reader
from ballardwiki.content import fields, front_matter, ids, markup, remains
from ballardwiki.content.field_hints import bearing, first_line, given, instead, needed
from ballardwiki.marks import Spoiler
from ballardwiki.model import EMPTY_BODY, Body, Document, Entity, Mention, Ref, Sentence, Source, Statement, pack_spots
from ballardwiki.problems import Location, Problem, errors
from ballardwiki.schema import QUALIFIERS, EntityType, Field, Schema
from ballardwiki.similarity import nearest
from ballardwiki.yaml_reader import doubts, slips


def read(source: Source, schema: Schema, engine: str, zone: str = "UTC", base: str = "") -> Document:
    """The entities written in a file and the problems found in it. Never raises for anything the file may hold.

    `zone`: the time zone of times that name none. `base`: the address of the site.
    """
    return _Reader(source, schema, engine, zone, base).document()


class _Written(Struct, frozen=True):
    """A record as it stands in a file: what it is to be, its fields, and where it begins.

    text: of a Markdown file, with its first line. owner: the record that it is written in.
    """

    kind: EntityType
    id: str
    node: yaml_reader.Mapping
    at: tuple[int, int]
    text: tuple[str, int] | None = None
    owner: Ref | None = None


class _Reader:
    """Reads one file; the methods go from the whole to the parts."""

    def __init__(self, source: Source, schema: Schema, engine: str, zone: str, base: str) -> None:
        self.source = source
        self.schema = schema
        self.engine = engine
        self.base = base
        self.entities: list[Entity] = []
        self.bodies: dict[str, Body] = {}
        self.kept: dict[str, tuple[Sentence, ...]] = {}
        self.problems: list[Problem] = []
        self.written = fields.Reader(source.path, schema, self.problems, zone)

    def problem(self, rule: str, at: tuple[int, int], message: str, hint: str = "") -> None:
        self.problems.append(Problem(Location(self.source.path, *at), rule, message, hint))

    def document(self) -> Document:
        text = self.source.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        kind = self.schema.types[self.source.type]
        if self.source.path.endswith(".md"):
            self.article(kind, text)
        else:
            self.records(kind, text)
        problems = tuple(doubts.settled(self.problems))
        held = {each.ref for each in self.entities}
        lost = tuple(each for each in remains.records(self.source) if each[0] not in held) if problems else ()
        return Document(self.source.path, tuple(self.entities), self.bodies, self.kept, problems, lost)

    def article(self, kind: EntityType, text: str) -> None:
        """A Markdown file: front matter, then the text."""
        cut, problems = front_matter.cut(text, self.source.path)
        self.problems.extend(problems)
        if not cut:
            return
        node, problems = yaml_reader.parse(cut.front, self.source.path, line=2)
        self.problems.extend(problems)
        broken = bool(errors(problems))
        if broken and node is None:
            return
        if node is None or yaml_reader.is_null(node):
            node = yaml_reader.Mapping({}, {}, 2, 1)
        if not isinstance(node, yaml_reader.Mapping):
            if not broken:
                message = "the front matter must be fields such as title: …"
                self.problem("yaml-valid", (node.line, node.column), message, _colon(node))
            return
        self.entity(_Written(kind, self.source.id, node, (node.line, node.column), (cut.text, cut.line)))

    def records(self, kind: EntityType, text: str) -> None:
        """A YAML file: id -> record."""
        node, problems = yaml_reader.parse(text, self.source.path)
        self.problems.extend(problems)
        broken = bool(errors(problems))
        if node is None or yaml_reader.is_null(node):
            if not broken:
                self.problem("yaml-valid", (1, 1), "the file is empty.", "Write id: {title: …} or delete the file.")
            return
        if not isinstance(node, yaml_reader.Mapping):
            if not broken:
                message = "the file must hold records by id, such as an-id: {title: …}."
                self.problem("yaml-valid", (node.line, node.column), message)
            return
        astray = ids.astray(node, kind, self.source.path)
        if astray and (cut := front_matter.cut(text, self.source.path)[0]) and cut.text.strip():
            self.problems[:] = [each for each in self.problems if each.at.line < cut.line - 1]
            astray = [ids.page(each) for each in astray]
        self.problems += astray
        for id_, record in node.items.items() if not astray else ():
            if isinstance(record, yaml_reader.Mapping):
                self.entity(_Written(kind, id_, record, node.keys[id_]))
            else:
                message = f"{id_} must be a record with fields such as title: {id_}."
                self.problem("yaml-valid", node.keys[id_], message, _colon(record))

    def entity(self, record: _Written) -> Entity | None:
        """One record; those written inside it are added before it."""
        kind, id_, node, at, owner, text = record.kind, record.id, record.node, record.at, record.owner, record.text
        if owner is None and (fault := ids.fault(id_, kind.name, Location(self.source.path, *at))):
            self.problems.append(fault)
            return None
        me = Ref(f"{kind.name}/{id_}")
        stated: dict[str, tuple[Statement, ...]] = {}
        written: Counter[str] = Counter()
        refused: list[str] = []
        astray: Location | None = None
        for key, value in node.items.items():
            before = len(self.problems)
            field = kind.fields.get(key)
            if key in QUALIFIERS:
                continue
            if field is None or field.kind == "parent":
                near = nearest(key, (*kind.fields, *QUALIFIERS))
                refused.append(near)
                others = "" if near else bearing(self.schema, key)
                astray = astray or (Location(self.source.path, *node.keys[key]) if others else None)
                hint = f"Did you mean {near}?" if near else others or instead(kind, node, value)
                self.problem("field-known", node.keys[key], f"{kind.label.lower()} has no field {key}.", hint)
            elif field.kind == "markdown":
                text = self.inline_text(key, value, text)
            elif field.kind == "records":
                stated[key] = tuple(self.inside(field, value, me, written[field.of]))
                written[field.of] += len(value.items) if isinstance(value, yaml_reader.Sequence) else 0
            elif row := tuple(self.written.statements(field, value)):
                stated[key] = row
                self.written.in_the_open(kind, field, row)
            if field and field.valued and errors(self.problems[before:]):
                refused.append(key)
        for field in kind.fields.values():
            if field.kind == "parent" and owner:
                stated[field.name] = (Statement(owner),)
            elif (
                field.required
                and field.name not in refused
                and not given(node.items.get(field.name))
                and not (field.name == "title" and kind.title)
            ):
                self.missing(field, f"this {kind.label.lower()}" if owner else id_, node, at, astray)
        qualified = self.written.qualifiers(node) if any(key in node.items for key in QUALIFIERS) else None
        body = self.body(me, text)
        marks = [part for row in (body.parts, *body.notes.values()) for part in row if not isinstance(part, str)]
        plain = [each for each in body.mentions if _is_plain(each)]
        found = Entity(
            ref=me,
            type=kind.name,
            id=id_,
            path=self.source.path,
            statements=stated,
            qualified=qualified,
            owner=owner or "",
            targets=tuple(each.target for each in plain),
            spots=pack_spots((each.line, each.column) for each in plain),
            mentions=tuple(each for each in body.mentions if not _is_plain(each)),
            headings=body.headings,
            images=body.images,
            citations=body.citations,
            hidden=tuple(mark for mark in marks if isinstance(mark, Spoiler)),
            excerpt=body.excerpt,
            words=body.words,
            body=self.digest(text[0]) if text and body.parts else "",
            sentences=self.sentences(me, body),
            line=at[0],
            places={key: node.keys[key] for key in QUALIFIERS if key in node.keys},
            refused=tuple(filter(None, refused)),
            remarked=body.remarked,
        )
        self.entities.append(found)
        return found

    def missing(
        self, field: Field, what: str, node: yaml_reader.Mapping, at: tuple[int, int], astray: Location | None
    ) -> None:
        """A field that is needed. `astray`: the place of a field of another type, whose record this rather is."""
        place = Location(self.source.path, *node.keys.get(field.name, at))
        label = f" ({field.label.lower()})" if field.label.lower() != field.name else ""
        message = f"{what} needs the field {field.name}{label}."
        cause = str(astray) if astray else ""
        called = what if field.name == "title" else ""
        self.problems.append(
            Problem(place, "field-required", message, needed(field.name, node), missing=called, cause=cause)
        )

    def inline_text(self, key: str, node: yaml_reader.Node, text: tuple[str, int] | None) -> tuple[str, int] | None:
        """The text of a record in a YAML file."""
        if yaml_reader.is_null(node):
            return text
        if not isinstance(node, yaml_reader.Scalar):
            hint = f"Begin it with {key}: | and indent the lines below."
            self.problem("field-valid", (node.line, node.column), f"{key} must be text.", hint)
            return text
        if text and text[0].strip():
            hint = "The text of a .md file stands below its front matter."
            self.problem("field-valid", (node.line, node.column), f"{key} is given twice.", hint)
            return text
        return node.text, node.text_line

    def inside(self, field: Field, node: yaml_reader.Node, owner: Ref, before: int) -> Iterator[Statement]:
        """The records written in a field, each as an entity of its own; their addresses are the field's values.

        before: how many of their type the record's other fields hold that stand above.
        """
        if yaml_reader.is_null(node):
            return
        if not isinstance(node, yaml_reader.Sequence):
            message = f"{field.name} must be a list."
            self.problem("field-valid", (node.line, node.column), message, "Begin each record with a dash.")
            return
        kind = self.schema.types[field.of]
        for number, item in enumerate(node.items, before + 1):
            if not isinstance(item, yaml_reader.Mapping):
                said = item.text if isinstance(item, yaml_reader.Scalar) else "a list"
                message = f"{field.name} holds {said}, where the fields of a {kind.label.lower()} must stand."
                self.problem("field-valid", (item.line, item.column), message, first_line(kind))
                continue
            id_ = f"{owner.replace('/', '.')}.{number}"
            found = self.entity(_Written(kind, id_, item, (item.line, item.column), owner=owner))
            if found:
                yield Statement(found.ref, None, item.line, item.column)

    def digest(self, text: str) -> str:
        """What tells one body from another: its text, where it and the site stand (for its links), and the engine."""
        base = self.base if "//" in text or "\\" in text else ""
        return blake2b(
            f"{self.engine}\0{self.source.path}\0{base}\0{text}".encode(errors="replace"), digest_size=12
        ).hexdigest()

    def sentences(self, me: Ref, body: Body) -> str:
        """Keep the sentences around an entity's links apart; their digest, "" when there are none."""
        if not body.sentences:
            return ""
        self.kept[me] = body.sentences
        return blake2b(msgspec.msgpack.encode(body.sentences), digest_size=9).hexdigest()

    def body(self, me: Ref, text: tuple[str, int] | None) -> Body:
        if not text or not text[0].strip():
            return EMPTY_BODY
        body, problems = markup.read(text[0], engine=self.engine, path=self.source.path, line=text[1], base=self.base)
        self.problems.extend(problems)
        self.bodies[me] = replace(
            body, mentions=(), headings=(), images=(), citations=(), excerpt=(), sentences=(), remarked=()
        )
        return body


def _colon(node: yaml_reader.Node) -> str:
    return slips.equated(node.text) if isinstance(node, yaml_reader.Scalar) else ""


def _is_plain(mention: Mention) -> bool:
    return not (mention.path or mention.since or mention.fragment or mention.typed)
