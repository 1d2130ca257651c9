"""`types/*.yaml` -> `Schema`, and what is wrong with them (rule `type-valid`).

The types that come with ballardwiki live in the package; a site adds or replaces one with `types/<name>.yaml`
beside its `site.yaml`. `types/common.yaml` holds the fields that every type has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from ballardwiki import yaml_reader
from ballardwiki.config import type_links
from ballardwiki.expressions import expression
from ballardwiki.problems import Location, Problem, errors
from ballardwiki.schema import KINDS, QUALIFIERS, EntityType, Field, Index, Schema, Specials
from ballardwiki.similarity import suggest

_NAME = expression(r"[a-z][a-z0-9_]*\Z")


def load(files: Iterable[tuple[str, str]], taken: Collection[str] = ()) -> tuple[Schema, list[Problem]]:
    """Types from (path, text) pairs; a later file of the same name replaces an earlier one.

    taken: the names that no field and no way back may have.
    """
    problems: list[Problem] = []
    sources: dict[str, _Reader] = {}
    for path, text in files:
        name = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        node, faults = yaml_reader.parse(text, path)
        problems.extend(faults)
        if isinstance(node, yaml_reader.Mapping):
            sources[name] = _Reader(path, node, problems, taken)
        elif not errors(faults):
            problems.append(Problem(Location(path, 1, 1), "type-valid", "a type is a mapping such as `label: Person`."))
    common = sources.pop("common", None)
    shared = common.fields({}) if common else {}
    sections = common.texts(common.node, "sections") if common else ()
    types = {name: reader.type(name, shared, sections) for name, reader in sorted(sources.items())}
    for name, reader in sources.items():
        for message, hint in type_links.faults(types[name], types):
            reader.problem((reader.node.line, reader.node.column), message, hint)
    return Schema(types, type_links.inverses(types)), problems


class _Reader:
    """Reads one type file and collects its problems."""

    def __init__(
        self, path: str, node: yaml_reader.Mapping, problems: list[Problem], taken: Collection[str] = ()
    ) -> None:
        self.path = path
        self.node = node
        self.problems = problems
        self.taken = set(taken)
        if not self.text(node, "url"):
            self.taken.discard("url")  # a record without a page has no address of its own

    def problem(self, at: tuple[int, int], message: str, hint: str = "") -> None:
        self.problems.append(Problem(Location(self.path, *at), "type-valid", message, hint))

    def text(self, node: yaml_reader.Mapping, key: str, default: str = "") -> str:
        item = node.items.get(key)
        if item is None:
            return default
        if not isinstance(item, yaml_reader.Scalar):
            self.problem((item.line, item.column), f"{key} must be text.")
            return default
        return item.text

    def texts(self, node: yaml_reader.Mapping, key: str) -> tuple[str, ...]:
        item = node.items.get(key)
        if isinstance(item, yaml_reader.Sequence):
            return tuple(each.text for each in item.items if isinstance(each, yaml_reader.Scalar))
        return (self.text(node, key),) if item is not None else ()

    def known(self, node: yaml_reader.Mapping, names: tuple[str, ...], what: str) -> None:
        for key in node.items:
            if key not in names:
                self.problem(node.keys[key], f"{what} has no setting {key}.", suggest(key, names))

    def pairs(self, node: yaml_reader.Mapping, key: str) -> tuple[tuple[str, str], ...]:
        item = node.items.get(key)
        if item is None:
            return ()
        if not isinstance(item, yaml_reader.Mapping):
            self.problem((item.line, item.column), f"{key} must be a mapping of values to names.")
            return ()
        return tuple((value, self.text(item, value)) for value in item.items)

    def flag(self, node: yaml_reader.Mapping, key: str) -> bool:
        return self.text(node, key, "false") == "true"

    def type(self, name: str, shared: Mapping[str, Field], sections: tuple[str, ...]) -> EntityType:
        node = self.node
        settings = tuple(item for item in EntityType.__struct_fields__ if item != "name")
        self.known(node, settings, "a type")
        if not _NAME.match(name):
            self.problem((1, 1), f"{name} can't be a type's name.", "Use lower-case letters, digits and _.")
        folder, url, dated = (self.text(node, key) for key in ("folder", "url", "dated"))
        if url and not (url.startswith("/") and url.endswith("/")):
            self.problem(node.keys["url"], "url must begin and end with a slash, such as /people/{id}/.")
        fields = self.fields(shared if folder else {})
        return EntityType(
            name=name,
            label=self.text(node, "label", name.capitalize()),
            plural=self.text(node, "plural", name.capitalize() + "s"),
            folder=folder,
            url=url,
            template=self.text(node, "template", f"{name}.html"),
            title=self.text(node, "title"),
            names=self.texts(node, "names"),
            code=self.text(node, "code"),
            short=self.text(node, "short"),
            specials=self.specials(),
            order=self.texts(node, "order") or (f"-{dated}" if dated in fields else "title",),
            timeline=self.text(node, "timeline"),
            position=self.texts(node, "position"),
            dated=dated,
            released=self.text(node, "released"),
            schema_org=self.texts(node, "schema_org"),
            sections=(*sections, *self.texts(node, "sections")),
            index=self.index(folder, url),
            fields=fields,
        )

    def index(self, folder: str, url: str) -> Index | None:
        node = self.node.items.get("index")
        if isinstance(node, yaml_reader.Mapping):
            self.known(node, tuple(Index.__struct_fields__), "index")
            at, per_page, written = (
                (node.line, node.column),
                self.text(node, "per_page", "0"),
                self.text(node, "archive"),
            )
            if not (per_page.isascii() and per_page.isdecimal()):
                self.problem(at, f"per_page is {per_page}, which is no number.", "Write per_page: 50")
                per_page = "0"
            if written not in ("", "year"):
                self.problem(at, f"archive is {written}, of which nothing is made.", "Write archive: year")
            archive: Literal["", "year"] = "year" if written == "year" else ""
            return Index(self.text(node, "url", f"/{folder}/"), int(per_page), archive)
        wanted = node is None or (isinstance(node, yaml_reader.Scalar) and node.text != "false")
        return Index(f"/{folder}/") if url and wanted else None

    def specials(self) -> Specials | None:
        node = self.node.items.get("specials")
        if node is None:
            return None
        if isinstance(node, yaml_reader.Mapping):
            self.known(node, tuple(Specials.__struct_fields__), "specials")
            field, value = self.text(node, "field"), self.text(node, "value")
            if field and value.isdecimal() and len(value) < 10:
                return Specials(field, int(value), self.text(node, "title"), self.text(node, "short"))
        message = "specials must name a field and the number that they have there."
        self.problem((node.line, node.column), message, "Write {field: number, value: 0, short: Specials}.")
        return None

    def fields(self, shared: Mapping[str, Field]) -> dict[str, Field]:
        node = self.node.items.get("fields")
        found = dict(shared)
        if node is None:
            return found
        if not isinstance(node, yaml_reader.Mapping):
            self.problem((node.line, node.column), "fields must be a mapping of names to settings.")
            return found
        for name, item in node.items.items():
            if not isinstance(item, yaml_reader.Mapping):
                self.problem(node.keys[name], f"the field {name} needs settings such as {{kind: text}}.")
            elif not _NAME.match(name) or name in QUALIFIERS:
                self.problem(node.keys[name], f"{name} can't be a field's name.")
            else:
                self.free(name, node.keys[name])
                found[name] = self.field(name, item, found.get(name))
                if back := item.items.get("inverse"):
                    self.free(self.text(item, "inverse"), (back.line, back.column))
        return found

    def free(self, name: str, at: tuple[int, int]) -> None:
        """Report a name by which templates are told something else."""
        if name in self.taken:
            message = f"{name} can't be the name of a field or a way back: templates read something else by it."
            self.problem(at, message, f"These are taken: {', '.join(sorted(self.taken))}.")

    def field(self, name: str, node: yaml_reader.Mapping, before: Field | None) -> Field:
        self.known(node, tuple(item for item in Field.__struct_fields__ if item != "name"), f"the field {name}")
        kind = self.text(node, "kind", before.kind if before else "text")
        if kind not in KINDS:
            hint = suggest(kind, KINDS) or f"Write one of: {', '.join(KINDS)}."
            self.problem((node.line, node.column), f"the field {name} has the unknown kind {kind}.", hint)
            kind = "text"
        story = self.text(node, "story")
        if story not in ("", "before", "after"):
            message = f"the field {name} has the unknown story {story}."
            self.problem(node.keys["story"], message, "Write before or after.")
        return Field(
            name=name,
            kind=kind,
            label=self.text(node, "label", before.label if before else name.replace("_", " ").capitalize()),
            help=self.text(node, "help", before.help if before else ""),
            required=self.flag(node, "required"),
            many=self.flag(node, "many") if "many" in node.items or not before else before.many,
            to=self.texts(node, "to"),
            of=self.text(node, "of"),
            inverse=self.text(node, "inverse"),
            inverse_label=self.text(node, "inverse_label"),
            options=self.texts(node, "options"),
            story="before" if story == "before" else "after" if story == "after" else "",
            see_first=self.flag(node, "see_first"),
            schema_org=self.text(node, "schema_org", before.schema_org if before else ""),
            inverse_schema_org=self.text(node, "inverse_schema_org"),
            schema_org_values=self.pairs(node, "schema_org_values"),
            after=self.text(node, "after"),
            past=self.flag(node, "past"),
            run=self.flag(node, "run"),
            except_from=self.text(node, "except_from"),
            expected=self.flag(node, "expected"),
            require_source=self.flag(node, "require_source"),
            review=self.review(node),
        )

    def review(self, node: yaml_reader.Mapping) -> tuple[tuple[str, int], ...]:
        item = node.items.get("review")
        if item is None:
            return ()
        days = {}
        if isinstance(item, yaml_reader.Mapping):
            days = {key: self.text(item, key) for key in item.items}
        if not days or not all(each.isdecimal() and len(each) < 6 for each in days.values()):
            self.problem((item.line, item.column), "review must say after how many days, as in {filming: 400}.")
            return ()
        return tuple((key, int(each)) for key, each in days.items())
