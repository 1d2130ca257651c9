"""What articles claim of entities, what became of each claim, and who cites an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from ballardwiki.graph.claims import TYPE as CLAIM, Claim
from ballardwiki.graph.settling import Outcome
from ballardwiki.model import Ref
from ballardwiki.pages import facts
from ballardwiki.pages.view.statement import StatementView
from ballardwiki.schema import Field

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView


class ReportView(Struct, frozen=True):
    """What an article claims of a field, within the horizon, and what became of it.

    state: `shown` (the field has its value from here), `agreed` (others say the same), `superseded` (it has another
    value) or `open` (not confirmed). by: the article that says so instead; None where the record does.
    """

    about: EntityView
    field: Field
    said: StatementView
    article: EntityView
    state: str
    by: EntityView | None
    claim: Ref


def stands(view: EntityView, claim: Claim) -> bool:
    """Whether an entity has the value of a field from a claim."""
    field = view.declared.fields[claim.field]
    return claim.ref in view._site.settled(view._entity, field).shown


def reports(view: EntityView) -> list[ReportView]:
    """What articles claim of this entity and what became of each claim, field by field, the earliest first."""
    site = view._site
    site.trace.read(facts.CLAIMS(view.ref))
    found: list[ReportView] = []
    for name in site._graph.claims.get(view.ref, ()):
        field = site._graph.schema.types[view.type].fields[name]
        found += (_report(view, field, each) for each in site.settled(view._entity, field).reports)
    return found


def _report(view: EntityView, field: Field, report: Outcome) -> ReportView:
    site = view._site
    said = StatementView(site, report.claim.statement, field.kind)
    by = site.entity(report.by.article) if report.by else None
    article = site._view(report.claim.article)  # it is shown: the claim in it is
    return ReportView(view, field, said, article, report.state, by, report.claim.ref)


def changes(view: EntityView) -> list[ReportView]:
    """What this article claims of other entities, and what became of each claim."""
    fields = view._site._graph.schema.types[view.type].fields.values()
    said = (each for field in fields if field.of == CLAIM for each in view.statements(field))
    about = [each.about.value for each in said if each.about]
    return [each for target in dict.fromkeys(about) for each in _made_by(view, target)]


def _made_by(article: EntityView, target: EntityView) -> Iterator[ReportView]:
    """What an article claims of one entity, field by field."""
    site = article._site
    site.trace.read(facts.CLAIMS(target.ref))
    for name in site._graph.claims.get(target.ref, ()):
        field = target.declared.fields[name]
        for report in site.settled(target._entity, field).by_article.get(article.ref, ()):
            yield _report(target, field, report)


def cited_by(view: EntityView) -> list[tuple[EntityView, list[str]]]:
    """The pages that cite this article, but by its own claims, and the labels of their fields that do."""
    site = view._site
    site.trace.read(facts.CITED(view.ref))
    found: dict[EntityView, list[str]] = {}
    for ref, name in site._graph.citing.get(view.ref, ()):
        citing = site.entity(ref)
        if citing and (
            not name or any(view in each.sources for each in citing.statements(citing.declared.fields[name]))
        ):
            page, label = _place(citing, name)
            labels = found.setdefault(page, [])
            labels += [label] if label and label not in labels else []
    return list(found.items())


def _place(view: EntityView, name: str) -> tuple[EntityView, str]:
    """The page and the label of the field where an entity, or the record inside one, says something."""
    owner = view.owner
    if owner is None:
        return view, view.declared.fields[name].label if name else ""
    if view.type == CLAIM and view.about:
        about = view.about.value
        return about, about.declared.fields[view.field.text].label
    holders = (each.label for each in owner.declared.fields.values() if each.of == view.type)
    return owner, next(holders, view.declared.plural)
