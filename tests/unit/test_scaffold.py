"""`new` and `init`: beginnings that build, and never replace what is there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tinysite import Site, Sites

from ballardwiki import yaml_reader
from ballardwiki.edit import NotPossibleError, scaffold
from ballardwiki.edit.scaffold.examples import scalar

pytestmark = pytest.mark.slow

NOW = datetime(2025, 7, 9, 23, 30, tzinfo=UTC)
NASTY = """
plain|Ada Example|A: b|a #b|#a|- a|NO|null|~|true|1.10|012|"quoted"|it's|a, b|[a]|{a}|&a|*a|!a|%a|@a|`a|> a
Bosch: Legacy|end:|back\\slash|Renée|漢字|💥|a\u202eb|...|---|?|? a|x y z|:|a:b|s01e02|2025-07-09
"""


def begun(tmp_path: Path, title: str = "A wiki") -> Site:
    scaffold.init(tmp_path / "new", title, NOW)
    return Site(root=tmp_path / "new", out=tmp_path / "site", cache=tmp_path / "cache")


def new(site: Site, type_: str, title: str, id_: str | None = None) -> str:
    return scaffold.new(site.root, type_, title, id_, NOW)


def test_a_new_site_builds_without_any_problem(tmp_path: Path) -> None:
    assert begun(tmp_path).problems(strict=True) == []


def test_a_new_site_shows_what_its_pages_are_about(tmp_path: Path) -> None:
    site = begun(tmp_path).published()
    assert "Ines Valloton" in site.page("/characters/edda-marrow/")
    assert "Our wiki begins" in site.page("/news/2025-07-09-our-wiki-begins/")


def test_a_new_site_keeps_its_secrets(tmp_path: Path) -> None:
    site = begun(tmp_path).published()
    leaks = [path for path, data in site.tree().items() if b"Smuggler" in data or b"suitcase belongs" in data]
    assert leaks == []


def test_a_new_site_has_the_title_it_was_given(tmp_path: Path) -> None:
    site = begun(tmp_path, 'Ours: the "best" # wiki').published()
    assert "Ours: the &#34;best&#34; # wiki" in site.page("/")


def test_a_new_site_is_ready_for_git(tmp_path: Path) -> None:
    assert "/site/" in (begun(tmp_path).root / ".gitignore").read_text()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine")
    with pytest.raises(NotPossibleError, match="not empty"):
        scaffold.init(tmp_path / "new", "A wiki", NOW)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "type_", "person character series season episode organization place work source article page".split()
)
def test_a_skeleton_of_every_type_passes_the_check(tmp_path: Path, type_: str) -> None:
    site = begun(tmp_path)
    new(site, type_, "Something quite new")
    assert site.problems(strict=True) == []


@pytest.mark.parametrize("type_", "person character organization place work source article page".split())
def test_its_examples_are_right_when_they_are_uncommented(tmp_path: Path, type_: str) -> None:
    site = begun(tmp_path)
    path = new(site, type_, "Something quite new")
    text = (site.root / path).read_text()
    (site.root / path).write_text(re.sub(r"^( *)# ", r"\1", text, flags=re.MULTILINE))
    assert set(site.rules(drafts=True)) <= {"ref-resolves"}  # of types that have no record yet


def test_a_skeleton_explains_each_field(tmp_path: Path) -> None:
    site = begun(tmp_path)
    text = (site.root / new(site, "person", "Ada Example")).read_text()
    assert "## Born. A date, or only its year or month.\n# born: 2025-07-09\n" in text


def test_the_example_of_a_claim_is_one(tmp_path: Path, site: Sites) -> None:
    started = begun(tmp_path)
    text = (started.root / new(started, "article", "Big news")).read_text()
    assert "# - {about: series/saltmarsh-line, field: status, value: in development}" in re.sub(r"# +-", "# -", text)
    empty = site()
    text = (empty.root / new(empty, "article", "Big news")).read_text()
    assert "{about: series/some-id, field: status, value: in development}" in text


def test_news_is_dated_in_the_time_zone_of_the_site(tmp_path: Path) -> None:
    site = begun(tmp_path).replace("site.yaml", "timezone: UTC", "timezone: Asia/Tokyo")
    assert new(site, "article", "Big news") == "content/news/2025-07-10-big-news.md"
    assert "date: 2025-07-10" in (site.root / "content/news/2025-07-10-big-news.md").read_text()


@pytest.mark.parametrize("name", ["person", "people", "People", "Person"])
def test_a_type_may_be_called_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    assert new(begun(tmp_path), name, "Ada Example") == "content/people/ada-example.md"


def test_an_episode_is_the_next_of_its_season(tmp_path: Path) -> None:
    site = begun(tmp_path)
    text = (site.root / new(site, "episode", "High Tide")).read_text()
    assert "season: saltmarsh-line-s01  # Season\nnumber: 3" in text


def test_an_id_that_begins_with_that_of_a_season_tells_the_season(tmp_path: Path) -> None:
    site = begun(tmp_path)
    new(site, "season", "Second", "saltmarsh-line-s02")
    text = (site.root / new(site, "episode", "Flood", "saltmarsh-line-s01e03")).read_text()
    assert "season: saltmarsh-line-s01 " in text


def test_a_required_reference_to_nothing_says_what_to_write_first(site: Sites) -> None:
    empty = site()
    text = (empty.root / new(empty, "season", "First")).read_text()
    assert "## series: is required, and there is no series yet. First: ballardwiki new series" in text
    assert empty.rules() == ["field-required"]


def test_a_type_of_the_site_itself_has_a_skeleton_too(site: Sites) -> None:
    declared = "folder: planets\nurl: /planets/{id}/\nfields:\n  solved: {kind: boolean, required: true}\n"
    wiki = site({"types/planet.yaml": declared})
    assert new(wiki, "planet", "The Red One") == "content/planets/the-red-one.md"
    assert wiki.rules() == []


def test_nothing_is_replaced(tmp_path: Path) -> None:
    site = begun(tmp_path)
    before = (site.root / "content/people/ines-valloton.md").read_bytes()
    with pytest.raises(NotPossibleError, match=r"content/people/ines-valloton.md is there already"):
        new(site, "person", "Ines Valloton")
    assert (site.root / "content/people/ines-valloton.md").read_bytes() == before


def test_an_id_in_a_file_of_many_is_taken(tmp_path: Path) -> None:
    with pytest.raises(NotPossibleError, match=r"content/sources/sources.yaml:2 holds harbour-gazette already"):
        new(begun(tmp_path), "source", "The Gazette", "harbour-gazette")


def test_a_name_is_taken_when_it_is_an_alias(tmp_path: Path) -> None:
    with pytest.raises(NotPossibleError, match=r"tobias-arnfeld.md:2 bears the name Toby Arnfeld already"):
        new(begun(tmp_path), "person", "Toby Arnfeld")


def test_an_unknown_type_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(
        NotPossibleError, match=r"There is no type persn. Did you mean person\? The types are: article,"
    ):
        new(begun(tmp_path), "persn", "Ada")


def test_a_credit_is_explained(tmp_path: Path) -> None:
    example = r"credits:\n    - {person: ines-valloton, character: edda-marrow, billing: lead}"
    with pytest.raises(NotPossibleError, match=example):
        new(begun(tmp_path), "credit", "Whoever")


@pytest.mark.parametrize(
    ("title", "id_"), [("", None), ("💥", None), ("a\x1bb", None), ("Ada", "../x"), ("Ada", "A b")]
)
def test_what_can_be_no_page_is_refused(tmp_path: Path, title: str, id_: str | None) -> None:
    site = begun(tmp_path)
    with pytest.raises(NotPossibleError):
        new(site, "person", title, id_)
    assert len(list((site.root / "content/people").iterdir())) == 2


def test_outside_a_site_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NotPossibleError, match=r"no site.yaml"):
        scaffold.new(tmp_path, "person", "Ada", None, NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [line for line in re.split(r"[|\n]", NASTY) if line])
def test_a_text_survives_being_written_as_yaml(text: str) -> None:
    node, problems = yaml_reader.parse(f"title: {scalar(text)}\n", "a.yaml")
    assert not problems
    assert isinstance(node, yaml_reader.Mapping)
    value = node.items["title"]
    assert isinstance(value, yaml_reader.Scalar) and value.text == text and not yaml_reader.is_null(value)
