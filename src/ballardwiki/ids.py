"""What is written in a file or under a key that can't be an id: why, and what to write."""

from __future__ import annotations

from ballardwiki.problems import Location, Problem
from ballardwiki.schema import EntityType
from ballardwiki.slugs import IDS, id_fault
from ballardwiki.yamlnodes import Mapping


def fault(id_: str, type_: str, at: Location) -> Problem | None:
    """The problem (rule `id-valid`) of a record's id: that of its file, or of its key in a file of many."""
    reason, other = id_fault(id_, type_)
    if not reason:
        return None
    own = at.path.endswith(".md")
    hint = f"{'Name the file' if own else 'Write'} {other}{'.md' if own else ''}." if other else IDS
    if at.path.endswith("/index.md"):
        reason = "the file is called after its folder, and lies in that of the whole type"
        hint = f"Move it into a folder of its own: {at.path.removesuffix('index.md')}NAME/index.md."
    return Problem(at, "id-valid", f"{id_:.60} can't be an id: {reason}.", hint)


def astray(node: Mapping, kind: EntityType, path: str) -> list[Problem]:
    """The problem that fields stand where a file of many wants the ids of records; [] where ids stand."""
    for key, value in node.items.items():
        if key in kind.fields and not isinstance(value, Mapping):
            message = f"{key} is a field, and stands where the id of a record should."
            hint = "Write an id and a colon above it, and indent the fields."
            return [Problem(Location(path, *node.keys[key]), "yaml-valid", message, hint)]
    return []
