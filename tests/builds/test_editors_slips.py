"""The slips that editors make: what is said, and that doing what it says mends it.

Each row is judged as somebody would who has never seen the program: the message names the place, repeats the editor's
own words, and says what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tinysite import Site, Sites

ANN = "content/people/ann-roe.md"
COLE = "content/characters/cole.md"
EPISODES = "content/episodes/all.yaml"
SERIES = "content/series/harbour.md"
NEWS = "content/news/2025-07-01-first.md"
PAPER = "content/sources/all.yaml"
WIKI = {
    SERIES: "---\ntitle: Harbour\n---\nA show.\n",
    "content/seasons/all.yaml": "harbour-s1:\n  series: harbour\n  number: 1\n",
    EPISODES: (
        "fog:\n  season: harbour-s1\n  number: 1\n  title: Fog\n"
        "tide:\n  season: harbour-s1\n  number: 2\n  title: Tide\n"
    ),
    ANN: "---\ntitle: Ann Roe\nborn: 1980-01-05\n---\nAnn Roe is an actor.\n",
    COLE: "---\ntitle: Cole\n---\nA sailor in [[Harbour]].\n",
    PAPER: "paper:\n  title: The paper\n  url: https://paper.example/a\n",
    NEWS: "---\ntitle: First\ndate: 2025-07-01\nsummary: It begins.\ntags: [casting]\n---\nSee [[Ann Roe]].\n",
}


@dataclass(frozen=True)
class Slip:
    """What an editor wrote, what is said of it, and the mend: in `file`, `right` becomes `wrong` and goes back."""

    name: str
    file: str
    right: str
    wrong: str
    said: str
    at: str = ""
    """What it takes the place of, where the wiki has neither."""


def credit(name: str, row: str, said: str, right: str = "{person: ann-roe, job: Writer}") -> Slip:
    """A slip in a credit of the first episode."""
    head = "title: Fog\n  credits:\n    - "
    return Slip(name, EPISODES, head + right, head + row, said)


def since(name: str, wrong: str, said: str) -> Slip:
    """A slip in the moment since which an alias may be known."""
    row = "title: Cole\naliases:\n  - {value: The Fish, since: %s}"
    return Slip(name, COLE, row % "harbour s01e02", row % wrong, said)


SLIPS = (
    Slip(
        "misspelt field",
        ANN,
        "born:",
        "bron:",
        f"{ANN}:3:1: error[field-known]: person has no field bron. Did you mean born?",
    ),
    Slip(
        "field of another type",
        ANN,
        "born: 1980-01-05",
        "season: harbour-s1",
        f"{ANN}:3:1: error[field-known]: person has no field season. It is a field of: episode (content/episodes/).",
    ),
    credit(
        "name instead of id",
        "{person: Ann Roe, job: Writer}",
        "person must be an id, and Ann Roe is none. Write ann-roe.",
    ),
    credit(
        "misspelt name instead of id",
        "{person: An Roe, job: Writer}",
        "person must be an id, and An Roe is none. Did you mean ann-roe?",
    ),
    credit(
        "wrong type in a credit",
        "{person: cole, job: Writer}",
        "person points at person/cole, which does not exist. cole is the id of a character; person takes the id of a person.",
    ),
    credit(
        "credit without person",
        "{job: Writer}",
        "this credit needs the field person. Add person: …, inside the braces.",
    ),
    credit(
        "name as a credit",
        "Ann Roe",
        "credits holds Ann Roe, where the fields of a credit must stand. Write - person: …",
    ),
    credit(
        "unknown billing",
        "{person: ann-roe, character: cole, billing: guests}",
        "billing must be one of: lead, main, recurring, guest, cameo. Did you mean guest?",
    ),
    Slip(
        "no closing line",
        ANN,
        "---\nAnn",
        "Ann",
        f"{ANN}:1:1: error[yaml-valid]: the front matter has no closing line.",
    ),
    Slip(
        "no opening line",
        ANN,
        "---\ntitle",
        "title",
        f"{ANN}:1:1: error[yaml-valid]: the file must begin with front matter.",
    ),
    Slip(
        "date in words",
        ANN,
        "1980-01-05",
        "5 January 1980",
        "Write the year first, such as 1980-12-31, or only 1980.",
    ),
    Slip("day before month", ANN, "1980-01-05", "05/01/1980", "Write 1980-01-05 or 1980-05-01."),
    Slip(
        "day after month",
        ANN,
        "born: 1980-01-25",
        "born: 01/25/1980",
        "Write 1980-01-25.",
        at="born: 1980-01-05",
    ),
    Slip("date without zeros", ANN, "1980-01-05", "1980-1-5", "Write 1980-01-05."),
    Slip("no day of the calendar", ANN, "1980-01-05", "1980-02-30", "there is no 1980-02-30."),
    since("unknown episode", "harbour s01e09", "since harbour s01e09 names an episode that harbour does not have."),
    since("episode in another form", "harbour 1x02", "Write harbour s01e02."),
    since(
        "unknown series",
        "harbor s01e02",
        "since harbor s01e02 names no series of this site. Did you mean harbour s01e02?",
    ),
    Slip(
        "wrong indentation",
        EPISODES,
        "  title: Fog",
        "   title: Fog",
        f"{EPISODES}:4:9: error[yaml-valid]: this key does not fit",
    ),
    Slip(
        "tab",
        EPISODES,
        "  title: Fog",
        "\ttitle: Fog",
        f"{EPISODES}:4:1: error[yaml-valid]: a tab stands where spaces are needed.",
    ),
    Slip(
        "colon in a value",
        NEWS,
        'summary: "It begins: now."',
        "summary: It begins: now.",
        "a second ': ' stands on this line. Put the whole value in quotes.",
        at="summary: It begins.",
    ),
    Slip("quote not closed", ANN, "title: Ann Roe", 'title: "Ann Roe', "the quote that opens here is not closed."),
    Slip("list not closed", NEWS, "[casting]", "[casting", "the list that opens here with [ is not closed."),
    Slip(
        "title has changed",
        NEWS,
        "[[Ann Roe]]",
        "[[Anne Roe]]",
        "there is no page for [[Anne Roe]]. Did you mean Ann Roe?",
    ),
    Slip(
        "link not closed",
        COLE,
        "[[Harbour]]",
        "[[Harbour",
        "this [[ has no ]], so it is no link. Write ]] behind the name",
    ),
    Slip(
        "file not there",
        COLE,
        "[[Harbour]]",
        "[it](../people/anne-roe.md)",
        "which does not exist. Did you mean content/people/ann-roe.md?",
    ),
    Slip(
        "image not there",
        ANN,
        "Ann Roe is",
        "![Her](/media/ann.png) is",
        "there is no image media/ann.png. Put the file into media/.",
    ),
    Slip(
        "title twice",
        ANN,
        "title: Ann Roe",
        "title: Ann Roe\ntitle: Anna Roe",
        "the key title stands here and on line 2. Keep one of them.",
    ),
    Slip(
        "unknown confidence",
        ANN,
        "born: 1980-01-05",
        "born: {value: 1980-01-05, confidence: sure}",
        "confidence must be one of: confirmed, reported, rumoured, disputed.",
    ),
    Slip(
        "unknown source",
        ANN,
        "an actor.",
        "an actor.[^papper]",
        "[^papper] names source/papper, which does not exist. Did you mean paper?",
    ),
    Slip(
        "address as source",
        ANN,
        "born: 1980-01-05",
        "born: {value: 1980-01-05, source: https://paper.example/a}",
        "source must be the id of a record, not an address. Write the address into a record, as url:, and its id here.",
    ),
    Slip(
        "address without scheme",
        PAPER,
        "https://paper.example/a",
        "paper.example/a",
        "url must be a web address such as https://example.org/page",
    ),
    Slip(
        "heading level skipped",
        ANN,
        "Ann Roe is",
        "## Life\n\n#### Youth\n\nAnn Roe is",
        "the heading Youth is of level 4; above it there is none of 3. Write ### Youth.",
    ),
    Slip(
        "spoiler not closed",
        COLE,
        "A ||harbour s01e02: drowned|| sailor",
        "A ||harbour s01e02: drowned sailor",
        "Write || on both sides of the hidden words",
        at="A sailor",
    ),
    Slip("number in words", EPISODES, "number: 2", "number: two", "number must be a whole number such as 8."),
    Slip(
        "two of one number",
        EPISODES,
        "number: 2",
        "number: 1",
        "episode/tide has the same season and number as episode/fog",
    ),
    Slip("truth in words", ANN, "born: 1980-01-05", "draft: No", "draft must be true or false. Write false."),
    Slip(
        "died before born",
        ANN,
        "born: 1980-01-05",
        "born: 1980-01-05\ndied: 1970",
        "died (1970) lies before born (1980-01-05).",
    ),
    Slip("unknown part", COLE, "[[Harbour]]", "[[Harbour#Castt]]", "Harbour has no part #castt. Did you mean cast?"),
    Slip(
        "unknown callout", ANN, "Ann Roe is", "> [!nte]\n> Ann Roe is", "[!nte] is not a callout. Did you mean [!note]?"
    ),
    Slip(
        "unknown setting", "site.yaml", "base_url:", "baseurl:", "there is no setting baseurl. Did you mean base_url?"
    ),
)

FILES = (
    (
        "capitals in an id",
        "content/people/Bob-Lee.md",
        "Bob-Lee can't be an id: B is a capital letter. Name the file bob-lee.md.",
    ),
    (
        "blank in an id",
        "content/people/bob lee.md",
        "bob lee can't be an id: it holds a blank. Name the file bob-lee.md.",
    ),
    ("other ending", "content/people/bob.markdown", "Rename it bob.md."),
    (
        "id of another",
        "content/people/old/ann-roe.md",
        "person/ann-roe is written twice; the other is at content/people/ann-roe.md",
    ),
    (
        "folder of no type",
        "content/persons/bob.md",
        "content/persons is the folder of no type. Did you mean content/people?",
    ),
    ("in no folder", "content/bob.md", "content/ holds only folders of types. Move it into the folder of its type."),
)


@pytest.fixture
def wiki(site: Sites) -> Site:
    return site(WIKI)


def told(wiki: Site) -> list[str]:
    """What is said, without what follows from something else."""
    return [str(each) for each in wiki.problems() if not each.cause]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_told_in_one_message_that_leads_to_the_mend(wiki: Site, slip: Slip) -> None:
    text = (wiki.root / slip.file).read_text(encoding="utf-8")
    at = next(each for each in (slip.at or slip.right, *STEMS) if each in text)
    wrong, right = (text.replace(at, each, 1) for each in (slip.wrong, slip.right))
    wiki.write(slip.file, wrong)
    said = told(wiki)
    assert len(said) == 1, said
    assert slip.said in said[0]
    wiki.write(slip.file, right)
    assert told(wiki) == []


STEMS = ("title: Fog", "title: Cole", "title: Ann Roe", "A sailor", "1980-01-05")
"""What stands in the wiki where a slip is about something that it does not have."""


@pytest.mark.parametrize(("path", "said"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_file_in_the_wrong_place_is_told(wiki: Site, path: str, said: str) -> None:
    wiki.write(path, "---\ntitle: Bob\n---\nText.\n")
    (found,) = told(wiki)
    assert said in found
    wiki.delete(path)
    if path.startswith("content/persons"):
        wiki.delete("content/persons")
    assert told(wiki) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "/a/: {to: /b/}\n/b/: {to: /a/}\n",
            "gone.yaml:1:1: error[gone-valid]: /a/ leads to /b/ leads to /a/, and so nowhere.",
        ),
        ("/a/: {to: /a/}\n", "gone.yaml:1:1: error[gone-valid]: /a/ leads to /a/, and so nowhere."),
        ("/x/: {to: /a/}\n/a/: {to: /b/#c}\n/b/: {to: /a/}\n", "gone.yaml:2:1: error[gone-valid]: /a/ leads to /b/"),
    ],
)
def test_addresses_that_lead_in_a_circle_are_told(wiki: Site, text: str, said: str) -> None:
    (found,) = [each for each in told(wiki.write("gone.yaml", text)) if "gone-valid" in each]
    assert found.startswith(said)
    wiki.write("gone.yaml", "/a/: {to: /b/}\n/b/: {to: /people/ann-roe/}\n")
    assert told(wiki) == []


def test_a_name_that_two_share_offers_both_ids(wiki: Site) -> None:
    wiki.write("content/people/ann-roe-2.md", "---\ntitle: Ann Roe\n---\nAnother [[person/ann-roe]].\n")
    wiki.replace(EPISODES, "title: Fog", "title: Fog\n  credits: [{person: Ann Roe, job: Writer}]")
    assert any("Write one of: ann-roe, ann-roe-2." in each for each in told(wiki))


def test_no_message_speaks_of_another_wiki(wiki: Site) -> None:
    foreign = ("maggie", "bosch", "angels flight")
    for slip in SLIPS:
        text = WIKI.get(slip.file, "")
        if slip.right in text:
            wiki.write(slip.file, text.replace(slip.right, slip.wrong, 1))
    assert not [each for each in told(wiki) if any(name in each.lower() for name in foreign)]
