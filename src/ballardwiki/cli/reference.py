"""The reference of a site's content, made from its types: `python -m ballardwiki.cli.reference docs/content.md`.

It is Markdown. With a file, the part between its two `generated` comments is replaced; without one, it is printed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import structs

from ballardwiki.build import project
from ballardwiki.schema import ANY, EntityType, Field, Schema

BEGIN = "<!-- generated: the types -->"
END = "<!-- end of the generated part -->"

_HOLDS = {
    "text": "text",
    "id": "id",
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "date": "date, perhaps partial",
    "datetime": "date, or moment such as `2025-07-09 12:00`",
    "url": "web address",
    "episodes": "episodes: `s01e01`, `s01e01-s01e04`, `s02`, `all`",
    "markdown": "Markdown",
}


def markdown(schema: Schema) -> str:
    """All types with all their fields and the ways back to them."""
    common = common_fields(schema)
    lines = ["### Fields of every type", ""]
    lines += _table(schema, common.values())
    for kind in sorted(schema.types.values(), key=lambda each: (not each.folder, each.label)):
        lines += ["", f"### {kind.label}", "", _introduction(schema, kind), ""]
        own = [
            _brief(field, common)
            for field in kind.fields.values()
            if not kind.folder or common.get(field.name) != field
        ]
        lines += _table(schema, own)
        lines += _ways_back(schema, kind)
    return "\n".join(lines) + "\n"


def common_fields(schema: Schema) -> dict[str, Field]:
    """The fields that all types with a folder have, as most of those declare them that do not insist on them."""
    kinds = [kind for kind in schema.types.values() if kind.folder]
    names = [name for name in kinds[0].fields if all(name in kind.fields for kind in kinds)] if kinds else []
    found = {}
    for name in names:
        declared = [kind.fields[name] for kind in kinds]
        found[name] = Counter([field for field in declared if not field.required] or declared).most_common(1)[0][0]
    return found


def _brief(field: Field, common: Mapping[str, Field]) -> Field:
    """A field without the help that the table of common fields gives already."""
    return structs.replace(field, help="") if field.name in common and common[field.name].help == field.help else field


def _introduction(schema: Schema, kind: EntityType) -> str:
    if not kind.folder:
        fields = (f"`{field.name}` of {_link(owner)}" for owner, field in _holders(schema, kind))
        return f"Has no folder: written as records in {', '.join(fields) or 'no field yet'}."
    parts = [f"Lives in `content/{kind.folder}/`"]
    parts.append(f"its page is `{kind.url}`" if kind.url else "has no page of its own")
    sentence = f"{', '.join(parts)}."
    if kind.title:
        sentence += f" Without a `title` it is called `{kind.title}`."
    if kind.names:
        sentence += f" Links find it as {_and(f'`{name}`' for name in kind.names)}, too."
    return sentence


def _holders(schema: Schema, kind: EntityType) -> Iterator[tuple[EntityType, Field]]:
    for owner in schema.types.values():
        for field in owner.fields.values():
            if field.of == kind.name:
                yield owner, field


def _table(schema: Schema, fields: Iterable[Field]) -> list[str]:
    rows = [f"| {_name(field)} | {_holds(schema, field)} | {_meaning(field)} |" for field in fields]
    return ["| field | holds | meaning |", "| --- | --- | --- |", *rows]


def _name(field: Field) -> str:
    return f"**`{field.name}`** (required)" if field.required else f"`{field.name}`"


def _holds(schema: Schema, field: Field) -> str:
    if field.kind == "choice":
        holds = _or(f"`{option}`" for option in field.options)
    elif field.kind == "records":
        holds = f"a list of {_link(schema.types[field.of])} records"
    elif field.kind == "parent":
        holds = "set by the record it is written in"
    elif field.kind == "ref":
        holds = _reference(schema, field)
    else:
        holds = _HOLDS[field.kind] + (", or a run of them: `1-2`" if field.run else "")
    return f"{holds}; one or more" if field.many else holds


def _reference(schema: Schema, field: Field) -> str:
    if ANY in field.to:
        return "address of any page, such as `person/ada-lane`"
    if len(field.to) == 1:
        return f"id of {_link(schema.types[field.to[0]], article=True)}"
    return "address of " + _or(_link(schema.types[name], article=True) for name in field.to)


def _link(kind: EntityType, *, article: bool = False) -> str:
    name = f"[{kind.label.lower()}](#{kind.label.lower().replace(' ', '-')})"
    return f"{'an' if name[1] in 'aeiou' else 'a'} {name}" if article else name


def _meaning(field: Field) -> str:
    label = field.label.rstrip(".")
    return f"{label}. {field.help}".strip() if field.help else f"{label}."


def _ways_back(schema: Schema, kind: EntityType) -> list[str]:
    """What a page of the type shows although it is written elsewhere; not what every page may show, such as news."""
    found = [
        f"{way.label} (`{name}`, from `{way.field}` of {_link(schema.types[way.type])})"
        for name, ways in schema.inverses[kind.name].items()
        for way in ways
        if ANY not in schema.types[way.type].fields[way.field].to and (way.type != kind.name or way.field != name)
    ]
    return ["", f"Seen from here, written there: {'; '.join(found)}."] if found else []


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)


def _or(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def insert(text: str, generated: str) -> str:
    """A text with what stands between its two comments replaced."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        message = f"there are no two lines {BEGIN} and {END}"
        raise ValueError(message)
    return f"{before}{BEGIN}\n\n{generated}\n{END}{after}"


def main(arguments: list[str]) -> None:
    """Print the reference of the site in the present folder, or put it into the files named."""
    generated = markdown(project.load(Path()).schema)
    for name in arguments:
        path = Path(name)
        path.write_text(insert(path.read_text(encoding="utf-8"), generated), encoding="utf-8")
    if not arguments:
        sys.stdout.write(generated)


if __name__ == "__main__":
    main(sys.argv[1:])
