"""Entity types are data: what a type and its fields may declare, and all types of a site together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

from ballardwiki.expressions import expression

KINDS = (
    "text",
    "id",
    "integer",
    "boolean",
    "date",
    "datetime",
    "url",
    "choice",
    "ref",
    "records",
    "parent",
    "markdown",
    "episodes",
)
"""What a field may hold. `records` are whole records of another type, written inside this one; `parent` is the way
back from such a record to the one it is written in; `markdown` is the entity's text."""

QUALIFIERS = ("since", "source", "confidence", "continuity", "from", "until")
"""The names of the qualifiers, as an editor writes them; no field may have one of these names."""

CONFIDENCE = ("confirmed", "reported", "rumoured", "disputed")
"""What the qualifier of that name may say, from the firmest to the least firm."""

ANY = "any"
CREDIT = "credit"
"""The type of credits, the records that say who played or did what."""


class Field(Struct, frozen=True):
    """One declared property of a type.

    `to`: the types that a `ref` or `parent` may point at (`("any",)` for all with a page), `of`: the type of `records`.
    `inverse`: the name under which the target sees the source; equal to `name` for a relation that holds both ways.
    `story`: "before" or "after", when the relation says that the source's story comes before or after the target's.
    `see_first`: whether the target is best seen before the source.
    `schema_org`: the property of schema.org that holds the values, `author`, or `author Person` where they become
    objects of that class; `inverse_schema_org`: the same for the way back; `schema_org_values`: what single values
    say: (value, class of the entity, or property of a record).
    `after`: the date field of the same record that this one can't precede. `past`: a date that can't be later than the
    build. `run`: whether a number may be a run of them, `1-2`, of a record with several places. `except_from`: the
    field of the same record from whose episodes this one takes some away. `expected`: an editor is told when it is
    missing. `require_source`: a value without source is a problem. `review`: for values that don't last, the days after
    which somebody should look whether they still hold.
    """

    name: str
    kind: str
    label: str
    help: str = ""
    required: bool = False
    many: bool = False
    to: tuple[str, ...] = ()
    of: str = ""
    inverse: str = ""
    inverse_label: str = ""
    options: tuple[str, ...] = ()
    story: Literal["", "before", "after"] = ""
    see_first: bool = False
    schema_org: str = ""
    inverse_schema_org: str = ""
    schema_org_values: tuple[tuple[str, str], ...] = ()
    after: str = ""
    past: bool = False
    run: bool = False
    except_from: str = ""
    expected: bool = False
    require_source: bool = False
    review: tuple[tuple[str, int], ...] = ()

    @property
    def valued(self) -> bool:
        """Whether it holds values: not a whole text, whole records, or the way back from one."""
        return self.kind not in ("markdown", "records", "parent")


class Index(Struct, frozen=True):
    """The list page of a type. `per_page` 0 = all on one page; `archive` "year" adds a page for each year."""

    url: str
    per_page: int = 0
    archive: Literal["", "year"] = ""


class Specials(Struct, frozen=True):
    """Entities of a type that stand apart: those whose `field` has that value come last, and are called otherwise.

    title, short: the patterns that they have instead of those of the type.
    """

    field: str
    value: int
    title: str = ""
    short: str = ""


class Inverse(Struct, frozen=True):
    """A declared way back: entities of `type` point here with `field`; `schema_org` is the property for it."""

    name: str
    label: str
    type: str
    field: str
    schema_org: str = ""


class EntityType(Struct, frozen=True):
    """A kind of entity.

    url: pattern of the page's address, "" for records without a page. Patterns hold `{path}` or `{path:02}`, where a
        path is `id` or fields joined by dots through references (`{season.number}`).
    title: pattern of the title where the editor gives none. names: patterns of further names that links may use.
    code: pattern of the short form by which lists call an entity (`S01E03`). short: the same where the editor gives no
        title; else they call it by its title. specials: which entities stand last.
    order: the paths by which lists of the type are sorted; `-` before one reverses it.
    timeline: path to the id of the series whose episodes `since` counts in. position: paths to season and episode.
    sections: ids of the parts that a page of the type may have besides its text's headings, which links may name.
    dated: the date field of a type whose entities are news. released: the date field that says when it came out.
    schema_org: the class of schema.org that entities belong to and, if it is no plain WebPage, that of their pages.
    """

    name: str
    label: str
    plural: str
    folder: str = ""
    url: str = ""
    template: str = ""
    title: str = ""
    names: tuple[str, ...] = ()
    code: str = ""
    short: str = ""
    specials: Specials | None = None
    order: tuple[str, ...] = ("title",)
    timeline: str = ""
    position: tuple[str, ...] = ()
    dated: str = ""
    released: str = ""
    schema_org: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    index: Index | None = None
    fields: Mapping[str, Field] = {}

    @property
    def past(self) -> tuple[str, ...]:
        """The fields whose dates can't be later than the build."""
        return tuple(each.name for each in self.fields.values() if each.past or each.name == self.dated)

    @property
    def credit_fields(self) -> tuple[str, ...]:
        """The fields in which credits are written."""
        return tuple(each.name for each in self.fields.values() if each.kind == "records" and each.of == CREDIT)


class Schema(Struct, frozen=True):
    """All types of a site, by name, and what follows from them together."""

    types: Mapping[str, EntityType]
    inverses: Mapping[str, Mapping[str, tuple[Inverse, ...]]]
    """type -> inverse name -> the declared ways back that bear it."""

    @property
    def folders(self) -> dict[str, EntityType]:
        """Folder below content/ -> type."""
        return {kind.folder: kind for kind in self.types.values() if kind.folder}

    def last(self, type_: str, path: str) -> int | None:
        """The value of a path (`season.number`) that stands after all others: the one of specials; None without any."""
        kind, name = self._end(type_, path)
        return kind.specials.value if kind and kind.specials and kind.specials.field == name else None

    def dates(self, type_: str, path: str) -> bool:
        """Whether a path leads to dates."""
        kind, name = self._end(type_, path)
        return bool(kind and name in kind.fields and kind.fields[name].kind in ("date", "datetime"))

    def _end(self, type_: str, path: str) -> tuple[EntityType | None, str]:
        """The type and the field that a path ends at."""
        kind, (*steps, name) = self.types[type_], path.split(".")
        for step in steps:
            field = kind.fields.get(step)
            target = next((each for each in field.to if each in self.types), "") if field else ""
            if not target:
                return None, name
            kind = self.types[target]
        return kind, name


def never_hidden(kind: EntityType) -> dict[str, str]:
    """The fields of a type whose values can't have a `since`, and what each of them does."""
    found = dict.fromkeys(
        (path.partition(".")[0] for path in (kind.timeline, *kind.position)), "gives it its place in the story"
    )
    for patterns, does in (((kind.title, *kind.names), "makes its title"), ((kind.url,), "makes its address")):
        found |= dict.fromkeys((path.partition(".")[0] for each in patterns for path, _ in pattern_paths(each)), does)
    found |= {kind.dated: "dates it"} if kind.dated else {}
    found |= {"was": "leads from an address that readers had", "draft": "says whether it is shown"}
    found |= {"publish_at": "says when it is shown"}
    return found | ({} if kind.title else {"title": "is what readers call it"})


_PATTERN = expression(r"\{([a-z][a-z0-9_.]*)(:0?\d+)?\}")


def pattern_paths(pattern: str) -> list[tuple[str, str]]:
    """The (path, format) pairs in a pattern such as `s{season.number:02}`."""
    return [(path, form[1:]) for path, form in _PATTERN.findall(pattern)]


def fill(pattern: str, value: Callable[[str], object]) -> str:
    """A pattern with each `{path}` replaced by `value(path)`; of a run of numbers (a tuple) `-` stands between them."""

    def filled(hit: re.Match[str]) -> str:
        found, form = value(hit[1]), (hit[2] or ":")[1:]
        return "-".join(format(each, form) for each in (found if isinstance(found, tuple) else (found,)))

    return _PATTERN.sub(filled, pattern)
