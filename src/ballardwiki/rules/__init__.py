"""What should hold of a whole site, one truth per file.

A rule's module has `check(world)`, which yields `Problem`s, and `SEVERITY`, how bad they are unless `site.yaml` says
otherwise. `THOROUGH = True` keeps a costly rule out of builds: only `check` asks it. A rule with sure mends says where:
`surplus(graph)` yields values to delete, `moved(graph)` addresses to rewrite (see `fixing`).

`LOOKS_AT` says what makes a rule find something else: with "fields", as it is where nothing is said, texts never do;
with "all texts" any of them may; with "each text" the problems of a file follow from its own texts alone, and from what
`BEYOND` names of those of others. `check(world, among)` then looks at some entities only.

What concerns one file alone (yaml-valid, field-known, heading-ordered, …) is found while reading it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from ballardwiki.config.site import Config
from ballardwiki.model import Entity, Ref
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
    status_current,
    summary_present,
    tag_distinct,
    tag_known,
    title_short,
    value_unique,
)
from ballardwiki.similarity import suggest
from ballardwiki.web_addresses import decoded

RULES: tuple[ModuleType, ...] = (
    id_unique,
    ref_resolves,
    field_required,
    link_resolves,
    fragment_resolves,
    name_unique,
    since_resolves,
    credit_plausible,
    image_resolves,
    claim_resolves,
    source_required,
    address_present,
    alias_distinct,
    alias_used,
    cast_complete,
    character_portrayed,
    credit_aired,
    date_plausible,
    dates_ordered,
    image_licensed,
    page_linked,
    page_written,
    record_distinct,
    slot_unique,
    status_current,
    summary_present,
    tag_distinct,
    tag_known,
    title_short,
    value_unique,
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

AFTERWARDS = ("url-kept",)
"""Rules that look at the pages when they are made (see `kept_urls`)."""

NEEDED = ("id-unique", "ref-resolves", "claim-resolves", "since-resolves", "field-required")
"""Rules on whose strength pages are made, and things hidden: always errors."""


def name_of(rule: ModuleType) -> str:
    """The rule's name, after its file."""
    return rule.__name__.rpartition(".")[2].replace("_", "-")


Findings = Mapping[str, Sequence[Problem]]
"""What was found, by rule."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules found in a world that differed from another in some texts alone: (the old one, the new one)."""

    found: Findings
    texts: Mapping[Ref, tuple[Entity, Entity]]


def check(
    world: World, planned: Collection[str] = (), *, thorough: bool = True, known: Known | None = None
) -> Findings:
    """All problems of a linked site, rule by rule, but for rules that the site turned off.

    planned: the paths of all its files; without them addresses in texts are not looked at. known: what still holds is
    not looked for again.
    """
    off = {switch.rule for switch in world.config.rules if switch.severity == "off"} - {*NEEDED}
    found: dict[str, Sequence[Problem]] = {"settings": [*_unknown(world.config), *_navigation(world)]}
    for rule in RULES:
        if name_of(rule) not in off and (thorough or not getattr(rule, "THOROUGH", False)):
            found[name_of(rule)] = _found(rule, world, known)
    found["links that look hidden"] = [*link_resolves.disguised(world)]
    if planned and name_of(link_resolves) not in off:
        found["addresses in texts"] = [*link_resolves.rooted(world, planned)]
    return found


def _found(rule: ModuleType, world: World, known: Known | None) -> Sequence[Problem]:
    """What one rule finds. Rules that look at each text by itself find their problems in the order of places."""
    before = known.found.get(name_of(rule)) if known else None
    looks_at = getattr(rule, "LOOKS_AT", "fields")
    if before is None or known is None or looks_at == "all texts":
        found = rule.check(world)
    elif looks_at == "fields":
        return before
    elif any(
        getattr(old, name) != getattr(new, name)
        for name in getattr(rule, "BEYOND", ())
        for old, new in known.texts.values()
    ):
        found = rule.check(world)
    else:
        paths = {new.path for _, new in known.texts.values()}
        among = [each for each in world.graph.entities.values() if each.path in paths]
        found = (*(each for each in before if each.at.path not in paths), *rule.check(world, among))
    return sorted(found) if looks_at == "each text" else [*found]


def judged(problems: Iterable[Problem], config: Config) -> list[Problem]:
    """Problems with the severity that the site gives their rules; those turned off are left out."""
    may = switchable()
    switches = {switch.rule: switch.severity for switch in config.rules if switch.rule in may}
    if not switches:
        return list(problems)
    return [
        replace(problem, severity=switches.get(problem.rule, problem.severity))  # type: ignore[arg-type]  # config has checked it
        for problem in problems
        if switches.get(problem.rule) != "off"
    ]


def switchable() -> set[str]:
    """The rules whose severity a site may set."""
    return {*(name_of(rule) for rule in RULES), *READING, *AFTERWARDS} - {*NEEDED}


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
