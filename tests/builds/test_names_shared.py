"""Names that several pages bear, names that are drafts', and tags whose addresses are alike."""

from __future__ import annotations

import pytest
from tinysite import SETTINGS, Site, Sites

PEOPLE = "content/people/p.yaml"
PAGE = "content/pages/links.md"
STILL = f"{SETTINGS}rules: {{summary-present: off, page-linked: off}}\n"


def made(site: Sites, people: str, text: str = "", **others: str) -> Site:
    files = {"site.yaml": STILL, PEOPLE: people, PAGE: f"---\ntitle: Links\n---\n{text}\n"}
    return site(files | {path.replace("__", "/") + ".yaml": each for path, each in others.items()})


def found(wiki: Site, rule: str, **options: object) -> list[str]:
    return [str(each) for each in wiki.build(publish=False, **options).problems if each.rule == rule]


# One title


@pytest.mark.parametrize("other", ["Ann O'Neil", "Ann O’Neil", "ann o‘neil", "ANN O＇NEIL", "Ánn O`Neil"])
def test_two_people_may_have_one_title(site: Sites, other: str) -> None:
    wiki = made(site, f'ann: {{title: "Ann O\'Neil"}}\nann-2: {{title: "{other}"}}\n').published()
    names = wiki.page("names/ann-oneil") if wiki.has("names/ann-oneil") else wiki.page("names/ann-o-neil")
    assert "people/ann/" in names and "people/ann-2/" in names


@pytest.mark.parametrize("link", ["Ann O'Neil", "Ann O’Neil", "ann o´neil"])
def test_a_link_to_a_shared_name_lists_what_to_write(site: Sites, link: str) -> None:
    people = 'ann: {title: "Ann O\'Neil"}\nann-2: {title: "Ann O’Neil"}\n'
    wiki = made(site, people, f"[[{link}]]")
    assert found(wiki, "link-resolves") == [
        (
            f"{PAGE}:4:1: error[link-resolves]: [[{link}]] may mean several pages. "
            f"Write [[person/ann|{link}]] or [[person/ann-2|{link}]]."
        )
    ]
    wiki = made(site, people, f"[[person/ann-2|{link}]]").published()
    assert "people/ann-2/" in wiki.page("links")


def test_of_many_with_one_name_some_are_offered(site: Sites) -> None:
    people = "".join(f"ann-{number}: {{title: Ann}}\n" for number in range(9))
    (problem,) = found(made(site, people, "[[Ann]]"), "link-resolves")
    assert problem.count("[[person/") == 5 and "or another of the 9" in problem


def test_two_episodes_of_one_season_may_have_one_title(site: Sites) -> None:
    wiki = made(
        site,
        "ann: {title: Ann}",
        content__series__s="fog: {title: Fog Line, number: 1}",
        content__seasons__s="fog-s01: {series: fog, number: 1}",
        content__episodes__e="e1: {title: Pilot, season: fog-s01, number: 1}\ne2: {title: Pilot, season: fog-s01, number: 2}",
    ).published()
    assert wiki.has("names/pilot")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Neil", "O’Neil"),
        ("Spider-Man", "Spider–Man"),
        ("Spider-Man", "Spider‑Man"),
        ("Say “no”", 'Say "no"'),
        ("Wait…", "Wait..."),
        ("Fog\u00a0Line", "Fog Line"),
        ("ＦＯＧ", "fog"),
        ("Straße", "strasse"),
        ("Renée", "Renee"),
        ("Fog\u200bLine", "FogLine"),
    ],
)
def test_a_link_finds_a_name_whose_signs_look_alike(site: Sites, one: str, other: str) -> None:
    for title, link in ((one, other), (other, one)):
        wiki = made(site, f"x: {{title: '{title.replace(chr(39), chr(39) * 2)}'}}", f"[[{link}]]")
        assert [each.rule for each in wiki.build().problems if each.rule != "yaml-plausible"] == []
        assert "people/x/" in wiki.page("links")


def test_people_of_one_title_are_asked_for_by_a_check_until_they_are_told_apart(site: Sites) -> None:
    wiki = made(site, 'ann: {title: "Ann O\'Neil"}\nann-2: {title: Ann O’Neil}\n')
    (problem,) = found(wiki, "record-distinct")
    assert "Ann O’Neil and Ann O'Neil (content/people/p.yaml:1) may be the same: they have one name." in problem
    assert problem.endswith("Merge them, or add distinct_from: ann.")
    wiki.replace(PEOPLE, "title: Ann O’Neil", "title: Ann O’Neil, distinct_from: ann")
    assert found(wiki, "record-distinct") == []


def test_a_shared_name_means_the_one_page_whose_title_it_is(site: Sites) -> None:
    wiki = made(
        site, "ann: {title: Ann}\nbob: {title: Bob, aliases: [Ann]}\ncat: {title: Cat, aliases: [ann]}\n", "[[Ann]]"
    )
    page = wiki.published().page("links")
    assert "people/ann/" in page and "people/bob/" not in page


def test_a_note_says_what_links_by_a_shared_name_mean(site: Sites) -> None:
    wiki = made(site, "ann: {title: Ann}\nbob: {title: Bob, aliases: [Ann]}\ncat: {title: Ann}\n")
    assert found(wiki, "name-unique") == [
        f"{PEOPLE}:3:14: info[name-unique]: the title Ann is also that of person/ann. Link to this page with [[person/cat|Ann]].",
        (
            f"{PEOPLE}:2:29: info[name-unique]: the alias Ann is also the title of person/ann and 1 more. "
            "Links by that name don't mean this page; link to it with [[person/bob|Ann]]."
        ),
    ]


# Did you mean


def test_a_hint_is_never_the_page_itself_nor_what_may_not_be_known(site: Sites) -> None:
    people = (
        "anna: {title: Anna Lee, text: 'See [[Anna Le]].'}\n"
        "annb: {title: Anna Leigh, since: fog s01e02}\n"
        "annc: {title: Anna Leo, draft: true}\n"
    )
    wiki = made(
        site,
        people,
        "See [[Anna Lei]].",
        content__series__s="fog: {title: Fog Line, number: 1}",
        content__seasons__s="fog-s01: {series: fog, number: 1}",
        content__episodes__e="e1: {title: One, season: fog-s01, number: 1}\ne2: {title: Two, season: fog-s01, number: 2}",
    ).write("site.yaml", STILL + "spoilers: {default: none}\n")
    hints = {each.at.path: each.hint for each in wiki.build(publish=False).problems if each.rule == "link-resolves"}
    assert hints == {PEOPLE: "Readers see a red link until it is written.", PAGE: "Did you mean Anna Lee?"}


def test_a_hint_for_a_reference_is_never_the_record_itself(site: Sites) -> None:
    wiki = made(site, "ann: {title: Ann, distinct_from: anna}\n")
    assert found(wiki, "ref-resolves") == [
        f"{PEOPLE}:1:34: error[ref-resolves]: distinct_from points at person/anna, which does not exist."
    ]


# Drafts


DRAFTS = (
    "ann: {title: Ann Roe, aliases: [Annie], was: [anne], draft: true}\nbob: {title: Bob Roe, publish_at: 2099-01-01}\n"
)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[[Ann Roe]]", "is a draft, as content/people/p.yaml:1 says."),
        ("[[annie|her]]", "is a draft, as content/people/p.yaml:1 says."),
        ("[[person/ann]]", "is a draft, as content/people/p.yaml:1 says."),
        ("[[person/anne]]", "is a draft, as content/people/p.yaml:1 says."),
        ("[[ann]]", "is a draft, as content/people/p.yaml:1 says."),
        ("[[Bob Roe]]", "is not to be seen before 2099-01-01, as content/people/p.yaml:2 says."),
    ],
)
def test_a_link_to_a_draft_says_that_it_is_one(site: Sites, link: str, said: str) -> None:
    (problem,) = found(made(site, DRAFTS, link), "link-resolves")
    assert said in problem and problem.startswith(f"{PAGE}:4:1: warning") and "no page" not in problem
    assert found(made(site, DRAFTS, link), "link-resolves", drafts=True) == []


def test_a_reference_to_a_draft_says_that_it_is_one(site: Sites) -> None:
    wiki = made(
        site,
        DRAFTS,
        content__series__s="""
            fog: {title: Fog Line, number: 1, credits: [{person: ann, job: Writer}, {person: bob, job: Director}]}
            """,
    )
    first, second = found(wiki, "ref-resolves")
    assert "person points at person/ann, which is a draft, as content/people/p.yaml:1 says." in first
    assert "person points at person/bob, which is not to be seen before 2099-01-01" in second


def test_a_source_that_is_a_draft_is_called_one(site: Sites) -> None:
    wiki = made(
        site,
        "ann: {title: Ann, born: {value: 1970, source: s1}}",
        "Text.[^s1]",
        content__sources__s="s1: {title: S, url: 'https://example.com/x', draft: true}",
    )
    problems = found(wiki, "ref-resolves")
    assert len(problems) == 2 and all(
        "which is a draft, as content/sources/s.yaml:1 says." in each for each in problems
    )


def test_an_address_that_leads_on_to_a_draft_says_so(site: Sites) -> None:
    wiki = made(site, DRAFTS).write("gone.yaml", "/people/old/: {to: /people/ann/}\n")
    (problem,) = found(wiki, "url-kept")
    assert "leads on to /people/ann/, which is a draft, as content/people/p.yaml:1 says." in problem


def test_the_record_of_an_image_that_is_a_draft_is_called_one(site: Sites) -> None:
    wiki = made(
        site,
        "ann: {title: Ann}",
        "![A desk](/media/a.png)",
        content__images__i="i: {title: I, file: a.png, license: own, draft: true}",
    ).write("media/a.png", b"\x89PNG\r\n\x1a\n")
    (problem,) = found(wiki, "image-licensed")
    assert "image/i says whose media/a.png is, but is a draft, as content/images/i.yaml:1 says." in problem


# Sources by former ids


def test_a_source_by_a_former_address_is_the_article(site: Sites) -> None:
    news = "---\ntitle: News\ndate: 2025-01-01\nsummary: s\nwas: [old-id]\n---\nText.\n"
    wiki = made(site, "ann: {title: Ann, born: {value: 1970, source: article/old-id}}").write(
        "content/news/new-id.md", news
    )
    wiki.published()
    assert "news/new-id/" in wiki.page("people/ann") and "people/ann/" in wiki.page("news/new-id")


# Tags


def test_tags_that_differ_in_signs_have_addresses_of_their_own(site: Sites) -> None:
    people = 'a: {title: A, tags: ["C++"]}\nb: {title: B, tags: ["C#"]}\nc: {title: C, tags: ["😀"]}\nd: {title: D, tags: ["🎬"]}\ne: {title: E, tags: [C]}\n'
    wiki = made(site, people).published()
    addresses = ["c-plus-plus", "c-sharp", "1f600", "1f3ac", "c"]
    for name, address in zip("abcde", addresses, strict=True):
        assert f"people/{name}/" in wiki.page(f"tags/{address}")
        assert f"tags/{address}/" in wiki.page(f"people/{name}") and f"tags/{address}/" in wiki.page("tags")


def test_a_tags_address_depends_on_no_other_tag(site: Sites) -> None:
    wiki = made(site, 'b: {title: B, tags: ["C#"]}').published()
    assert "people/b/" in wiki.page("tags/c-sharp")


def test_two_tags_of_one_address_are_named_with_their_places(site: Sites) -> None:
    wiki = made(site, 'a: {title: A, tags: ["Q&A"]}\nb: {title: B, tags: [x, "Q A"]}\n')
    assert [str(each) for each in wiki.problems() if each.severity == "error"] == [
        (
            f"{PEOPLE}:1:22: error[tag-distinct]: the tags Q&A and Q A ({PEOPLE}:2) have one address, /tags/q-a/. "
            "Write one of them for both, or tell them apart by a word: Q A (…)."
        )
    ]
