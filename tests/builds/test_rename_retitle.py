"""Other ids and titles: everything that pointed at a record still does, and nothing else is touched."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tinysite import Sites

from ballardwiki.cli import main
from ballardwiki.edit import text_edits

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from tinysite import Site

NOW = datetime(2025, 7, 9, 12, tzinfo=UTC)
FILES = {
    "site.yaml": """
        title: Test wiki
        base_url: https://wiki.example/
        navigation:  # kept
          - {label: Bosch, url: /series/bosch/}
          - {label: First, url: "/series/bosch/s01e01/"}
          - {label: Ada, url: /people/ada-lane/}
        spoilers:
          default: none
          bosch: all   # kept
        """,
    "content/people/ada-lane.md": """
        ---
        title: Ada Lane   # kept
        # kept
        born: 1979
        summary: An actor.
        ---
        She knows herself, [[Ada Lane]], and [[person/ada-lane]].

        ## X
        """,
    "content/people/crew.yaml": """
        # kept
        bo-lee: {title: Bo Lee, summary: ada-lane stays in a text.}   # kept
        cy:
          title: Cy
          summary: "[[person/ada-lane]] is no link here."
          text: |
            With [[Ada  Lane|her]] and [[ADA LANE]], `[[Ada Lane]]`, [[person/Ada Lane#x|y]],
            [a](ada-lane.md), [b](</people/ada-lane/#x>), <a href="/people/ada-lane/">c</a>.

            | a | b |
            | --- | --- |
            | [[person/ada-lane\\|d]] | [[ada-lane]] |

            ```
            [[person/ada-lane]] and [a](ada-lane.md)
            ```
        """,
    "content/series/bosch.md": """
        ---
        title: "Bosch"
        summary: x
        number: 1
        credits:
          - {person: ada-lane, job: Director, source: [2025-07-09-one, "2025-07-09-one"]}   # kept
          - person: 'ada-lane'
            job: Writer
        ---
        [[Bosch S01E01]], [[bosch 1x01|x]], [[Bosch season 1]].
        """,
    "content/seasons/s1.md": "---\nseries: bosch\nnumber: 1\nsummary: x\n---\n",
    "content/episodes/e1.yaml": "e1: {season: s1, number: 1, summary: x}\n",
    "content/news/2025-07-09-one.md": """
        ---
        title: One
        date: 2025-07-09
        summary: x
        since: bosch s01e01
        about: [person/ada-lane, series/bosch]
        claims:
          - {about: series/bosch, field: spun_off_from, value: bosch}
        ---
        > [!spoiler] Bosch s01e01
        > x[^2025-07-09-one]

        ||bosch s01e01: x|| and [[article/2025-07-09-one]].

        ## A {since="bosch s01e01"}

        Seen.[^1]

        [^1]: By [[Ada Lane]].[^2025-07-09-one]
        """,
}


def run(made: Site, *given: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(made.root), *given])


def texts(made: Site) -> dict[str, str]:
    return {
        path.relative_to(made.root).as_posix(): path.read_bytes().decode()
        for path in sorted(made.root.rglob("*"))
        if path.is_file() and path.suffix in (".md", ".yaml")
    }


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    changes = []
    for path, text in after.items():
        old = before.get(path, before.get("content/people/ada-lane.md", ""))
        changes += [
            line[1:].strip()
            for line in text_edits.diff([text_edits.Change(path, old, text)])
            if re.match(r"\+[^+]", line)
        ]
    return changes


def test_renaming_a_person_rewrites_all_that_names_it_by_id(site: Sites) -> None:
    made = site(FILES).published()
    before = texts(made)
    done = run(made, "rename", "ada-lane", "ada-stone")
    assert done.exit_code == 0, done.output
    after = texts(made)
    assert after.keys() - before.keys() == {"content/people/ada-stone.md"}
    assert changed(before, after) == [
        "about: [person/ada-stone, series/bosch]",
        "was: [ada-lane]",
        "She knows herself, [[Ada Lane]], and [[person/ada-stone]].",
        "With [[Ada  Lane|her]] and [[ADA LANE]], `[[Ada Lane]]`, [[person/ada-stone#x|y]],",
        '[a](ada-stone.md), [b](</people/ada-stone/#x>), <a href="/people/ada-stone/">c</a>.',
        "| [[person/ada-stone\\|d]] | [[ada-stone]] |",
        '- {person: ada-stone, job: Director, source: [2025-07-09-one, "2025-07-09-one"]}   # kept',
        "- person: 'ada-stone'",
        "- {label: Ada, url: /people/ada-stone/}",
    ]  # fmt: skip
    made.published()
    assert "/people/ada-stone/" in made.page("people/ada-lane")


def test_renaming_an_article_keeps_its_place_in_feeds_and_as_a_source(site: Sites) -> None:
    made = site(FILES).published()
    guids = re.findall(r"<guid[^>]*>([^<]*)", made.page("feed.xml"))
    done = run(made, "rename", "article/2025-07-09-one", "article/2025-07-09-two")
    assert done.exit_code == 0, done.output
    made.published()
    assert guids and re.findall(r"<guid[^>]*>([^<]*)", made.page("feed.xml")) == guids
    text = texts(made)["content/news/2025-07-09-two.md"]
    assert text.count("[^2025-07-09-two]") == 2 and "[[article/2025-07-09-two]]" in text
    assert 'source: [2025-07-09-two, "2025-07-09-two"]' in texts(made)["content/series/bosch.md"]
    assert run(made, "rename", "2025-07-09-two", "2025-07-09-one").exit_code == 0
    made.published()
    assert re.findall(r"<guid[^>]*>([^<]*)", made.page("feed.xml")) == guids
    assert "was: [2025-07-09-one, 2025-07-09-two]" in texts(made)["content/news/2025-07-09-one.md"]


def test_renaming_a_series_rewrites_moments_settings_and_addresses(site: Sites) -> None:
    made = site(FILES).published()
    before = texts(made)
    done = run(made, "rename", "series/bosch", "hieronymus")
    assert done.exit_code == 0, done.output
    made.published()
    assert not changed(before, texts(made))[0].startswith("title")
    news, settings = texts(made)["content/news/2025-07-09-one.md"], texts(made)["site.yaml"]
    for piece in ("since: hieronymus s01e01", "[!spoiler] hieronymus s01e01", "||hieronymus s01e01: x||",
                  '{since="hieronymus s01e01"}', "about: series/hieronymus, field: spun_off_from, value: hieronymus"):  # fmt: skip
        assert piece in news
    assert "  hieronymus: all   # kept" in settings and 'url: "/series/hieronymus/s01e01/"' in settings
    assert "series: hieronymus" in texts(made)["content/seasons/s1.md"]
    assert texts(made)["gone.yaml"].splitlines() == [
        "/series/bosch/s01e01/: {to: /series/hieronymus/s01e01/}",
        "/series/bosch/season-1/: {to: /series/hieronymus/season-1/}",
    ]
    assert made.has("series/bosch/s01e01")
    assert run(made, "rename", "series/hieronymus", "bosch").exit_code == 0
    made.published()
    assert texts(made).pop("gone.yaml").splitlines() == [
        "/series/hieronymus/s01e01/: {to: /series/bosch/s01e01/}",
        "/series/hieronymus/season-1/: {to: /series/bosch/season-1/}",
    ]


def test_published_addresses_and_anchors_keep_answering(site: Sites) -> None:
    made = site(FILES).published()
    before = texts(made)
    assert run(made, "urls", "--update").exit_code == 0
    assert run(made, "rename", "series/bosch", "hieronymus").exit_code == 0
    assert made.problems() == []
    assert "/episodes/#bosch: {to: /episodes/#hieronymus}" in texts(made)["gone.yaml"]
    assert run(made, "rename", "hieronymus", "bosch").exit_code == 0
    assert made.problems() == []
    assert "/episodes/#bosch:" not in texts(made)["gone.yaml"]
    assert run(made, "rename", "ada-lane", "ada-stone").exit_code == 0
    assert run(made, "retitle", "bosch", "Bosch: Prime").exit_code == 0
    assert made.problems() == []
    assert before.keys() - texts(made).keys() == {"content/people/ada-lane.md"}


def test_retitling_rewrites_links_by_the_title_and_by_names_made_from_it(site: Sites) -> None:
    made = site(FILES).published()
    before = texts(made)
    done = run(made, "retitle", "series/bosch", "Bosch: Prime")
    assert done.exit_code == 0, done.output
    assert changed(before, texts(made)) == [
        "> [!spoiler] bosch s01e01",
        'title: "Bosch: Prime"',
        "aliases: [Bosch]",
        "[[Bosch: Prime S01E01]], [[Bosch: Prime 1x01|x]], [[Bosch: Prime season 1]].",
    ]
    made.published()


def test_retitling_a_person_keeps_the_words_that_readers_see(site: Sites) -> None:
    made = site(FILES).published()
    before = texts(made)
    assert run(made, "retitle", "ada-lane", "Ada Stone", "--no-alias").exit_code == 0
    assert changed(before, texts(made)) == [
        "[^1]: By [[Ada Stone]].[^2025-07-09-one]",
        "title: Ada Stone   # kept",
        "She knows herself, [[Ada Stone]], and [[person/ada-lane]].",
        "With [[Ada Stone|her]] and [[Ada Stone]], `[[Ada Lane]]`, [[person/Ada Lane#x|y]],",
    ]
    made.published()
    assert run(made, "retitle", "ada-lane", "Ada [2] | Lane").exit_code == 0
    made.published()
    assert "[[person/ada-lane]]" in texts(made)["content/news/2025-07-09-one.md"]


def test_an_alias_and_a_title_change_places(site: Sites) -> None:
    made = site(
        {
            "content/people/p.yaml": "a:\n  title: Bo\n  summary: x\n  aliases: [Bob, 'Bobby']  # z\n  text: See [[Bo]].\n"
        }
    )
    assert run(made, "retitle", "a", "Bobby").exit_code == 0
    assert texts(made)["content/people/p.yaml"] == (
        "a:\n  title: Bobby\n  summary: x\n  aliases: [Bob, 'Bo']  # z\n  text: See [[Bobby]].\n"
    )


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            "title: {value: Bo, source: s}\n  aliases: [Bob, {value: Bobby, confidence: reported}]",
            "title: {value: Bobby, confidence: reported}\n  aliases: [Bob, {value: Bo, source: s}]",
        ),
        (
            "title: 'Bo: A'\n  aliases:\n    - value: Bobby # z",
            'title: {value: Bobby}\n  aliases:\n    - "Bo: A" # z',
        ),
        (
            "title:\n    value: Bo\n    source: s\n  aliases: [Bobby]",
            "title:\n    value: Bobby\n    source: s\n  aliases: [Bo]",
        ),
    ],
)
def test_what_is_said_of_a_name_goes_with_it(site: Sites, record: str, expected: str) -> None:
    made = site({"content/sources/s.yaml": "s: {title: S, url: https://s.test/a}\n"})
    made.write("content/people/p.yaml", f"a:\n  {record}\n  summary: x\n".encode())
    done = run(made, "retitle", "a", "Bobby")
    assert done.exit_code == 0, done.output
    assert texts(made)["content/people/p.yaml"] == f"a:\n  {expected}\n  summary: x\n"
    kept = "title:\n" in expected
    assert ("p.yaml:3 the title's sources had the old title" in done.stderr) == kept


def test_an_episode_without_a_title_gets_one(site: Sites) -> None:
    made = site(FILES)
    assert run(made, "retitle", "e1", "'Tis: the Season").exit_code == 0
    assert (
        texts(made)["content/episodes/e1.yaml"]
        == 'e1: {title: "\'Tis: the Season", season: s1, number: 1, summary: x}\n'
    )
    made.published()


def test_line_ends_and_marks_are_kept(site: Sites) -> None:
    made = site()
    made.write("content/people/a.md", b"\xef\xbb\xbf---\r\ntitle: A\r\nsummary: x\r\n---\r\nSee [[person/a]].\r\n")
    assert run(made, "rename", "a", "b").exit_code == 0
    assert (made.root / "content/people/b.md").read_bytes() == (
        b"\xef\xbb\xbf---\r\ntitle: A\r\nwas: [a]\r\nsummary: x\r\n---\r\nSee [[person/b]].\r\n"
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("rename", "ada-lan", "x"), "There is no record ada-lan. Did you mean ada-lane?"),
        (("rename", "person/nobody", "x"), "There is no record person/nobody."),
        (("rename", "ada-lane", "bo-lee"), "person/bo-lee is another record's: content/people/crew.yaml:2."),
        (("rename", "ada-lane", "Ada Lane"), "Ada Lane can't be an id: A is a capital letter. Write ada-lane."),
        (("rename", "ada-lane", "series/ada"), "A record can't change its type"),
        (("rename", "ada-lane", "ada-lane"), "person/ada-lane has that id already."),
        (("rename", "credit/series.bosch.1", "x"), "credit/series.bosch.1 is written inside series/bosch"),
        (("rename", "twin", "x"), "twin may mean person/twin or place/twin: write it with its type."),
        (("rename", "cy", "former"), "former is a former id of person/twin."),
        (("retitle", "ada-lane", " "), "The title must be a line of text"),
        (("retitle", "ada-lane", "Ada Lane"), "person/ada-lane has that title already."),
    ],
)
def test_what_is_impossible_is_refused_with_a_hint(site: Sites, given: tuple[str, ...], says: str) -> None:
    made = site(FILES)
    made.write("content/people/t.yaml", "twin: {title: T, was: [former]}\n")
    made.write("content/places/t.yaml", "twin: {title: U}\n")
    before = texts(made)
    done = run(made, *given)
    assert done.exit_code == 2 and says in " ".join(done.stderr.split())
    assert texts(made) == before


def test_a_dry_run_shows_the_diff_and_writes_nothing(site: Sites) -> None:
    made = site(FILES)
    before = texts(made)
    done = run(made, "rename", "ada-lane", "ada-stone", "--dry-run")
    assert done.exit_code == 0 and texts(made) == before
    assert "rename to content/people/ada-stone.md" in done.stdout and "+was: [ada-lane]" in done.stdout
    assert (
        "4 files would change; a check would find no new problem." in done.stderr
        or "Nothing was written." in done.stderr
    )


def test_a_title_that_another_page_has_is_refused(site: Sites) -> None:
    made = site(FILES)
    before = texts(made)
    done = run(made, "retitle", "ada-lane", "Bo Lee")
    assert done.exit_code == 1 and "name-unique" in done.stderr and "Nothing was written" in done.stderr
    assert texts(made) == before


def test_a_file_that_cannot_be_read_stops_everything(site: Sites) -> None:
    made = site(FILES).write("content/people/bad.yaml", "a: [\n")
    done = run(made, "rename", "ada-lane", "x")
    assert done.exit_code == 1 and "bad.yaml" in done.stderr


def test_a_link_that_cannot_be_placed_stops_everything(site: Sites) -> None:
    made = site(FILES).write("content/people/odd.yaml", 'odd: {title: O, text: "caf\\u00e9 [[person/ada-lane]]"}\n')
    before = texts(made)
    done = run(made, "rename", "ada-lane", "x")
    assert done.exit_code == 2 and "odd.yaml:1:23" in done.stderr and "Write the text as a block" in done.stderr
    assert texts(made) == before


def test_the_templates_that_name_a_record_are_told(site: Sites) -> None:
    made = site(FILES | {"templates/home.html": '{% extends "base.html" %}\n{# see "person/ada-lane" #}\n'})
    done = run(made, "rename", "ada-lane", "x")
    assert "templates/home.html:2 names person/ada-lane: change it by hand to person/x, at /people/x/." in done.stderr


def test_an_error_while_writing_leaves_the_project_as_it_was(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    made = site(FILES)
    before, real, calls = texts(made), os.replace, 0

    def fail(source: str, target: str | Path) -> None:
        nonlocal calls
        calls += str(source).endswith(".new")
        if calls == 3:
            calls += 1
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", fail)
    done = run(made, "rename", "ada-lane", "x")
    assert done.exit_code == 1 and done.stderr.startswith("Nothing was written: There is no room to write")
    assert texts(made) == before
