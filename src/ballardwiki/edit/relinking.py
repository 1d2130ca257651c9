"""What follows when a record gets another id or title: the links by names and addresses that change with it.

A series' title is part of the names of its seasons and episodes, its id of their addresses: so a change of one record
may change the names and addresses of many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from msgspec import Struct

from ballardwiki import yaml_reader
from ballardwiki.build import kept_urls
from ballardwiki.config.published import GONE
from ballardwiki.content.markup.addresses import link_address
from ballardwiki.content.markup.wikilinks import SIGNS
from ballardwiki.edit import NotPossibleError
from ballardwiki.edit.manuscript import targets
from ballardwiki.edit.text_edits import Change, Edit
from ballardwiki.edit.workspace import SETTINGS, Desk
from ballardwiki.expressions import expression
from ballardwiki.graph import Graph
from ballardwiki.graph.patterns import fillings
from ballardwiki.marks import NameLink
from ballardwiki.model import Entity, Ref, ref_id, ref_type
from ballardwiki.pages.outputs.output import page_path
from ballardwiki.similarity import suggest
from ballardwiki.slugs import fold

Placed = tuple[str, Edit]
"""An edit and the file it belongs to."""

_NOT_IN_LINKS = expression(r"[\[\]|#\n]")
_LINK = expression(r"\[\[[ \t]*+([^\[\]|#]*+)(?=[\]|#])")
_BEGIN = expression(r"\[\[[ \t]*")


class Consequences(Struct, frozen=True):
    """What would change, and what a person has to look at."""

    changes: list[Change]
    notes: list[str]


def outcome(desk: Desk, entity: Entity, new: Ref, first: list[Placed], moved: dict[str, str]) -> Consequences:
    """The first edits, and those of links by names and addresses that change with them."""
    after = desk.after(desk.changes(first, moved))
    urls = _changed_urls(desk, after, entity.ref, new)
    edits = [*first, *_names(desk, entity.ref, new, after), *_urls(desk, urls, entity.ref, new)]
    edits += _redirects(desk, urls, entity.ref, new)
    return Consequences(desk.changes(edits, moved), list(_by_hand(desk, entity.ref, new, after)))


def entity_meant(desk: Desk, given: str) -> Entity:
    """The record that an editor names by `type/id`, or by an id that only one record has."""
    graph = desk.graph
    if "/" in given:
        ref = graph.former.get(given, Ref(given)) if Ref(given) not in graph.entities else Ref(given)
        found = [ref] if ref in graph.entities else []
    else:
        found = [ref for ref, entity in graph.entities.items() if entity.id == given and not entity.owner]
    if len(found) > 1:
        raise NotPossibleError(f"{given} may mean {' or '.join(found)}: write it with its type.")
    if not found:
        known = [ref if "/" in given else ref_id(ref) for ref, each in graph.entities.items() if not each.owner]
        raise NotPossibleError(f"There is no record {given}. {suggest(given, known)}".rstrip())
    entity = graph.entities[found[0]]
    if entity.owner:
        raise NotPossibleError(f"{given} is written inside {entity.owner} and has no id or title of its own.")
    twice = [second for first, second in graph.duplicates if first.ref == entity.ref]
    if twice:
        raise NotPossibleError(
            f"{entity.ref} is written twice, at {entity.path}:{entity.line} and at {twice[0].path}:{twice[0].line}. "
            "Merge them first."
        )
    return entity


def target_at(text: str, index: int, name: str) -> tuple[int, int] | None:
    """Where the name stands in the link by it that begins at `index`."""
    if not SIGNS.isdisjoint(name):
        begin = _BEGIN.match(text, index)
        at = begin.end() if begin else index
        return (at, at + len(name)) if text.startswith(name, at) else None
    found = _LINK.match(text, index)
    return (found.start(1), found.start(1) + len(found[1].removesuffix("\\").rstrip(" \t"))) if found else None


def series_after(text: str, index: int, pattern: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The series in the first designator after `index`."""
    found = re.compile(rf"(?<![\w-]){pattern}(?=[ \t]+s\d)", re.IGNORECASE).search(text, index)
    if found:
        yield found.start(), found.end(), new


def _names(desk: Desk, old: Ref, new: Ref, after: Graph) -> Iterator[Placed]:
    """Links by a name that its page has no longer: its title, or one made from the title of another record."""
    before = desk.graph
    changed: dict[Ref, dict[str, str]] = {}
    for ref in before.urls:
        present = new if ref == old else ref
        names = zip(_own_names(before, ref), _own_names(after, present), strict=True)
        if gone := {fold(was): name for was, name in names if was != name and was}:
            changed[ref] = gone
    if not changed:
        return
    for path in desk.linking(changed.keys()):
        made = desk.manuscript(path)
        for passage in made.passages:
            for link, index in made.marks(passage):
                if not isinstance(link, NameLink):
                    continue
                mark = before.said(link)
                target = before.find(mark.target)
                if not isinstance(target, str) or target not in changed:
                    continue
                name = changed[target].get(fold(mark.target))
                typed = target_at(passage.text, index, mark.target)
                if name and typed:
                    present = new if target == old else target
                    if _NOT_IN_LINKS.search(name) or after.find(name) != present:
                        name = present
                    if name != passage.text[slice(*typed)]:
                        yield path, passage.edit(*typed, name)


def _own_names(graph: Graph, ref: Ref) -> list[str]:
    """The title of a page, and the names that its type makes for it."""
    patterns = graph.schema.types[ref_type(ref)].names
    return [graph.titles[ref], *(name for each in patterns for name in fillings(graph, ref, each))]


def _changed_urls(desk: Desk, after: Graph, old: Ref, new: Ref) -> dict[str, str]:
    """The addresses of pages that get another, with that."""
    pairs = ((url, after.urls.get(new if ref == old else ref, url)) for ref, url in desk.graph.urls.items())
    return {url: other for url, other in pairs if url != other}


def _urls(desk: Desk, urls: Mapping[str, str], old: Ref, new: Ref) -> Iterator[Placed]:
    """Links to files that get another name and to addresses that change, and the navigation."""
    entity = desk.graph.entities[old]
    name = entity.path.rpartition("/")[2] if old != new and entity.path.endswith(".md") else ""
    for path in desk.containing(name, *urls):
        made = desk.manuscript(path)
        for passage in made.passages:
            for start, end in targets(passage.text):
                typed = passage.text[start:end]
                address = typed.partition("#")[0]
                meant = link_address(typed, path)
                if meant.kind == "file" and meant.path == entity.path and name and unquote(address).endswith(name):
                    cut = address.rfind("/") + 1
                    yield path, passage.edit(start + cut, start + len(address), f"{ref_id(new)}.md")
                elif meant.kind == "site" and (other := _moved(address, urls)):
                    yield path, passage.edit(start, start + len(address), other)
    settings = desk.side_file(SETTINGS)
    items = settings.node.items.get("navigation") if settings.node else None
    for item in items.items if isinstance(items, yaml_reader.Sequence) else ():
        url = item.items.get("url") if isinstance(item, yaml_reader.Mapping) else None
        if isinstance(url, yaml_reader.Scalar) and (other := _moved(url.text, urls)):
            yield SETTINGS, settings.rewrite(url, other)


def _redirects(desk: Desk, urls: Mapping[str, str], old: Ref, new: Ref) -> Iterator[Placed]:
    """gone.yaml: old addresses lead on to the new ones, but for that of the record itself, for which `was` does.

    So do the published anchors of list pages that are made from ids.
    """
    gone = desk.side_file(GONE)
    entries = gone.node.items if gone.node else {}
    present = set(urls.values())
    for url, item in entries.items():
        to = item.items.get("to") if isinstance(item, yaml_reader.Mapping) else None
        page, _, anchor = url.partition("#")
        back = isinstance(to, yaml_reader.Scalar) and (anchor, to.text) == (ref_id(new), f"{page}#{ref_id(old)}")
        if url in present or back:
            yield GONE, gone.without(url)
        elif isinstance(to, yaml_reader.Scalar) and (other := _moved(to.text, urls)):
            yield GONE, gone.rewrite(to, other)
    lost = [
        (url, other)
        for url, other in sorted(urls.items())
        if url != desk.graph.urls.get(old) and url not in entries and page_path(url) in desk.published
    ]
    if old != new:
        lost += [
            (f"{url}#{ref_id(old)}", f"{url}#{ref_id(new)}")
            for url, anchors in kept_urls.known(desk.project.root)[0].items()
            if ref_id(old) in anchors and url not in desk.graph.addresses and f"{url}#{ref_id(old)}" not in entries
        ]
    if lost:
        rows = "".join(f"{url}: {{to: {other}}}\n" for url, other in lost)
        end = len(gone.text)
        yield GONE, Edit(end, end, rows if not end or gone.text.endswith("\n") else f"\n{rows}")


def _moved(typed: str, urls: Mapping[str, str]) -> str:
    """The present form of an address from the site's root, written with or without what its end may have; or ""."""
    address, _, fragment = typed.partition("#")
    base = address.removesuffix("index.html").rstrip("/") + "/"
    if base not in urls:
        return ""
    tail = address[len(base.rstrip("/")) :]
    return urls[base].rstrip("/") + tail + (f"#{fragment}" if fragment else "")


def _by_hand(desk: Desk, old: Ref, new: Ref, after: Graph) -> Iterator[str]:
    """The templates that name the record: they are programs, and nobody but their author changes them."""
    if old == new:
        return
    url = desk.graph.urls.get(old, old)
    folder = desk.project.root / "templates"
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.suffix in (".html", ".xml", ".txt"):
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
                if f'"{old}"' in line or f"'{old}'" in line or f'"{url}"' in line:
                    place = path.relative_to(desk.project.root).as_posix()
                    yield f"{place}:{number} names {old}: change it by hand to {new}, at {after.urls.get(new, new)}."
