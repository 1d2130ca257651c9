"""A neutral corpus: the same pages for every generator, before any of them has a dialect.

`pages(count)` is a pure function of its arguments: the same count and seed give the same pages on every machine.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SEED = 20250709
LINKS = 25
OWN_TEXT_EVERY = 5
LONG = 8
TAG_COUNT = 40
FIRST_DAY = date(2012, 1, 1)

_QUALITIES = """
    Amber Ancient Autumn Blue Bright Broken Carved Cedar Copper Crimson Distant Drifting Dusty Early Eastern Empty
    Fading Far Forgotten Frozen Gentle Gilded Golden Green Grey Hidden Hollow Iron Ivory Last Late Little Lonely
    Long Lost Lower Narrow Northern Open Pale Patient Quiet Red Restless Rising Salt Second Secret Silent Silver
    Slow Small Southern Stone Sunken Tall Upper Velvet Western White Wild Winter
""".split()  # noqa: SIM905 – easier to read and to change
_THINGS = """
    Archive Arcade Avenue Bakery Beacon Bell Boat Bridge Canal Canyon Chapel Circle Clock Cottage Court Crossing
    Dock Door Engine Field Forest Fountain Garden Gate Glass Harbour Hill House Island Kiln Ladder Lamp Lantern
    Letter Library Lighthouse Market Meadow Mill Mirror Moon Observatory Orchard Palace Path Pier Quarry Railway
    River Road School Shore Spring Station Tower Valley Village Wall Well Window
""".split()  # noqa: SIM905 – easier to read and to change
_PLACES = """
    Alder Ash Barrow Birch Brook Cairn Clay Crane Dale Dune Elm Fern Finch Flint Gull Hazel Heath Heron Holm Isle
    Juniper Kestrel Lark Linden Marsh Moss Oak Otter Pine Plover Raven Reed Rowan Rush Sorrel Swift Tarn Thorn
    Willow Wren
""".split()  # noqa: SIM905 – easier to read and to change
_FILLER = """
    the a of and in to with from over under near after before while because its their this that some every one
""".split()  # noqa: SIM905 – easier to read and to change
SYLLABLES = """
    al an ba bel cor da del en fa fer gal har in ka lan lo mar men na nor or pa pel qui ra ros sa sel ta tir ul va
    ven wi
""".split()  # noqa: SIM905 – easier to read and to change


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the page at index `target`; with no `text`, it shows the title of that page."""

    target: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `body` is Markdown in pieces: text that is the same everywhere, and links, which are not."""

    slug: str
    title: str
    date: date
    tags: tuple[str, ...]
    body: tuple[str | Link, ...]


def tag_names() -> list[str]:
    """The 40 tags of the corpus."""
    return [f"{place.lower()}-{thing.lower()}" for place, thing in zip(_PLACES, _THINGS[:TAG_COUNT], strict=True)]


def pages(count: int, seed: int = SEED) -> list[Page]:
    """`count` pages of about 4 KB, each with one table, five headings, two lists and 25 links to other pages."""
    rng = random.Random(seed)
    combinations = list(itertools.product(_QUALITIES, _THINGS, _PLACES))
    titles = [f"{quality} {thing} of {place}" for quality, thing, place in rng.sample(combinations, count)]
    words = vocabulary(rng)
    tags = tag_names()
    return [
        Page(
            slug=title.lower().replace(" ", "-"),
            title=title,
            date=FIRST_DAY + timedelta(days=rng.randrange(365 * 13)),
            tags=tuple(rng.sample(tags, rng.randint(3, 5))),
            body=tuple(_body(rng, words, _targets(rng, count, own))),
        )
        for own, title in enumerate(titles)
    ]


def _targets(rng: random.Random, count: int, own: int) -> list[int]:
    """The pages that page `own` links to: all different, and never itself."""
    return [other for other in rng.sample(range(count), LINKS + 1) if other != own][:LINKS]


def vocabulary(rng: random.Random) -> list[str]:
    """2,000 invented words, with the common small words mixed in often enough to read like a language."""
    invented = ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3)))) for _ in range(2000)]
    return invented + _FILLER * 60


def sentence(rng: random.Random, words: Sequence[str], length: int) -> str:
    """So many words; a longer one has one of them set apart."""
    chosen = rng.choices(words, k=length)
    if length > LONG:
        place = rng.randrange(2, length - 2)
        chosen[place] = rng.choice(("*{}*", "**{}**", "`{}`", "{}", "{}")).format(chosen[place])
    return " ".join(chosen).capitalize() + "."


def _body(rng: random.Random, words: list[str], targets: list[int]) -> list[str | Link]:
    """The shape is fixed, the words are not: lead, table, two lists, and paragraphs with links under headings."""
    links = iter(
        [Link(target, None if place % OWN_TEXT_EVERY else rng.choice(words)) for place, target in enumerate(targets, 1)]
    )

    def paragraph(linked: int) -> list[str | Link]:
        pieces: list[str | Link] = []
        for _ in range(linked):
            pieces += [sentence(rng, words, rng.randint(9, 15)), " See ", next(links), " as well. "]
        return [*pieces, sentence(rng, words, 16), "\n\n"]

    def bullets(marker: str) -> list[str | Link]:
        pieces: list[str | Link] = []
        for _ in range(4):
            pieces += [f"{marker} ", sentence(rng, words, 6)[:-1], " ", next(links), "\n"]
        return [*pieces, "\n"]

    def heading(level: int) -> str:
        return f"{'#' * level} {' '.join(rng.choices(words, k=3)).capitalize()}\n\n"

    def row() -> str:
        return "| " + " | ".join(rng.choice(words) for _ in range(3)) + " |\n"

    table = row() + "| --- | --- | --- |\n" + "".join(row() for _ in range(5)) + "\n"
    return [
        *paragraph(4),
        heading(2),
        table,
        *paragraph(4),
        heading(2),
        *bullets("-"),
        *paragraph(3),
        heading(3),
        *paragraph(3),
        heading(2),
        *bullets("1."),
        heading(3),
        *paragraph(3),
    ]
