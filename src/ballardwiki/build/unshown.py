"""What a site's own types declare and no page shows: records that no template asks for, types that nothing leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ballardwiki import yaml_reader
from ballardwiki.graph.claims import TYPE as CLAIM
from ballardwiki.pages.environment import Templates, asked
from ballardwiki.problems import Location, Problem
from ballardwiki.schema import CREDIT, EntityType, Schema

GENERIC = "entity.html"
"""The page of any type without a template of its own."""
_ALL_CREDITS = "credits_of"
"""The filter that finds the credits of an entity, whatever their fields are called."""


def unshown(
    schema: Schema,
    files: Iterable[tuple[str, str]],
    templates: Templates,
    shipped: frozenset[str],
    theme: Mapping[str, str],
) -> Iterator[Problem]:
    """A problem for each such declaration.

    files: path and text of all types, later ones in place of earlier ones. shipped: the types that come with the
    program, some of which it reads itself. theme: the templates that come with it, which know those types alone.
    """
    texts = {path.rpartition("/")[2].removesuffix(".yaml"): (path, text) for path, text in files}
    sites = {name for name, (_, text) in templates.files.items() if theme.get(name) != text}
    for name, kind in schema.types.items():
        if name not in texts:
            continue
        path, text = texts[name]
        for field in _unread(kind, schema, templates, sites):
            message = f"no template shows the records in {field}: what editors write there is on no page."
            hint = f"Show them in templates/{kind.template}, or hold them in a field that has a page, such as a ref."
            yield Problem(_place(path, text, ("fields", field)), "type-valid", message, hint)
        if name not in shipped and kind.folder and not kind.url and not _pointed(name, schema, templates, sites):
            written = f"what is written in content/{kind.folder}/ is on no page"
            message = f"{written}: {name} has no url, and no field points at it."
            hint = f"Give it url: /{kind.folder}/{{id}}/, or name it in a field's to:."
            yield Problem(_place(path, text, ("folder",)), "type-valid", message, hint)


def _unread(kind: EntityType, schema: Schema, templates: Templates, sites: Collection[str]) -> list[str]:
    """The fields of records that neither the template of the type's page nor one of the site's own reads.

    Of claims the program tells on the pages that they are about.
    """
    page = templates.closure(kind.template if kind.template in templates.files else GENERIC) if kind.url else set()
    texts = {name: text for name, (_, text) in templates.files.items()}
    fields = [each for each in kind.fields.values() if each.kind == "records" and each.of in schema.types]
    if any(_ALL_CREDITS in texts[name] for name in page):
        fields = [each for each in fields if each.of != CREDIT]
    wanted = [each.name for each in fields if each.of != CLAIM]
    if not wanted:
        return []
    shown = {word for name in page for word in asked(texts[name]).page}
    shown |= {word for name in sites for word in asked(texts[name]).other}
    shown |= {word for name in page.intersection(sites) for word in asked(texts[name]).words}
    return [name for name in wanted if name not in shown]


def _pointed(name: str, schema: Schema, templates: Templates, sites: Collection[str]) -> bool:
    """Whether a field of another type points at a type, or a template of the site's own asks for it."""
    fields = (field for kind in schema.types.values() if kind.name != name for field in kind.fields.values())
    if any(field.kind == "ref" and name in field.to for field in fields):
        return True
    return any(name in asked(templates.files[each][1]).words for each in sites)


def _place(path: str, text: str, keys: tuple[str, ...]) -> Location:
    """Where a key of a type's file is written; the file's beginning where it comes from elsewhere."""
    node, _ = yaml_reader.parse(text, path)
    at = (1, 1)
    for key in keys:
        if not isinstance(node, yaml_reader.Mapping) or key not in node.keys:
            break
        at, node = node.keys[key], node.items[key]
    return Location(path, *at)
