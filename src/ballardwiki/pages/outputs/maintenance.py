"""The pages for editors at /wiki/: what is missing, what is old, what changed. Not indexed, in no sitemap and no feed.

They look at nearly everything, so they depend on coarse facts: on `content`, which any edit changes. There are few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from ballardwiki.pages import facts
from ballardwiki.pages.editors import gaps
from ballardwiki.pages.editors.gaps import GapRow, Look
from ballardwiki.pages.outputs.output import Output, Studio, page_path
from ballardwiki.pages.view import Horizon, SiteView
from ballardwiki.pages.world import World

MOST = 500
"""Rows that one page shows; it says how many more there are."""

_COARSE = (
    *(facts.CONTENT(), facts.COMMIT(), facts.TODAY(), facts.PASSED(), facts.STORY()),
    *(facts.SITE("maintenance"), facts.SITE("code"), facts.SITE("navigation")),
)


class List(Struct, frozen=True):
    """A list for editors. head: what stands in the column beside the title. help: what to do about it."""

    name: str
    title: str
    head: str
    help: str
    rows: Callable[[Look], Sequence[GapRow]]

    @property
    def url(self) -> str:
        """Its address."""
        return f"/wiki/{self.name}/"


class Memo:
    """The lists of one world, each made once where one process makes several pages."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._look: Look | None = None
        self._rows: dict[str, Sequence[GapRow]] = {}

    def look(self, studio: Studio) -> Look:
        """What the lists are made from. Its view reads nearly everything; a few coarse facts stand for that."""
        for fact in _COARSE:
            studio.trace.read(fact)
        if self._look is None or self._world is not studio.world:
            self._world, self._rows = studio.world, {}
            self._look = Look(studio.world, SiteView(studio.world, studio.within))
        return self._look

    def rows(self, each: List, studio: Studio) -> Sequence[GapRow]:
        """The rows of a list."""
        look = self.look(studio)
        if each.name not in self._rows:
            self._rows[each.name] = each.rows(look)
        return self._rows[each.name]


LISTS = (
    List(
        *(
            "wanted",
            "Wanted pages",
            "Asked for by",
            "Links lead to these names, and nobody has written about them yet.",
        ),
        gaps.wanted_pages,
    ),
    List(
        *("unsourced", "Facts without a source", "Facts without"),
        "Each file with facts that say not where they are from. Add source: to the value, or to the record as a whole.",
        gaps.unsourced,
    ),
    List(
        *("review", "To look at again", "What is said"),
        "States that pass, and facts that are rumoured or disputed. The oldest come first.",
        gaps.statuses,
    ),
    List(
        *("stubs", "Short texts", "Words"),
        f"Pages with a text of fewer than {gaps.SHORT} words.",
        gaps.stubs,
    ),
    List(
        *("orphans", "Orphans", ""),
        "No text and no fact of another page leads here. Link to them where they are spoken of.",
        gaps.orphans,
    ),
    List(
        *("dead-ends", "Dead ends", ""),
        "These texts lead to no other page. Put the names they mention into double square brackets.",
        gaps.dead_ends,
    ),
    List(
        *("changes", "Recently changed", "Last changed"),
        "Content files by the day of their last change, as git knows it.",
        gaps.recent,
    ),
    List(
        *("drafts", "Drafts and scheduled pages", "State"),
        "Their titles stand only on sites built with --drafts.",
        gaps.drafts,
    ),
)


def plan(world: World, _within: Horizon) -> Iterator[Output]:
    """The overview and the lists, unless the site wants none."""
    if not world.config.maintenance:
        return
    memo = Memo()
    yield Output("wiki/index.html", "the overview for editors", partial(overview, memo=memo))
    for each in LISTS:
        yield Output(page_path(each.url), f"the list for editors: {each.title}", partial(make, each.name, memo=memo))


def overview(studio: Studio, memo: Memo) -> bytes:
    """The numbers of the site, and how long each list is."""
    world = studio.world
    totals = gaps.counts(memo.look(studio))
    lists = [(each, len(memo.rows(each, studio))) for each in LISTS]
    hidden = sum(bool(world.graph.kind(ref).url) for ref in world.withheld)
    values = {"totals": totals, "lists": lists, "hidden": hidden}
    return studio.page("wiki-overview.html", "/wiki/", "the overview for editors", lambda _: values)


def make(name: str, studio: Studio, memo: Memo) -> bytes:
    """One list."""
    found = next(each for each in LISTS if each.name == name)
    rows = memo.rows(found, studio)
    values = {"list": found, "rows": rows[:MOST], "more": max(0, len(rows) - MOST)}
    return studio.page("wiki-list.html", found.url, found.title, lambda _: values)
