"""What rules say of a whole site, word for word, at which place and how bad it is."""

# a message stands here in one line, as editors read it

from __future__ import annotations

import pytest
from tinysite import SETTINGS, Sites


def md(front: str, text: str = "") -> str:
    return f"---\n{front}\n---\n{text}"


ANN = "content/people/ann.md"
SERIES = {
    "content/series/ser.md": md("title: Ser"),
    "content/seasons/ser.yaml": "ser-0: {series: ser, number: 0}\nser-1: {series: ser, number: 1}\n",
    "content/episodes/ser.yaml": "e0: {season: ser-0, number: 1}\ne1: {season: ser-1, number: 1}\n",
    ANN: md("title: Ann"),
}


def credit(text: str) -> dict[str, str]:
    return SERIES | {"content/series/ser.md": md(f"title: Ser\ncredits:\n- {{person: ann, job: Writer, {text}}}")}


def spoilers(text: str) -> dict[str, str]:
    return SERIES | {"site.yaml": f"{SETTINGS}spoilers: {text}\n"}


def claiming(text: str) -> dict[str, str]:
    return SERIES | {"content/news/n.md": md(f"title: N\ndate: 2025\nclaims:\n- {{{text}}}")}


def linking(text: str, more: dict[str, str] | None = None) -> dict[str, str]:
    return {ANN: md("title: Ann", f"## Career\n\n{text}\n")} | (more or {})


BEN = {"content/people/ben.md": md("title: Ben\ndraft: true")}
IMAGE = {ANN: md("title: Ann", "![A boat](/media/boat.png)\n"), "media/boat.png": "x"}
RECORD = "boat: {title: Boat, file: boat.png, license: CC BY 4.0, author: A, draft: true}\n"

CASES: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "specials": (
        credit("episodes: [s00e01-s01e01]"),
        "credit-plausible",
        [
            "content/series/ser.md:4:41: error[credit-plausible]: episodes runs from specials to episodes or back in s00e01-s01e01: these stand apart. Name them one by one, as in [s00, s01e01-s01e02].",
        ],
    ),
    "no such episode": (
        credit("episodes: [s01e09]"),
        "credit-plausible",
        [
            "content/series/ser.md:4:41: error[credit-plausible]: episodes names s01e09, which ser does not have. Check the numbers, or add the episode.",
        ],
    ),
    "news to come": (
        {"content/news/n.md": md("title: N\ndate: 2025-07-12")},
        "date-plausible",
        [
            "content/news/n.md:3:7: warning[date-plausible]: date is 2025-07-12, which is still to come: this is 2025-07-09. Correct the year, or say from when on the page is to appear: publish_at.",
        ],
    ),
    "news of next year": (
        {"content/news/n.md": md("title: N\ndate: 2026")},
        "date-plausible",
        [
            "content/news/n.md:3:7: warning[date-plausible]: date is 2026, which is still to come: this is 2025-07-09. Correct the year, or say from when on the page is to appear: publish_at.",
        ],
    ),
    "news of tomorrow": ({"content/news/n.md": md("title: N\ndate: 2025-07-10")}, "date-plausible", []),
    "an image": (
        IMAGE,
        "image-licensed",
        [
            "content/people/ann.md:4:11: warning[image-licensed]: nothing says whose media/boat.png is. Add a record to content/images/ with file: and license:.",
        ],
    ),
    "an image whose record is a draft": (
        IMAGE | {"content/images/i.yaml": RECORD},
        "image-licensed",
        [
            "content/people/ann.md:4:11: warning[image-licensed]: image/boat says whose media/boat.png is, but is a draft, as content/images/i.yaml:1 says. Publish that record.",
        ],
    ),
    "a part": (
        linking("[[#carer]]"),
        "fragment-resolves",
        [
            "content/people/ann.md:6:1: warning[fragment-resolves]: Ann has no part #carer. Did you mean career?",
        ],
    ),
    "a part like none": (
        linking("[[ann#zzzz]]"),
        "fragment-resolves",
        [
            "content/people/ann.md:6:1: warning[fragment-resolves]: Ann has no part #zzzz. Name one of its headings, or leave out the # part.",
        ],
    ),
    "a link to a draft": (
        linking("[[Ben]]", BEN),
        "link-resolves",
        [
            "content/people/ann.md:6:1: warning[link-resolves]: [[Ben]] is a draft, as content/people/ben.md:3 says. Readers see a red link until it is published.",
        ],
    ),
    "a link to an address of a draft": (
        linking("[b](/people/ben/)", BEN),
        "link-resolves",
        [
            "content/people/ann.md:6:5: error[link-resolves]: the link leads to /people/ben/, which is a draft, as content/people/ben.md:3 says. Publish that as well, or leave out the link.",
        ],
    ),
    "a link to no page": (
        linking("[[Zzyzx]] [[Anne]]"),
        "link-resolves",
        [
            "content/people/ann.md:6:1: warning[link-resolves]: there is no page for [[Zzyzx]]. Readers see a red link until it is written.",
            "content/people/ann.md:6:11: warning[link-resolves]: there is no page for [[Anne]]. Readers see a red link until it is written.",
        ],
    ),
    "a link to several": (
        linking("[[Bo]]", {"content/people/b.yaml": "b1: {title: Bo}\nb2: {title: Bo}\n"}),
        "link-resolves",
        [
            "content/people/ann.md:6:1: error[link-resolves]: [[Bo]] may mean several pages. Write [[person/b1|Bo]] or [[person/b2|Bo]].",
        ],
    ),
    "a link out of content": (
        linking("[b](../../templates/x.html)"),
        "link-resolves",
        [
            "content/people/ann.md:6:5: error[link-resolves]: the link leads to templates/x.html, which is no part of the site. Only content/ and media/ are published.",
        ],
    ),
    "a link to a file that is not there": (
        linking("[b](bob.md) [c](zzyzx.example.com/a)"),
        "link-resolves",
        [
            "content/people/ann.md:6:5: error[link-resolves]: the link leads to content/people/bob.md, which does not exist.",
            "content/people/ann.md:6:17: error[link-resolves]: the link leads to content/people/zzyzx.example.com/a, which does not exist. Write https://zzyzx.example.com/a if that is the address.",
        ],
    ),
    "an address of nothing": (
        linking("[b](/qqqqqqqqq/)"),
        "link-resolves",
        [
            "content/people/ann.md:6:5: error[link-resolves]: the link leads to /qqqqqqqqq/, which is no page or file of this site. Link to the file in content/, or write [[its name]].",
        ],
    ),
    "a page that several ask for": (
        {f"content/people/{each}.md": md(f"title: {each}", "Hello\n\n[[Zed]]\n") for each in ("a", "b", "c")},
        "page-written",
        [
            "content/people/a.md:6:1: info[page-written]: 3 texts link to Zed, which nobody has written. Begin it with: ballardwiki new TYPE TITLE",
        ],
    ),
    "a horizon of no series": (
        spoilers("{default: none, zzyzx: all}"),
        "since-resolves",
        [
            "site.yaml: error[since-resolves]: spoilers names zzyzx, which is no series of this site. Write the id of a series, or default for all others.",
        ],
    ),
    "a horizon of a series nearly there": (
        spoilers("{default: none, serr: all}"),
        "since-resolves",
        [
            "site.yaml: error[since-resolves]: spoilers names serr, which is no series of this site. Did you mean ser?",
        ],
    ),
    "a horizon at no moment": (
        spoilers("{default: none, ser: soon}"),
        "since-resolves",
        [
            "site.yaml: error[since-resolves]: spoilers says soon, which is no moment of ser. Write none, all, or an episode such as s01e04.",
        ],
    ),
    "a default at no moment": (
        spoilers("{default: soon}"),
        "since-resolves",
        [
            "site.yaml: error[since-resolves]: spoilers says soon, which is no moment of a series. Write none, all, or an episode such as s01e04.",
        ],
    ),
    "a moment of no series": (
        SERIES | {ANN: md("title: Ann\nborn: {value: 1970, since: zed s01e01}")},
        "since-resolves",
        [
            "content/people/ann.md:3:15: error[since-resolves]: since zed s01e01 names no series of this site. Write the series' id and an episode, such as ser s01e01.",
        ],
    ),
    "a moment of a series nearly there": (
        SERIES | {ANN: md("title: Ann\nborn: {value: 1970, since: serr s01e01}")},
        "since-resolves",
        [
            "content/people/ann.md:3:15: error[since-resolves]: since serr s01e01 names no series of this site. Did you mean ser s01e01?",
        ],
    ),
    "a claim of no field": (
        claiming("about: person/ann, field: bron, value: 1970"),
        "claim-resolves",
        [
            "content/news/n.md:5:30: error[claim-resolves]: person has no field bron. Did you mean born?",
        ],
    ),
    "a claim of a name": (
        claiming("about: person/ann, field: title, value: Anne"),
        "claim-resolves",
        [
            "content/news/n.md:5:30: error[claim-resolves]: title can't be claimed. Write it in the record itself.",
        ],
    ),
    "a claim of a place in the story": (
        claiming("about: episode/e1, field: season, value: ser-0"),
        "claim-resolves",
        [
            "content/news/n.md:5:30: error[claim-resolves]: season can't be claimed. Write it in the record itself.",
        ],
    ),
    "a claim of no value": (
        claiming("about: person/ann, field: born, value: soon"),
        "claim-resolves",
        [
            "content/news/n.md:5:43: error[claim-resolves]: born must be a date such as 1999-12-31, 1999-12 or 1999.",
        ],
    ),
    "a claim of nobody": (
        claiming("about: person/anne, field: born, value: 1970"),
        "ref-resolves",
        [
            "content/news/n.md:5:11: error[ref-resolves]: about points at person/anne, which does not exist. Did you mean ann?",
        ],
    ),
    "a claim that leads nowhere": (
        claiming("about: character/kit, field: home, value: hree")
        | {"content/characters/c.yaml": "kit: {title: Kit}\n", "content/places/p.yaml": "here: {title: Here}\n"},
        "claim-resolves",
        [
            "content/news/n.md:5:46: error[claim-resolves]: home points at place/hree, which does not exist. Did you mean here?",
        ],
    ),
    "a state that has stood for long": (
        SERIES | {"content/series/ser.md": md("title: Ser\nstatus: {value: filming, from: 2020-03}")},
        "status-current",
        [
            "content/series/ser.md:3:17: info[status-current]: status has been filming since 2020-03, for more than 548 days. Look whether it still is, and add the next step.",
        ],
    ),
    "a state that has stood for long, as an article claims": (
        claiming("about: series/ser, field: status, value: filming, from: 2020-03"),
        "status-current",
        [
            "content/series/ser.md:2:1: info[status-current]: status has been filming since 2020-03, for more than 548 days. Look whether it still is, and add the next step.",
        ],
    ),
    "a state that has not stood for long": (
        SERIES | {"content/series/ser.md": md("title: Ser\nstatus: {value: filming, from: 2025-07}")},
        "status-current",
        [],
    ),
    "something that was to come": (
        SERIES | {ANN: md("title: Ann\nsummary: She will return on 3 May 2024.")},
        "status-current",
        [
            "content/people/ann.md:3:10: info[status-current]: summary speaks of 2024-05-03 as of something to come. Say what became of it.",
        ],
    ),
    "a credit without a part": (
        SERIES | {"content/series/ser.md": md("title: Ser\ncredits:\n- {person: ann}")},
        "cast-complete",
        [
            "content/series/ser.md:4:1: info[cast-complete]: the credit of Ann names neither character nor job. Add character:, or say the part in words, as: a judge.",
        ],
    ),
    "a credit of nobody without a part": (
        SERIES | {"content/series/ser.md": md("title: Ser\ncredits:\n- {person: zed}")},
        "cast-complete",
        [
            "content/series/ser.md:4:1: info[cast-complete]: the credit of this person names neither character nor job. Add character:, or say the part in words, as: a judge.",
        ],
    ),
    "a moment that a series has not": (
        SERIES | {ANN: md("title: Ann\nborn: {value: 1970, since: ser s01e09}")},
        "since-resolves",
        [
            "content/people/ann.md:3:15: error[since-resolves]: since ser s01e09 names an episode that ser does not have. Write the series' id and an episode, such as ser s01e01.",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_rule_says(site: Sites, name: str) -> None:
    files, rule, said = CASES[name]
    assert [str(each) for each in site(files).problems(notes=True) if each.rule == rule] == said


def test_a_problem_says_what_was_looked_for(site: Sites) -> None:
    wiki = site(
        claiming("about: person/anne, field: born, value: 1970")
        | {
            "content/characters/c.yaml": "kit: {title: Kit, home: hree, source: papper}\n",
            "content/people/bob.md": md("title: Bob", "[[Zed]] [c](cy.md)\n"),
            "content/news/m.md": md("title: M\ndate: 2025\nclaims:\n- {about: character/kit, field: home, value: her}"),
        }
    )
    found = [(each.rule, each.missing) for each in wiki.problems() if each.missing]
    assert found == [
        ("ref-resolves", "place/hree"),
        ("ref-resolves", "papper"),
        ("claim-resolves", "place/her"),
        ("ref-resolves", "person/anne"),
        ("link-resolves", "Zed"),
        ("link-resolves", "content/people/cy.md"),
    ]
