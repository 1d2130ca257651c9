"""Where an entity is written, what became of it since, and the addresses at which to read, mend and report it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ballardwiki.codehost import Repository
from ballardwiki.history import Past

_LONGEST = 280
"""Letters of a value that a report quotes: addresses have an end."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says in a field, as a report quotes it: the field's name and label, the values, where they stand.

    places: files with the line in each where the values begin; 0 for the whole file.
    """

    field: str
    label: str
    value: str
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A link that begins a report about one value, or about the page where `label` is ""."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Origin:
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
    reports: tuple[Report, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.view)


def origin(
    code: Repository, ref: str, title: str, page: str, path: str, line: int, past: Past | None, facts: Iterable[Stated]
) -> Origin:
    """The origin of an entity; `page` is its whole address."""
    line = 0 if path.endswith(".md") else line
    reports = (
        Report(each.label, each.value, _report(code, ref, title, page, each))
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


def _report(code: Repository, ref: str, title: str, page: str, stated: Stated) -> str:
    rows = [f"Page: {page}", f"Record: {ref}"]
    if stated.field:
        rows.append(f"Field: {stated.field}")
    rows += (f"File: {path}:{line}" if line else f"File: {path}" for path, line in stated.places)
    if stated.value:
        value = stated.value if len(stated.value) <= _LONGEST else f"{stated.value[:_LONGEST]}…"
        rows.append(f"Present value: {value}")
    rows += ["", "What is wrong, and what is right?", "", "Where can it be checked? (a link)", ""]
    about = f"{title}: {stated.label}" if stated.label else title
    return code.issue(f"Mistake on the page {about}", "\n".join(rows))
