"""What an editor wrote for a field -> its statements: values, plain or with qualifiers."""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki import invisible, lookalikes, similarity, yaml_reader
from ballardwiki.content import designators, list_forms, moments, parsing, values
from ballardwiki.lookalikes import comments
from ballardwiki.model import Qualifiers, Statement, Value
from ballardwiki.problems import Location, Problem
from ballardwiki.schema import CONFIDENCE, QUALIFIERS, EntityType, Field, Schema, never_hidden
from ballardwiki.slugs import slug
from ballardwiki.yaml_reader.doubts import SLIP

_HINTS = {
    "title": "Write title: with a name for all readers, and this one under aliases: with its since; or put since: at "
    "the top of the record, to hide it as a whole.",
    "was": "Leave the former id out until then; an old address that answers can be read by all.",
}

_NEVER_EMPTY = {
    "draft": "Write true to keep the page back, or take the line away.",
    "publish_at": "Write a moment such as 2025-07-09 12:00, or take the line away.",
}
"""The fields by which a page is kept back: whoever leaves one empty may think that it is."""

_NAMES = ("title", "aliases", "tags")
"""The fields by which pages are found."""


class Reader:
    """Reads the statements of one file; adds what is wrong to `problems`. `zone`: that of times that name none."""

    def __init__(self, path: str, schema: Schema, problems: list[Problem], zone: str = "UTC") -> None:
        self._path = path
        self._zone = zone
        self._schema = schema
        self._problems = problems

    def statements(self, field: Field, node: yaml_reader.Node) -> Iterator[Statement]:
        """The values of a field, plain or qualified; none where nothing is written."""
        if yaml_reader.is_null(node):
            if hint := _NEVER_EMPTY.get(field.name):
                self._problem("field-valid", (node.line, node.column), f"{field.name} holds nothing.", hint)
        elif isinstance(node, yaml_reader.Sequence):
            if not field.many and not field.run:
                self._problem("field-valid", (node.line, node.column), f"{field.name} takes one value, not a list.")
                return
            found = [each for item in node.items for each in self._statement(field, item)]
            if field.run and not _runs(found):
                hint = "Write 1-2 or [1, 2]."
                self._problem("field-valid", (node.line, node.column), f"{field.name} must be a run of numbers.", hint)
                return
            yield from found
        else:
            if (
                field.many
                and isinstance(node, yaml_reader.Scalar)
                and node.plain
                and (parts := list_forms.meant(field.kind, node.text))
            ):
                hint = f"Write [{', '.join(parts)}] if these are {len(parts)}, or put the value in quotes if it is one."
                self._doubt(node.line, node.column, f"{field.name} holds one value here, {node.text}.", hint)
            yield from self._statement(field, node)

    def _statement(self, field: Field, node: yaml_reader.Node) -> Iterator[Statement]:
        at = (node.line, node.column)
        if isinstance(node, yaml_reader.Scalar):
            yield from (Statement(value, None, *at) for value in self._values(field, node))
        elif isinstance(node, yaml_reader.Mapping):
            unknown = [key for key in node.items if key != "value" and key not in QUALIFIERS]
            for key in unknown:
                hint = similarity.suggest(key, ("value", *QUALIFIERS)) or "Write {value: …, source: …}."
                self._problem("field-known", node.keys[key], f"{key} is no qualifier of a value.", hint)
            inner = node.items.get("value")
            if not isinstance(inner, yaml_reader.Scalar):
                if not unknown:
                    self._problem("field-valid", at, f"{field.name} needs a value.", "Write {value: …, source: …}.")
                return
            found = self._values(field, inner)
            qualified = self.qualifiers(node) if found else None
            yield from (Statement(value, qualified, inner.line, inner.column) for value in found)
        else:
            inner = node.items[0] if len(node.items) == 1 else None
            message = f"a value of {field.name} can't be a list."
            if field.kind == "ref" and isinstance(inner, yaml_reader.Scalar):
                message = f"{field.name} holds a list in a list."
                place = Location(self._path, *at)
                among = parsing.pointed(field, self._schema)
                hint = "Write an id, in one pair of brackets."
                self._problems.append(Problem(place, "field-valid", message, hint, missing=inner.text, among=among))
            else:
                self._problem("field-valid", at, message)

    def _values(self, field: Field, node: yaml_reader.Scalar) -> tuple[Value, ...]:
        """What is written as one value: several only of a run of numbers, none if it is refused."""
        if field.name in _NAMES and (stray := invisible.stray(node.text)):
            column = node.column + (stray[0] if node.plain else 0)
            message = f"{field.name} holds the sign {stray[1]}, which nobody sees, so that no link finds it."
            self._doubt(node.text_line, column, message, f"Write it as it looks: {invisible.cleared(node.text):.60}")
        if field.kind == "text":
            instead = f"Leave out the marks and write {field.name}: {{value: …, since: %s}}."
            self._seen(field.name, node, _HINTS.get(field.name, instead))
        try:
            if field.run:
                return values.numbers(node)
            found = parsing.value(field, node, self._schema)
            return (moments.localised(str(found), self._zone) if field.kind in ("date", "datetime") else found,)
        except parsing.UnknownError as error:
            at = Location(self._path, node.line, node.column)
            hint = _instead(node.text, error)
            said = f"{field.name} {error}"
            self._problems.append(Problem(at, "field-valid", said, hint, missing=error.named, among=error.among))
            return ()
        except ValueError as error:
            self._problem("field-valid", (node.line, node.column), f"{field.name} {error}")
            return ()

    def _doubt(self, line: int, column: int, message: str, hint: str) -> None:
        """Report what is hardly meant."""
        self._problems.append(Problem(Location(self._path, line, column), SLIP, message, hint, "warning"))

    def _seen(self, name: str, node: yaml_reader.Scalar, instead: str) -> None:
        """Report what looks like a spoiler mark or a comment: a field is plain text, in which none means anything."""
        if found := next(lookalikes.find(node.text), None):
            message = f"{found.typed} hides nothing in {name}, so what it should hide would be seen."
            self._problem(lookalikes.RULE, _place(node, found.start), message, instead.replace("%s", found.moment))
        elif comment := comments.any_(node.text):
            message = f"{comment.typed} is no comment in {name}, so it would be seen."
            hint = "Write it behind # in a line of its own, or take it away."
            self._problem(comments.RULE, _place(node, comment.start), message, hint)

    def qualifiers(self, node: yaml_reader.Mapping) -> Qualifiers:
        """The qualifiers among a mapping's keys."""
        found: dict[str, str] = {}
        sources: tuple[str, ...] = ()
        for key in QUALIFIERS:
            item = node.items.get(key)
            if item is None:
                continue
            if yaml_reader.is_null(item):
                if key == "since":
                    hint = "Write an episode such as since: s01e04; or take since: away, if everybody may know it."
                    self._problem("since-placed", node.keys[key], "since names no moment.", hint)
                continue
            try:
                if key == "source":
                    items = item.items if isinstance(item, yaml_reader.Sequence) else (item,)
                    sources = tuple(values.ref_id(_scalar(each)) for each in items)
                else:
                    found["from_" if key == "from" else key] = self._qualifier(key, _scalar(item))
                    if key == "continuity":
                        self._seen(key, _scalar(item), "Leave out the marks and write since: %s beside it.")
            except ValueError as error:
                at = Location(self._path, item.line, item.column)
                wanted = item.text if isinstance(item, yaml_reader.Scalar) and not values.address(item.text) else ""
                among = _named_by(key, self._schema)
                missing = wanted if among else ""
                said = f"{key} {error}"
                self._problems.append(Problem(at, "field-valid", said, "", missing=missing, among=among))
        return Qualifiers(sources=sources, **found)

    def in_the_open(self, kind: EntityType, field: Field, row: tuple[Statement, ...]) -> None:
        """Report a `since` where nothing can be hidden."""
        for each in row:
            if each.qualifiers.since and (does := never_hidden(kind).get(field.name)):
                hint = _HINTS.get(field.name, "Take it away, or put since: at the top of the record to hide all of it.")
                message = f"{field.name} can't have a since: it {does}."
                self._problem("since-placed", (each.line, each.column), message, hint)

    def _qualifier(self, key: str, node: yaml_reader.Scalar) -> str:
        match key:
            case "since":
                return designators.designator(node)
            case "confidence":
                return values.choice(node, CONFIDENCE)
            case "from" | "until":
                return moments.localised(values.date(node), self._zone)
            case _:
                return values.text(node)

    def _problem(self, rule: str, at: tuple[int, int], message: str, hint: str = "") -> None:
        self._problems.append(Problem(Location(self._path, *at), rule, message, hint))


def _instead(text: str, error: parsing.UnknownError) -> str:
    """What to write for a name or an id that no record has, as far as can be told without the others."""
    made = slug(error.named)
    if not made or text != error.named:
        return ""
    ways = [made] if len(error.among) == 1 else [f"{name}/{made}" for name in error.among[:4]]
    return f"Write {' or '.join(ways)}{' …' if len(error.among) > len(ways) else '.'}"


def _named_by(key: str, schema: Schema) -> tuple[str, ...]:
    """The types of the records that a qualifier names: sources, or the episodes that are moments; () for any other."""
    types = schema.types.items()
    if key == "source":
        return ("source", *(name for name, kind in types if kind.dated and name != "source"))
    return tuple(name for name, kind in types if len(kind.position) == 2) if key == "since" else ()


def _place(node: yaml_reader.Scalar, start: int) -> tuple[int, int]:
    """Line and column of a place in a value, as near as can be told."""
    before = node.text[:start].rpartition("\n")
    if node.text_line != node.line:
        return node.text_line + before[0].count("\n") + len(before[1]), 1
    return node.line, node.column + (start if node.plain and not before[1] else 0)


def _scalar(node: yaml_reader.Node) -> yaml_reader.Scalar:
    if not isinstance(node, yaml_reader.Scalar):
        message = "must be one value, not a list or mapping."
        raise ValueError(message)  # noqa: TRY004  # every fault of a value is a ValueError here
    return node


def _runs(found: list[Statement]) -> bool:
    """Whether the values are numbers that follow each other, not too many."""
    first = int(found[0].value) if found else 0
    return bool(found) and [each.value for each in found] == [
        *range(first, first + min(len(found), values.LONGEST_RUN))
    ]
