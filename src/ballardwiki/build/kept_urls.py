"""The addresses of a site that is ready to be published, held against those that were published before."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from ballardwiki import plain_files
from ballardwiki.build.publish import syscalls
from ballardwiki.config import published
from ballardwiki.config.gone import Gone
from ballardwiki.config.published import PUBLISHED, PUBLISHED_LIMIT, Addresses
from ballardwiki.pages.outputs import Output
from ballardwiki.pages.world import World
from ballardwiki.problems import Location, Problem
from ballardwiki.rules import url_kept


def kept(
    root: Path, world: World, planned: Mapping[str, Output], anchors: Mapping[str, str], *, always: bool
) -> tuple[Addresses, frozenset[str], list[Problem]]:
    """The present addresses, those of them that are closed, and the problems of rule `url-kept`.

    Unless `always` it looks only if there is something to compare with.
    """
    before, problems = known(root)
    if not always and not before and not world.gone:
        return {}, frozenset(), problems
    now = published.addresses(planned, anchors)
    closed = frozenset(published.address(path) for path, output in planned.items() if output.closed)
    return now, closed, problems + [url_kept.RULE.problem(each) for each in url_kept.check(world, before, now, closed)]


def misleading(world: World, planned: Mapping[str, Output], anchors: Mapping[str, str]) -> list[tuple[Gone, Problem]]:
    """The addresses in gone.yaml that lead to what readers don't find, and what is wrong with each."""
    found = url_kept.misleading(world, published.addresses(planned, anchors)) if world.gone else ()
    return [(each, url_kept.RULE.problem(violation)) for each, violation in found]


def known(root: Path) -> tuple[Addresses, list[Problem]]:
    """The addresses in content/.published.json, none without that file; and what is wrong with it."""
    path = root / PUBLISHED
    if not os.path.lexists(path):
        return {}, []
    hint = "Take the file from an earlier commit, or delete it and run: ballardwiki urls --update"
    text = plain_files.text(path, PUBLISHED, PUBLISHED_LIMIT)
    if isinstance(text, Problem):
        return {}, [replace(text, hint=hint)]
    try:
        return published.read(text), []
    except published.InvalidError as error:
        at = Location(PUBLISHED, error.line, error.column)
        message = f"the addresses that were published can't be read: {error}."
        return {}, [Problem(at, "file-readable", message, hint)]


def update(root: Path, now: Addresses, closed: Collection[str], forget: Collection[str]) -> bool:
    """Note the present addresses as published, and keep the lost ones but for some; whether that changed the file."""
    text = published.write(published.merge(known(root)[0], now, closed, forget)).encode()
    file = root / PUBLISHED
    if plain_files.data(file, PUBLISHED, PUBLISHED_LIMIT) == text:
        return False
    syscalls.replace(file, text)
    return True


def described(before: Addresses, now: Addresses, closed: Collection[str]) -> Iterator[str]:
    """What is new and what is lost, address by address, and how many there are."""
    for url in sorted(now.keys() - before.keys()):
        yield f"new  {url}"
    for url, anchor in published.lost(before, now, closed):
        yield f"lost {url}#{anchor}" if anchor else f"lost {url}"
    yield f"{len(now)} addresses, {len(before)} published before."
