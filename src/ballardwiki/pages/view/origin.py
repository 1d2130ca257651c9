"""Where an entity is written, and what its page says in which line of which file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from ballardwiki.config.history import Past
from ballardwiki.config.repository import Repository
from ballardwiki.model import Entity, Ref
from ballardwiki.pages import facts
from ballardwiki.pages.view.statement import StatementView

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView

_UNREPORTED = frozenset({"was", "tags", "links", "draft", "publish_at"})
"""Fields that readers see no value of, or see it do its work."""


_LONGEST = 280
"""Letters of a value that a report quotes: addresses have an end."""


class Stated(Struct, frozen=True):
    """What a page says in a field, as a report quotes it: the field's name and label, the values, where they stand.

    places: files with the line in each where the values begin; 0 for the whole file.
    """

    field: str
    label: str
    value: str
    places: tuple[tuple[str, int], ...]


class MistakeReport(Struct, frozen=True):
    """A link that begins a report about one value, or about the page where `label` is ""."""

    label: str
    value: str
    url: str


class Origin(Struct, frozen=True):
    """Where an entity is written and its past; addresses are "" where the site has no repository.

    line: 0 for a file that holds nothing else.
    changed, added: days, "" when nothing is known of the file. people: how many wrote it.
    """

    path: str
    line: int
    changed: str = ""
    added: str = ""
    people: int = 0
    view: str = ""
    edit: str = ""
    history: str = ""
    reports: tuple[MistakeReport, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.view)


class Subject(Struct, frozen=True):
    """The page that a report is about: its record, title and whole address."""

    ref: Ref
    title: str
    url: str


def origin(code: Repository, page: Subject, entity: Entity, past: Past | None, facts: Iterable[Stated]) -> Origin:
    """The origin of an entity."""
    path = entity.path
    line = 0 if path.endswith(".md") else entity.line
    reports = (
        MistakeReport(each.label, each.value, _report(code, page, each))
        for each in (Stated("", "", "", ((path, line),)), *facts)
    )
    return Origin(
        path,
        line,
        past.changed if past else "",
        past.added if past else "",
        past.people if past else 0,
        code.view(path, line),
        code.edit(path, line),
        code.history(path),
        tuple(reports) if code.host else (),
    )


def _report(code: Repository, page: Subject, stated: Stated) -> str:
    rows = [f"Page: {page.url}", f"Record: {page.ref}"]
    if stated.field:
        rows.append(f"Field: {stated.field}")
    rows += (f"File: {path}:{line}" if line else f"File: {path}" for path, line in stated.places)
    if stated.value:
        value = stated.value if len(stated.value) <= _LONGEST else f"{stated.value[:_LONGEST]}…"
        rows.append(f"Present value: {value}")
    rows += ["", "What is wrong, and what is right?", "", "Where can it be checked? (a link)", ""]
    about = f"{page.title}: {stated.label}" if stated.label else page.title
    return code.issue(f"Mistake on the page {about}", "\n".join(rows))


class OriginView:
    """Where an entity is written, its past, and the addresses at which to edit it or report a mistake in it.

    The place is read when it is asked for: it changes with each line that is added above, and most pages don't tell it.
    """

    def __init__(self, view: EntityView, origin: Origin) -> None:
        self._view = view
        self._origin = origin

    def __bool__(self) -> bool:
        return bool(self._origin)

    @property
    def path(self) -> str:
        """The file."""
        self._view._site.trace.read(facts.PLACE(self._view.ref))
        return self._origin.path

    @property
    def line(self) -> int:
        """The line in it, 0 for a file that holds nothing else."""
        self._view._site.trace.read(facts.PLACE(self._view.ref))
        return self._origin.line

    @property
    def changed(self) -> str:
        """The day of the last change, "" when nothing is known of the file."""
        return self._origin.changed

    @property
    def added(self) -> str:
        """The day on which it was added, "" when nothing is known of the file."""
        return self._origin.added

    @property
    def people(self) -> int:
        """How many wrote it."""
        return self._origin.people

    @property
    def view(self) -> str:
        """The address at which to read it on the code host, "" without one."""
        return self._origin.view

    @property
    def edit(self) -> str:
        """The address at which to edit it, "" without a code host."""
        return self._origin.edit

    @property
    def history(self) -> str:
        """The address of its history, "" without a code host."""
        return self._origin.history

    @property
    def reports(self) -> tuple[MistakeReport, ...]:
        """Links that begin a report, about the page and about each of its values; none without a code host."""
        return self._origin.reports


def origin_of(view: EntityView) -> OriginView:
    """The origin of an entity, as its page sees it."""
    site, entity = view._site, view._entity
    world = site._world
    code, past = world.config.code, world.history.get(entity.path)
    site.trace.read(facts.HISTORY(entity.path))
    site.trace.read(facts.SITE("code"))
    stated: Iterable[Stated] = ()
    if code.host:
        site.trace.read(facts.LINE(view.ref))
        stated = _stated(view)
    page = Subject(view.ref, view.title, site.canonical(view.url))
    return OriginView(view, origin(code, page, entity, past, stated))


def _stated(view: EntityView) -> Iterator[Stated]:
    """What the page says in fields of one line, by its record or by claims, as far as it may be shown."""
    site, entity = view._site, view._entity
    claimed = site._graph.claims.get(view.ref, {})
    for field in view.declared.fields.values():
        if not field.valued or field.name in _UNREPORTED:
            continue
        site.trace.read(facts.FIELD(view.ref, field.name))
        claims = {each.statement: each.ref for each in claimed.get(field.name, ())}
        values: list[str] = []
        places: dict[str, int] = {}
        for statement in site.stated(entity, field):
            said = StatementView(site, statement, field.kind)
            if said.value is not None:
                by = claims.get(statement, view.ref)
                site.trace.read(facts.LINE(by))
                values.append(said.text)
                places.setdefault(site._graph.entities[by].path, statement.line)
        if values:
            yield Stated(field.name, field.label, "; ".join(values), tuple(places.items()))
