"""image-resolves: every image in a text is a file of this site."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation
from ballardwiki.similarity import Choices


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Images that are not there."""
    known = None
    for entity in records:
        for image in entity.images:
            if not image.loose and world.assets.keys().isdisjoint((image.target, *image.fragment.split("\n"))):
                at = Location(entity.path, image.line, image.column)
                known = known or Choices(path for path in world.assets if path not in world.withheld_files)
                hint = _hint(image.target, known)
                yield Violation(at, f"there is no image {image.target}.", hint)


def _hint(target: str, known: Choices) -> str:
    """What to write, or where the file belongs: an image beside the text that shows it is not published."""
    name = target.rpartition("/")[2]
    found = known.nearest(target) or known.nearest(f"media/{name}")
    if found:
        return f"Write /{found}." if found.rpartition("/")[2] == name else f"Did you mean /{found}?"
    return (
        "Put the file into media/." if target.startswith("media/") else f"Put it into media/ and write /media/{name}."
    )


RULE = RecordRule(name="image-resolves", severity="error", check=check)
