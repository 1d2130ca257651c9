"""Addresses that are no more: pages that lead on, and `_redirects`; nothing in them tells of what may not be known."""

from __future__ import annotations

import pytest
from tinysite import Site, Sites

PLACES = "content/places/p.yaml"
SERIES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/w/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/episodes/e.yaml": "one-1-1: {season: one-1, number: 1}\ntwo-1-1: {season: two-1, number: 1}\n",
}


def lines(wiki: Site) -> list[str]:
    return wiki.page("_redirects").splitlines() if wiki.has("_redirects") else []


def test_a_former_id_leads_to_the_present_page(site: Sites) -> None:
    wiki = site({PLACES: "bay: {title: Bay, was: [bight, cove]}\n"}).published()
    assert lines(wiki) == [
        f"/places/{old}/ /places/bay/ 301{force}" for old in ("bight", "cove") for force in ("!", "")
    ]
    assert 'href="../../places/bay/index.html"' in wiki.page("places/bight")


def test_addresses_stand_below_the_site_s_own(site: Sites) -> None:
    wiki = site({**SERIES, PLACES: "bay: {title: Bay, was: [bight]}\n"}).published()
    assert lines(wiki) == ["/w/places/bight/ /w/places/bay/ 301!", "/w/places/bight/ /w/places/bay/ 301"]


def test_a_site_without_former_addresses_has_no_list_of_them(site: Sites) -> None:
    assert not site({PLACES: "bay: {title: Bay}\n"}).published().has("_redirects")


def test_a_former_id_that_is_another_type_s_present_one_leads_on_within_its_own(site: Sites) -> None:
    files = {PLACES: "bay: {title: Bay, was: [fog]}\n", "content/people/p.yaml": "fog: {title: Mr Fog}\n"}
    wiki = site(files).published()
    assert lines(wiki)[0] == "/places/fog/ /places/bay/ 301!"
    assert "Mr Fog" in wiki.page("people/fog")


def test_a_former_id_that_somebody_has_now_is_an_error(site: Sites) -> None:
    """So it is when that page is hidden for now: its address is not free."""
    assert site({PLACES: "bay: {title: Bay, was: [cove]}\ncove: {title: Cove}\n"}).rules() == ["id-unique"]
    hidden = "bay: {title: Bay, was: [cove]}\ncove: {title: Cove, since: two s01e01}\n"
    assert site({**SERIES, PLACES: hidden}).rules() == ["id-unique"]


def test_the_former_id_of_a_record_without_a_page_leads_nowhere(site: Sites) -> None:
    files = {"content/sources/s.yaml": "s: {title: S, was: [t]}\n", PLACES: "bay: {title: Bay}\n"}
    assert lines(site(files).published()) == []


@pytest.mark.parametrize(("since", "count"), [("one s01e01", 2), ("two s01e01", 0)])
def test_a_hidden_page_s_former_id_is_hidden_by_the_same_series(site: Sites, since: str, count: int) -> None:
    wiki = site({**SERIES, PLACES: f"bay: {{title: Bay, was: [bight], since: {since}}}\n"}).published()
    assert len(lines(wiki)) == count
    assert wiki.has("places/bight") is bool(count)


def test_gone_addresses_lead_on_or_say_why(site: Sites) -> None:
    wiki = site({PLACES: "bay: {title: Bay}\n"})
    wiki.write(
        "gone.yaml",
        "/places/x/: It was a misprint.\n/places/y/: {to: /places/bay/}\n/feed/: {to: 'https://f.example/'}\n",
    )
    wiki.published()
    assert [each for each in lines(wiki) if each.endswith("!")] == [
        "/feed/ https://f.example/ 301!", "/places/x/ /places/x/ 410!", "/places/y/ /places/bay/ 301!"
    ]  # fmt: skip
    assert "It was a misprint." in wiki.page("places/x")


def test_a_gone_address_leads_to_no_part_that_is_hidden(site: Sites) -> None:
    text = '---\ntitle: Bay\n---\n## Open\n\nx\n\n## Wreck {since="two s01e01"}\n\nx\n'
    wiki = site({**SERIES, "content/places/bay.md": text}).write("gone.yaml", "/places/y/: {to: /places/bay/#wreck}\n")
    assert wiki.rules() == ["url-kept"]
    assert wiki.replace("gone.yaml", "wreck", "open").rules() == []
    assert wiki.replace("gone.yaml", "open", "mentioned").rules() == [], "it comes and goes with what others say"


@pytest.mark.parametrize(
    "other", [{}, {"content/places/bad.md": "---\ntitle: Bad\nborn: x\n---\n"}], ids=["alone", "beside another"]
)
def test_what_goes_on_leaves_out_addresses_that_would_tell_of_what_is_hidden(
    site: Sites, other: dict[str, str]
) -> None:
    text = '---\ntitle: Bay\n---\n## Wreck {since="two s01e01"}\n\nx\n'
    gone = "/places/y/: {to: /places/bay/#wreck}\n/places/z/: {to: /places/bay/}\n/places/v/: {to: /places/lagoon/}\n"
    wiki = site(
        {
            **SERIES,
            **other,
            "content/places/bay.md": text,
            "content/places/lagoon.md": "---\ntitle: Lagoon\ndraft: true\n---\n",
        }
    )
    result = wiki.write("gone.yaml", gone).build(keep_going=True)
    assert [each.at.line for each in result.problems if each.rule == "url-kept"] == [1, 3]
    assert [line for line in lines(wiki) if "places/" in line] and wiki.has("places/z")
    assert not [path for path, data in wiki.tree().items() if b"wreck" in data or b"lagoon" in data]
    assert not wiki.has("places/y") and not wiki.has("places/v")


def test_a_draft_s_former_id_comes_with_the_draft(site: Sites) -> None:
    wiki = site({PLACES: "bay: {title: Bay, was: [bight], draft: true}\n"}).published()
    assert lines(wiki) == []
    assert len(lines(wiki.published(drafts=True))) == 2


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ({PLACES: "bay: {title: Bay, was: [bight]}\n"}, "place/bay"),
        ({PLACES: "bay: {title: Bay}\n", "gone.yaml": "/a/: {to: /places/bay/}\n"}, "gone.yaml"),
    ],
    ids=["a former id", "a tombstone"],
)
def test_a_template_that_fails_names_what_it_was_for(site: Sites, more: dict[str, str], about: str) -> None:
    wiki = site({**more, "templates/redirect.html": "{{ nothing.there }}"})
    assert [problem.hint for problem in wiki.problems()] == [f"While making {about}."]
