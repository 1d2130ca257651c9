"""The pages for editors: what is missing, old or new, and nothing that may not be known."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tinysite import NOON, SETTINGS, Site, Sites

from ballardwiki.edit import workspace
from ballardwiki.graph import citations

pytestmark = pytest.mark.slow

FILES = {
    "site.yaml": SETTINGS + "repository: https://github.com/ana/wiki\n",
    "content/people/ada.md": "---\ntitle: Ada\nborn: 1979-05-22\n---\n\nShe knows [[Ben]] and [[Nobody]].\n",
    "content/people/ben.md": "---\ntitle: Ben\nborn: {value: 1980, source: rag}\n---\n\nHe knows nobody.\n",
    "content/people/cleo.md": "---\ntitle: Cleo\ndraft: true\n---\n",
    "content/sources/rag.yaml": "rag: {title: The Rag, url: https://rag.example/}\n",
    "content/series/ser.md": "---\ntitle: Ser\nstatus:\n  - {value: filming, from: 2019-01-01, source: rag}\n---\n",
    "content/seasons/ser.yaml": "ser-s01: {series: ser, number: 1}\n",
    "content/episodes/ser.yaml": "ser-s01e01: {season: ser-s01, number: 1, title: One}\n",
}


@pytest.fixture
def wiki(site: Sites) -> Site:
    made = site(FILES)
    assert not made.build().failed
    return made


def rows(site: Site, name: str) -> list[str]:
    body = site.page(f"wiki/{name}").partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in body.split("</tr>") if each.strip()]


def test_each_list(wiki: Site) -> None:
    assert rows(wiki, "wanted") == ["Nobody 1 Ada content/people/ada.md:6"]
    assert "content/people/ada.md:3 1 of 1" in rows(wiki, "unsourced")
    assert not any("ben.md" in each for each in rows(wiki, "unsourced"))
    assert rows(wiki, "review") == [
        "Ser Status: filming, since 2019-01-01; look whether it still is content/series/ser.md:4"
    ]
    assert rows(wiki, "stubs")[0].startswith("Ben 3 ")
    assert rows(wiki, "dead-ends") == ["Ben content/people/ben.md:2"]
    assert any(each.startswith("Ada ") for each in rows(wiki, "orphans"))


def test_facts_are_counted_as_the_command_counts_them(wiki: Site) -> None:
    wiki.write(
        "content/news/n.md",
        "---\ntitle: N\ndate: 2025-07-01\nclaims: [{about: person/ada, field: family, value: two}]\n---\n",
    )
    wiki.write("content/people/eve.md", "---\ntitle: Eve\nborn: {value: 1980, since: ser s01e01}\ndied: 2000\n---\n")
    assert not wiki.build().failed
    listed = {row.split()[0].partition(":")[0]: row.partition(" ")[2] for row in rows(wiki, "unsourced")}
    assert listed["content/people/eve.md"] == "1 of 1", "nobody may know of the other yet"
    del listed["content/people/eve.md"]
    found = [
        each.at.path
        for each in citations.survey(workspace.lay_out(wiki.root, NOON).graph).findings
        if each.kind == "no-source" and each.at.path != "content/people/eve.md"
    ]
    assert {path: number.split()[0] for path, number in listed.items()} == {
        path: str(number) for path, number in Counter(found).items()
    }
    assert "content/news/n.md" in listed


def test_rows_lead_to_the_line_on_the_host(wiki: Site) -> None:
    assert "https://github.com/ana/wiki/blob/main/content/people/ada.md#L6" in wiki.page("wiki/wanted")


def test_they_are_for_nobody_else(wiki: Site) -> None:
    for path in wiki.paths():
        if path.startswith("wiki/"):
            assert '<meta name="robots" content="noindex">' in wiki.page(path)
    assert "/wiki/" not in wiki.page("sitemap.xml")
    assert "/wiki/" not in wiki.page("feed.xml")


def test_drafts_are_counted_and_named_only_where_drafts_are_shown(wiki: Site) -> None:
    assert not any("Cleo" in wiki.page(path) for path in wiki.paths() if path.startswith("wiki/"))
    assert "1 page more is written but not public yet." in wiki.page("wiki")
    wiki.build(drafts=True)
    assert rows(wiki, "drafts") == ["Cleo draft content/people/cleo.md:3"]


def test_nothing_beyond_the_horizon_is_told(wiki: Site) -> None:
    wiki.write(
        "content/people/dora.md", "---\ntitle: Dora\nsince: ser s01e01\nborn: 1990\n---\n\nShe is [[Vanished]].\n"
    )
    wiki.write(
        "content/people/ben.md", "---\ntitle: Ben\n---\n\nHe is ||ser s01e01: [[Doomed]] and will never act again||.\n"
    )
    assert not wiki.build().failed
    told = "".join(wiki.page(path) for path in wiki.paths() if path.startswith("wiki/"))
    assert not any(word in told for word in ("Dora", "dora", "Vanished", "Doomed"))
    assert any(each.startswith("Ben 3 ") for each in rows(wiki, "stubs")), "He is withheld"


def test_a_text_that_nobody_may_read_yet_is_neither_short_nor_a_dead_end(wiki: Site) -> None:
    wiki.write("content/people/ben.md", "---\ntitle: Ben\n---\n\n> [!spoiler] ser s01e01\n> He knows nobody.\n")
    assert not wiki.build().failed
    assert not any(each.startswith("Ben ") for each in (*rows(wiki, "stubs"), *rows(wiki, "dead-ends")))


def test_an_edit_makes_them_anew_as_a_clean_build_would(wiki: Site) -> None:
    wiki.replace("content/people/ada.md", "[[Nobody]]", "[[Somebody]]")
    wiki.build()
    tree = wiki.tree()
    wiki.clean()
    assert wiki.tree() == tree and "Somebody" in wiki.page("wiki/wanted")


def test_their_traces_are_short(wiki: Site) -> None:
    ledger = wiki.build(publish=False).comparison
    assert ledger
    assert all(len(ledger.ledger.reads(path)) < 60 for path in wiki.paths() if path.startswith("wiki/"))


def test_a_site_can_do_without(wiki: Site) -> None:
    wiki.write("site.yaml", FILES["site.yaml"] + "maintenance: false\n").build()
    assert not any(path.startswith("wiki/") for path in wiki.paths())
    assert "/wiki/" not in wiki.page("/")
