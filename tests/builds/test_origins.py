"""The foot of a page: its history and the ways to mend it. Pages are made anew when, and only when, theirs changed."""

from __future__ import annotations

import html
import os
import re
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest
from tinysite import SETTINGS, Site, Sites

pytestmark = pytest.mark.slow

HOST = SETTINGS + "repository: https://github.com/ana/wiki\n"


def commit(site: Site, day: str, who: str = "ana") -> Site:
    """Commit all that the site's folder holds."""
    moment = f"{day}T12:00:00+0000"
    given = {f"GIT_{role}_{what}": who for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
    for words in (("init",), ("add", "."), ("commit", "-m", "x")):
        subprocess.run(["git", *words], cwd=site.root, env=os.environ | given | dates, check=True, capture_output=True)
    return site


@pytest.fixture
def wiki(site: Sites) -> Site:
    """Two people in files of their own and two in one file, committed by ana."""
    files = {
        "site.yaml": HOST,
        "content/people/ada.md": "---\ntitle: Ada\nborn: 1979-05-22\n---\n\nShe acts.\n",
        "content/people/ben.md": "---\ntitle: Ben\n---\n",
        "content/people/crew.yaml": "cleo: {title: Cleo}\ndan: {title: Dan}\n",
    }
    return commit(site(files), "2025-07-01").published()


def foot(site: Site, page: str) -> str:
    found = re.search(r'<footer class="page-foot">(.*?)</footer>', site.page(page), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def links(site: Site, page: str) -> list[str]:
    part = site.page(page).partition('<footer class="page-foot">')[2].partition("</footer>")[0]
    return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', part)]


def test_readers_see_when_and_by_how_many_and_no_name(wiki: Site) -> None:
    wiki.replace("content/people/ada.md", "She acts", "She plays")
    commit(wiki, "2025-07-05", "ben").published()
    assert foot(wiki, "people/ada").startswith("Last changed 5 July 2025 by 2 people so far, begun 1 July 2025 .")
    assert foot(wiki, "people/ben").startswith("Last changed 1 July 2025 .")
    assert "ana" not in foot(wiki, "people/ada")


def test_a_commit_makes_only_the_pages_of_its_files_anew(wiki: Site) -> None:
    wiki.replace("content/people/ada.md", "She acts", "She plays").published()
    commit(wiki, "2025-07-05")
    rendered = {path for path in wiki.build().rendered if not path.startswith("wiki/")}
    assert rendered == {"people/ada/index.html"}
    tree = wiki.tree()
    wiki.clean()
    assert wiki.tree() == tree


def test_a_commit_elsewhere_makes_no_page_anew(wiki: Site) -> None:
    commit(wiki.write("notes.txt", "x"), "2025-07-05")
    assert not wiki.build().written


def test_a_lost_history_makes_all_anew(wiki: Site) -> None:
    for each in wiki.cache.glob("history-*"):
        each.unlink()
    commit(wiki.write("notes.txt", "x"), "2025-07-05")
    assert "people/ben/index.html" in wiki.build().rendered


def test_links_lead_to_the_host_with_the_line(wiki: Site) -> None:
    host = "https://github.com/ana/wiki"
    assert links(wiki, "people/ada")[:2] == [
        f"{host}/commits/main/content/people/ada.md",
        f"{host}/edit/main/content/people/ada.md",
    ]
    assert links(wiki, "people/dan")[1] == f"{host}/edit/main/content/people/crew.yaml#L2"


def reports(site: Site, page: str) -> dict[str, list[str]]:
    """What reports of mistakes begin with: title -> lines."""
    found = [parse_qs(urlsplit(each).query) for each in links(site, page)[2:]]
    return {each["title"][0]: each["body"][0].splitlines() for each in found if each}


def test_a_report_quotes_the_fact_and_its_place(wiki: Site) -> None:
    assert reports(wiki, "people/ada")["Mistake on the page Ada: Born"][:5] == [
        "Page: https://wiki.example/people/ada/",
        "Record: person/ada",
        "Field: born",
        "File: content/people/ada.md:3",
        "Present value: 1979-05-22",
    ]


CLAIM = "---\ntitle: N\ndate: 2025-07-02\nclaims:\n  - about: series/ser\n    field: status\n    value: {value}\n---\n"


def test_a_report_quotes_what_the_page_takes_from_an_article_and_where_it_says_so(site: Sites) -> None:
    wiki = site(
        {
            "site.yaml": HOST,
            "content/series/ser.md": "---\ntitle: Ser\nstatus: {value: ordered, from: 2025-01-01}\n---\n",
            "content/news/n.md": CLAIM.format(value="filming"),
        }
    ).published()
    title = "Mistake on the page Ser: Status"
    assert reports(wiki, "series/ser")[title][3:6] == [
        "File: content/series/ser.md:3",
        "File: content/news/n.md:7",
        "Present value: ordered; filming",
    ]
    wiki.replace("content/news/n.md", "claims:", "# new\nclaims:").published()
    assert "File: content/news/n.md:8" in reports(wiki, "series/ser")[title], "the line has moved"


def test_lines_that_move_make_the_pages_below_anew(wiki: Site) -> None:
    wiki.replace("content/people/crew.yaml", "dan:", "# new\ndan:")
    rendered = {path for path in wiki.build().rendered if not path.startswith("wiki/")}
    assert rendered == {"people/dan/index.html"}
    assert links(wiki, "people/dan")[1].endswith("#L3")


def test_what_is_not_known_yet_is_in_no_report(site: Sites) -> None:
    files = {
        "site.yaml": HOST,
        "content/series/ser.md": "---\ntitle: Ser\n---\n",
        "content/episodes/ser.yaml": "ser-s01e01: {season: ser-s01, number: 1, title: One}\n",
        "content/seasons/ser.yaml": "ser-s01: {series: ser, number: 1}\n",
        "content/people/ada.md": "---\ntitle: Ada\nborn: {value: 1979-05-22, since: ser s01e01}\n---\n",
    }
    page = site(files).published().page("people/ada")
    assert "1979" not in page and "Report a mistake" in page


def test_without_git_and_repository_there_is_no_foot(site: Sites) -> None:
    assert "page-foot" not in site({"content/people/ada.md": "---\ntitle: Ada\n---\n"}).published().page("people/ada")


def test_a_shallow_clone_shows_no_dates_and_says_so(wiki: Site) -> None:
    wiki.write(".git/shallow", "0" * 40 + "\n")
    result = wiki.build()
    assert "fetch-depth: 0" in result.notice
    assert "Last changed" not in wiki.page("people/ada") and "Edit this page" in wiki.page("people/ada")
