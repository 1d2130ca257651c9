"""The tests' own ground: tiny sites do what the other tests take for granted."""

from __future__ import annotations

from tinysite import Sites

PERSON = """
    ---
    title: Maggie Q
    ---
    An actor.
"""


def test_a_site_is_built_read_and_edited(site: Sites) -> None:
    wiki = site({"content/people/maggie-q.md": PERSON}).published()
    assert "An actor." in wiki.page("/people/maggie-q/") and wiki.has("people/maggie-q/index.html") and wiki.has("")
    assert wiki.build().rendered == ()
    result = wiki.replace("content/people/maggie-q.md", "An actor.", "A star.").build()
    assert "people/maggie-q/index.html" in result.rendered and "A star." in wiki.page("people/maggie-q")
    before = wiki.tree()
    wiki.clean()
    assert wiki.tree() == before


def test_a_site_tells_its_problems(site: Sites) -> None:
    wiki = site({"content/people/a.md": PERSON + "    [[Nobody]]", "content/people/b.md": PERSON})
    assert wiki.rules() == ["link-resolves", "record-distinct"]
    assert [problem.at.path for problem in wiki.problems()] == ["content/people/a.md", "content/people/b.md"]
    assert not wiki.out.exists() or not wiki.paths()


def test_files_come_and_go(site: Sites) -> None:
    wiki = site({"content/people/a.md": PERSON}).published()
    assert wiki.move("content/people/a.md", "content/people/b.md").published().has("people/b")
    assert not wiki.delete("content/people").published().has("people/b")


def test_two_sites_are_strangers(site: Sites) -> None:
    assert site().published().root != site().published().root
