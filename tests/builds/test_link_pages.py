"""Links: what they find, what they say when they find nothing, and the way back with its sentence."""

from __future__ import annotations

import re

import pytest
from tinysite import SETTINGS, Site, Sites

pytestmark = pytest.mark.slow

PLACES = {
    "content/people/maggie-q.md": "---\ntitle: Maggie Q\naliases: [Margaret Quigley]\nwas: [quigley]\n---\n",
    "content/characters/renee.md": "---\ntitle: Renée Ballard\n---\n",
    "content/series/ballard.md": "---\ntitle: Ballard\n---\n",
    "content/seasons/ballard-1.md": "---\nseries: ballard\nnumber: 1\n---\n",
    "content/episodes/e3.md": "---\ntitle: Third\nseason: ballard-1\nnumber: 3\n---\n",
}
START = "content/pages/start.md"


def page(text: str, title: str = "Start") -> str:
    return f"---\ntitle: {title}\nsummary: S.\n---\n{text}\n"


def prose(wiki: Site, path: str = "start") -> str:
    """The article on a page."""
    found = re.search(r'<div class="prose">\s*(.*?)\s*</div>', wiki.page(path), re.DOTALL)
    assert found
    return found[1]


def built(wiki: Site) -> Site:
    assert not wiki.build().failed
    return wiki


def clean(wiki: Site) -> None:
    """What is published now is what a build from nothing makes, and nothing else; it was not there before."""
    before = wiki.tree()
    found = built(wiki).tree()
    assert not wiki.clean().failed
    wanted = wiki.tree()
    assert wanted != before, "the change shows nowhere: nothing could have been stale"
    assert {path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path)} == set()


# What a link finds


@pytest.mark.parametrize(
    ("link", "address", "shown"),
    [
        ("[[Maggie Q]]", "people/maggie-q", "Maggie Q"),
        ("[[maggie  q]]", "people/maggie-q", "maggie  q"),
        ("[[Margaret Quigley]]", "people/maggie-q", "Margaret Quigley"),
        ("[[person/maggie-q]]", "people/maggie-q", "Maggie Q"),
        ("[[maggie-q]]", "people/maggie-q", "Maggie Q"),
        ("[[person/quigley]]", "people/maggie-q", "Maggie Q"),
        ("[[quigley|her]]", "people/maggie-q", "her"),
        ("[[Renee Ballard]]", "characters/renee", "Renee Ballard"),
        ("[[RENÉE BALLARD|Ballard's]]", "characters/renee", "Ballard&#39;s"),
        ("[[Ballard S01E03]]", "series/ballard/s01e03", "Ballard S01E03"),
        ("[[ballard s01e03|it]]", "series/ballard/s01e03", "it"),
        ("[[Ballard season 1]]", "series/ballard/season-1", "Ballard season 1"),
        ("[her](../people/maggie-q.md)", "people/maggie-q", "her"),
        ("[her](/people/maggie-q/)", "people/maggie-q", "her"),
        ("[all](/people/)", "people", "all"),
    ],
)
def test_a_link_finds_its_page(site: Sites, link: str, address: str, shown: str) -> None:
    wiki = built(site(PLACES | {START: page(f"{link}'s.")}))
    assert prose(wiki) == f'<p><a href="../{address}/index.html">{shown}</a>\'s.</p>'


def test_an_id_of_two_means_neither(site: Sites) -> None:
    two = {"content/people/x-y.md": "---\ntitle: A\n---\n", "content/places/x-y.md": "---\ntitle: B\n---\n"}
    (problem,) = (each for each in site(two | {START: page("[[x-y]]")}).problems() if each.rule == "link-resolves")
    assert problem.rule == "link-resolves" and problem.severity == "error"
    assert "[[person/x-y|x-y]] or [[place/x-y|x-y]]" in problem.hint


def test_a_name_goes_before_an_id(site: Sites) -> None:
    two = {"content/people/ann.md": "---\ntitle: Bob\n---\n", "content/people/b.md": "---\ntitle: Ann\n---\n"}
    wiki = built(site(two | {START: page("[[ann]]")}))
    assert 'href="../people/b/index.html">ann<' in prose(wiki)


def test_an_id_finds_another_page_when_a_name_appears(site: Sites) -> None:
    wiki = built(site(PLACES | {START: page("[[maggie-q]]")}))
    wiki.write("content/people/b.md", "---\ntitle: Maggie-Q\n---\n")
    clean(wiki)
    assert 'href="../people/b/index.html"' in prose(wiki)


# Parts of pages


PARTS = {
    "content/people/bob.md": '---\ntitle: Bob\n---\n## Early life\n\nx\n\n## Death {since="ballard s01e03"}\n\ny\n',
}  # fmt: skip


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("[[Bob#Early life]]", "../people/bob/index.html#early-life"),
        ("[b](../people/bob.md#early-life)", "../people/bob/index.html#early-life"),
        ("[b](/people/bob/#early-life)", "../people/bob/index.html#early-life"),
        ("[[Bob#credits]]", "../people/bob/index.html#credits"),
        ("[[Bob#mentioned]]", "../people/bob/index.html#mentioned"),
        ("[[Bob#Death]]", "../people/bob/index.html"),
        ("[b](../people/bob.md#death)", "../people/bob/index.html"),
        ("[[#Here]]", "#here"),
        ("[h](#here)", "#here"),
    ],
)
def test_a_link_to_a_part_of_a_page(site: Sites, link: str, href: str) -> None:
    wiki = site(PLACES | PARTS | {START: page(f"{link}\n\n## Here\n\nx")})
    assert "fragment-resolves" not in wiki.rules()
    assert f'<a href="{href}">' in prose(built(wiki))


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("[[Bob#Early live]]", "Bob has no part #early-live. Did you mean early-life?"),
        ("[b](../people/bob.md#life-early)", "Bob has no part #life-early. Name one of its headings"),
        ("[b](/people/bob/#x)", "Bob has no part #x. Name one"),
        ("[[#Her]]", "Start has no part #her. Did you mean here?"),
        ("[h](#her)", "Start has no part #her."),
    ],
)
def test_a_part_that_no_page_has(site: Sites, link: str, message: str) -> None:
    wiki = site(PLACES | PARTS | {START: page(f"x {link}\n\n## Here\n\nx")})
    (problem,) = (each for each in wiki.problems() if each.rule == "fragment-resolves")
    assert (problem.severity, problem.at.path, problem.at.line, problem.at.column) == ("warning", START, 5, 3 if "[[" in link else problem.at.column)  # fmt: skip
    assert message in str(problem)


def test_a_link_to_a_hidden_part_of_its_own_page_is_text(site: Sites) -> None:
    wiki = built(site(PLACES | {START: page('[[#Death|so]] [so](#death)\n\n## Death {since="ballard s01e03"}\n\ny')}))
    assert prose(wiki) == "<p>so so</p>"


def test_a_heading_that_is_known_later_gets_its_links(site: Sites) -> None:
    wiki = built(site(PLACES | PARTS | {START: page("[[Bob#Death]]")}))
    wiki.replace("content/people/bob.md", ' {since="ballard s01e03"}', "")
    clean(wiki)
    assert "index.html#death" in prose(wiki)


# Addresses from the root


@pytest.mark.parametrize(
    "link", ["/", "/news/", "/feed.xml", "/tags/red/", "/media/a.svg", "/people/maggie-q/?x=1#mentioned"]
)
def test_an_address_of_the_site(site: Sites, link: str) -> None:
    files = {START: page(f"[x]({link})").replace("summary", "tags: [Red]\nsummary"), "media/a.svg": "<svg/>"}
    assert "link-resolves" not in site(PLACES | files).rules()


@pytest.mark.parametrize(
    ("link", "hint"), [("/peple/maggie-q/", "Did you mean /people/maggie-q/?"), ("/people/maggie-q", "/people/maggie-q/?"), ("/x", "Link to")]
)  # fmt: skip
def test_an_address_that_the_site_has_not(site: Sites, link: str, hint: str) -> None:
    (problem,) = (
        each for each in site(PLACES | {START: page(f"so [x]({link})")}).problems() if each.severity == "error"
    )
    assert f"content/pages/start.md:5:8: error[link-resolves]: the link leads to {link}, which is no page" in str(
        problem
    )
    assert hint in problem.hint


def test_an_address_beyond_the_horizon_is_no_link(site: Sites) -> None:
    hidden = {"content/people/cat.md": "---\ntitle: Cat\nsince: ballard s01e03\n---\n"}
    wiki = built(site(PLACES | hidden | {START: page("[one](/people/cat/) and [two](../people/cat.md)")}))
    assert prose(wiki) == "<p>one and two</p>"


@pytest.mark.parametrize("link", ["[[person/cat]]", "[[cat]]"])
def test_a_link_beyond_the_horizon_does_not_tell_what_kind_of_thing_it_leads_to(site: Sites, link: str) -> None:
    hidden = {"content/people/cat.md": "---\ntitle: Cat\nsince: ballard s01e03\n---\n"}
    assert prose(built(site(PLACES | hidden | {START: page(f"Of {link}.")}))) == "<p>Of cat.</p>"


# Red links


@pytest.mark.parametrize(
    ("link", "shown"), [("[[person/zoe]]", "zoe"), ("[[AC/DC]]", "AC/DC"), ("[[Of/person]]", "Of/person")]
)
def test_a_red_link_shows_of_an_address_the_id(site: Sites, link: str, shown: str) -> None:
    assert f'<span class="missing">{shown}<span' in prose(built(site(PLACES | {START: page(f"See {link}.")})))


def test_a_red_link_says_so_and_leads_nowhere(site: Sites) -> None:
    wiki = built(site(PLACES | {START: page("See [[Zoe]].")}))
    assert prose(wiki) == '<p>See <span class="missing">Zoe<span class="unseen"> (no page yet)</span></span>.</p>'


def test_a_red_link_is_plain_text_in_the_feed(site: Sites) -> None:
    wiki = built(site({"content/news/n.md": "---\ntitle: N\nsummary: S\ndate: 2025-07-01\n---\nSee [[Zoe]].\n"}))
    assert "See Zoe." in wiki.page("feed.xml") and "no page yet" not in wiki.page("feed.xml")


# Names that several pages have


SHARED = {
    "content/places/flight.md": "---\ntitle: Angels Flight\nsummary: A funicular.\n---\n",
    "content/works/flight.md": "---\ntitle: Angels flight\nkind: novel\nsummary: A novel.\n---\n",
}


def test_a_shared_name_has_a_page(site: Sites) -> None:
    wiki = built(site(PLACES | SHARED))
    found = wiki.page("names/angels-flight")
    for part in (
        "../../places/flight/index.html",
        "A funicular.",
        "Place",
        "../../works/flight/index.html",
        "A novel.",
    ):
        assert part in found
    for path, other in (("places/flight", "works"), ("works/flight", "places")):
        note = re.search(r'<p class="hatnote">.*?</p>', wiki.page(path))
        assert note and f"../../{other}/flight/index.html" in note[0] and "../../names/angels-flight/" in note[0]
    assert "hatnote" not in wiki.page("people/maggie-q")


def test_an_alias_may_be_shared(site: Sites) -> None:
    files = {f"content/people/{name}.md": f"---\ntitle: {name}\naliases: [The Kid]\n---\n" for name in ("ann", "bob")}
    wiki = built(site(files))
    assert "name-unique" not in wiki.rules() and "people/ann" in wiki.page("names/the-kid")
    wiki.write("content/people/cat.md", "---\ntitle: Cat\n---\nWith [[The Kid]].\n")
    assert "link-resolves" in wiki.rules()


def test_a_link_to_a_shared_name_is_an_error(site: Sites) -> None:
    (problem,) = (each for each in site(PLACES | SHARED | {START: page("[[Angels Flight]]")}).problems() if each.severity == "error")  # fmt: skip
    assert "[[place/flight|Angels Flight]] or [[work/flight|Angels Flight]]" in problem.hint


@pytest.mark.parametrize("hide", ["title: Angels flight\nsince: ballard s01e03", "title: X\naliases: [{value: Angels Flight, since: ballard s01e03}]"])  # fmt: skip
def test_a_name_that_is_shared_beyond_the_horizon_only_has_none(site: Sites, hide: str) -> None:
    wiki = site(PLACES | SHARED | {"site.yaml": SETTINGS + "rules: {name-unique: warning}\n"})
    wiki.replace("content/works/flight.md", "title: Angels flight", hide)
    assert not built(wiki).has("names/angels-flight") and "hatnote" not in wiki.page("places/flight")
    wiki.write("site.yaml", SETTINGS + "rules: {name-unique: warning}\nspoilers: {ballard: all}\n")
    clean(wiki)
    assert wiki.has("names/angels-flight") and "hatnote" in wiki.page("places/flight")


def test_a_name_is_no_longer_shared(site: Sites) -> None:
    wiki = built(site(PLACES | SHARED))
    wiki.replace("content/works/flight.md", "title: Angels flight", "title: Other")
    clean(wiki)
    assert not wiki.has("names/angels-flight") and "hatnote" not in wiki.page("places/flight")


def test_names_with_one_address_share_their_page(site: Sites) -> None:
    four = {f"content/{kind}/{name}.md": f"---\ntitle: {title}\nkind: k\n---\n" for kind in ("places", "works") for name, title in (("one", "A-B"), ("two", "A B"))}  # fmt: skip
    found = built(site(four)).page("names/a-b")
    assert found.count("<li><a") >= 4 and "places/one" in found and "works/two" in found


# The way back


def quotes(wiki: Site, path: str) -> dict[str, str]:
    """Who is listed as mentioning a page, and the sentence."""
    found = re.findall(r'<li>(?:<time.*?</time> )?<a href="[^"]*?/([\w-]+)/index.html">[^<]*</a>(?: <q>(.*?)</q>)?</li>', wiki.page(path).partition("</main>")[0])  # fmt: skip
    return dict(found)


BACK = PLACES | {
    START: page("It began. Then [[Maggie Q]] came & stayed. The end."),
    "content/people/bob.md": "---\ntitle: Bob\n---\n- [[person/maggie-q]]\n",
    "content/news/n.md": "---\ntitle: News\nsummary: S\ndate: 2025-07-01\n---\nSo [she](../people/maggie-q.md) spoke.\n",
}


def test_mentions_come_with_their_sentences(site: Sites) -> None:
    wiki = built(site(BACK))
    assert quotes(wiki, "people/maggie-q") == {
        "start": "Then <b>Maggie Q</b> came &amp; stayed.",
        "bob": "",
        "n": "So <b>she</b> spoke.",
    }
    found = wiki.page("people/maggie-q")
    assert found.index('id="news"') < found.index("So <b>she") < found.index('id="mentioned"') < found.index("Then <b>")


def test_an_address_in_a_sentence_is_a_title(site: Sites) -> None:
    wiki = built(site(PLACES | {START: page("Here [[maggie-q]] is [[character/renee]] in [[no/where]].")}))
    assert quotes(wiki, "people/maggie-q")["start"] == "Here <b>Maggie Q</b> is Renée Ballard in where."
    wiki.replace("content/characters/renee.md", "Renée", "R.").replace("content/people/maggie-q.md", "Maggie Q", "M. Q")
    clean(wiki)
    assert quotes(wiki, "people/maggie-q")["start"] == "Here <b>M. Q</b> is R. Ballard in where."


def test_what_facts_tell_already_is_not_repeated(site: Sites) -> None:
    wiki = site(BACK).replace(START, "It began", "[[Renée Ballard]] began")
    wiki.replace("content/episodes/e3.md", "number: 3\n---\n", "number: 3\ncredits: [{person: maggie-q, character: renee}]\n---\nWith [[Maggie Q]].\n")  # fmt: skip
    wiki.replace("content/series/ballard.md", "---\ntitle: Ballard\n---\n", "---\ntitle: Ballard\n---\nWith [[Maggie Q]].\n")  # fmt: skip
    wiki.replace("content/characters/renee.md", "Ballard\n---\n", "Ballard\n---\nPlayed by [[Maggie Q]].\n")
    wiki.replace("content/news/n.md", "date:", "about: [person/maggie-q]\ndate:")
    assert set(quotes(built(wiki), "people/maggie-q")) == {"start", "bob", "n"}
    assert "So <b>she" not in wiki.page("people/maggie-q") and "s01e03" not in quotes(wiki, "people/maggie-q")
    assert set(quotes(wiki, "characters/renee")) == {"start"}


def test_a_hidden_relation_leaves_the_mention(site: Sites) -> None:
    wiki = site(BACK).replace("content/people/bob.md", "- [[p", "Of [[p")
    wiki.write("content/works/w.md", "---\ntitle: W\nkind: k\nfeatures: [{value: person/maggie-q, since: ballard s01e03}]\n---\nIn it [[Maggie Q]] dances.\n")  # fmt: skip
    assert quotes(built(wiki), "people/maggie-q")["w"] == "In it <b>Maggie Q</b> dances."


def test_hidden_words_stand_in_no_sentence(site: Sites) -> None:
    text = "Then [[Maggie Q]] ||ballard s01e03: killed [[Renée Ballard]]|| left. "
    wiki = built(site(PLACES | {START: page(text)}))
    assert quotes(wiki, "people/maggie-q")["start"] == "Then <b>Maggie Q</b> left."
    assert quotes(wiki, "characters/renee") == {}
    wiki.write("site.yaml", SETTINGS + "spoilers: {ballard: all}\n")
    clean(wiki)
    assert quotes(wiki, "people/maggie-q")["start"] == "Then <b>Maggie Q</b> left."
    assert quotes(wiki, "characters/renee")["start"] == "Then Maggie Q killed <b>Renée Ballard</b> left."


def test_a_first_mention_that_is_hidden_gives_way_to_one_that_is_not(site: Sites) -> None:
    wiki = built(site(PLACES | {START: page("||ballard s01e03: Dead [[Maggie Q]].|| Later [[Maggie Q]] sang.")}))
    assert quotes(wiki, "people/maggie-q")["start"] == "Later <b>Maggie Q</b> sang."


def rendered(wiki: Site) -> set[str]:
    result = wiki.build()
    assert not result.failed, result.problems
    return {
        path.removesuffix("index.html") for path in result.rendered if path.startswith(("people/", "pages", "start"))
    }


def test_a_changed_sentence_reaches_the_page_that_it_mentions(site: Sites) -> None:
    wiki = built(site(BACK))
    wiki.replace(START, "came & stayed", "went")
    assert rendered(wiki) == {"start/", "people/maggie-q/"}
    assert quotes(wiki, "people/maggie-q")["start"] == "Then <b>Maggie Q</b> went."
    found = wiki.tree()
    assert not wiki.clean().failed
    assert wiki.tree() == found


def test_another_sentence_does_not(site: Sites) -> None:
    wiki = built(site(BACK))
    wiki.replace(START, "The end.", "This is the end. It is.")
    assert rendered(wiki) == {"start/"}


def test_a_name_that_comes_to_mean_another_page_changes_the_sentence(site: Sites) -> None:
    text = "One: [[maggie-q|she]] was first. Two: [[Maggie Q]] was second."
    wiki = built(site(PLACES | {START: page(text)}))
    assert quotes(wiki, "people/maggie-q")["start"] == "One: <b>she</b> was first."
    wiki.write("content/works/b.md", "---\ntitle: Maggie-Q\nkind: novel\n---\n")
    clean(wiki)
    assert quotes(wiki, "people/maggie-q")["start"] == "Two: <b>Maggie Q</b> was second."
    assert quotes(wiki, "works/b")["start"] == "One: <b>she</b> was first."


def test_a_name_mentioned_often_has_sentences_for_the_first_fifty(site: Sites) -> None:
    many = {
        f"content/places/p{number:02}.md": f"---\ntitle: P{number:02}\n---\nBy [[Maggie Q]] here.\n"
        for number in range(60)
    }
    found = quotes(built(site(PLACES | many)), "people/maggie-q")
    assert len(found) == 60 and len([each for each in found.values() if each]) == 50
