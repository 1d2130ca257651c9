"""What a page is about, in the words of schema.org: one JSON-LD graph, made from the views that the page is made from.

Which class a type is and which property a field, the types declare (`schema_org` and its like). What is rumoured or
disputed is left out, since a graph can't say so; so is all that the page itself doesn't show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from ballardwiki.pages.credits.roles import Role
from ballardwiki.pages.prose import Reference
from ballardwiki.pages.view import EntityView, SiteView, StatementView
from ballardwiki.schema import EntityType

Node = dict[str, Any]

THING, PAGE, CRUMBS, SITE = "#thing", "#page", "#breadcrumbs", "#site"
"""What the ids of nodes end in: the subject of a page, the page, its place in the site; the site itself."""
FIRM = ("confirmed", "reported")
"""What is said without its confidence."""
_CREDITED = 50
"""How many of a cast, and how many of a crew, a graph names: the first ones in the order of the page."""
_CONTAINER = ("partOf", "isPartOf")
"""The properties that lead from a part to its whole begin with one of these."""


class PageContent(Struct, frozen=True):
    """What a template shows on a page.

    entity: what the page is about, if anything. kind: the type that a list is of. cast, crew: the roles that the page
    shows (see `roles`), the crew by job. references: what the page has cited.
    """

    title: object = ""
    entity: object = None
    kind: object = None
    cast: Iterable[Role] = ()
    crew: Iterable[tuple[str, Iterable[Role]]] = ()
    references: Iterable[Reference] = ()


def script(site: SiteView, content: PageContent) -> Markup:
    """The graph of a page, as the element that holds it."""
    text = _json({"@context": "https://schema.org", "@graph": graph(site, content)})
    for sign in _UNSAFE:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704  # no `<` is left to end it


_UNSAFE = "<\u2028\u2029"
"""What must not stand in a script's element as it is; in JSON it may be written by its number."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def graph(site: SiteView, content: PageContent) -> list[Node]:
    """The nodes of a page: the page, its place in the site, what it is about."""
    title = str(content.title or "")
    entity = content.entity if isinstance(content.entity, EntityView) else None
    kind = content.kind if isinstance(content.kind, EntityType) else None
    home = site.canonical("/")
    if site.url == "/":
        return [_site(site, home)]
    url = site.canonical(site.url)
    classes = entity.declared.schema_org if entity else ()
    page: Node = {
        "@type": classes[1] if len(classes) > 1 else "WebPage",
        "@id": url + PAGE,
        "url": url,
        "name": title,
        "inLanguage": site.language,
        "isPartOf": {"@id": home + SITE},
        "breadcrumb": {"@id": url + CRUMBS},
    }
    if site.license_url:
        page["license"] = site.license_url
    crumbs = [(home, site.title), *_crumbs(site, entity, kind), (url, title)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (address, name) in enumerate(crumbs, 1)
    ]
    found = [page, {"@type": "BreadcrumbList", "@id": url + CRUMBS, "itemListElement": items}]
    if entity and classes:
        page["mainEntity"] = {"@id": url + THING}
        found.append(_subject(site, entity, url, content))
    return found


def _site(site: SiteView, home: str) -> Node:
    found: Node = {"@type": "WebSite", "@id": home + SITE, "url": home, "name": site.title, "inLanguage": site.language}
    if site.description:
        found["description"] = site.description
    if site.license_url:
        found["license"] = site.license_url
    return found


def _crumbs(site: SiteView, entity: EntityView | None, kind: EntityType | None) -> list[tuple[str, str]]:
    """The way from the front page to a page: the list of its type, and the wholes that it is a part of."""
    if entity is None:
        own = kind.index if kind else None
        return [(site.canonical(own.url), kind.plural)] if own and kind and own.url != site.url else []
    wholes: list[EntityView] = []
    top = entity
    while (whole := _whole(top)) and whole not in wholes and whole != entity:
        wholes.insert(0, whole)
        top = whole
    index = top.declared.index
    found = [(site.canonical(index.url), top.declared.plural)] if index else []
    return found + [(site.canonical(each.url), each.title) for each in wholes]


def _whole(entity: EntityView) -> EntityView | None:
    for field in entity.declared.fields.values():
        if field.schema_org.startswith(_CONTAINER):
            for each in entity.statements(field):
                if isinstance(each.value, EntityView) and each.value.url:
                    return each.value
    return None


# The subject of a page


def _subject(site: SiteView, entity: EntityView, url: str, content: PageContent) -> Node:
    found = _described(site, entity)
    found |= {"@id": url + THING, "url": url, "mainEntityOfPage": {"@id": url + PAGE}}
    ways = site._graph.schema.inverses.get(entity.type, {})  # noqa: SLF001  # declared, as the types are
    for name, own in ways.items():
        properties = {way.type: way.schema_org for way in own if way.schema_org}
        for each in entity.incoming(name) if properties else ():
            if isinstance(each.value, EntityView) and each.value.type in properties and each.confidence in FIRM:
                _add(found, properties[each.value.type], _reference(site, each.value))
    for property_, node in _credited(site, entity, content.cast, content.crew):
        _add(found, property_, node)
    if any(field.schema_org == "citation" for field in entity.declared.fields.values()):
        for reference in content.references:
            if isinstance(reference.source, EntityView):
                _add(found, "citation", _reference(site, reference.source))
    return found


def _described(site: SiteView, entity: EntityView) -> Node:
    """An entity with all that its fields say."""
    kind = entity.declared
    found: Node = {"@type": kind.schema_org[0] if kind.schema_org else "Thing", "name": entity.title}
    for field in kind.fields.values():
        if not field.schema_org and not field.schema_org_values:
            continue
        property_, _, class_ = field.schema_org.partition(" ")
        for each in entity.statements(field):
            if each.confidence not in FIRM or field.kind == "records":
                continue
            if field.name in kind.past and not each.due:
                continue
            if property_:
                _add(found, property_, _value(site, each, class_))
            for value, name in field.schema_org_values:
                if value.casefold() == each.text.casefold():
                    found["@type"] = name
    return found


def _add(node: Node, property_: str, value: object) -> None:
    """One more value of a property, each only once."""
    before = node.get(property_)
    if before is None:
        node[property_] = value
    elif isinstance(before, list):
        if value not in before:
            before.append(value)
    elif before != value:
        node[property_] = [before, value]


def _value(site: SiteView, statement: StatementView, class_: str) -> object:
    value = statement.value
    if isinstance(value, EntityView):
        return value.title if class_ == "Text" else _reference(site, value)
    if class_ == "Text":
        return statement.text
    return {"@type": class_, "name": statement.text} if class_ else value


def _reference(site: SiteView, entity: EntityView) -> Node:
    """An entity as another one points at it: what has a page is described there."""
    url = entity.url
    if not url:
        return _described(site, entity)
    classes = entity.declared.schema_org
    class_ = classes[0] if classes else "Thing"
    return {"@type": class_, "@id": site.canonical(url) + THING, "name": entity.title}


def _credited(
    site: SiteView, entity: EntityView, cast: Iterable[Role], crew: Iterable[tuple[str, Iterable[Role]]]
) -> Iterator[tuple[str, Node]]:
    """The cast as roles that people perform, the crew under the properties that its jobs have."""
    field = next((each for each in entity.declared.fields.values() if each.kind == "records" and each.schema_org), None)
    kind = site.types.get(field.of) if field else None
    if field is None or kind is None or not kind.schema_org:
        return
    properties = {each.name: each.schema_org.partition(" ") for each in kind.fields.values() if each.schema_org}
    for role in islice((each for each in cast if each.confidence in FIRM), _CREDITED):
        node: Node = {"@type": kind.schema_org[0]}
        for name, (property_, _, class_) in properties.items():
            value = getattr(role, name, None)
            if words := role.words.get(name):
                node[property_] = words
            if isinstance(value, EntityView):
                node[property_] = value.title if class_ == "Text" else _reference(site, value)
        yield field.schema_org, node
    jobs = {value: name for each in kind.fields.values() for value, name in each.schema_org_values}
    people = ((jobs[job], role) for job, roles in crew if job in jobs for role in roles if role.confidence in FIRM)
    for property_, role in islice(people, _CREDITED):
        yield property_, _reference(site, role.person)
