"""Addresses of Markdown links and images: found, checked and written anew, on pages and in the feed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tinysite import SETTINGS, Site, Sites

PAGE = "content/pages/links.md"
NEWS = "content/news/2025-01-01-n.md"
STILL = f"{SETTINGS}rules: {{summary-present: off, page-linked: off, image-licensed: off}}\n"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(params=["python-markdown", "commonmark"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def made(site: Sites, text: str, engine: str = "python-markdown", more: str = "") -> Site:
    """A page and an article with one text, some records, and a file."""
    return (
        site(
            {
                "site.yaml": f"{STILL}markdown: {{engine: {engine}}}\n{more}",
                PAGE: f"---\ntitle: Links\n---\n{text}\n",
                NEWS: f"---\ntitle: News\ndate: 2025-01-01\nsummary: s\n---\n{text}\n",
                "content/people/ann.md": "---\ntitle: Ann\nwas: [anne]\n---\n## Early life\n\nx\n",
                "content/series/s.yaml": "fog: {title: Fog Line, number: 1}\ntide: {title: Tide Line, number: 2}\n",
                "content/works/w.yaml": "one: {title: One, kind: film}\n",
            }
        )
        .write("media/script.pdf", b"%PDF-1.4")
        .write("media/a b.pdf", b"%PDF-1.4")
    )


def addresses(html: str) -> list[str]:
    begin = html.find('<div class="prose">')
    html = html[begin : html.find('<div class="sections">', begin)] if begin >= 0 else html
    return [unescape(each) for each in re.findall(r'<a href="([^"]*)"', html)]


def fed(wiki: Site) -> list[str]:
    return addresses(wiki.page("feed.xml").partition("<![CDATA[")[2])


LINKS = [
    ("../people/ann.md", "people/ann/"),
    ("../people/ann", "people/ann/"),
    ("../people/ann/", "people/ann/"),
    ("../people/ann.html", "people/ann/"),
    ("../people/ann/index.html", "people/ann/"),
    ("../people/anne", "people/ann/"),
    ("../people/ann.md?x=1&y=2#early-life", "people/ann/?x=1&y=2#early-life"),
    ("../people/ann#early-life", "people/ann/#early-life"),
    ("../series/fog", "series/fog/"),
    ("../series/", "series/"),
    ("../series", "series/"),
    ("../series/index.html#top", "series/#top"),
    ("../works/w.yaml", "works/one/"),
    ("../works/one", "works/one/"),
    ("../../media/script.pdf", "media/script.pdf"),
    ("../../media/script.pdf?d=1#page=2", "media/script.pdf?d=1#page=2"),
    ("../../media/a%20b.pdf", "media/a%20b.pdf"),
    ("/media/a%20b.pdf", "media/a%20b.pdf"),
    ("/people/ann/?x=1#early-life", "people/ann/?x=1#early-life"),
    ("/people/%61nn/", "people/ann/"),
    ("/series/", "series/"),
    ("../people/%61nn.md", "people/ann/"),
]


@pytest.mark.parametrize(("typed", "meant"), LINKS)
def test_a_link_is_written_as_its_page_needs_it(site: Sites, engine: str, typed: str, meant: str) -> None:
    wiki = made(site, f"[x]({typed})", engine, "links: folders\n").published()
    assert addresses(wiki.page("links")) == [f"../{meant}"]
    assert fed(wiki) == [f"https://wiki.example/{meant}"]


@pytest.mark.parametrize(("typed", "meant"), LINKS)
def test_a_link_leads_to_the_file_where_pages_are_opened_from_disk(site: Sites, typed: str, meant: str) -> None:
    wiki = made(site, f"[x]({typed})").published()
    (address,) = addresses(wiki.page("links"))
    path = re.split("[?#]", address)[0]
    assert wiki.has(path.removeprefix("../").replace("%20", " ")) and not path.endswith("/")
    assert address.removeprefix(path) == re.sub(r"^[^?#]*", "", meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nobody/", "the link leads to content/pages/nobody, which does not exist."),
        ("../people/nobody.html", "the link leads to content/people/nobody.html, which does not exist."),
        ("../people/an", "which does not exist. Did you mean content/people/ann.md?"),
        ("www.example.org", "which does not exist. Write https://www.example.org if that is the address."),
        ("example.org/a/b", "which does not exist. Write https://example.org/a/b if that is the address."),
        ("../nowhere/", "the link leads to content/nowhere, which does not exist."),
        ("../../media/none.pdf", "the link leads to /media/none.pdf, which is no page or file of this site."),
        ("../../README.md", "the link leads to README.md, which is no part of the site. Only content/ and media/"),
        ("../../templates", "the link leads to templates, which is no part of the site."),
        ("../series/s.yaml", "content/series/s.yaml, a file of 2 records. Write [[series/fog]] or [[series/tide]]."),
        ("/people/nobody/", "the link leads to /people/nobody/, which is no page or file of this site."),
        ("/media/n%C3%B6.pdf", "the link leads to /media/nö.pdf, which is no page or file of this site."),
    ],
)
def test_a_link_that_leads_nowhere_is_told(site: Sites, engine: str, typed: str, said: str) -> None:
    wiki = made(site, f"[x]({typed})", engine)
    found = [str(each) for each in wiki.problems() if each.rule == "link-resolves"]
    assert len(found) == 2 and found[1].startswith(f"{PAGE}:4:5: error") and said in found[1]


@pytest.mark.parametrize("typed", ["#here", "?x=1", "mailto:a@example.org", "https://example.org/x", "tel:1"])
def test_other_addresses_are_left_alone(site: Sites, typed: str) -> None:
    wiki = made(site, f"[x]({typed})\n\n## Here\n\nx").published()
    assert addresses(wiki.page("links")) == [typed]


def test_a_link_to_a_draft_by_its_file_or_address_is_told(site: Sites) -> None:
    wiki = made(site, "[a](../people/bob.md) [b](/people/bob/) [c](../characters/c.yaml)")
    wiki.write("content/people/bob.md", "---\ntitle: Bob\ndraft: true\n---\n")
    wiki.write("content/characters/c.yaml", "x: {title: X, draft: true}\ny: {title: Y, publish_at: 2099-01-01}\n")
    found = [str(each) for each in wiki.problems() if each.rule == "link-resolves" and each.at.path == PAGE]
    assert [each.partition(": error[link-resolves]: ")[2] for each in found] == [
        (
            "the link leads to content/people/bob.md, which is a draft, as content/people/bob.md:3 says. "
            "Publish that as well, or leave out the link."
        ),
        (
            "the link leads to /people/bob/, which is a draft, as content/people/bob.md:3 says. "
            "Publish that as well, or leave out the link."
        ),
        (
            "the link leads to content/characters/c.yaml, a file of 2 records. character/x is a draft, as "
            "content/characters/c.yaml:1 says. character/y is not to be seen before 2099-01-01, as content/characters/c.yaml:2 says."
        ),
    ]


def test_a_link_follows_what_its_path_means(site: Sites) -> None:
    wiki = made(site, "[x](../people/bob)").write("content/people/p.yaml", "bob: {title: Bob}\n").published()
    assert addresses(wiki.page("links")) == ["../people/bob/index.html"]
    wiki.write("content/people/p.yaml", "cat: {title: Cat, was: [bob]}\n").published()
    assert addresses(wiki.page("links")) == ["../people/cat/index.html"]


# Names of files

NAMES = [
    ("a#b.png", "a%23b.png"),
    ("a?b.png", "a%3Fb.png"),
    ("100%.png", "100%25.png"),
    ("a%23b.png", "a%2523b.png"),
    ("a b.png", "a%20b.png"),
    ("a'b.png", "a'b.png"),
    ('a"b.png', "a%22b.png"),
    ("é.png", "%C3%A9.png"),
    ("写真.png", "%E5%86%99%E7%9C%9F.png"),
    ("a&b;c.png", "a%26b;c.png"),
    ("a(b).png", "a(b).png"),
    ("a+b.png", "a+b.png"),
]


@pytest.mark.parametrize(("name", "address"), NAMES)
@pytest.mark.parametrize("raw", [False, True], ids=["encoded", "as it is"])
def test_an_image_shows_whatever_its_files_name_is(
    site: Sites, engine: str, name: str, address: str, *, raw: bool
) -> None:
    typed = f"<../../media/{name}>" if raw else f"../../media/{address}"
    wiki = made(site, f"![A square]({typed})", engine).write(f"media/{name}", PNG).published()
    for page in ("links", "feed.xml"):
        (source,) = (unescape(each) for each in re.findall(r'<img src="([^"]*)"', wiki.page(page)))
        assert source.partition("?")[0].endswith(f"/media/{address}")
    assert wiki.has(f"media/{name}")


def test_an_encoded_name_goes_before_one_that_looks_like_it(site: Sites) -> None:
    wiki = made(site, "![A square](/media/a%23b.png)").write("media/a#b.png", PNG).write("media/a%23b.png", PNG)
    assert "/media/a%23b.png?v=" in wiki.published().page("links")


def test_an_image_that_is_not_there_is_told(site: Sites) -> None:
    found = [str(each) for each in made(site, "![A](/media/a%23b.png)").problems() if each.rule == "image-resolves"]
    assert (
        found[1] == f"{PAGE}:4:6: error[image-resolves]: there is no image media/a#b.png. Did you mean /media/a b.pdf?"
    )


def test_an_address_of_any_field_is_encoded_once(site: Sites) -> None:
    wiki = made(site, "[[Café #1 100%]] [x](../planets/p) [y](/planets/Caf%C3%A9%20%231%20100%25/)").write(
        "types/planet.yaml",
        """
        label: Planet
        plural: Planets
        folder: planets
        url: "/planets/{title}/"
        fields: {title: {kind: text, label: Title}}
        """,
    )
    wiki.write("content/planets/p.md", "---\ntitle: 'Café #1 100%'\n---\n").published()
    url = "planets/Caf%C3%A9%20%231%20100%25/"
    assert wiki.has("planets/Café #1 100%")
    assert addresses(wiki.page("links")) == [f"../{url}index.html"] * 3
    assert fed(wiki) == [f"https://wiki.example/{url}"] * 3
    assert f"<loc>https://wiki.example/{url}</loc>" in wiki.page("sitemap.xml")
    assert f'<link rel="canonical" href="https://wiki.example/{url}">' in wiki.page("planets/Café #1 100%")


@pytest.mark.parametrize("typed", ["/alt/é b/", "/alt/%C3%A9%20b/"])
def test_a_redirect_is_encoded_once(site: Sites, typed: str) -> None:
    wiki = made(site, "x").write("gone.yaml", f"{typed}: {{to: /people/ann/}}\n").published()
    assert wiki.has("alt/é b") and wiki.page("_redirects").startswith("/alt/%C3%A9%20b/ /people/ann/ 301!\n")
