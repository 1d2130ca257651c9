"""From documents to planned files: withhold, link, plan, check. `edit/preview` tries a change out in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Protocol
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ballardwiki import rules
from ballardwiki.build.project import Project
from ballardwiki.config.root_files import ROOT
from ballardwiki.graph import Graph, link
from ballardwiki.graph.drafts import Drafts
from ballardwiki.graph.horizon import Horizon, horizon
from ballardwiki.graph.references import Offers
from ballardwiki.graph.uses import MEDIA
from ballardwiki.graph.visibility import Visible, visible
from ballardwiki.graph.withheld import Withheld, withhold
from ballardwiki.model import Body, Document, Entity, Ref, Sentence
from ballardwiki.pages.outputs import Output, plan
from ballardwiki.pages.outputs.output import page_path
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem
from ballardwiki.rules.known import Findings

FEW = 4
"""So many of those that want one address are named."""


def linked(
    project: Project, documents: Mapping[str, Document], now: datetime, *, drafts: bool, without: Iterable[Entity] = ()
) -> tuple[Graph, Withheld]:
    """All that may be shown at a moment, and what is withheld of the rest. `without`: what else is not shown."""
    entities = [entity for document in documents.values() for entity in document.entities]
    withheld = withhold(entities, project.schema, project.config.timezone, now, drafts=drafts)
    withheld = replace(withheld, entities=(*withheld.entities, *without))
    return link((each for each in entities if each.ref not in withheld.refs), project.schema), withheld


class Texts(Protocol):
    """The texts of entities, which lie apart from them: only pages that show one load it."""

    def body(self, ref: Ref, /) -> Body:
        """The text of an entity."""

    def sentences(self, ref: Ref, /) -> tuple[Sentence, ...]:
        """The sentences with links in it."""


def world_of(project: Project, graph: Graph, withheld: Withheld, now: datetime, texts: Texts) -> World:
    """All that pages are made from, but for what became of the files before."""
    config = project.config
    within = horizon(graph.story, config)
    seen = visible(graph, within, withheld.entities, free_media(project), config.base_url)
    return replace(surrounded(project, graph, seen, withheld, now), body=texts.body, sentences=texts.sentences)


def surrounded(project: Project, graph: Graph, seen: Visible, withheld: Withheld, now: datetime) -> World:
    """The same without its texts. `seen`: what of the graph may be known."""
    return World(
        graph=graph,
        visible=seen,
        config=project.config,
        now=now.astimezone(ZoneInfo(project.config.timezone)).isoformat(),
        passed=withheld.last_change,
        templates=project.templates.digests,
        assets={path: digest for path, (_, digest) in project.assets.items()},
        files=project.files,
        gone=project.gone,
        withheld=frozenset(withheld.refs),
        drafts=Drafts(withheld.entities, project.schema.types),
    )


def free_media(project: Project) -> set[str]:
    """The media files that no template names: only content may use them."""
    media = [path for path in project.assets if path.startswith(MEDIA)]
    texts = [text for _, text in project.templates.files.values()] if media else []
    return {path for path in media if not any(path in text for text in texts)}


def arranged(world: World, within: Horizon) -> tuple[dict[str, Output], list[Problem]]:
    """The files of a site by path, and the clashes among them."""
    pages: dict[str, list[Entity]] = {}
    for ref, url in world.graph.urls.items():
        pages.setdefault(_same(page_path(url)), []).append(world.graph.entities[ref])
    return arrange(plan(world, within), pages)


def judged(world: World, unjudged: Iterable[Problem], findings: Findings) -> list[Problem]:
    """All problems of a linked site as the site judges them: those found before, and what the rules found."""
    found = [*map(Offers(world.graph).offered, unjudged), *chain.from_iterable(findings.values())]
    return rules.judged(found, world.config)


def _same(path: str) -> str:
    """What paths have in common that some file system or server takes for one."""
    return path.casefold() if path.isascii() else normalize("NFC", normalize("NFD", path).casefold())


def _given(output: Output) -> bool:
    """Whether an output is a file that is published as it is."""
    return output.about.startswith((f"{ROOT}/", MEDIA, "templates/"))


def _apart(output: Output, other: Output) -> str:
    """What to do about an output that wants the place of another."""
    if output.about.startswith(f"{ROOT}/"):
        return f"Take it out of {ROOT}/."
    return "Rename one of them." if _given(output) and _given(other) else "Give one of them another id."


def _unfit(output: Output) -> tuple[str, str]:
    """Why the path of an output won't do, and what to do about it."""
    if not _given(output):
        return "can't be the address of a page.", "Its type makes it from fields; change what they hold."
    hidden = next((char for char in output.path if not char.isprintable()), "")
    if not hidden:
        return "can't be the address of a file.", "Rename it."
    what = (
        f"it holds U+{ord(hidden):04X}, which nobody sees"
        if not "\ud800" <= hidden <= "\udfff"
        else "its name is not UTF-8"
    )
    return f"can't be the address of a file: {what}.", "Rename it."


def arrange(found: Iterator[Output], pages: Mapping[str, Sequence[Entity]]) -> tuple[dict[str, Output], list[Problem]]:
    """The outputs by path, in code point order, and the clashes: two that want one path, or one that a folder has.

    pages: path as `_same` makes it -> the records whose page it is.
    """
    planned: dict[str, Output] = {}
    folded: dict[str, Output] = {}
    problems: list[Problem] = []
    folders: dict[str, Output] = {}
    refs: dict[str, tuple[Ref, ...]] = {}

    def clash(output: Output, rule: str, message: str, hint: str) -> None:
        bearers = pages.get(_same(output.path), ())
        at = Location(bearers[-1].path, bearers[-1].line, 1) if bearers else Location(output.about)
        problems.append(Problem(at, rule, message, hint, also=borne(output)))

    def borne(output: Output) -> tuple[Ref, ...]:
        path = _same(output.path)
        if path not in refs:
            refs[path] = tuple(each.ref for each in pages.get(path, ()))
        return refs[path]

    for output in found:
        if {"", ".", ".."}.intersection(output.path.split("/")) or not output.path.isprintable() or "\\" in output.path:
            message, hint = _unfit(output)
            clash(output, "url-valid", f"{output.path} {message}", hint)
            continue
        other = folded.setdefault(_same(output.path), output)
        if other is not output:
            both = borne(output) if len(borne(output)) > 1 else (other.about, output.about)
            named = [*both[:FEW], *([f"{len(both) - FEW} more"] if len(both) > FEW else [])]
            message = f"the address {output.path} is wanted by {' and by '.join(named)}."
            clash(output, "url-unique", message, _apart(output, other))
        planned.setdefault(output.path, output)
        folder = output.path
        while "/" in folder and folder not in folders:
            folder = folder.rpartition("/")[0]
            folders.setdefault(folder, output)
    for path in sorted(planned.keys() & folders.keys()):
        message = f"{path} can't be a file and a folder, as {folders[path].about} needs it."
        clash(planned[path], "url-unique", message, _apart(folders[path], planned[path]))
    return dict(sorted(planned.items())), problems
