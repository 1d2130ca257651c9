"""Secrets planted in every field of every type and in every place of a text, each under a word of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import yaml
from tinysite import Site

from ballardwiki.schema import EntityType, Field, Schema, never_hidden

WORD = "zq{}xj"
"""No word of any language; a slug of it is the same word."""
SHAPE = re.compile(r"(?=(zq[0-9]+xj|76[0-9]{5}|[0-9]{4}-11-23))")
"""What all secrets look like, wherever it stands: words, numbers, days."""
FAR = "planted-later s09e09"
OPEN_FIELDS = ("draft", "publish_at", "was")


class Planting:
    """Writes records whose secrets nobody may know, and remembers each secret and where it was put."""

    def __init__(self, site: Site, schema: Schema) -> None:
        self.site = site
        self.schema = schema
        self.secrets: dict[str, str] = {}
        self._numbers = count(100)

    def word(self, where: str) -> str:
        found = WORD.format(next(self._numbers))
        self.secrets[found] = where
        return found

    def found(self, text: str) -> set[str]:
        """The secrets that a text tells: those of a shape are looked up, which is quicker than to look for each."""
        return {hit[1] for hit in SHAPE.finditer(text)} & self.secrets.keys()

    def all(self) -> None:
        """Plant everything."""
        self._series()
        for kind in self.schema.types.values():
            if kind.folder:
                self._write(kind, "values", self._with_values(kind))
                for how, mark in (
                    ("record", {"since": FAR}),
                    ("draft", {"draft": "true"}),
                    ("scheduled", {"publish_at": "2999-01-01"}),
                ):
                    self._write(kind, how, self._whole(kind, how) | mark)
        for engine_free, text in enumerate(self.texts()):
            front = {"title": f"Planted text {engine_free}", "date": "2020-01-01"}
            self.site.write(f"content/news/planted-{engine_free}.md", f"---\n{dump(front)}---\n\n{text}\n")
        self.site.write("media/planted/open.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")

    # Records

    def _series(self) -> None:
        for folder, record in (
            ("series", {"planted-later": {"title": "Planted Later"}}),
            ("seasons", {"planted-later-s09": {"series": "planted-later", "number": "9"}}),
            ("episodes", {"planted-later-s09e09": {"season": "planted-later-s09", "number": "9"}}),
        ):
            self.site.write(f"content/{folder}/planted-series.yaml", dump(record))
        for name, kind in self.schema.types.items():
            if kind.folder and name not in ("series", "season", "episode"):
                self._write(kind, "open", {"title": f"Open {name}"} | self._required(kind, "open"))

    def _write(self, kind: EntityType, how: str, record: dict[str, Any]) -> None:
        id_ = f"planted-{how}-{kind.name}"
        if how in ("record", "draft", "scheduled"):
            id_ = self.word(f"{kind.name}: id of a {how} one")
        self.site.write(f"content/{kind.folder}/planted-{how}-{kind.name}.yaml", dump({id_: record}))

    def _required(self, kind: EntityType, how: str) -> dict[str, Any]:
        """What a record must have, none of it secret."""
        found: dict[str, Any] = {}
        numbers = {"values": "81", "record": "82", "draft": "83", "scheduled": "84", "open": "85"}
        for field in kind.fields.values():
            if field.required and field.name != "title":
                if field.kind == "ref":
                    found[field.name] = {"season": "planted-later-s09", "series": "planted-later"}[field.to[0]]
                else:
                    plain = {"integer": numbers[how], "date": "2020-02-02"}
                    found[field.name] = plain.get(field.kind, "planted")
        return found

    def _whole(self, kind: EntityType, how: str) -> dict[str, Any]:
        """A record that is secret as a whole."""
        found = self._required(kind, how) | {"title": self.word(f"{kind.name}: title of a {how} one")}
        for field in kind.fields.values():
            if field.name not in (*found, *OPEN_FIELDS) and (value := self._value(kind, field, how)) is not None:
                found[field.name] = [value] if field.many or field.kind == "records" else value
        found["was"] = [self.word(f"{kind.name}: former id of a {how} one")]
        return found

    def _with_values(self, kind: EntityType) -> dict[str, Any]:
        """An open record each of whose values is secret."""
        found = self._required(kind, "values")
        found |= {} if "title" not in never_hidden(kind) else {"title": f"Planted {kind.name}"}
        for field in kind.fields.values():
            if field.name in found or field.name in never_hidden(kind) or field.kind in ("parent", "markdown"):
                continue
            value = self._value(kind, field, "value")
            if field.kind == "records":
                found[field.name] = [value | {"since": FAR}]
            elif value is not None:
                hidden = {"value": value, "since": FAR, "source": self._source(f"{kind.name}.{field.name}")}
                hidden["continuity"] = self.word(f"{kind.name}.{field.name}: continuity")
                found[field.name] = [hidden] if field.many else hidden
        return found

    def _source(self, where: str) -> str:
        id_ = self.word(f"{where}: id of its source")
        record = {
            "title": self.word(f"{where}: title of its source"),
            "url": f"https://e.example/{self.word(f'{where}: address of its source')}",
        }
        self.site.write(f"content/sources/planted-{id_}.yaml", dump({id_: record}))
        return id_

    def _value(self, kind: EntityType, field: Field, how: str) -> Any:
        """A secret value of a field; None where its kind has no word of its own."""
        where = f"{kind.name}.{field.name} ({how})"
        match field.kind:
            case "text":
                return self.word(where)
            case "markdown":
                word = self.word(where)
                return f"{word} [[character/planted-open-character|{self.word(f'{where}: link')}]].[^{self._source(where)}]"
            case "url":
                return f"https://e.example/{self.word(where)}"
            case "integer":
                number = str(7_610_000 + next(self._numbers))
                self.secrets[number] = where
                return number
            case "date":
                day = f"{1200 + next(self._numbers)}-11-23"
                self.secrets[day] = where
                return day
            case "records":
                return self._record(self.schema.types[field.of], where)
            case "ref":
                return self._target(field, where)
            case _:
                return None

    def _target(self, field: Field, where: str) -> str | None:
        name = next((each for each in ("character", "person", "organization", "place") if each in field.to), "")
        name = "character" if "any" in field.to else name
        if not name:
            return None
        id_ = self.word(f"{where}: id of a target that is secret, too")
        folder = self.schema.types[name].folder
        record = {"title": self.word(f"{where}: title of its target"), "since": FAR}
        self.site.write(f"content/{folder}/planted-{id_}.yaml", dump({id_: record}))
        return id_ if field.to == (name,) else f"{name}/{id_}"

    def _record(self, kind: EntityType, where: str) -> dict[str, Any]:
        if kind.name == "claim":
            return {
                "about": "character/planted-open-character",
                "field": "full_name",
                "value": self.word(f"{where}: claim"),
            }
        found: dict[str, Any] = {"source": self._source(where)}
        for field in kind.fields.values():
            value = "planted-open-person" if field.name == "person" else self._value(kind, field, where)
            if field.kind != "parent" and field.name not in OPEN_FIELDS and value is not None:
                found[field.name] = [value] if field.many else value
        return found

    # Texts

    def texts(self) -> Iterator[str]:
        """Texts in whose hidden stretches stands something in every place."""
        for how in ("inline", "callout", "section"):
            for place, pattern in PLACES.items():
                if how == "inline" and "\n" in pattern:
                    continue
                where = f"text, {how}: {place}"
                words = {name: self.word(where) for name in "abc" if f"{{{name}}}" in pattern}
                served = {"page": "Open character"}
                served |= {"source": self._source(where)} if "{source}" in pattern else {}
                served |= {"image": self._image(where)} if "{image}" in pattern else {}
                yield from self._hidden(how, pattern.format(**words, **served))

    def _image(self, where: str) -> str:
        name = self.word(f"{where}: name of an image")
        self.site.write(f"media/planted/{name}.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        record = {"title": self.word(f"{where}: what the image shows"), "file": f"planted/{name}.svg", "license": "PD"}
        self.site.write(f"content/images/planted-{name}.yaml", dump({f"image-{name}": record}))
        return f"/media/planted/{name}.svg"

    def _hidden(self, how: str, text: str) -> Iterator[str]:
        if how == "inline":
            body, _, notes = text.partition("\f")
            yield f"Open words. ||{FAR}: {body}|| More of them.\n\n{notes}"
            yield f"||{body}||\n\n{notes}"
        elif how == "callout":
            body, _, notes = text.partition("\f")
            quoted = "\n".join(f"> {line}".rstrip() for line in body.splitlines())
            yield f"Open words.\n\n> [!spoiler] {FAR}\n{quoted}\n\nMore of them.\n\n{notes}"
        else:
            body, _, notes = text.partition("\f")
            yield f'Open words.\n\n## {self.word("a hidden heading")} {{since="{FAR}"}}\n\n{body}\n\n## Open\n\nMore.\n\n{notes}'


PLACES = {
    "words": "{a} and *{b}*",
    "a link by name": "{a} met [[{page}]]",
    "a link with words": "[[{page}|{a}]]",
    "a red link": "[[{a}]]",
    "a link out": '[{a}](https://e.example/{b} "{c}")',
    "a source": "{a}[^{source}]",
    "a footnote": "{a}[^n]\f[^n]: {b} of [[{page}]].[^{source}]",
    "an image": '![{a}]({image} "{b}")',
    "a link to a file": "[{a}]({image})",
    "code": "`{a}`",
    "a heading": "{a}\n\n### {b}\n\n{c}",
    "a list": "- {a}\n- {b}\n    - {c}",
    "a table": "| {a} | {b} |\n| --- | --- |\n| {c} | [[{page}]] |",
    "a quote": "> {a} [[{page}]]\n\n{b}",
    "a callout": "> [!note] {a}\n> {b}",
    "fenced code": "```{a}\n{b}\n```",
    "own HTML": '<abbr title="{a}">{b}</abbr>\n<!-- {c} -->',
}


def dump(node: Any) -> str:
    return str(yaml.safe_dump(node, allow_unicode=True, sort_keys=False, width=10_000))
