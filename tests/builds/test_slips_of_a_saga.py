"""The slips of editors of a saga of books, with types of its own: each message leads to the mend in one step."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tinysite import Site, Sites

BOOK = "content/books/ember.md"
ORRIN = "content/characters/orrin.md"
NORA = "content/people/nora-quill.md"
SHOW = "content/episodes/all.yaml"
NEWS = "content/news/second.md"
PAPER = "content/sources/all.yaml"
TYPE = """\
label: Book
plural: Books
folder: books
url: /books/{id}/
fields:
  title: {required: true, label: Title}
  volume: {kind: integer, label: Volume}
  published: {kind: date, label: Published}
  authors: {kind: ref, to: person, many: true, inverse: wrote, inverse_label: Wrote, label: Author}
"""
WIKI = {
    "types/book.yaml": TYPE,
    BOOK: "---\ntitle: Ember and Ash\nvolume: 1\npublished: 2011-03-08\nauthors: [nora-quill]\n---\nFire.[^gazette]\n",
    ORRIN: "---\ntitle: Orrin\naliases:\n  - {value: The Worm, since: ember s01e02}\n---\nOrrin is a dragon.\n",
    NORA: "---\ntitle: Nora Quill\nborn: {value: 1970-04-02, source: gazette}\n---\nShe wrote [[Ember and Ash]].\n",
    "content/series/ember.md": "---\ntitle: Ember\n---\nThe series after [[Ember and Ash]].\n",
    "content/seasons/all.yaml": "ember-s01: {series: ember, number: 1}\n",
    SHOW: (
        "forge:\n  season: ember-s01\n  number: 1\n  title: Forge\n  credits:\n"
        "    - {person: nora-quill, character: orrin, billing: guest}\n"
        "quench:\n  season: ember-s01\n  number: 2\n  title: Quench\n"
    ),
    PAPER: "gazette:\n  title: A talk with Nora Quill\n  outlet: The Gazette\n  url: https://gazette.example/quill\n",
    NEWS: "---\ntitle: Second\ndate: 2025-06-20\nsummary: More.\nabout: [person/nora-quill]\n---\n[[Nora Quill]] writes.\n",
}


@dataclass(frozen=True)
class Slip:
    """In `file`, `right` becomes `wrong`; `said` is told of it, and `mend` (or `right`) in its place is silent."""

    file: str
    right: str
    wrong: str
    said: str
    mend: str = ""


def dated(wrong: str, said: str, mend: str = "2025-06-20 18:00") -> Slip:
    """A slip in the date of an article."""
    return Slip(NEWS, "date: 2025-06-20", f"date: {wrong}", f"date {said}", f"date: {mend}")


def numbered(wrong: str) -> Slip:
    """A slip in the numbers of a double episode."""
    return Slip(SHOW, "number: 2", f"number: {wrong}", "or a run such as 1-2. Write 2-3.", "number: 2-3")


def since(wrong: str, said: str) -> Slip:
    """A slip in the moment since which a name may be known."""
    return Slip(ORRIN, "ember s01e02", wrong, f"with its series where that is not plain. {said}")


def linked(wrong: str) -> Slip:
    """A slip in the name of an episode."""
    return Slip(
        ORRIN, "a dragon", f"in [[{wrong}]]", f"no page for [[{wrong}]]. Write [[Ember S01E02]].", "in [[Ember S01E02]]"
    )


def sourced(wrong: str, said: str, mend: str = "gazette") -> Slip:
    """A slip in the source of a value."""
    return Slip(NORA, "source: gazette", f"source: {wrong}", said, f"source: {mend}")


FORM = "must have date and time in the form 1999-12-31 18:00. Write 2025-06-20 18:00."
SLIPS = {
    "six in the evening": dated("2025-06-20 6pm", FORM),
    "a full stop in the time": dated("2025-06-20 18.00", FORM),
    "an hour without minutes": dated("2025-06-20T18", FORM),
    "a comma before the time": dated("2025-06-20, 6:00 p.m.", FORM),
    "the day first, and a time": dated("20.06.2025 18:00", FORM),
    "hour 24": dated(
        "2025-06-20 24:00",
        "must have a time of day such as 18:00, not 24:00. Write 2025-06-20 18:00, or only 2025-06-20.",
    ),
    "a zone by its name": dated(
        "2025-06-20 18:00 CET", "must have its zone in numbers, if any, not CET. Write 2025-06-20 18:00, or"
    ),
    "a month in letters, the year first": dated(
        "2025-Jun-20",
        "must be a date such as 1999-12-31, 1999-12 or 1999. Write it in numbers, such as 2025-12-31 or 2025.",
        "2025-06-20",
    ),
    "curly quotes": dated(
        "“2025-06-20”",
        "must be a date such as 1999-12-31, 1999-12 or 1999. Write straight quotes around the value: '2025-06-20'.",
        "'2025-06-20'",
    ),
    "a moment in another form": Slip(
        NEWS, "title: Second", "title: Second\npublish_at: 2025-06-20 6pm", f"publish_at {FORM}", "title: Second"
    ),
    "a slash in a run": numbered("2/3"),
    "and in a run": numbered("2 & 3"),
    "a long dash in a run": numbered("2—3"),
    "a word before a number": Slip(BOOK, "volume: 1", "volume: Vol. 1", "must be a whole number such as 8. Write 1."),
    "a name in a list of any type": Slip(
        NEWS, "person/nora-quill", "Nora Quill", "about must be an id, and Nora Quill is none. Write person/nora-quill."
    ),
    "an id without its type": Slip(
        NEWS, "person/nora-quill", "nora-quill", "about must say which type it means. Write person/nora-quill."
    ),
    "another word for the type": Slip(NEWS, "person/nora-quill", "author/nora-quill", "Write person/nora-quill."),
    "a link in place of an id": Slip(BOOK, "[nora-quill]", '["[[Nora Quill]]"]', "is none. Write nora-quill."),
    "a link without quotes": Slip(
        BOOK, "[nora-quill]", "[[Nora Quill]]", "authors holds a list in a list. Write nora-quill."
    ),
    "the title of a source": sourced("A talk with Nora Quill", "A talk with Nora Quill is none. Write gazette."),
    "the outlet of a source": sourced("The Gazette", "source must be an id, and The Gazette is none. Write gazette."),
    "a source in capitals": sourced("Gazette", "source must be an id, and Gazette is none. Write gazette."),
    "a source of a type that is none": sourced(
        "novel/ember", "source names novel/ember, which does not exist. Write book/ember.", "book/ember"
    ),
    "an episode without season": since("ember episode 2", "Write ember s01e02, if so meant."),
    "an id as a moment": since("ember-s01e02", "Write ember s01e02, if so meant."),
    "a title as a moment": since("Quench", "Write ember s01e02."),
    "a short code in a link": linked("Ember s1e2"),
    "a misspelt series in a link": linked("Embr s01e02"),
    "an image beside the text": Slip(
        ORRIN,
        "a dragon",
        "![Scales](cover.jpg) a dragon",
        "there is no image content/characters/cover.jpg. Put it into media/ and write /media/cover.jpg.",
    ),
    "billing in other words": Slip(SHOW, "billing: guest", "billing: Guest Star", "Did you mean guest?"),
    "another word for a field that is needed": Slip(
        SHOW, "{person: nora-quill,", "{actor: nora-quill, person: nora-quill,", "credit has no field actor."
    ),
    "a field of no type": Slip(
        BOOK,
        "volume: 1",
        "pages: 300",
        "book has no field pages. Its fields are: summary, links, volume, published, authors.",
    ),
    "an equals sign": Slip(NORA, "title: Nora", "title = Nora", "= stands after title, where a colon is needed."),
    "an equals sign in a list of records": Slip(
        PAPER, "  title: A talk", "  title = A talk", "where a colon is needed. Write title: A talk with Nora Quill"
    ),
    "a capital letter in an id": Slip(PAPER, "gazette:", "Gazette:", "G is a capital letter. Write gazette."),
}


@pytest.fixture
def wiki(site: Sites) -> Site:
    return site(WIKI)


def told(wiki: Site) -> list[str]:
    """What is said, without what follows from something else."""
    return [str(each) for each in wiki.problems() if not each.cause]


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_message_leads_to_the_mend(wiki: Site, slip: Slip) -> None:
    wiki.replace(slip.file, slip.right, slip.wrong)
    (said,) = told(wiki)
    assert slip.said in said
    wiki.write(slip.file, WIKI[slip.file].replace(slip.right, slip.mend or slip.right))
    assert told(wiki) == []


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("mira.md.txt", "mira.md"),
        ("mira.MD", "mira.md"),
        ("mira.md.markdown", "mira.md"),
        ("mira.yaml.txt", "mira.yaml"),
        ("mira.md.md", "mira.md"),
    ],
)
def test_a_file_of_two_endings_is_to_have_one(wiki: Site, name: str, right: str) -> None:
    text = "mira: {title: Mira}\n" if "yaml" in name else "---\ntitle: Mira\n---\nMira is a reader.\n"
    (said,) = told(wiki.write(f"content/people/{name}", text))
    assert said.endswith(f" {right}.")
    wiki.move(f"content/people/{name}", f"content/people/{right}")
    assert told(wiki) == []


def test_a_page_in_a_file_of_records_is_to_be_renamed(wiki: Site) -> None:
    (said,) = told(wiki.write("content/people/mira.yml", "---\ntitle: Mira\n---\nMira is a reader.\n"))
    assert said.endswith("rename the file mira.md.")


def test_links_to_a_page_without_title_follow_from_it(wiki: Site) -> None:
    wiki.write("content/books/ash-and-snow.md", "---\nvolume: 2\n---\nIce.\n")
    wiki.replace(ORRIN, "a dragon", "in [[Ash and Snow]] and [[Ash and Rain]]")
    assert [(each.rule, bool(each.cause)) for each in wiki.problems()] == [
        ("field-required", False),
        ("link-resolves", True),
        ("link-resolves", False),
    ]


def test_links_to_the_second_of_two_records_with_one_id_follow_from_that(wiki: Site) -> None:
    wiki.write("content/books/a/ember.md", "---\ntitle: Embers\n---\nFire.\n")
    found = [(each.rule, bool(each.cause)) for each in wiki.problems()]
    assert found.count(("id-unique", False)) == 1
    assert ("link-resolves", False) not in found and ("link-resolves", True) in found


def test_a_source_of_two_numbers_is_told_once(wiki: Site) -> None:
    wiki.replace(SHOW, "number: 2", "number: {value: 2-3, source: papper}")
    assert [each.rule for each in wiki.problems()] == ["ref-resolves"]


def test_a_record_in_the_folder_of_another_type_is_told_where_it_belongs(wiki: Site) -> None:
    (said,) = told(wiki.write("content/works/second.md", "---\ntitle: Ash\nvolume: 2\n---\nText.\n"))
    assert said.endswith("It is a field of: book (content/books/).")


def test_the_field_that_a_record_lacks_is_offered_for_one_of_no_type(wiki: Site) -> None:
    wiki.replace(SHOW, "{person: nora-quill,", "{actor: nora-quill,")
    assert any(each.endswith("If that is the person, write person: nora-quill") for each in told(wiki))


def test_nothing_but_the_conflict_is_told_of_a_line_that_a_merge_wrote(wiki: Site) -> None:
    conflict = "<<<<<<< ours\nOne.\n||||||| base\nNone.\n=======\nTwo.\n>>>>>>> theirs\n"
    wiki.replace(ORRIN, "Orrin is a dragon.\n", conflict)
    assert {each.rule for each in wiki.problems()} == {"merge-complete"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("books/old: gone", "Write /books/old/: why it is gone, or /books/old/: {to: /people/new-id/}."),
        ("/books/old: {to: ember}", "Write /books/old/: {to: /ember/}."),
        ("/books/old:", "Write /books/old/: why it is gone, or /books/old/: {to: /people/new-id/}."),
    ],
)
def test_an_address_that_is_gone_is_shown_in_the_editors_words(wiki: Site, text: str, hint: str) -> None:
    assert told(wiki.write("gone.yaml", f"{text}\n"))[0].endswith(hint)
