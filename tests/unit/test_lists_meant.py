"""One value where several were meant is told, with the list to write."""

from __future__ import annotations

import pytest
from tinysite import Sites

from ballardwiki.content.list_forms import meant


@pytest.mark.parametrize(
    ("kind", "text", "parts"),
    [
        ("text", "crime, drama", ["crime", "drama"]),
        ("text", "crime; drama ;noir", ["crime", "drama", "noir"]),
        ("text", "crime,drama", ["crime", "drama"]),
        ("ref", "ann, bob", ["ann", "bob"]),
        ("url", "https://a.example/, https://b.example/", ["https://a.example/", "https://b.example/"]),
    ],
)
def test_what_looks_like_a_list(kind: str, text: str, parts: list[str]) -> None:
    assert meant(kind, text) == parts


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", "crime"),
        ("text", "Martin King, Jr."),
        ("text", "Indiana Jones, III"),
        ("text", "She acted in the first, and wrote the second one."),
        ("text", "Renewed for a second season with ten episodes, to be filmed in Los Angeles"),
        ("text", "Well, no!"),
        ("text", "crime,"),
        ("url", "https://a.example/b,c"),
    ],
)
def test_what_is_one_value(kind: str, text: str) -> None:
    assert meant(kind, text) == []


@pytest.mark.parametrize("field", ["tags", "aliases", "occupations"])
def test_a_field_of_many_with_one_text_is_told_the_list(site: Sites, field: str) -> None:
    (problem,) = site({"content/people/ann.md": f"---\ntitle: Ann\n{field}: Crime, Drama\n---\n"}).problems()
    assert (problem.at.line, problem.at.column, problem.severity) == (3, len(field) + 3, "warning")
    assert problem.hint == "Write [Crime, Drama] if these are 2, or put the value in quotes if it is one."


def test_references_are_told_the_list_once(site: Sites) -> None:
    (problem,) = site({"content/people/ann.md": "---\ntitle: Ann\nwas: old, older\n---\n"}).problems()
    assert (problem.rule, problem.severity) == ("field-valid", "error")
    assert problem.hint.startswith("Write [old, older]")


@pytest.mark.parametrize("text", ["'Crime, Drama'", "[Crime, Drama]", "Crime"])
def test_lists_and_quoted_texts_are_no_trouble(site: Sites, text: str) -> None:
    assert "yaml-plausible" not in site({"content/people/ann.md": f"---\ntitle: Ann\ntags: {text}\n---\n"}).rules()


def test_a_field_of_one_value_may_hold_commas(site: Sites) -> None:
    assert site({"content/people/ann.md": "---\ntitle: Ann\nbirth_place: Paris, Texas\n---\n"}).rules() == []
