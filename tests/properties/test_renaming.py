"""What must hold of every renaming: back again it is as it was, no check finds more, and every link leads where it led."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import REPOSITORY
from msgspec import structs
from msgspec.structs import replace

from ballardwiki.config.published import GONE
from ballardwiki.edit import renaming, retitling, workspace as desks
from ballardwiki.edit.text_edits import Change, write
from ballardwiki.edit.workspace import Desk
from ballardwiki.graph import Graph, link
from ballardwiki.model import Ref, ref_id

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MANY = 40
"""Records of this site's own content that are tried."""


@pytest.fixture(scope="module")
def wiki_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this site's project."""
    root = tmp_path_factory.mktemp("project")
    for name in ("content", "types", "templates"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "site.yaml", root)
    return root


@pytest.fixture(scope="module")
def laid(wiki_copy: Path) -> Desk:
    return desks.lay_out(wiki_copy, NOW, 2)


def chosen(desk: Desk) -> list[str]:
    """Records of every type, some of each, the same in every run."""
    luck = random.Random(3)  # not for secrets
    found: list[str] = []
    for name, kind in sorted(desk.project.schema.types.items()):
        known = sorted(ref for ref, each in desk.graph.entities.items() if each.type == name and not each.owner)
        found += luck.sample(known, min(4, len(known))) if kind.folder else []
    return found


REFS = chosen(desks.lay_out(REPOSITORY, NOW))


def test_enough_is_tried() -> None:
    assert len(REFS) >= 30 and len({ref.partition("/")[0] for ref in REFS}) > 8


def links(graph: Graph, moved: dict[str, str]) -> dict[str, list[str]]:
    """Where each record's links, fields and sources lead."""

    def present(target: Ref | tuple[Ref, ...] | None) -> str:
        return moved.get(str(target), str(target))

    found = {}
    for ref, entity in graph.entities.items():
        rows = [present(graph.find(each)) for each in entity.targets]
        rows += [present(graph.meant(each)) for each in entity.mentions]
        rows += [present(graph.source(each.target)) for each in entity.citations]
        rows += [str(graph.story.moment(each.since, graph.story.timeline(ref))) for each in entity.hidden]
        for name, row in entity.statements.items():
            for each in row if name != "was" else ():
                if graph.kind(ref).fields[name].kind == "ref":
                    rows.append(present(graph.present(str(each.value))))
                rows += [present(graph.source(id_)) for id_ in each.qualifiers.sources]
        found[
            moved.get(ref, ref)
            if not entity.owner
            else f"{moved.get(entity.owner, entity.owner)} {ref_id(ref).rpartition('.')[2]}"
        ] = rows
    return found


def series(rows: dict[str, list[str]], old: str, new: str) -> dict[str, list[str]]:
    """Moments in a series that was renamed."""
    if not old.startswith("series/"):
        return rows
    return {
        ref: [each.replace(f"('{ref_id(old)}',", f"('{ref_id(new)}',") for each in row] for ref, row in rows.items()
    }


def forgetful(graph: Graph) -> Graph:
    """A graph in which no former id leads anywhere."""
    entities = graph.entities.values()
    now = [
        structs.replace(each, statements={k: v for k, v in each.statements.items() if k != "was"}) for each in entities
    ]
    return link(now, graph.schema)


def turned(desk: Desk, changes: Sequence[Change]) -> Desk:
    """The desk after changes, without writing them."""
    documents = desk._changed(changes)
    found = dict(desk.found)
    texts = desks._Contents(desk.project, ())
    for path in desk.found:
        texts[path] = desk.texts[path]
    texts["site.yaml"], texts[GONE] = desk.texts["site.yaml"], desk.texts[GONE]
    for change in changes:
        if change.path in found:
            moved = found.pop(change.path)
            found[change.target] = replace(moved, path=change.target, id=Path(change.target).stem)
            del texts[change.path]
        texts[change.target] = change.new
    project = desk.project
    keys = {path: key for path, key in desk.keys.items() if path not in {change.path for change in changes}}
    return Desk(project, desk.now, found, documents, keys, texts, desk.cache)


def without_was(texts: dict[str, str], path: str) -> dict[str, str]:
    """Texts as they were before `was` came into one of them."""
    return {
        name: re.sub(r"(?m)^ *was: \[[^\]]*\]\n|was: \[[^\]]*\], |, [a-z0-9-]*(?=\]  # was)", "", text)
        if name == path
        else text
        for name, text in texts.items()
        if name != GONE
    }


@pytest.mark.parametrize("ref", REFS)
def test_a_record_renamed_twice_is_as_it_was(laid: Desk, ref: str) -> None:
    new = f"{ref.partition('/')[0]}/zz-{ref_id(ref)[:40]}"
    first = renaming.rename(laid, ref, ref_id(new)).changes
    assert laid.new_problems(first) == []
    after = forgetful(laid.after(first))
    assert links(after, {}) == series(links(laid.graph, {ref: new}), ref, new)
    middle = turned(laid, first)
    assert str(ref_id(ref)) in str(middle.graph.entities[Ref(new)].statements["was"])
    last = turned(middle, renaming.rename(middle, new, ref_id(ref)).changes)
    path = laid.graph.entities[Ref(ref)].path
    assert without_was(dict(last.texts), path) == without_was(dict(laid.texts), path)


@pytest.mark.parametrize("ref", [ref for ref in REFS[::2] if not ref.startswith("source/")])
def test_a_record_retitled_keeps_every_link(laid: Desk, ref: str) -> None:
    changes = retitling.retitle(laid, ref, f"Zz: {laid.graph.titles[Ref(ref)]}, as “renamed”").changes
    assert [each for each in laid.new_problems(changes) if each.rule not in ("title-short", "alias-used")] == []
    assert links(laid.after(changes), {}) == links(laid.graph, {})


def test_what_is_written_is_what_was_shown(wiki_copy: Path) -> None:
    desk = desks.lay_out(wiki_copy, NOW, 2)
    before = dict(snapshot(wiki_copy))
    there = renaming.rename(desk, "person/maggie-q", "maggie-quigley").changes
    write(wiki_copy, there)
    again = desks.lay_out(wiki_copy, NOW, 2)
    assert {change.target: change.new for change in there}.items() <= dict(snapshot(wiki_copy)).items()
    write(wiki_copy, renaming.rename(again, "maggie-quigley", "maggie-q").changes)
    after = dict(snapshot(wiki_copy))
    path = "content/people/maggie-q.md"
    assert after.pop(path).replace("was: [maggie-q, maggie-quigley]\n", "") == before.pop(path)
    assert after == before


def snapshot(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted([*root.rglob("content/**/*"), root / "site.yaml"]):
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.read_bytes().decode()
