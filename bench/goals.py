"""What is to be reached, held against what was measured. Hugo, at its fastest, is the measure of most of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trial import COLD, NOTHING, TEXT, TITLE

HUGO, DEFAULT, COMMONMARK, CREDITS = "hugo", "ballardwiki", "ballardwiki-commonmark", "ballardwiki-credits"
SMALL, MIDDLE, LARGE = 1000, 10_000, 100_000
MB_AT_ALL, KB_A_PAGE = 150, 8


@dataclass(frozen=True, slots=True)
class Measured:
    """The results of a run, by what one asks of them. Raises KeyError for what was not measured."""

    sizes: Mapping[str, Any]

    def build(self, size: object, case: str, tool: str = COMMONMARK) -> float:
        """Seconds of a build."""
        return float(self.sizes[str(size)]["builds"][tool]["seconds"][case])

    def memory(self, size: object, tool: str = COMMONMARK) -> float:
        """MB at the peak of a cold build."""
        return float(self.sizes[str(size)]["builds"][tool]["pss_mb"])

    def server(self, size: object, tool: str = COMMONMARK) -> float:
        """Seconds from saving a text until its page answers with it."""
        return float(self.sizes[str(size)]["servers"][tool]["text"])

    def of_hugo(self, size: int, case: str, tool: str = COMMONMARK) -> float:
        """A build, by that of Hugo."""
        return self.build(size, case, tool) / self.build(size, case, HUGO)


def share(value: float) -> str:
    """A ratio as people say it: 1/15, 1.38."""
    return f"1/{1 / value:.3g}" if value < 0.5 else f"{value:.2f}"


def times(value: float) -> str:
    """So many times as much."""
    return f"{value:.3g} times"


def seconds(value: float) -> str:
    return f"{value:.2g} s"


def megabytes(value: float) -> str:
    return f"{value:,.0f} MB"


Goal = tuple[str, float, Callable[[float], str], Callable[[Measured], float]]
"""What is measured, what it is to be at most, how it is written, and where it is found in the results."""

GOALS: tuple[Goal, ...] = (
    (
        "`serve`, saved → its page answers, of `hugo server`",
        1 / 15,
        share,
        lambda found: found.server(MIDDLE) / found.server(MIDDLE, HUGO),
    ),
    (
        "`serve`, 100,000 pages, of 1,000 pages",
        2,
        times,
        lambda found: found.server(LARGE) / found.server(SMALL),
    ),
    ("one text edited, of Hugo", 1 / 15, share, lambda found: found.of_hugo(MIDDLE, TEXT)),
    (
        "one text edited, 100,000 pages, of 10,000 pages",
        3,
        times,
        lambda found: found.build(LARGE, TEXT) / found.build(MIDDLE, TEXT),
    ),
    ("one title edited, of Hugo", 1 / 10, share, lambda found: found.of_hugo(MIDDLE, TITLE)),
    ("nothing changed, of Hugo", 1 / 30, share, lambda found: found.of_hugo(MIDDLE, NOTHING)),
    ("cold, commonmark, of Hugo", 1, share, lambda found: found.of_hugo(MIDDLE, COLD)),
    ("cold, Python-Markdown, of Hugo", 1.5, share, lambda found: found.of_hugo(MIDDLE, COLD, DEFAULT)),
    (
        "peak memory, cold, of Hugo",
        1 / 5,
        share,
        lambda found: found.memory(MIDDLE) / found.memory(MIDDLE, HUGO),
    ),
    (
        "cold, 100,000 pages, of 10,000 pages",
        10.5,
        times,
        lambda found: found.build(LARGE, COLD) / found.build(MIDDLE, COLD),
    ),
    ("cold, 100,000 pages, of Hugo", 1, share, lambda found: found.of_hugo(LARGE, COLD)),
    (
        "peak memory, cold, 100,000 pages",
        MB_AT_ALL + KB_A_PAGE * LARGE / 1024,
        megabytes,
        lambda found: found.memory(LARGE),
    ),
    (
        "wiki of credits, `serve`, one word in one episode",
        0.3,
        seconds,
        lambda found: found.server("credits", CREDITS),
    ),
    (
        "wiki of credits, one word in one episode",
        1.5,
        seconds,
        lambda found: found.build("credits", TEXT, CREDITS),
    ),
)


def rows(sizes: Mapping[str, Any]) -> Iterator[list[str]]:
    """A row for each goal: what is measured, what is to be reached, what is, and whether that is enough."""
    for what, most, written, value in GOALS:
        try:
            reached = value(Measured(sizes))
        except KeyError:
            yield [what, f"≤ {written(most)}", "not measured", ""]
        else:
            yield [what, f"≤ {written(most)}", written(reached), "yes" if reached <= most else "no"]
