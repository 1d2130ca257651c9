"""image-resolves: every image in a text is a file of this site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.similarity import Choices

SEVERITY: Severity = "error"
LOOKS_AT = "each text"


def check(world: World, among: Iterable[Entity] | None = None) -> Iterator[Problem]:
    """Images that are not there."""
    known = None
    for entity in world.graph.entities.values() if among is None else among:
        for image in entity.images:
            if not image.loose and world.assets.keys().isdisjoint((image.target, *image.fragment.split("\n"))):
                at = Location(entity.path, image.line, image.column)
                known = known or Choices(path for path in world.assets if path not in world.withheld_files)
                hint = _hint(image.target, known)
                yield Problem(at, "image-resolves", f"there is no image {image.target}.", hint)


def _hint(target: str, known: Choices) -> str:
    """What to write, or where the file belongs: an image beside the text that shows it is not published."""
    name = target.rpartition("/")[2]
    found = known.nearest(target) or known.nearest(f"media/{name}")
    if found:
        return f"Write /{found}." if found.rpartition("/")[2] == name else f"Did you mean /{found}?"
    return (
        "Put the file into media/." if target.startswith("media/") else f"Put it into media/ and write /media/{name}."
    )
