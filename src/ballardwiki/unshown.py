"""What a site's own types declare and no page shows: records that no template asks for, types that nothing leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ballardwiki import yamlfile
from ballardwiki.claims import TYPE as CLAIM
from ballardwiki.problems import Location, Problem
from ballardwiki.schema import EntityType, Schema

_NAMED = re.compile(r"""(?:\.|["'])([a-z][a-z0-9_]*)\b""")
"""What a template asks for: `entity.credits`, `entity["credits"]`."""


def unshown(
    schema: Schema, files: Iterable[tuple[str, str]], templates: Iterable[str], shipped: frozenset[str]
) -> Iterator[Problem]:
    """A problem for each such declaration.

    files: path and text of all types, later ones in place of earlier ones. templates: their texts. shipped: the types
    that come with the program, some of which it reads itself.
    """
    words = {word for text in templates for word in _NAMED.findall(text)}
    texts = {path.rpartition("/")[2].removesuffix(".yaml"): (path, text) for path, text in files}
    for name, kind in schema.types.items():
        if name in texts:
            yield from _records(kind, schema, words, *texts[name])
        if name in texts and name not in shipped and kind.folder and not kind.url and not _pointed(name, schema, words):
            path, text = texts[name]
            written = f"what is written in content/{kind.folder}/ is on no page"
            message = f"{written}: {name} has no url, and no field points at it."
            hint = f"Give it url: /{kind.folder}/{{id}}/, or name it in a field's to:."
            yield Problem(_place(path, text, ("folder",)), "type-valid", message, hint)


def _records(kind: EntityType, schema: Schema, words: set[str], path: str, text: str) -> Iterator[Problem]:
    """Fields of records that no template names. Of claims the program tells on the pages that they are about."""
    for field in kind.fields.values():
        if field.kind == "records" and field.of != CLAIM and field.of in schema.types and field.name not in words:
            message = f"no template shows the records in {field.name}: what editors write there is on no page."
            hint = f"Show them in templates/{kind.template}, or hold them in a field that has a page, such as a ref."
            yield Problem(_place(path, text, ("fields", field.name)), "type-valid", message, hint)


def _pointed(name: str, schema: Schema, words: set[str]) -> bool:
    """Whether a field of another type points at a type, or a template asks for it."""
    fields = (field for kind in schema.types.values() if kind.name != name for field in kind.fields.values())
    return name in words or any(field.kind == "ref" and name in field.to for field in fields)


def _place(path: str, text: str, keys: tuple[str, ...]) -> Location:
    """Where a key of a type's file is written; the file's beginning where it comes from elsewhere."""
    node, _ = yamlfile.parse(text, path)
    at = (1, 1)
    for key in keys:
        if not isinstance(node, yamlfile.Mapping) or key not in node.keys:
            break
        at, node = node.keys[key], node.items[key]
    return Location(path, *at)
