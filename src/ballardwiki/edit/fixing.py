"""`check --fix`: the mends that can't be wrong, as changes of files. Whatever could be meant otherwise is left alone.

Deleted are values that say nothing new, unless a remark stands beside them; rewritten are addresses by former ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from ballardwiki.edit import NotPossibleError
from ballardwiki.edit.manuscript import Manuscript, UnplacedError
from ballardwiki.edit.text_edits import Change, Edit, write
from ballardwiki.edit.workspace import Desk, lay_out
from ballardwiki.edit.yaml_edits import end_of
from ballardwiki.graph import Graph
from ballardwiki.marks import NameLink
from ballardwiki.model import Ref, ref_id
from ballardwiki.problems import errors
from ballardwiki.rules import RULES
from ballardwiki.rules.rule import Fix, Surplus
from ballardwiki.yaml_reader import Mapping, Node, Sequence

Place = tuple[int, int]


def mend(root: Path, now: datetime, jobs: int = 1) -> list[Change]:
    """Write all mends, or none: raises `NotPossibleError`, `ChangedError` or `OSError`, and all is as it was."""
    desk = lay_out(root, now, jobs)
    changes = mends(desk)
    if changes and (worse := errors(desk.new_problems(changes))):
        raise NotPossibleError(f"it would have led to {worse[0]}")
    write(root, changes)
    return changes


def mends(desk: Desk) -> list[Change]:
    """What all sure mends make of the files, in the order of paths."""
    edits: list[tuple[str, Edit]] = []
    surplus: dict[str, set[Place]] = defaultdict(set)
    moved: dict[str, dict[str, Ref]] = defaultdict(dict)
    for fix in _fixes(desk.graph):
        if isinstance(fix, Surplus):
            surplus[fix.path].add((fix.line, fix.column))
        else:
            moved[fix.path][fix.old] = fix.new
    for path, places in surplus.items():
        edits += ((path, edit) for edit in _deletions(desk.manuscript(path), places))
    for path, addresses in moved.items():
        edits += ((path, edit) for edit in _rewritten(desk.manuscript(path), addresses))
    return desk.changes(edits)


def _fixes(graph: Graph) -> Iterator[Fix]:
    for rule in RULES:
        if rule.fixes:
            yield from rule.fixes(graph)


def _rewritten(file: Manuscript, addresses: dict[str, Ref]) -> Iterator[Edit]:
    """References and links by a former address, by the present one. Those that can't be placed stay."""
    for spot in file.spots if addresses else ():
        written = spot.scalar.text
        for type_ in spot.types if spot.kind == "ref" and "/" not in written else ("",):
            new = addresses.get(f"{type_}/{written}" if type_ else written) if spot.kind == "ref" else None
            if new:
                try:
                    yield file.rewrite(spot.scalar, new if "/" in written else ref_id(new))
                except UnplacedError:
                    continue
    for passage in file.passages:
        for mark, start in file.marks(passage):
            if not isinstance(mark, NameLink) or not (new := addresses.get(mark.target)):
                continue
            first = passage.text.find(mark.target, start)
            if passage.text[start:first].strip() == "[[":
                try:
                    yield passage.edit(first, first + len(mark.target), new)
                except UnplacedError:
                    continue


def _deletions(file: Manuscript, places: Collection[Place]) -> Iterator[Edit]:
    for record in file.records.values():
        for key, node in record.items.items():
            items = node.items if isinstance(node, Sequence) else (node,)
            doomed = [(item.line, item.column) in places for item in items]
            if all(doomed) and items:
                yield from _field(file, record, key, node)
            elif any(doomed) and isinstance(node, Sequence):
                yield from _items(file, node, doomed)


def _field(file: Manuscript, record: Mapping, key: str, node: Node) -> Iterator[Edit]:
    """A whole field, where it has its lines to itself."""
    start = file.lines.index(*record.keys[key])
    yield from _lines(file, start, end_of(file.text, file.lines, node))


def _items(file: Manuscript, node: Sequence, doomed: list[bool]) -> Iterator[Edit]:
    """Some items of a list, others of which stay."""
    starts = [file.lines.index(item.line, item.column) for item in node.items]
    ends = [end_of(file.text, file.lines, item) for item in node.items]
    if file.text[file.lines.index(node.line, node.column)] != "[":
        for number in (number for number, delete in enumerate(doomed) if delete):
            dash = file.text.rfind("-", 0, starts[number])
            yield from _lines(file, dash, ends[number])
        return
    kept = doomed.index(False)
    if kept:
        yield from _unremarked(file, starts[0], starts[kept])
    for number in range(kept + 1, len(doomed)):
        if doomed[number]:
            yield from _unremarked(file, ends[number - 1], ends[number])


def _lines(file: Manuscript, start: int, end: int) -> Iterator[Edit]:
    """The whole lines from `start` to `end`, if nothing else stands on them."""
    first = file.text.rfind("\n", 0, start) + 1
    last = file.text.find("\n", end)
    last = len(file.text) if last < 0 else last + 1
    if not (file.text[first:start] + file.text[end:last]).strip():
        yield from _unremarked(file, first, last)


def _unremarked(file: Manuscript, start: int, end: int) -> Iterator[Edit]:
    if "#" not in file.text[start:end]:
        yield Edit(start, end, "")
