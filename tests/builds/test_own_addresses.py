"""The site's own addresses written whole are what a path would be; a file that only hidden words name is withheld."""

from __future__ import annotations

import pytest
from secrets_of import leaks
from tinysite import Site, Sites

FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/fog/\nspoilers: {default: none}\n",
    "content/series/s.yaml": "mid: {title: Mid}\n",
    "content/seasons/s.yaml": "mid-s01: {series: mid, number: 1}\n",
    "content/episodes/e.yaml": "mid-e1: {season: mid-s01, number: 1}\nmid-e2: {season: mid-s01, number: 2}\n",
    "content/images/i.yaml": "boat: {title: Boat, file: secret.jpg, license: PD}\n",
    "media/secret.jpg": "x",
}
ADDRESSES = [
    "/media/secret.jpg",
    "https://wiki.example/fog/media/secret.jpg",
    "http://wiki.example/fog/media/secret.jpg",
    "//wiki.example/fog/media/secret.jpg",
    "https://WIKI.example:443/fog/media/secret.jpg?download=1#top",
    "https://wiki.example/fog/./x/../media/%73ecret.jpg",
]
FORMS = [
    "[the boat]({})",
    "![the boat]({})",
    '<a href="{}">the boat</a>',
    '<img src="{}" alt="the boat">',
]
HIDING = ["||mid s01e02: {}||", "> [!spoiler] mid s01e02\n> {}", '## Later {{since="mid s01e02"}}\n\n{}']


def character(text: str, fields: str = "title: Ann") -> dict[str, str]:
    return {"content/characters/ann.md": f"---\n{fields}\n---\n{text}\n"}


@pytest.fixture(params=["commonmark", "python-markdown"])
def wiki(site: Sites, request: pytest.FixtureRequest) -> Site:
    wiki = site(FILES)
    return wiki.write("site.yaml", f"{FILES['site.yaml']}markdown: {{engine: {request.param}}}\n")


def built(wiki: Site, text: str, fields: str = "title: Ann") -> Site:
    for path, words in character(text, fields).items():
        wiki.write(path, words)
    found = [str(each) for each in wiki.build().problems if each.severity == "error"]
    assert found == []
    return wiki


UNSHOWN = [
    '<video src="{}"></video>',
    '<video poster="{}" controls></video>',
    '<audio controls><source src="{}"></audio>',
    '<img srcset="{} 2x" src="/media/open.jpg" alt="x">',
    '<object data="{}"></object>',
    '<iframe src="{}"></iframe>',
]


def many(wiki: Site) -> list[str]:
    """Words that name a file each, in every form by every address."""
    wiki.write("media/open.jpg", "y")
    found = ["![[secret-embedded.jpg]]", "![[media/secret-inside.jpg]]"]
    for number, (form, address) in enumerate((form, address) for form in (*FORMS, *UNSHOWN) for address in ADDRESSES):
        found.append(form.format(address.replace("ecret.jpg", f"ecret-{number}.jpg")))
        wiki.write(f"media/secret-{number}.jpg", "x")
    for name in ("embedded", "inside"):
        wiki.write(f"media/secret-{name}.jpg", "x")
    return found


@pytest.mark.parametrize("hiding", HIDING)
def test_files_that_only_hidden_text_names_are_withheld(wiki: Site, hiding: str) -> None:
    """By a path, by a whole address, and also where nothing is shown of them."""
    between = "\n>\n> " if hiding[0] == ">" else "\n\n"
    words = [f"- {each}" for each in many(wiki)]
    text = "\n\n".join(map(hiding.format, words)) if hiding[0] == "|" else hiding.format(between.join(words))
    assert leaks(built(wiki, text.replace("||mid s01e02: - ", "||mid s01e02: ")), "secret-") == set()


def test_open_text_uses_them(wiki: Site) -> None:
    built(wiki, "\n\n".join((*many(wiki), "||mid s01e02: [x](/media/secret-0.jpg)||")), "title: Ann")
    draft = "\n\n".join(many(wiki))
    built(wiki.write("content/characters/bea.md", f"---\ntitle: Bea\ndraft: true\n---\n{draft}\n"), draft)
    assert {path for path in wiki.paths() if "secret-" in path} == {
        f"media/{path.name}" for path in (wiki.root / "media").glob("secret-*")
    }


@pytest.mark.parametrize(
    "remark",
    [
        "%% the boat: media/secret.jpg %%",
        "<!-- /media/secret.jpg, for later -->",
        "One. %% ![x](https://wiki.example/fog/media/secret.jpg) %% Two.",
    ],
)
def test_a_file_that_only_a_remark_names_is_withheld(wiki: Site, remark: str) -> None:
    assert leaks(built(wiki, f"One.\n\n{remark}"), "secret") == set()
    assert built(wiki, f"{remark}\n\n[The boat](/media/secret.jpg)").has("media/secret.jpg")
    wiki.replace("site.yaml", "default: none", "default: all")
    assert leaks(built(wiki, remark), "secret") == set()


@pytest.mark.parametrize("field", ["url", "archived"])
@pytest.mark.parametrize(
    "address", ["https://wiki.example/fog/media/secret.jpg", "http://wiki.example/fog/media/secret.jpg"]
)
def test_a_source_names_a_file_by_its_address(site: Sites, field: str, address: str) -> None:
    wiki = site(FILES)
    other = "" if field == "url" else "url: https://e.example/, "
    wiki.write("content/sources/s.yaml", f"leaving: {{title: L, {other}{field}: {address}}}\n")
    hidden = "title: Ann\ndetails: [{value: She leaves., since: mid s01e02, source: leaving}]"
    assert leaks(built(wiki, "One.", hidden), "secret", "leaving") == set()
    assert built(wiki, "One.[^leaving]").has("media/secret.jpg")


@pytest.mark.parametrize(
    "address",
    [
        "https://e.example/fog/media/secret.jpg",
        "https://wiki.example/media/secret.jpg",
        "https://wiki.example:8080/fog/media/secret.jpg",
        "https://wiki.example.org/fog/media/secret.jpg",
    ],
)
def test_an_address_of_another_site_uses_nothing(wiki: Site, address: str) -> None:
    """It stays as it was typed."""
    built(wiki, f"[one]({address})\n\n||mid s01e02: [The boat](/media/secret.jpg)||")
    assert not wiki.has("media/secret.jpg")
    assert f'href="{address}"' in wiki.page("characters/ann/index.html")


BEA = "---\ntitle: Bea\n{}---\n"
WHOLE = ["https://wiki.example/fog/characters/bea/", "//wiki.example/fog/characters/bea/#life"]


@pytest.mark.parametrize("address", WHOLE)
def test_a_whole_address_of_a_hidden_page_is_plain_text(wiki: Site, address: str) -> None:
    wiki.write("content/characters/bea.md", BEA.format("since: mid s01e02\n"))
    page = built(wiki, f"[one]({address})").page("characters/ann/index.html")
    assert "one" in page
    assert leaks(wiki, "bea") == set()


@pytest.mark.parametrize("address", WHOLE)
def test_a_whole_address_of_a_draft_is_told(wiki: Site, address: str) -> None:
    wiki.write("content/characters/bea.md", BEA.format("draft: true\n"))
    wiki.write("content/characters/ann.md", f"---\ntitle: Ann\n---\n[one]({address})\n")
    assert "link-resolves" in wiki.rules()


def test_a_whole_address_of_a_page_is_a_link_to_it(wiki: Site) -> None:
    """That page tells who mentions it, as with any link."""
    wiki.write("content/characters/bea.md", BEA.format(""))
    built(wiki, "[one](https://wiki.example/fog/characters/bea/)")
    assert 'href="../../characters/bea/index.html">one</a>' in wiki.page("characters/ann/index.html")
    assert "/characters/ann/" in wiki.page("characters/bea/index.html")


def test_what_lives_beside_the_pages_is_another_program_s(wiki: Site) -> None:
    address = "https://wiki.example/fog/forum/topic%2F7?page=2"
    built(wiki, f"[one]({address})")
    assert f'href="{address}"' in wiki.page("characters/ann/index.html")
    wiki.write("content/characters/ann.md", "---\ntitle: Ann\n---\n[one](https://wiki.example/fog/characters/zed/)\n")
    assert "link-resolves" in wiki.rules()


def test_a_file_at_the_top_is_this_site_s(wiki: Site) -> None:
    """Its whole address with a slip is no other program's, whose things lie in a folder."""
    built(wiki, "[one](https://wiki.example/fog/robots.txt)")
    assert "link-resolves" not in wiki.rules()
    wiki.write("content/characters/ann.md", "---\ntitle: Ann\n---\n[one](https://wiki.example/fog/robot.txt)\n")
    assert "link-resolves" in wiki.rules()


SPELLINGS = [
    WHOLE[0],
    "http://wiki.example/fog/characters/bea",
    "https://WIKI.example/fog/characters/bea/index.html?x=1#y",
    "https://wiki.example/fog/characters/old-bea/",
]


@pytest.mark.parametrize("how", ["since: mid s01e02", "draft: true", "publish_at: 2030-01-01"])
def test_a_field_does_not_tell_the_address_of_what_is_not_shown(site: Sites, how: str) -> None:
    """The value comes with the page it leads to, as one that names it does."""
    fields = f"title: Ann\nlinks: ['https://e.example/', {', '.join(SPELLINGS)}]"
    wiki = built(site({**FILES, "content/characters/bea.md": BEA.format(f"was: [old-bea]\n{how}\n")}), "One.", fields)
    assert leaks(wiki, "bea") == set()
    assert "https://e.example/" in wiki.page("characters/ann")
    built(wiki.write("content/characters/bea.md", BEA.format("was: [old-bea]\n")), "One.", fields)
    assert all(each in wiki.page("characters/ann") for each in SPELLINGS)
    tree = wiki.tree()
    wiki.clean()
    assert wiki.tree() == tree


def test_drafts_without_a_page_hide_no_addresses(site: Sites) -> None:
    """Nor does a file that can't be read."""
    wiki = site(FILES).write("content/sources/s.yaml", "later: {title: Later, draft: true, was: [sooner]}\n")
    links = (
        "title: Ann\nlinks: ['https://e.example/x', 'https://wiki.example/fog/', 'https://wiki.example/fog/feed.xml']"
    )
    page = built(wiki, "One.", links).page("characters/ann")
    assert all(each in page for each in ("https://e.example/x", '"https://wiki.example/fog/"', "/fog/feed.xml"))
    wiki.write("content/characters/bea.md", "---\ntitle: [\n---\n").build(keep_going=True)
    assert "https://e.example/x" in wiki.page("characters/ann")


def test_a_source_and_a_claim_do_not_tell_it_either(site: Sites) -> None:
    claim = f"{{about: series/mid, field: home, value: '{WHOLE[0]}'}}"
    kind = "label: House\nfolder: houses\nurl: /houses/{id}/\nfields: {title: {required: true}, home: {kind: url}}\n"
    wiki = site(FILES).write("types/house.yaml", kind).write("content/houses/h.yaml", "inn: {title: Inn}\n")
    wiki.write("content/sources/s.yaml", f"leaving: {{title: L, url: '{WHOLE[0]}'}}\n")
    news = f"---\ntitle: N\ndate: 2020-01-01\nsummary: S\nclaims: [{claim.replace('series/mid', 'house/inn')}]\n---\nOne.\n"
    wiki.write("content/news/n.md", news).write("content/characters/bea.md", BEA.format("since: mid s01e02\n"))
    assert leaks(built(wiki, "One.[^leaving]"), "bea") == set()
    built(wiki.write("content/characters/bea.md", BEA.format("")), "One.[^leaving]")
    assert WHOLE[0] in wiki.page("houses/inn")
    assert WHOLE[0] in wiki.page("characters/ann")


def test_links_to_a_draft_are_plain_text_where_nobody_is_told(site: Sites) -> None:
    text = "[one](/characters/bea/), [two](/characters/bea), [three](https://wiki.example/fog/characters/bea/)"
    settings = f"{FILES['site.yaml']}rules: {{link-resolves: off}}\n"
    wiki = site({**FILES, "site.yaml": settings, "content/characters/bea.md": BEA.format("draft: true\n")})
    assert "one, two, three" in built(wiki, text).page("characters/ann")
    assert leaks(wiki, "bea") == set()
    built(wiki.write("content/characters/bea.md", BEA.format("")), text)
    assert "characters/bea" in wiki.page("characters/ann")


def test_another_base_url_makes_the_same_site_as_a_clean_build(site: Sites) -> None:
    text = (
        "[one](https://wiki.example/fog/characters/bea/) ||mid s01e02: [x](https://wiki.example/fog/media/secret.jpg)||"
    )
    wiki = site({**FILES, **character(text), "content/characters/bea.md": BEA.format("")})
    wiki.build()
    assert not wiki.has("media/secret.jpg")
    for old, new in (("wiki.example/fog/", "other.example/fog/"), ("other.example/fog/", "wiki.example/fog/")):
        wiki.replace("site.yaml", old, new).build()
        tree = wiki.tree()
        wiki.clean()
        assert wiki.tree() == tree
        assert wiki.has("media/secret.jpg") == (new[0] == "o")


@pytest.mark.parametrize("how", ["since: mid s01e02", "draft: true"])
@pytest.mark.parametrize("url", ["/characters/bea/", "/characters/bea", "/characters/bea/#life"])
def test_the_navigation_leads_to_nothing_that_is_not_shown(site: Sites, how: str, url: str) -> None:
    settings = f"{FILES['site.yaml']}navigation: [{{label: One, url: '{url}'}}]\n"
    wiki = site({**FILES, "site.yaml": settings, "content/characters/bea.md": BEA.format(f"{how}\n")})
    assert wiki.rules() == ["config-valid"]
    assert wiki.write("content/characters/bea.md", BEA.format("")).rules() == []


@pytest.mark.parametrize("how", ["since: mid s01e02", "draft: true"])
def test_no_address_that_is_gone_leads_to_what_is_not_shown(site: Sites, how: str) -> None:
    wiki = site({**FILES, "gone.yaml": f"/characters/ann/: {{to: '{WHOLE[0]}'}}\n"})
    wiki.write("content/characters/bea.md", BEA.format(f"{how}\n"))
    assert "url-kept" in wiki.rules()
    wiki.build(keep_going=True)
    assert leaks(wiki, "bea") == set()
    assert wiki.write("content/characters/bea.md", BEA.format("")).rules() == []
    assert wiki.write("gone.yaml", "/characters/ann/: {to: 'https://wiki.example/fog/forum/7'}\n").rules() == []
