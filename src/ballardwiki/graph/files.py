"""What a path in content/ means: the page of a file or record, or the list page of a folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from posixpath import basename, dirname, normpath
from typing import TYPE_CHECKING

from ballardwiki.model import Ref
from ballardwiki.schema import EntityType

if TYPE_CHECKING:
    from ballardwiki.graph.graph import Graph

_CONTENT = "content"
_ENDINGS = ("/index.html", "/index.md", ".html", ".htm", ".markdown", ".md")
"""What a link may have behind the name of a page: it is written as a file, or as browsers show it."""


class Files:
    """The paths of one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    @cached_property
    def paths(self) -> Mapping[str, Ref]:
        """The .md files and the entity each holds."""
        entities = self._graph.entities
        return {each.path: ref for ref, each in entities.items() if each.path.endswith(".md") and not each.owner}

    @cached_property
    def _folders(self) -> dict[str, EntityType]:
        return self._graph.schema.folders

    @cached_property
    def records(self) -> Mapping[str, list[Ref]]:
        """The YAML files and the entities each holds."""
        found: dict[str, list[Ref]] = defaultdict(list)
        for ref, each in self._graph.entities.items():
            if not each.owner and not each.path.endswith(".md"):
                found[each.path].append(ref)
        return found

    def file(self, path: str) -> Ref | tuple[Ref, ...]:
        """The entity of a Markdown file, with or without its ending, or of a record in the folder of its type.

        Of a YAML file if it holds but one. () when the path means none.
        """
        path = normpath(path)
        if path in self.paths:
            return self.paths[path]
        if path in self.records:
            found = self.records[path]
            return found[0] if len(found) == 1 else ()
        bare = next((path.removesuffix(each) for each in _ENDINGS if path.endswith(each)), path)
        for each in (f"{bare}.md", f"{bare}/index.md"):
            if each in self.paths:
                return self.paths[each]
        return self._record(bare) if not path.endswith((".md", ".markdown")) else ()

    def _record(self, path: str) -> Ref | tuple[Ref, ...]:
        """The record with a page whose type has the folder, and whose id is the last step."""
        folder = path.split("/")[1] if path.startswith(f"{_CONTENT}/") and path.count("/") > 1 else ""
        kind = self._folders.get(folder)
        ref = self._graph.present(f"{kind.name}/{basename(path)}") if kind else ""
        return Ref(ref) if ref in self._graph.urls else ()

    def listed(self, path: str) -> str:
        """The address of the list page of a type's folder, "" if there is none."""
        path = normpath(path)
        path = dirname(path) if basename(path) in ("index.html", "index.htm") else path
        if dirname(path) != _CONTENT:
            return ""
        kind = self._folders.get(basename(path))
        return kind.index.url if kind and kind.index else ""
