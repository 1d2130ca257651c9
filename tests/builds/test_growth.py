"""What content costs grows with the content: the work of a build and of a check, the facts noted, the bytes written.

Operations are counted, not seconds: the lines of our own code and of templates that run, and the names that are
compared. Between three sizes, each twice the one before, the cost must not grow by more than a
little over twice; what costs the same at any size is left out by comparing the differences.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import log2
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from growing import SITES
from tinysite import Site, Sites

import ballardwiki
from ballardwiki import signatures, similarity
from ballardwiki.build import rendering, trace_rows
from ballardwiki.build.cache import Cache

MOST = 1.15
"""The exponent of growth that is allowed: 1 is in step with the content, 2 its square."""
SMALL, LARGE = 12, 250
FEW = 10
"""So many names are compared with each word here. In earnest it is more, but not without end."""
QUICK = (
    *("claims on one field, all different", "red links and pages", "people of one alias", "rows of a paged list"),
    *("credits of episodes by runs", "links to headings", "people who played one part"),
)
TRUSTED = ("types", "navigation", "switched rules")
"""What a site's owner writes: it is held to at most the square."""
OWN = (str(Path(ballardwiki.__file__).parent), str(Path(__file__).parents[2] / "templates"))


@dataclass
class Operations:
    """Counts what runs while it is on."""

    number: int = 0

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        own = event != "call" or frame.f_code.co_filename.startswith(OWN)
        self.number += own
        return self if own else None


@contextmanager
def counted() -> Iterator[Operations]:
    from rapidfuzz import process

    found = Operations()
    extract = process.extractOne

    def compare(word: str, names: list[str], **options: Any) -> Any:
        found.number += max(0, len(names) - FEW)
        return extract(word, names, **options)

    process.extractOne = compare  # type: ignore[assignment]
    before = sys.gettrace()
    sys.settrace(found)
    try:
        yield found
    finally:
        sys.settrace(before)
        process.extractOne = extract


def costs(site: Site) -> dict[str, int]:
    """What a first build and a check cost."""
    with counted() as building:
        result = site.build()
    with counted() as checking:
        checked = site.build(publish=False)
    told = sum(len(str(problem)) for problem in checked.problems)
    found = {"build": building.number, "check": checking.number, "messages": told}
    if not result.failed:
        cache = Cache(site.cache)
        record = cache.record()
        shelves = cache.shelves(record) if record else None
        assert shelves
        found["facts"] = sum(len(trace) for trace, _ in trace_rows.on(shelves).traces.values()) // 4
        cache.close()
        found["bytes"] = sum(
            len(data) for path, data in site.tree().items() if path.endswith((".html", ".xml", ".json"))
        )
    return found


def growth(site: Sites, name: str, size: int) -> dict[str, float]:
    """The exponent by which each cost grows; those that hardly grow are left out."""
    site(SITES[name](1)).build()  # what is imported late is imported now
    first, second, third = (costs(site(SITES[name](number))) for number in (size, 2 * size, 4 * size))
    found = {}
    for each in first.keys() & second.keys() & third.keys():
        one, two = second[each] - first[each], third[each] - second[each]
        if one > 0 and two > third[each] / 20:
            found[each] = log2(two / one)
    return found


@pytest.fixture(autouse=True)
def _steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the steps in which costs rise once, at some size, and as if all files were old."""
    monkeypatch.setattr(similarity, "_COMPARED", FEW)
    monkeypatch.setattr(similarity, "COMMON", FEW)
    monkeypatch.setattr(rendering, "MANY", sys.maxsize)
    monkeypatch.setattr(signatures, "SETTLED", 0)


def too_much(site: Sites, name: str, size: int) -> dict[str, float]:
    most = 2.05 if name in TRUSTED else MOST
    return {cost: round(by, 2) for cost, by in growth(site, name, size).items() if by > most}


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_what_most_sites_have_much_of_grows_in_step(site: Sites, name: str) -> None:
    assert too_much(site, name, SMALL) == {}


@pytest.mark.torture
@pytest.mark.parametrize("name", SITES)
def test_costs_of_large_sites_grow_in_step_with_the_content(site: Sites, name: str) -> None:
    assert too_much(site, name, LARGE) == {}
