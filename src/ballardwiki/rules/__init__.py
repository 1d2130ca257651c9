"""What should hold of a whole site, one truth per file. Each has `check(world)`, which yields `Problem`s.

What concerns one file alone (yaml-valid, field-known, field-valid, …) is found while reading it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.problems import Problem
from ballardwiki.rules import (
    credit_plausible,
    id_unique,
    image_resolves,
    link_resolves,
    name_unique,
    ref_resolves,
    since_resolves,
)
from ballardwiki.world import World

RULES = (id_unique, ref_resolves, link_resolves, name_unique, since_resolves, credit_plausible, image_resolves)


def check(world: World) -> Iterator[Problem]:
    """All problems of a linked site, rule by rule."""
    for rule in RULES:
        yield from rule.check(world)
