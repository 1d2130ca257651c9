"""What was published at an address keeps answering there, or the editor is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tinysite import Site, Sites

from ballardwiki.build import kept_urls
from ballardwiki.cli import main

pytestmark = pytest.mark.slow

TEXT = "---\ntitle: {title}\n---\n\n## Career\n\nShe acts.\n"


@pytest.fixture
def deployed(site: Sites) -> Site:
    """A site whose addresses were noted when it was published."""
    people = {f"content/people/{name}.md": TEXT.format(title=name.title()) for name in ("ada", "ben")}
    made = site(people).published()
    return note(made)


def note(site: Site, *forget: str) -> Site:
    found = site.build(publish=False)
    kept_urls.update(site.root, found.addresses, found.closed, forget)
    return site


def kept(site: Site) -> list[str]:
    """What url-kept reports, as `file: severity message hint`."""
    found = (each for each in site.problems() if each.rule == "url-kept")
    return [f"{each.at.path}: {each.severity} {each.message} {each.hint}" for each in found]


def test_a_site_as_it_was_has_no_problem(deployed: Site) -> None:
    assert kept(deployed) == []
    assert not deployed.build().written


def test_a_renamed_file_wants_its_former_id(deployed: Site) -> None:
    deployed.move("content/people/ada.md", "content/people/ada-lane.md")
    assert kept(deployed) == [
        (
            "content/people/ada-lane.md: error /people/ada/ was published and answers no more. If it is person/ada-lane "
            "now, add there: was: [ada]. Else tell in gone.yaml: /people/ada/: why it is gone."
        )
    ]
    deployed.replace("content/people/ada-lane.md", "title: Ada", "title: Ada\nwas: [ada]")
    assert kept(deployed) == []


def test_a_lost_address_keeps_the_old_site(deployed: Site) -> None:
    deployed.delete("content/people/ada.md")
    result = deployed.build()
    assert result.failed and deployed.has("people/ada")


def test_a_page_renamed_twice_before_it_was_published_does_not_nag(deployed: Site) -> None:
    deployed.write("content/people/cleo.md", TEXT.format(title="Cleo")).published()
    deployed.move("content/people/cleo.md", "content/people/chloe.md").published()
    deployed.move("content/people/chloe.md", "content/people/clea.md").published()


def test_a_removed_page_says_why(deployed: Site) -> None:
    deployed.delete("content/people/ada.md").write("gone.yaml", "/people/ada/: She was a <misprint>.\n").published()
    page = deployed.page("people/ada")
    assert "She was a &lt;misprint&gt;." in page and 'content="noindex"' in page
    assert deployed.page("_redirects") == "/people/ada/ /people/ada/ 410!\n/people/ada/ /people/ada/ 410\n"


def test_a_moved_page_leads_on(deployed: Site) -> None:
    deployed.delete("content/people/ada.md").write("gone.yaml", "/people/ada/: {to: /people/ben/}\n").published()
    assert "people/ben/index.html" in deployed.page("people/ada")
    assert "/people/ada/ /people/ben/ 301\n" in deployed.page("_redirects")
    deployed.write("gone.yaml", "/people/ada/: {to: /people/bob/}\n")
    assert kept(deployed) == [
        "gone.yaml: error /people/ada/ leads on to /people/bob/, where there is no page. Mend the address."
    ]


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("/people/bob/", "where there is no page. Mend the address."),
        (
            "/people/ben/#life",
            "where readers find no part of that name. Write /people/ben/, or mend what follows #.",
        ),
        (
            "/people/cleo/",
            "which is a draft, as content/people/cleo.md:3 says. Publish that, or lead elsewhere until it is.",
        ),
        ("/people/ben/#career", ""),
        ("/people/ben/#mentioned", ""),
        ("https://elsewhere.example/", ""),
    ],
)
def test_a_tombstone_that_leads_nowhere_is_a_problem_at_its_line(deployed: Site, to: str, said: str) -> None:
    deployed.delete("content/people/ada.md").write("gone.yaml", f"# Gone:\n/people/ada/: {{to: '{to}'}}\n")
    deployed.write("content/people/cleo.md", "---\ntitle: Cleo\ndraft: true\n---\n")
    wanted = [f"gone.yaml:2:1: error[url-kept]: /people/ada/ leads on to {to}, {said}"] if said else []
    assert [str(each) for each in deployed.problems()] == wanted


def test_former_ids_are_redirects_for_hosts_too(site: Sites) -> None:
    settings = {"site.yaml": "title: A\nbase_url: https://a.example/wiki/\n"}
    made = site(settings | {"content/people/ada.yaml": "ada-lane: {title: Ada, was: [ada]}\n"}).published()
    assert made.page("_redirects").splitlines() == [
        "/wiki/people/ada/ /wiki/people/ada-lane/ 301!",
        "/wiki/people/ada/ /wiki/people/ada-lane/ 301",
    ]


def test_a_lost_anchor_is_a_warning_and_can_be_kept(deployed: Site) -> None:
    deployed.replace("content/people/ada.md", "## Career", "## Her career")
    assert kept(deployed) == [
        (
            "content/people/ada.md: warning /people/ada/#career was published and is gone. It may be #her-career now. "
            "Write {#career} after the heading to keep it, or tell in gone.yaml: /people/ada/#career: why it is gone."
        )
    ]
    deployed.write("gone.yaml", "/people/ada/#career: It said nothing.\n").published()
    deployed.delete("gone.yaml").replace("content/people/ada.md", "## Her career", "## Her career {#career}")
    deployed.published()


def test_anchors_of_pages_that_were_not_made_anew_are_known(deployed: Site) -> None:
    deployed.replace("content/people/ben.md", "She acts", "She sings")
    rendered = deployed.build().rendered
    assert "people/ben/index.html" in rendered and "people/ada/index.html" not in rendered
    note(deployed.published())
    assert kept_urls.known(deployed.root)[0]["/people/ada/"] == ("career",)


def test_noting_keeps_what_is_lost_until_it_is_forgotten(deployed: Site) -> None:
    deployed.delete("content/people/ada.md")
    assert kept(note(deployed))
    assert kept(note(deployed, "/people/ada/")) == []


def test_a_draft_is_told_from_a_lost_page(deployed: Site) -> None:
    deployed.replace("content/people/ada.md", "title: Ada", "title: Ada\ndraft: true")
    assert "It is a draft, as content/people/ada.md:3 says." in kept(deployed)[0]


def test_a_damaged_file_of_addresses_is_a_problem(deployed: Site) -> None:
    deployed.write("content/.published.json", "<<<<<<<")
    assert "file-readable" in deployed.rules()


def test_a_wrong_tombstone_is_a_problem(deployed: Site) -> None:
    assert "gone-valid" in deployed.write("gone.yaml", "people/x: gone\n").rules()


def test_tombstones_build_like_anew(deployed: Site) -> None:
    deployed.delete("content/people/ada.md").write("gone.yaml", "/people/ada/: One.\n").published()
    deployed.write("gone.yaml", "/people/ada/: Two.\n").published()
    tree = deployed.tree()
    deployed.clean()
    assert deployed.tree() == tree and "Two." in deployed.page("people/ada")


def test_the_command_lists_and_notes(deployed: Site) -> None:
    deployed.write("content/people/cleo.md", TEXT.format(title="Cleo")).delete("content/people/ada.md")
    told = command(deployed.root, "urls")
    assert told.splitlines()[:3] == ["new  /people/cleo/", "lost /people/ada/", told.splitlines()[2]]
    assert "Noted" in command(deployed.root, "urls", "--update", "--forget", "/people/ada/")
    assert kept(deployed) == []
    assert "Noted" not in command(deployed.root, "urls", "--update")


def command(root: Path, *words: str) -> str:
    result = CliRunner().invoke(main, ["--root", str(root), *words, "--jobs", "1", "--now", "2025-07-09"])
    assert result.exit_code == 0, result.output
    return result.output
