"""url-kept: an address or anchor that was published still answers: with a page, a redirect or a word of why.

It is checked after the pages are made, against the addresses in content/.published.json (see `published`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from ballardwiki import own_addresses
from ballardwiki.config.gone import Gone
from ballardwiki.config.published import GONE as FILE, Addresses, keeps, lost
from ballardwiki.model import Ref, ref_id
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import Rule, Violation
from ballardwiki.similarity import Choices
from ballardwiki.web_addresses import decoded


def check(world: World, before: Addresses, now: Addresses, closed: Collection[str]) -> Iterator[Violation]:
    """Addresses and anchors that vanished, and tombstones that lead nowhere."""
    told = {each.key for each in world.gone}
    yield from (violation for _, violation in misleading(world, now))
    gone = [each for each in lost(before, now, closed) if each[0] not in told and "#".join(each) not in told]
    pages = {url: ref for ref, url in world.graph.urls.items()} if gone else {}
    fresh: dict[str, _New] = {}
    added: dict[str, _New] = {}
    for url, anchor in gone:
        if not anchor:
            yield _page(world, url, before, added)
            continue
        if url not in fresh:
            fresh[url] = _New({each: each for each in set(now[url]) - set(before[url])})
        yield _anchor(world, url, anchor, pages.get(url), fresh[url])


def misleading(world: World, now: Addresses) -> Iterator[tuple[Gone, Violation]]:
    """The addresses in gone.yaml that lead to what readers don't find, and what is wrong with each."""
    for each in world.gone:
        address, _, anchor = each.to.partition("#")
        whole = not address.startswith("/")
        address = own_addresses.path(address, world.config.base_url) if whole else address
        draft = world.drafts.page(address)
        if not address or (whole and not draft and address not in world.graph.addresses):
            continue  # what lies beside the pages may be another program's
        if decoded(address) not in now:
            message = f"{each.key} leads on to {each.to}, " + (
                f"which {draft}." if draft else "where there is no page."
            )
            hint = "Publish that, or lead elsewhere until it is." if draft else "Mend the address."
            yield each, Violation(Location(FILE, each.line, 1), message, hint)
        elif anchor and keeps(decoded(anchor)) and decoded(anchor) not in now[decoded(address)]:
            message = f"{each.key} leads on to {each.to}, where readers find no part of that name."
            hint = f"Write {address}, or mend what follows #."
            yield each, Violation(Location(FILE, each.line, 1), message, hint)


class _New:
    """What was not there before, by its name, and which of it a name that is gone may be now."""

    def __init__(self, found: Mapping[str, str]) -> None:
        self.found = found
        self._choices = Choices(found)

    def nearest(self, word: str) -> str:
        """The name most like a word, or the only one; "" when it may be any."""
        return self._choices.nearest(word) or (next(iter(self.found)) if len(self.found) == 1 else "")


def _anchor(world: World, url: str, anchor: str, ref: Ref | None, fresh: _New) -> Violation:
    near = fresh.nearest(anchor)
    now = f" It may be #{near} now." if near else ""
    entity = world.graph.entities[ref] if ref else None
    hint = f"Write {{#{anchor}}} after the heading to keep it, or tell in {FILE}: {url}#{anchor}: why it is gone."
    at = Location(entity.path, entity.line, 1) if entity else Location(FILE)
    return Violation(at, f"{url}#{anchor} was published and is gone.{now}", hint, severity="warning")


def _page(world: World, url: str, before: Addresses, added: dict[str, _New]) -> Violation:
    """The problem of a page that is gone: at the page that may have been this one, else at the file of tombstones."""
    message = f"{url} was published and answers no more."
    tell = f"tell in {FILE}: {url}: why it is gone"
    graph = world.graph
    for name, kind in graph.schema.types.items():
        id_ = _id(kind.url, url)
        if not id_:
            continue
        if f"{name}/{id_}" in world.withheld:
            now = f"It {world.drafts.at(f'{name}/{id_}')}"
            return Violation(Location(FILE), f"{message} {now}.", f"Publish it again, or {tell}.")
        if name not in added:
            added[name] = _New(
                {ref_id(ref): ref for ref in graph.lists[name] if graph.urls.get(ref, url) not in before}
            )
        near = added[name].nearest(id_)
        if near:
            entity = graph.entities[Ref(added[name].found[near])]
            hint = f"If it is {entity.ref} now, add there: was: [{id_}]. Else {tell}."
            return Violation(Location(entity.path, entity.line, 1), message, hint)
        hint = f"Write was: [{id_}] into the {kind.label.lower()} that it became, or {tell}."
        return Violation(Location(FILE), message, hint)
    hint = f"Say in {FILE} where it moved, {url}: {{to: /its/new/address/}}, or {tell}."
    return Violation(Location(FILE), message, hint)


def _id(pattern: str, url: str) -> str:
    """The id in an address that a type's pattern with nothing but the id could have made, or ""."""
    if pattern.count("{") != 1 or "{id}" not in pattern:
        return ""
    begin, end = pattern.split("{id}")
    found = re.fullmatch(f"{re.escape(begin)}([^/]+){re.escape(end)}", url)
    return found[1] if found else ""


RULE = Rule(name="url-kept", severity="error")
