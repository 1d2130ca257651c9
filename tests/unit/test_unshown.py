"""Types that hold what no page would show."""

from __future__ import annotations

import pytest
from tinysite import Sites

AWARD = "label: Award\nfields: {title: {kind: text}, year: {kind: date}}\n"
ACTOR = "folder: actors\nurl: /actors/{id}/\nfields:\n  title: {required: true}\n  awards: {kind: records, of: award}\n"


def found(site: Sites, files: dict[str, str]) -> list[tuple[str, int, int, str]]:
    return [
        (problem.at.path, problem.at.line, problem.at.column, problem.rule)
        for problem in site(files).problems()
        if problem.severity == "error"
    ]


def test_records_that_no_template_shows(site: Sites) -> None:
    files = {"types/award.yaml": AWARD, "types/actor.yaml": ACTOR}
    assert found(site, files) == [("types/actor.yaml", 5, 3, "type-valid")]
    files["types/actor.yaml"] = ACTOR.replace("awards:", "episodes_won:")
    assert found(site, files) == [("types/actor.yaml", 5, 3, "type-valid")]


@pytest.mark.parametrize("words", ["{{ entity.awards|join }}", "{{ entity['awards']|join }}"])
def test_records_that_a_template_shows(site: Sites, words: str) -> None:
    files = {"types/award.yaml": AWARD, "types/actor.yaml": ACTOR, "templates/actor.html": words}
    assert found(site, files) == []


def test_a_word_of_a_template_is_not_enough(site: Sites) -> None:
    files = {"types/award.yaml": AWARD, "types/actor.yaml": ACTOR, "templates/actor.html": "<h2>Their awards</h2>"}
    assert found(site, files) == [("types/actor.yaml", 5, 3, "type-valid")]


@pytest.mark.parametrize(
    "fields", ["credits: {kind: records, of: credit}", "claims: {kind: records, of: claim}", "title: {required: true}"]
)
def test_credits_and_claims_are_shown(site: Sites, fields: str) -> None:
    assert found(site, {"types/film.yaml": f"folder: films\nurl: /films/{{id}}/\nfields: {{{fields}}}\n"}) == []


QUOTE = "label: Quote\nfolder: quotes\nfields: {title: {required: true}}\n"


def test_a_type_that_nothing_leads_to(site: Sites) -> None:
    assert found(site, {"types/quote.yaml": QUOTE}) == [("types/quote.yaml", 2, 1, "type-valid")]
    itself = QUOTE.replace("}}", "}, answers: {kind: ref, to: quote}}")
    assert found(site, {"types/quote.yaml": itself}) == [("types/quote.yaml", 2, 1, "type-valid")]


@pytest.mark.parametrize(
    "files",
    [
        {"types/quote.yaml": QUOTE + "url: /quotes/{id}/\n"},
        {
            "types/quote.yaml": QUOTE,
            "types/book.yaml": "folder: b\nurl: /b/{id}/\nfields: {said: {kind: ref, to: quote}}\n",
        },
        {"types/quote.yaml": QUOTE, "templates/home.html": "{% for each in site.all('quote') %}{{ each }}{% endfor %}"},
        {"types/source.yaml": "folder: sources\nfields: {title: {required: true}}\n"},
    ],
)
def test_types_that_are_shown(site: Sites, files: dict[str, str]) -> None:
    assert found(site, files) == []


NAMES = ("name", "items", "label", "spans")


@pytest.mark.parametrize("name", NAMES)
def test_what_templates_read_of_something_else_shows_no_records(site: Sites, name: str) -> None:
    actor = ACTOR.replace("awards:", f"{name}:")
    assert found(site, {"types/award.yaml": AWARD, "types/actor.yaml": actor}) == [
        ("types/actor.yaml", 5, 3, "type-valid")
    ]
    made = site(
        {"types/award.yaml": AWARD, "types/actor.yaml": actor, "templates/person.html": f"{{{{ entity.{name} }}}}"}
    )
    assert made.rules() == ["type-valid"]


@pytest.mark.parametrize("name", ["name", "text", "title", "credits"])
def test_a_type_is_not_shown_by_a_word_of_the_theme(site: Sites, name: str) -> None:
    assert found(site, {f"types/{name}.yaml": QUOTE}) == [(f"types/{name}.yaml", 2, 1, "type-valid")]


def test_records_that_a_template_shows_where_another_page_has_them(site: Sites) -> None:
    files = {"types/award.yaml": AWARD, "types/actor.yaml": ACTOR}
    files["templates/home.html"] = "{% for each in site.all('actor') %}{{ each.awards|join }}{% endfor %}"
    assert found(site, files) == []


def test_records_that_a_part_of_the_template_shows(site: Sites) -> None:
    files = {"types/award.yaml": AWARD, "types/actor.yaml": ACTOR}
    files["templates/actor.html"] = "{% include 'partials/won.html' %}"
    files["templates/partials/won.html"] = "{{ entity|attr('awards')|join }}"
    assert found(site, files) == []


def test_credits_that_the_template_of_the_type_does_not_show(site: Sites) -> None:
    film = "folder: films\nurl: /films/{id}/\nfields: {cast: {kind: records, of: credit}}\n"
    files = {"types/film.yaml": film, "templates/film.html": "{{ entity.title }}"}
    assert found(site, files) == [("types/film.yaml", 3, 10, "type-valid")]
