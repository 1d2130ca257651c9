"""`build --keep-going`: one mistake costs one page, and nothing of what was left out is forgotten or shown."""

from __future__ import annotations

import pytest
from tinysite import Site, Sites

ADA = "---\ntitle: Ada\n---\nAda knows [[Bob]].\n"
BOB = "---\ntitle: Bob\n---\nBob knows [[Ada]].\n"
BROKEN = "---\ntitle: Ada\nborn: yesterday\n---\nAda knows [[Bob]].\n"
TOLD = "title: T\nbase_url: https://wiki.example/\nspoilers: {default: all}\n"
UNREADABLE = "---\ntitle: Ada\nborn: [\n---\nAda knows [[Bob]].\n"


@pytest.fixture
def wiki(site: Sites) -> Site:
    return site({"content/people/ada.md": ADA, "content/people/bob.md": BOB}).published()


@pytest.mark.parametrize("text", [BROKEN, UNREADABLE, "no front matter", b"\xff\xfe"])
def test_the_rest_is_published_without_the_broken_page(wiki: Site, text: str | bytes) -> None:
    wiki.write("content/people/ada.md", text).replace("content/people/bob.md", "knows", "really knows")
    result = wiki.build(keep_going=True)
    assert result.failed and result.published and result.left_out == ("person/ada",)
    assert not wiki.has("people/ada") and "really knows" in wiki.page("people/bob")
    assert 'href="../ada/"' not in wiki.page("people/bob")


@pytest.mark.parametrize("text", [BROKEN, UNREADABLE])
def test_what_is_published_is_what_a_clean_build_publishes(wiki: Site, text: str) -> None:
    wiki.write("content/people/ada.md", text).build(keep_going=True)
    tree = wiki.tree()
    wiki.clean(keep_going=True)
    assert wiki.tree() == tree


@pytest.mark.parametrize("text", [BROKEN, UNREADABLE])
def test_mended_it_is_as_if_nothing_had_been(wiki: Site, text: str) -> None:
    before = wiki.tree()
    wiki.write("content/people/ada.md", text).build(keep_going=True)
    wiki.write("content/people/ada.md", ADA).published()
    assert wiki.tree() == before


def test_a_build_that_may_not_leave_out_still_stops(wiki: Site) -> None:
    wiki.write("content/people/ada.md", BROKEN).build(keep_going=True)
    tree = wiki.tree()
    for _ in range(2):
        result = wiki.build()
        assert result.failed and not result.published and wiki.tree() == tree


def test_without_a_mistake_it_is_a_build_like_any_other(wiki: Site) -> None:
    result = wiki.build(keep_going=True)
    assert not result.failed and result.published and result.left_out == () and result.rendered == ()


def test_of_a_file_of_records_only_the_broken_one_is_left_out(site: Sites) -> None:
    people = "ada:\n  title: Ada\nbob:\n  title: Bob\n  born: yesterday\ncid:\n  title: Cid\n"
    wiki = site({"content/people/all.yaml": people})
    assert wiki.build(keep_going=True).left_out == ("person/bob",)
    assert wiki.has("people/ada") and not wiki.has("people/bob") and wiki.has("people/cid")


def test_of_two_records_of_one_id_neither_is_shown(site: Sites) -> None:
    wiki = site({"content/people/a.yaml": "ada: {title: Ada}\n", "content/people/ada.md": ADA.replace("[[Bob]]", "it")})
    assert wiki.build(keep_going=True).left_out == ("person/ada",)
    assert not wiki.has("people/ada")


def test_a_reference_that_leads_nowhere_costs_only_itself(site: Sites) -> None:
    people = "ada: {title: Ada}\nbob: {title: Bob, distinct_from: [ada, nobody]}\n"
    wiki = site({"content/people/all.yaml": people})
    result = wiki.build(keep_going=True)
    assert result.failed and result.left_out == ()
    assert "/people/ada/" in wiki.page("people/bob")


def test_an_unwritten_page_may_be_linked_to(wiki: Site) -> None:
    wiki.write("content/people/ada.md", ADA.replace("[[Bob]]", "[it](bob-who.md)"))
    assert wiki.build(keep_going=True).left_out == ()
    assert "knows it" in wiki.page("people/ada").replace("</a>", "").partition("Ada ")[2] or wiki.has("people/ada")


def test_what_points_at_a_page_that_is_left_out_does_without(site: Sites) -> None:
    wiki = site(
        {
            "site.yaml": TOLD,
            "content/series/s.yaml": "s: {title: Show}\n",
            "content/seasons/s.yaml": "s1: {series: s, number: 1}\n",
            "content/episodes/e.yaml": """
                e1:
                  {season: s1, number: 1, title: Pilot, credits: [{person: ada, job: Writer}, {person: bob, job: Writer}]}
                """,
            "content/people/ada.yaml": "ada: {title: Ada}\n",
            "content/people/bob.yaml": "bob: {title: Bob}\n",
        }
    ).published()
    before = wiki.tree()
    assert "Ada" in wiki.page("series/s/s01e01")
    wiki.replace("content/people/ada.yaml", "title: Ada", "title: Ada, born: x")
    wiki.build(keep_going=True)
    assert "Ada" not in wiki.page("series/s/s01e01") and "Bob" in wiki.page("series/s/s01e01")
    tree = wiki.tree()
    wiki.clean(keep_going=True)
    assert wiki.tree() == tree
    wiki.replace("content/people/ada.yaml", ", born: x", "").published()
    assert wiki.tree() == before


def test_a_record_without_its_place_in_the_story_is_left_out_too(site: Sites) -> None:
    wiki = site(
        {
            "content/series/s.yaml": "s: {title: Show}\n",
            "content/seasons/s.yaml": "s1: {series: s, number: 1, released: x}\n",
            "content/episodes/e.yaml": "e1: {season: s1, number: 1, title: Pilot}\n",
        }
    )
    assert wiki.build(keep_going=True).left_out == ("episode/e1", "season/s1")


def test_a_page_that_can_not_be_made_is_left_out_and_links_to_it_are_red(wiki: Site) -> None:
    before = wiki.tree()
    own = "{% if entity.title == 'Ada' %}{{ entity.nothing.at.all }}{% endif %}<body>{{ entity.body }}</body>"
    wiki.write("templates/person.html", own)
    result = wiki.build(keep_going=True)
    assert result.failed and result.published and result.left_out == ("person/ada",)
    assert not wiki.has("people/ada") and 'href="../ada/"' not in wiki.page("people/bob")
    tree = wiki.tree()
    wiki.clean(keep_going=True)
    assert wiki.tree() == tree
    wiki.delete("templates").published()
    assert wiki.tree() == before


def test_when_the_settings_are_wrong_nothing_is_published(wiki: Site) -> None:
    before = wiki.tree()
    wiki.write("site.yaml", "title: [\n").write("content/people/cid.md", ADA)
    result = wiki.build(keep_going=True)
    assert result.failed and not result.published and wiki.tree() == before


def test_a_page_that_no_record_has_can_not_be_left_out(wiki: Site) -> None:
    before = wiki.tree()
    wiki.write("templates/index.html", "{{ nothing.at.all }}")
    result = wiki.build(keep_going=True)
    assert result.failed and not result.published and wiki.tree() == before


def test_addresses_of_what_is_left_out_are_not_lost(wiki: Site) -> None:
    wiki.write("content/.published.json", '{"": []\n,"/people/ada/": []\n}\n')
    wiki.write("content/people/ada.md", BROKEN)
    assert [each.rule for each in wiki.build(keep_going=True).problems] == ["field-valid"]


def test_a_file_that_is_a_secret_as_a_whole_stays_one(site: Sites) -> None:
    secret = "---\ntitle: Ada\ndraft: treu\n---\nThe secret.\n"
    wiki = site({"content/people/ada.md": secret, "content/people/bob.md": BOB})
    wiki.build(keep_going=True)
    assert not [path for path, data in wiki.tree().items() if b"The secret" in data]


@pytest.mark.parametrize("since", ["s09x", "s01e99", "nowhere s01e01"])
def test_a_mark_of_secrecy_with_a_mistake_hides_what_it_stands_at(site: Sites, since: str) -> None:
    wiki = site(
        {
            "site.yaml": TOLD,
            "content/series/s.yaml": "s: {title: Show}\n",
            "content/seasons/s.yaml": "s1: {series: s, number: 1}\n",
            "content/episodes/e.yaml": "e1: {season: s1, number: 1, title: Pilot}\n",
            "content/characters/c.yaml": f"c: {{title: Cole, aliases: [{{value: Secret, since: {since}}}]}}\n",
        }
    )
    assert wiki.build(keep_going=True).published
    assert not [path for path, data in wiki.tree().items() if b"Secret" in data]
    wiki.replace("content/characters/c.yaml", f"since: {since}}}]", f"since: {since}}}], since: {since}")
    assert wiki.build(keep_going=True).left_out == ("character/c",)


@pytest.mark.parametrize("mistake", ["born: x", "born: [", "nothing: here"])
def test_what_only_a_page_uses_that_is_left_out_stays_out_with_it(site: Sites, mistake: str) -> None:
    ada = "---\ntitle: Ada\nborn: {value: 1980, source: paper}\n---\nAda.[^paper]\n\n![Her](/media/secret.png)\n"
    wiki = site(
        {
            "content/people/ada.md": ada,
            "content/people/bob.md": "---\ntitle: Bob\n---\nBob.\n",
            "content/sources/paper.yaml": "paper: {title: The secret paper, url: 'https://paper.example/'}\n",
        }
    ).write("media/secret.png", b"\x89PNG\r\n\x1a\n")
    wiki.build(keep_going=True)
    assert wiki.has("media/secret.png")
    wiki.replace("content/people/ada.md", "title: Ada\n", f"title: Ada\ndraft: true\n{mistake}\n").build(
        keep_going=True
    )
    assert not wiki.has("media/secret.png") and not wiki.has("people/ada")
    assert not [path for path, data in wiki.tree().items() if b"The secret paper" in data]


@pytest.mark.parametrize("kind", ["too large", "nothing known"])
def test_what_only_a_file_may_use_that_can_not_be_read_stays_out_with_it(site: Sites, kind: str) -> None:
    ada = "---\ntitle: Ada\nborn: {value: 1980, source: paper}\n---\nAda.\n\n![Her](/media/secret.png)\n"
    wiki = site(
        {
            "content/people/bob.md": "---\ntitle: Bob\nborn: {value: 1980, source: times}\n---\nBob.\n",
            "content/sources/paper.yaml": "paper: {title: The secret paper}\ntimes: {title: The known paper}\n",
        }
    ).write("media/secret.png", b"\x89PNG\r\n\x1a\n")
    file = wiki.root / "content/people/ada.md"
    if kind == "too large":
        wiki.write("content/people/ada.md", (ada + " " * (5 * 1024 * 1024)).encode())
    else:
        file.symlink_to("elsewhere")
    assert wiki.build(keep_going=True).published
    assert not wiki.has("media/secret.png")
    assert not [path for path, data in wiki.tree().items() if b"The secret paper" in data]
    assert [path for path, data in wiki.tree().items() if b"The known paper" in data]
