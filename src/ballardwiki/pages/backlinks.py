"""The links back to a page: which other texts mention its entity, and the sentence in which they do."""

from __future__ import annotations

from markupsafe import Markup, escape
from msgspec import Struct

from ballardwiki.pages.view import EntityView
from ballardwiki.schema import EntityType

LIMIT = 50
"""How many mentions of one entity are shown with their sentences; the rest are links."""


class Quote(Struct, frozen=True):
    """An entity whose text mentions another, and the sentence as HTML, "" where the link stands alone."""

    source: EntityView
    sentence: Markup


class Mentioned(Struct, frozen=True):
    """Who mentions an entity: news, the newest first; other pages by type, as (type, quotes), then by title."""

    news: list[Quote]
    groups: list[tuple[EntityType, list[Quote]]]

    def __len__(self) -> int:
        return len(self.news) + self.pages

    @property
    def pages(self) -> int:
        """How many other pages there are."""
        return sum(len(quotes) for _, quotes in self.groups)


def mentioned(entity: EntityView) -> Mentioned:
    """The links back to an entity, but for pages that its own facts and credits tell of already."""
    sources = entity.mentions
    typed = _typed(entity) if sources else set()
    quotes: list[Quote] = []
    for source in sources:
        if source.ref not in typed and source.ref != entity.ref:
            sentence = _html(entity, source) if len(quotes) < LIMIT else Markup()
            quotes.append(Quote(source, sentence))
    groups: dict[str, list[Quote]] = {}
    for quote in quotes:
        if not quote.source.date_key:
            groups.setdefault(quote.source.type, []).append(quote)
    return Mentioned(
        [quote for quote in quotes if quote.source.date_key],
        [(found[0].source.declared, found) for found in groups.values()],
    )


def _typed(entity: EntityView) -> set[str]:
    """The entities at the other ends of an entity's relations and credits, as far as they may be shown."""
    found: set[str] = set()
    for field in entity.declared.fields.values():
        if field.kind == "ref":
            found |= _targets(entity, field.name)
    for name in entity.ways_back:
        for each in getattr(entity, name):
            source = each.value
            found.add(source.ref)
            if owner := source.owner:
                found |= _above(owner)
                for field in source.declared.fields.values():
                    if field.kind == "ref":
                        found |= _targets(source, field.name)
    return found


def _above(entity: EntityView) -> set[str]:
    """An entity and all that it is a part of: what its required fields point at (an episode's season, its series)."""
    found: dict[str, EntityView] = {}
    waiting = [entity]
    while waiting:
        each = waiting.pop()
        found[each.ref] = each
        fields = (field for field in each.declared.fields.values() if field.kind == "ref" and field.required)
        waiting += (value for field in fields for value in _values(each, field.name) if value.ref not in found)
    return set(found)


def _values(entity: EntityView, name: str) -> list[EntityView]:
    given = entity.statements(entity.declared.fields[name])
    return [each.value for each in given if isinstance(each.value, EntityView)]


def _targets(entity: EntityView, name: str) -> set[str]:
    return {value.ref for value in _values(entity, name)}


def _html(entity: EntityView, source: EntityView) -> Markup:
    """The sentence in which a text mentions an entity, with the mention marked."""
    return Markup().join(_shown(entity, text, here=here) for text, here in entity.sentence(source))


def _shown(entity: EntityView, text: str, *, here: bool) -> Markup:
    return Markup("<b>{}</b>").format(text or entity.title) if here else escape(text)
