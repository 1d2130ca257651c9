"""What is written in a file or under a key that can't be an id: why, and what to write."""

from __future__ import annotations

from msgspec.structs import replace

from ballardwiki.problems import Location, Problem
from ballardwiki.schema import EntityType
from ballardwiki.slugs import IDS, id_fault
from ballardwiki.yaml_reader.nodes import Mapping


def fault(id_: str, type_: str, at: Location) -> Problem | None:
    """The problem (rule `id-valid`) of a record's id: that of its file, or of its key in a file of many."""
    reason, other = id_fault(id_, type_)
    own = at.path.endswith(".md")
    reason, other = (reason, other) if reason or not own else _twice(id_)
    if not reason:
        return None
    hint = f"{'Name the file' if own else 'Write'} {other}{'.md' if own else ''}." if other else IDS
    if at.path.endswith("/index.md"):
        reason = "the file is called after its folder, and lies in that of the whole type"
        hint = f"Move it into a folder of its own: {at.path.removesuffix('index.md')}NAME/index.md."
    return Problem(at, "id-valid", f"{id_:.60} can't be an id: {reason}.", hint, missing=other)


def _twice(id_: str) -> tuple[str, str]:
    """The fault of an id whose file says twice what it is: `ada.md.md`."""
    stem, dot, end = id_.rpartition(".")
    return ("the file's name ends twice", stem) if dot and stem and end in ("md", "yaml", "yml") else ("", "")


def page(fault: Problem) -> Problem:
    """The same of a file of many that holds one record and a text below it, as a page does."""
    name = f"{fault.at.path.rpartition('/')[2].partition('.')[0]}.md"
    return replace(fault, hint=f"A record with a text below it is a page: rename the file {name}.")


def astray(node: Mapping, kind: EntityType, path: str) -> list[Problem]:
    """The problem that fields stand where a file of many wants the ids of records; [] where ids stand."""
    for key, value in node.items.items():
        if key in kind.fields and not isinstance(value, Mapping):
            message = f"{key} is a field, and stands where the id of a record should."
            hint = "Write an id and a colon above it, and indent the fields."
            return [Problem(Location(path, *node.keys[key]), "yaml-valid", message, hint)]
    return []
