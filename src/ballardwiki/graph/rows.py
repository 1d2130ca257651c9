"""A graph taken apart: its tables as rows by key, which can lie anywhere meanwhile. `by_key` makes a graph of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ballardwiki.graph.claims import Claim
from ballardwiki.graph.graph import Graph
from ballardwiki.graph.links import Backlink, Loose
from ballardwiki.graph.tables import Incoming
from ballardwiki.model import Entity, Ref


class Row(Struct, frozen=True, array_like=True, gc=False):
    """What is known of an entity besides what it says itself: its rows in the tables of a graph.

    path: where it is written. has_body: whether it has a text. less: the entity, where
    less of it may be known than is written.
    """

    path: str
    title: str
    has_body: bool
    url: str = ""
    aliases: list[str] = []
    shared: list[str] = []
    citing: list[tuple[Ref, str]] = []
    inverses: dict[str, list[Incoming]] = {}
    backlinks: list[Ref] = []
    veiled: list[Backlink] = []
    called: dict[str, int] = {}
    loose: list[Loose] = []
    less: Entity | None = None


class Tables(Struct, frozen=True):
    """The tables of a graph. rows: in the order of addresses. lists: type -> addresses in the type's order; news: "".

    names: folded name -> bearers; ids: the same for ids. addresses: address without percent signs -> whose.
    files: content file -> what is written in it, but for what is written inside of that. asking: as in `Crosslinks`.
    signed: what is no table.
    """

    rows: Mapping[str, Row]
    lists: Mapping[str, tuple[Ref, ...]]
    years: Mapping[str, dict[str, tuple[Ref, ...]]]
    names: Mapping[str, tuple[Ref, ...]]
    ids: Mapping[str, tuple[Ref, ...]]
    addresses: Mapping[str, Ref]
    files: Mapping[str, list[Ref]]
    tags: Mapping[str, tuple[str, list[Ref]]]
    claims: Mapping[Ref, Mapping[str, Sequence[Claim]]]
    former: Mapping[str, Ref]
    asking: Mapping[str, list[Ref]]
    signed: frozenset[str]


NEWS = ""
"""Where the news stands among the lists."""


def tables(graph: Graph, whole: Graph | None = None) -> Tables:
    """A graph taken apart. `whole`: the graph that it is a part of."""
    return Tables(
        rows={ref: row(graph, ref, whole) for ref in graph.entities},
        lists={**graph.lists, NEWS: graph.news},
        years=graph.years,
        names=graph.names,
        ids=graph.naming.ids,
        addresses=graph.addresses,
        files={**{path: [ref] for path, ref in graph.files.paths.items()}, **graph.files.records},
        tags=graph.tags,
        claims=graph.claims,
        former=graph.former,
        asking=graph.links.asking,
        signed=graph.naming.signed,
    )


def row(graph: Graph, ref: Ref, whole: Graph | None = None) -> Row:
    """The rows of an entity."""
    entity, links = graph.entities[ref], graph.links
    return Row(
        entity.path,
        graph.titles[ref],
        bool(entity.body),
        graph.urls.get(ref, ""),
        [*graph.aliases.get(ref, ())],
        graph.shared.get(ref, []),
        graph.citing.get(ref, []),
        graph.inverses.get(ref, {}),
        links.backlinks.get(ref, []),
        links.veiled.get(ref, []),
        dict(links.called.get(ref, {})),
        links.loose.get(ref, []),
        entity if whole and whole.entities[ref] is not entity else None,
    )
