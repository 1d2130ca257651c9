"""A value that is refused is told once: it counts neither as missing nor as nought, and nothing follows from it."""

from __future__ import annotations

import pytest
from tinysite import Sites

SERIES = {
    "content/series/s.yaml": "fog: {title: Fog Line, number: 1}\n",
    "content/seasons/s.yaml": "fog-s01: {series: fog, number: 1}\n",
}
TYPE = """\
label: Toy
plural: Toys
folder: toys
url: /toys/{maker}/{id}/
fields:
  maker: {kind: text, label: Maker}
  size: {kind: integer, label: Size}
"""


def episodes(*numbers: str) -> dict[str, str]:
    rows = (
        f"fog-{place}: {{title: T{place}, season: fog-s01, number: {each}}}\n" for place, each in enumerate(numbers)
    )
    return SERIES | {"content/episodes/e.yaml": "".join(rows)}


def test_refused_numbers_are_told_each_once(site: Sites) -> None:
    assert site(episodes("0", "x", "3a", "1.5")).rules() == ["field-valid"] * 3


def test_a_refused_number_does_not_break_links_to_its_page(site: Sites) -> None:
    made = site(episodes("1", "x") | {"content/people/ann.md": "---\ntitle: Ann\n---\n[[T1]] and [[episode/fog-1]]\n"})
    assert made.rules() == ["field-valid"]


def test_credits_and_moments_are_not_held_against_a_series_with_a_refused_number(site: Sites) -> None:
    made = site(
        episodes("1", "x")
        | {"content/people/ann.md": "---\ntitle: Ann\noccupations: {value: Cop, since: fog s01e02}\n---\n"}
        | {
            "content/series/s.yaml": "fog: {title: Fog Line, credits: [{person: ann, as_self: true, episodes: s01e02}]}\n"
        }
    )
    assert made.rules() == ["field-valid"]


def test_a_moment_of_a_series_that_is_whole_is_judged_all_the_same(site: Sites) -> None:
    made = site(
        episodes("1", "2")
        | {"content/people/ann.md": "---\ntitle: {value: Ann}\nborn: {value: 1980, since: fog s01e09}\n---\n"}
    )
    assert "since-resolves" in made.rules()


@pytest.mark.parametrize("value", ["Fog S01", "[fog-s01, x]", "{value: }", "{since: s01e01}"])
def test_a_refused_reference_is_told_once(site: Sites, value: str) -> None:
    made = site(SERIES | {"content/episodes/e.yaml": f"fog-1: {{title: T, season: {value}, number: 1}}\n"})
    assert made.rules() == ["field-valid"]


def test_a_refused_number_of_a_season_is_told_once_for_all_its_episodes(site: Sites) -> None:
    made = site(episodes("1", "2").copy() | {"content/seasons/s.yaml": "fog-s01: {series: fog, number: one}\n"})
    assert made.rules() == ["field-valid"]


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_an_empty_value_is_missing(site: Sites, value: str) -> None:
    assert site(episodes(value)).rules() == ["field-required"]


def test_a_misspelt_required_field_is_told_once(site: Sites) -> None:
    made = site(SERIES | {"content/episodes/e.yaml": "fog-1: {title: T, season: fog-s01, numbr: 1}\n"})
    (problem,) = made.problems()
    assert (problem.rule, problem.hint) == ("field-known", "Did you mean number?")


def test_a_refused_summary_is_not_missed(site: Sites) -> None:
    made = site({"content/news/2026-01-01-n.md": "---\ntitle: N\ndate: 2025-01-01\nsummary: [[a]]\n---\nText.\n"})
    assert [each for each in made.rules(notes=True) if each.startswith(("field", "summary"))] == ["field-valid"]


# What an address is made of


def test_a_page_whose_address_lacks_a_part_is_told_at_its_place(site: Sites) -> None:
    made = site(
        {"types/toy.yaml": TYPE, "content/toys/t.yaml": "car: {title: Car, maker: acme}\nkite: {title: Kite}\n"}
    )
    (problem,) = made.problems()
    assert (str(problem.at), problem.rule) == ("content/toys/t.yaml:2:1", "field-required")
    assert problem.message == "toy/kite needs the field maker, of which the address /toys/{maker}/{id}/ is made."
    assert problem.hint == "Add a line maker: …"


def test_the_record_that_lacks_the_part_is_told_not_the_page(site: Sites) -> None:
    other = TYPE.replace("{maker}", "{maker.code}").replace(
        "kind: text, label: Maker", "kind: ref, to: firm, label: Maker"
    )
    firm = "label: Firm\nfolder: firms\nurl: /firms/{id}/\nfields:\n  code: {kind: text}\n"
    made = site(
        {
            "types/toy.yaml": other,
            "types/firm.yaml": firm,
            "content/firms/f.yaml": "acme: {title: Acme}\n",
            "content/toys/t.yaml": "car: {title: Car, maker: acme}\n",
        }
    )
    (problem,) = made.problems()
    assert (problem.at.path, problem.message.partition(",")[0]) == (
        "content/firms/f.yaml",
        "firm/acme needs the field code",
    )


def test_a_part_in_the_middle_of_a_name_is_no_less_needed(site: Sites) -> None:
    made = site(
        {"types/toy.yaml": TYPE.replace("{maker}/{id}", "{maker}-{id}"), "content/toys/t.yaml": "kite: {title: Kite}\n"}
    )
    assert made.rules() == ["field-required"]


def test_an_address_with_an_empty_part_is_told(site: Sites) -> None:
    made = site({"types/toy.yaml": TYPE, "content/toys/t.yaml": "kite: {title: Kite, maker: /}\n"})
    assert [str(each) for each in made.problems()] == [
        "content/toys/t.yaml:1:1: error[url-valid]: the address of toy/kite would have an empty part: /toys///kite/ Its type makes it as /toys/{maker}/{id}/; change what fields hold."
    ]


def test_a_dangling_reference_in_an_address_is_told_once(site: Sites) -> None:
    made = site({"content/episodes/e.yaml": "fog-1: {title: T, season: fog-s09, number: 1}\n"})
    assert made.rules() == ["ref-resolves"]
