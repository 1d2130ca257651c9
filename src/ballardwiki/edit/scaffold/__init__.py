"""Beginnings: a page from the declaration of its type, and a small site from the starter files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ballardwiki.build import project as projects, reading
from ballardwiki.build.project import Project
from ballardwiki.content import discovery
from ballardwiki.edit import NotPossibleError
from ballardwiki.edit.scaffold.examples import Examples, scalar
from ballardwiki.expressions import expression
from ballardwiki.model import Entity
from ballardwiki.schema import EntityType, Schema
from ballardwiki.similarity import suggest
from ballardwiki.slugs import IDS, fold, id_fault, slug

_STARTER = Path(__file__).parent / "starter"
_ODD = expression("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def new(root: Path, type_: str, title: str, id_: str | None, now: datetime) -> str:
    """Write the skeleton of a page of a type: what it needs filled in, all else as explained examples to uncomment.

    `type_` is the type's name, label or folder. The id is made from the title, for news with the date before it.
    Returns the path of the file. Raises `NotPossibleError`, and never replaces a file or a record.
    """
    if not (root / "site.yaml").is_file():
        raise NotPossibleError(f"There is no site.yaml in {root}. Begin a site with: ballardwiki init FOLDER")
    project = projects.load(root)
    kind = _kind(type_, project.schema)
    title = " ".join(title.split())
    if not title or _ODD.search(title):
        raise NotPossibleError("The title must be a line of text, such as: ballardwiki new person 'Ada Example'")
    today = _today(now, project.config.timezone)
    id_ = id_ or _id(title, kind, today)
    reason, other = id_fault(id_, kind.name)
    if reason:
        raise NotPossibleError(f"{id_} can't be an id: {reason}. {f'Write {other}.' if other else IDS}")
    known = _entities(project)
    examples = Examples(project.schema, known, today)
    if not kind.folder:
        raise NotPossibleError(_inside(kind, project.schema, examples))
    _refuse_taken(root, kind, id_, title, known)
    path = root / "content" / kind.folder / (f"{id_}.md" if kind.url else f"{id_}.yaml")
    lines = list(_record(kind, id_, title, examples))
    text = (
        "\n".join(["---", *lines, "---", ""])
        if kind.url
        else "\n".join([f"{id_}:", *(f"  {each}".rstrip() for each in lines), ""])
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NotPossibleError(f"{path.relative_to(root)} is there already.") from None
    return path.relative_to(root).as_posix()


def init(folder: Path, title: str, now: datetime) -> None:
    """Write a small working site into a folder that is missing or empty. Raises `NotPossibleError`."""
    title = " ".join(title.split())
    if not title or _ODD.search(title):
        raise NotPossibleError("The title must be a line of text.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotPossibleError(f"{folder} is not empty. Name a new folder; nothing was written.")
    filled = {"@TITLE@": scalar(title), "@TODAY@": now.date().isoformat(), "/gitignore": "/.gitignore"}
    for source in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        path = folder / _fill("/" + source.relative_to(_STARTER).as_posix(), filled)[1:]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_fill(source.read_text(encoding="utf-8"), filled), encoding="utf-8")


def _fill(text: str, filled: Mapping[str, str]) -> str:
    for mark, value in filled.items():
        text = text.replace(mark, value)
    return text


def _kind(given: str, schema: Schema) -> EntityType:
    """The type that a person means: by name, label, plural or folder."""
    meant = {
        name.lower(): kind
        for kind in schema.types.values()
        for name in (kind.folder, kind.plural, kind.label, kind.name)
        if name
    }
    kind = meant.get(given.lower()) or meant.get(given.lower().replace(" ", "_"))
    if kind is None:
        near = suggest(given.lower(), schema.types) or suggest(given.lower(), meant)
        raise NotPossibleError(
            f"There is no type {given}. {near} The types are: {', '.join(schema.types)}.".replace("  ", " ")
        )
    return kind


def _today(now: datetime, timezone: str) -> str:
    return now.astimezone(ZoneInfo(timezone)).date().isoformat()


def _id(title: str, kind: EntityType, today: str) -> str:
    made = slug(title)
    if not made:
        raise NotPossibleError(
            f"The title “{title}” can't be written in the letters a-z without guessing, so no id can be made from it."
            " Give one, as fans write the name in Latin letters: --id some-name"
        )
    return f"{today}-{made}" if kind.dated else made


def _entities(project: Project) -> list[Entity]:
    """All records of the site, as far as they can be read."""
    found, _ = discovery.find(project.root, project.schema)
    _, documents, *_ = reading.documents(project, found)
    return [entity for document in documents.values() for entity in document.entities]


def _refuse_taken(root: Path, kind: EntityType, id_: str, title: str, known: Iterable[Entity]) -> None:
    """Raises when the id or the name is another record's; a site with two of them would not build."""
    for suffix in (".md", ".yaml", ".yml"):
        path = Path("content") / kind.folder / f"{id_}{suffix}"
        if (root / path).exists():
            raise NotPossibleError(f"{path} is there already. Edit it, or give another id: --id {id_}-2")
    for entity in known:
        if entity.ref == f"{kind.name}/{id_}":
            message = f"{entity.path}:{entity.line} holds {id_} already. Edit that, or give another id: --id {id_}-2"
            raise NotPossibleError(message)
        names = _texts(entity, "aliases") + (_texts(entity, "title") if entity.type == kind.name else [])
        if kind.url and fold(title) in map(fold, names):
            message = f"{entity.path}:{entity.line} bears the name {title} already. Give a title that tells them apart"
            raise NotPossibleError(f"{message}, such as '{title} ({kind.label.lower()})'.")


def _texts(entity: Entity, field: str) -> list[str]:
    return [str(statement.value) for statement in entity.statements.get(field, ())]


def _record(kind: EntityType, id_: str, title: str, examples: Examples) -> Iterator[str]:
    """The lines of the record: the title, what is required, then the rest as comments."""
    yield f"title: {scalar(title)}"
    written = [
        each for each in kind.fields.values() if each.name != "title" and each.kind not in ("markdown", "parent")
    ]
    fields = sorted(written, key=lambda each: each.name in examples.shared)
    filled: dict[str, str] = {}
    for field in (each for each in fields if each.required or each.expected):
        fresh = field.kind == "text" and not field.required
        value = "To be written" if fresh else examples.fill(kind, field, id_, filled)
        yield f"{field.name}: {value}  # {field.help or field.label}" if value else examples.missing(field)
        filled[field.name] = value
    yield ""
    yield "## Below are examples. Take the # away from a line to use it. Any value may say more of itself:"
    yield "## {value: …, source: id-of-a-source, since: s01e02, confidence: reported}"
    for field in (each for each in fields if not (each.required or each.expected)):
        yield ""
        yield f"## {field.label.rstrip('.')}. {examples.help(field)}".rstrip()
        yield from (f"# {line}" for line in examples.lines(field))


def _inside(kind: EntityType, schema: Schema, examples: Examples) -> str:
    """How records are written that have no file of their own."""
    owners = [
        (owner, field) for owner in schema.types.values() for field in owner.fields.values() if field.of == kind.name
    ]
    if not owners:
        return f"{kind.label} has no folder, and no type has a field for it: there is nowhere to write one."
    names = Counter(field.name for _, field in owners)
    field = next(field for _, field in owners if field.name == names.most_common(1)[0][0])
    within = ", ".join(f"content/{owner.folder}/" for owner, _ in owners)
    lines = "\n".join(f"  {line}" for line in examples.lines(field))
    told = f"A {kind.label.lower()} has no page of its own. Write it inside the record it belongs to"
    return f"{told} ({within}), such as:\n\n{lines}"
