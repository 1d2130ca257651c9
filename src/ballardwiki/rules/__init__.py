"""What should hold of a whole site, one truth per file.

A rule's file ends with its `RULE`: a `SiteRule`, asked about the site as a whole, or a `RecordRule`, asked about each
record by itself (see `rule`). What a rule finds is told under its name and with its severity, unless `site.yaml` says
otherwise.

What concerns one file alone (yaml-valid, field-known, heading-ordered, …) is found while reading it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from ballardwiki.config.site import Config
from ballardwiki.model import Entity
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem
from ballardwiki.rules import (
    address_present,
    alias_distinct,
    alias_used,
    cast_complete,
    character_portrayed,
    claim_resolves,
    credit_aired,
    credit_plausible,
    date_plausible,
    dates_ordered,
    field_required,
    fragment_resolves,
    id_unique,
    image_licensed,
    image_resolves,
    link_resolves,
    name_unique,
    page_linked,
    page_written,
    record_distinct,
    ref_resolves,
    since_resolves,
    slot_unique,
    source_required,
    spoiler_valid,
    status_current,
    summary_present,
    tag_distinct,
    tag_known,
    title_short,
    url_kept,
    url_valid,
    value_unique,
)
from ballardwiki.rules.known import Findings, Known
from ballardwiki.rules.rule import RecordRule, SiteRule
from ballardwiki.similarity import suggest
from ballardwiki.web_addresses import decoded

RULES: tuple[SiteRule | RecordRule, ...] = (
    id_unique.RULE,
    ref_resolves.RULE,
    field_required.RULE,
    url_valid.RULE,
    link_resolves.RULE,
    fragment_resolves.RULE,
    name_unique.RULE,
    since_resolves.RULE,
    credit_plausible.RULE,
    image_resolves.RULE,
    claim_resolves.RULE,
    source_required.RULE,
    address_present.RULE,
    alias_distinct.RULE,
    alias_used.RULE,
    cast_complete.RULE,
    character_portrayed.RULE,
    credit_aired.RULE,
    date_plausible.RULE,
    dates_ordered.RULE,
    image_licensed.RULE,
    page_linked.RULE,
    page_written.RULE,
    record_distinct.RULE,
    slot_unique.RULE,
    status_current.RULE,
    summary_present.RULE,
    tag_distinct.RULE,
    tag_known.RULE,
    title_short.RULE,
    value_unique.RULE,
    spoiler_valid.RULE,
)
READING = (
    "callout-known",
    "callout-placed",
    "file-known",
    "footnote-unique",
    "footnote-used",
    "heading-ordered",
    "html-safe",
    "image-described",
    "image-local",
    "link-written",
    "syntax-known",
    "table-complete",
    "yaml-plausible",
)
"""Rules found while reading that a site may switch as well; all others found there are always errors."""

AFTERWARDS = (url_kept.RULE,)
"""Rules that look at the pages when they are made (see `kept_urls`)."""

NEEDED = (
    id_unique.RULE,
    ref_resolves.RULE,
    claim_resolves.RULE,
    since_resolves.RULE,
    field_required.RULE,
    url_valid.RULE,
    spoiler_valid.RULE,
)
"""Rules on whose strength pages are made, and things hidden: always errors."""


ADDRESSES = "addresses in texts"
"""Where what `link_resolves.rooted` finds stands among the findings."""


def check(
    world: World, planned: Collection[str] = (), *, thorough: bool = True, known: Known | None = None
) -> Findings:
    """All problems of a linked site, rule by rule, but for rules that the site turned off.

    planned: the paths of all its files; without them addresses in texts are not looked at. known: what still holds is
    not looked for again.
    """
    off = {switch.rule for switch in world.config.rules if switch.severity == "off"} - {rule.name for rule in NEEDED}
    found: dict[str, Sequence[Problem]] = {"settings": [*_unknown(world.config), *_navigation(world), *_moments(world)]}
    for rule in RULES:
        costly = isinstance(rule, SiteRule) and rule.costly
        if rule.name not in off and (thorough or not costly):
            found[rule.name] = _found(rule, world, known)
    if planned and link_resolves.RULE.name not in off:
        found[ADDRESSES] = _addresses(world, planned, known)
    return found


def _addresses(world: World, planned: Collection[str], known: Known | None) -> list[Problem]:
    """Addresses in texts that lead to nothing."""

    def problems(among: Collection[Entity]) -> list[Problem]:
        return [*map(link_resolves.RULE.problem, link_resolves.rooted(world, planned, among))]

    if known is None:
        return sorted(problems(world.graph.entities.values()))
    return known.exchanged(known.found.get(ADDRESSES, ()), known.paths, problems)


def _found(rule: SiteRule | RecordRule, world: World, known: Known | None) -> Sequence[Problem]:
    """What one rule finds. Rules that look at each record by itself find their problems in the order of places."""
    before = known.found.get(rule.name) if known else None
    if isinstance(rule, SiteRule):
        holds = known is not None and before is not None and known.hold(rule)
        return before if holds and before is not None else rule.problems(world)
    if known is None or before is None:
        return sorted(rule.problems(world))
    return known.exchanged(before, known.looked_at(rule), partial(rule.problems, world))


def judged(problems: Iterable[Problem], config: Config) -> list[Problem]:
    """Problems with the severity that the site gives their rules; those turned off are left out."""
    may = switchable()
    switches = {switch.rule: switch.severity for switch in config.rules if switch.rule in may}
    if not switches:
        return list(problems)
    return [
        replace(problem, severity=switches.get(problem.rule, problem.severity))
        for problem in problems
        if switches.get(problem.rule) != "off"
    ]


def switchable() -> set[str]:
    """The rules whose severity a site may set."""
    return {*(rule.name for rule in (*RULES, *AFTERWARDS) if rule not in NEEDED), *READING}


def _unknown(config: Config) -> Iterator[Problem]:
    may = switchable()
    for switch in config.rules:
        if switch.rule not in may:
            message = f"{switch.rule} is no rule that can be switched."
            hint = suggest(switch.rule, may) or "docs/problems.md has them all."
            yield Problem(Location("site.yaml", switch.line, switch.column), "config-valid", message, hint)


def _navigation(world: World) -> Iterator[Problem]:
    """Entries of the navigation that would tell on every page of what is not shown."""
    for each in world.config.navigation:
        url = f"{decoded(re.split('[?#]', each.url, maxsplit=1)[0]).removesuffix('index.html').rstrip('/')}/"
        said = world.drafts.page(url)
        if not said and url in world.graph.addresses and url not in world.shown.addresses:
            said = "readers must not know of yet"
        if said:
            hint = "Take the entry out until then."
            yield Problem(Location("site.yaml"), "config-valid", f"navigation leads to {each.url}, which {said}.", hint)


def _moments(world: World) -> Iterator[Problem]:
    """What the settings say of moments of the story that are none."""
    return map(since_resolves.RULE.problem, since_resolves.settings(world))
