"""Season 0 stands last and is called Specials; a season with a title is called by it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import SETTINGS, Site, Sites

FILES = {
    "content/series/fog.yaml": "fog: {title: Fog Line, number: 1}\n",
    "content/seasons/fog.yaml": "fog-s00: {series: fog, number: 0}\nfog-s01: {series: fog, number: 1, premiered: 2024}\n",
    "content/episodes/fog.yaml": "fog-s01e01: {title: One, season: fog-s01, number: 1, aired: 2024-01-01}\n"
    "fog-s01e02: {title: Two, season: fog-s01, number: 2, aired: 2024-01-08}\n"
    "fog-s00e01: {title: Making Of, season: fog-s00, number: 1, aired: 2024-03-01}\n",
}


def text(made: Site, path: str, part: str) -> str:
    """The words in the first such part of a page."""
    found = LexborHTMLParser(made.page(path)).css_first(part)
    return " ".join(found.text().split()) if found else ""


def test_specials_come_after_all_seasons(site: Sites) -> None:
    made = site(FILES).published()
    assert text(made, "series/fog/s01e01", "nav.neighbours") == "Next episode Two"
    assert text(made, "series/fog/s01e02", "nav.neighbours") == "Previous episode One Next episode Making Of"
    assert text(made, "series/fog/s00e01", "nav.neighbours") == "Previous episode Two"
    assert text(made, "series/fog/season-1", "nav.neighbours") == "Next season Fog Line, specials"
    assert text(made, "episodes", ".guide-seasons").index("Two") < text(made, "episodes", ".guide-seasons").index(
        "Making"
    )


def test_specials_are_called_so(site: Sites) -> None:
    made = site(FILES).published()
    assert text(made, "series/fog/season-0", "h1") == "Fog Line, specials"
    assert text(made, "series/fog/season-0", ".kicker") == "Fog Line · Specials"
    assert text(made, "series/fog", "table.seasons tbody") == "Season 1 2 2024 – Specials 1 – –"
    assert text(made, "series", "article.card .inline") == "Season 1, Specials"


def test_a_seasons_own_title_is_shown_wherever_seasons_are_named(site: Sites) -> None:
    credited = 'title: "Book One: Fog", credits: [{person: ann, job: Director}]'
    made = site(FILES | {"content/people/ann.yaml": "ann: {title: Ann}\n"})
    made.replace("content/seasons/fog.yaml", "number: 1,", f"number: 1, {credited},")
    made.replace("content/seasons/fog.yaml", "number: 0", 'title: "Extras", number: 0').published()
    assert text(made, "series/fog", "table.seasons tbody") == "Book One: Fog 2 2024 – Extras 1 – –"
    assert text(made, "series/fog/s01e01", ".kicker") == "Fog Line · Book One: Fog · Episode 1"
    assert text(made, "people/ann", "table.credits td") == "2024 Book One: Fog"
    assert text(made, "series/fog", "dl.pairs dd") == "Ann Book One: Fog"
    assert text(made, "series", "article.card .inline") == "Book One: Fog, Extras"
    assert "Book One: Fog" in text(made, "episodes", ".guide-seasons") and "Season" not in text(
        made, "episodes", "main"
    )


def test_a_later_title_reaches_the_pages_that_name_the_season(site: Sites) -> None:
    made = site(FILES).published()
    made.replace("content/seasons/fog.yaml", "number: 1,", "number: 1, title: Mist,").published()
    kept = made.tree()
    assert b"Mist" in kept["series/fog/s01e01/index.html"]
    made.clean()
    assert made.tree() == kept


@pytest.mark.parametrize(
    ("horizon", "known"),
    [
        ("none", []),
        ("s01e02", ["one"]),
        ("s01", ["one"]),
        ("s00e01", ["one", "special"]),
        ("s00", ["one", "special", "later"]),
        ("all", ["one", "special", "later"]),
    ],
)
def test_what_is_known_from_a_special_is_known_after_all_seasons(site: Sites, horizon: str, known: list[str]) -> None:
    settings = f"{SETTINGS}spoilers: {{default: none, fog: {horizon}}}\n"
    written = {"one": "s01e02", "special": "s00e01", "later": "s00e02"}
    tags = ", ".join(f"{{value: {name}, since: fog {since}}}" for name, since in written.items())
    made = site(
        FILES | {"site.yaml": settings, "content/people/ann.yaml": f"ann: {{title: Ann, occupations: [{tags}]}}\n"}
    )
    made.replace("content/episodes/fog.yaml", "fog-s00e01", "fog-s00e02: {season: fog-s00, number: 2}\nfog-s00e01")
    made.published()
    assert [name for name in written if name in text(made, "people/ann", ".infobox")] == known


def test_watching_an_undated_episode_does_not_come_before_an_older_special(site: Sites) -> None:
    made = site(FILES | {"content/series/dew.yaml": "dew: {title: Dew, number: 2}\n"})
    made.write("content/seasons/dew.yaml", "dew-s01: {series: dew, number: 1, premiered: 2025, follows: series/fog}\n")
    made.replace(
        "content/episodes/fog.yaml", "fog-s00e01", "fog-s01e03: {title: Last, season: fog-s01, number: 3}\nfog-s00e01"
    )
    made.published()
    rows = LexborHTMLParser(made.page("watch-order")).css("table.orders")
    release, story = ([" ".join(cell.text().split()) for cell in table.css("tbody th")] for table in rows)
    one, last = "Fog Line, season 1 S01E01 to S01E02", "Fog Line, season 1 S01E03"
    assert release == [one, "Fog Line, Specials", "Dew, season 1", last]
    assert story == [one, "Fog Line, Specials", last, "Dew, season 1"]


def test_which_entities_are_specials_is_for_the_type_to_say(site: Sites) -> None:
    book = "folder: books\nurl: /books/{id}/\norder: [part]\nfields: {part: {kind: integer}}\n"
    own = "specials: {field: part, value: 9, short: Appendix, title: 'Appendix {part}'}\n"
    made = site({"types/book.yaml": book + own, "content/books/all.yaml": "a: {part: 9}\nb: {title: B, part: 12}\n"})
    made.published()
    assert text(made, "books", ".entries") == "B Appendix 9"


@pytest.mark.parametrize(
    "rule", ["{field: part, value: x}", "0", "{field: part}", "{field: title, value: 0}", "{field: parts, value: 0}"]
)
def test_specials_name_a_number_of_the_type(site: Sites, rule: str) -> None:
    own = f"folder: books\nurl: /books/{{id}}/\nspecials: {rule}\nfields: {{part: {{kind: integer}}}}\n"
    assert site({"types/book.yaml": own}).rules() == ["type-valid"]


@pytest.mark.parametrize(("run", "told"), [("s00e01-s01e02", True), ("s00-s01", True), ("s00", False), ("all", False)])
def test_a_run_does_not_go_from_specials_on_to_other_episodes(site: Sites, run: str, told: bool) -> None:
    made = site(FILES | {"content/people/ann.yaml": "ann: {title: Ann}\n"})
    made.replace(
        "content/series/fog.yaml", "number: 1", f"number: 1, credits: [{{person: ann, as: x, episodes: {run}}}]"
    )
    assert made.rules() == ["credit-plausible"] * told


def test_messages_say_codes_with_two_digits(site: Sites) -> None:
    made = site(FILES | {"content/people/ann.md": "---\ntitle: Ann\n---\nText ||fog S1E9: hidden||.\n"})
    assert "fog s01e09" in made.problems()[0].message
