# tables of examples
"""The content of this project: without a problem, complete, and everything where a reader looks for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import Site, make

PAGES = {
    r"series/[^/]+": 5, r"series/[^/]+/season-\d+": 13, r"series/[^/]+/s\d\de\d\d": 108, r"people/[^/]+": 260, r"characters/[^/]+": 186,
    r"organizations/[^/]+": 23, r"places/[^/]+": 29, r"works/[^/]+": 36, r"news/\d{4}-[^/]+": 57, r"cases/[^/]+": 5,
}  # fmt: skip
EPISODES = {"ballard": [10], "bosch": [10] * 6 + [8], "bosch-legacy": [10] * 3}

SEED = "news/2024-08-01-ballard-starts-filming"
PLACES = [
    ("people/michael-connelly", "Hieronymus Pictures"), ("people/michael-connelly", "Executive producer"), ("people/michael-connelly", "The Late Show"),
    ("people/maggie-q", "Renée Ballard"), ("people/henrik-bastin", "Fabel Entertainment"), ("people/henrik-bastin", "Executive producer"),
    ("people/mitzi-roberts", "Renée Ballard"), ("people/mitzi-roberts", "Cold Case"), ("characters/renee-ballard", "Mitzi Roberts"),
    ("people/jet-wilkinson", "Dig Down"), ("people/jet-wilkinson", "S01E02"), ("series/ballard/s01e01", "Jet Wilkinson"),
    ("series/ballard/s01e02", "Jet Wilkinson"), ("series/bosch-legacy/s03e10", "Jet Wilkinson"), ("places/venice-beach", "Ballard"),
    ("series/ballard", "Venice Beach"), ("series/ballard", "Prime Video"), ("organizations/prime-video", "Ballard"),
    ("series/untitled-j-edgar-project", "Jerry Edgar"), ("series/untitled-j-edgar-project", "Jamie Hector"), ("series/ballard", "Hieronymus Pictures"),
    ("organizations/hieronymus-pictures", "Theresa Snider"), ("organizations/hieronymus-pictures", "Ballard"), ("series/ballard", "Fabel Entertainment"),
    ("organizations/fabel-entertainment", "Melissa Aouate"), ("people/michael-alaimo", "The Closer"),
    ("people/michael-alaimo", "The Man Who Fell to Earth"), ("people/michael-alaimo", "showrunner"), ("people/kendall-sherwood", "Major Crimes"),
    ("people/kendall-sherwood", "Your Honor"), ("people/kendall-sherwood", "showrunner"), ("people/titus-welliver", "Harry Bosch"),
    ("characters/harry-bosch", "Titus Welliver"), ("people/courtney-taylor", "Zamira Parker"), ("people/courtney-taylor", "Neon"),
    ("people/courtney-taylor", "Abbott Elementary"), ("characters/zamira-parker", "Samira Parker"), ("characters/zamira-parker", "grandfather"),
    ("people/melissa-aouate", "Executive producer"), ("people/jasmine-russ", "Co-executive producer"),
    ("people/jamie-boscardin-martin", "Co-executive producer"), ("people/trey-batchelor", "Co-executive producer"),
    ("people/theresa-snider", "Co-executive producer"), ("series/ballard", "Jamie Boscardin Martin"), ("series/ballard", "Trey Batchelor"),
    ("series/ballard", "Theresa Snider"), ("series/ballard", "Jasmine Russ"), ("organizations/lapd-cold-case-unit", "volunteers"),
    ("series/ballard", "cold case"), ("series/ballard", "Spin-off of"),
    *[(SEED, name) for name in (
        "Connelly", "Maggie Q", "Bastin", "Mitzi Roberts", "Jet Wilkinson", "Venice Beach", "Prime Video", "J. Edgar", "Hieronymus Pictures",
        "Fabel Entertainment", "Alaimo", "Sherwood", "Welliver", "Courtney Taylor", "Parker", "Aouate", "Russ", "Boscardin Martin", "Batchelor", "Snider",
    )],
]  # fmt: skip
"""Page, and what a reader of the article that announced the filming of Ballard looks for there."""


def shown(site: Site, path: str) -> str:
    """What a reader sees of a page, without its references."""
    main = LexborHTMLParser(site.page(path)).css_first("main")
    assert main is not None
    for node in main.css("section.references, sup"):
        node.decompose()
    return re.sub(r"\s+", " ", main.text())


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_a_strict_check_finds_no_problem(wiki: Site, tmp_path: Path, engine: str) -> None:
    own = make(tmp_path)
    own.options |= wiki.options
    for folder in ("content", "templates", "types"):
        shutil.rmtree(own.root / folder, ignore_errors=True)
        shutil.copytree(wiki.root / folder, own.root / folder)
    settings = (wiki.root / "site.yaml").read_text(encoding="utf-8")
    assert "engine: python-markdown" in settings
    own.write("site.yaml", settings.replace("engine: python-markdown", f"engine: {engine}"))
    assert [str(each) for each in own.problems(strict=True, jobs=2)] == []


@pytest.mark.parametrize(("pattern", "number"), PAGES.items())
def test_every_subject_has_its_page(wiki: Site, pattern: str, number: int) -> None:
    found = [path for path in wiki.paths() if re.fullmatch(f"{pattern}/index.html", path)]
    assert len(found) >= number


def test_every_episode_is_there(wiki: Site) -> None:
    for series, seasons in EPISODES.items():
        for season, number in enumerate(seasons, 1):
            assert all(wiki.has(f"series/{series}/s{season:02}e{each:02}") for each in range(1, number + 1))
            assert not wiki.has(f"series/{series}/s{season:02}e{number + 1:02}")


@pytest.mark.parametrize(("path", "words"), PLACES)
def test_the_announcement_has_its_place(wiki: Site, path: str, words: str) -> None:
    assert words.casefold() in shown(wiki, path).casefold()


def test_every_article_names_its_sources_and_is_short(wiki: Site) -> None:
    for path in sorted(each for each in wiki.paths() if re.fullmatch(r"news/\d{4}-.*/index\.html", each)):
        tree = LexborHTMLParser(wiki.page(path))
        assert tree.css("section.references li"), path
        paragraphs = tree.css(".prose > p")
        assert 1 <= len(paragraphs) <= 7, f"{path}: {len(paragraphs)} paragraphs"
        assert tree.css('.prose a[href*="index.html"]'), f"{path} links to nothing"


def test_no_page_is_empty(wiki: Site) -> None:
    """Every page says more than its title."""
    for path in sorted(each for each in wiki.paths() if each.endswith("/index.html")):
        if 'http-equiv="refresh"' not in wiki.page(path):
            assert len(shown(wiki, path)) > 60, path


def test_no_markup_is_left_over(wiki: Site) -> None:
    for path in sorted(each for each in wiki.paths() if each.endswith(".html")):
        found = re.search(
            r"\[\[|\]\]|\[\^|\[!|\{[#%{]|(?<!\*)\*\*(?!\*)|Undefined|&lt;[a-z/]|StatementView|\(\)",
            shown(wiki, path),
        )
        assert found is None, f"{path}: {found[0]}"
        assert "user-" not in wiki.page(path), f"{path}: an id or class of a text that the theme should know"


def test_no_name_is_missing_its_page(wiki: Site) -> None:
    for path in sorted(each for each in wiki.paths() if each.endswith(".html")):
        assert not LexborHTMLParser(wiki.page(path)).css(".missing"), path
