"""An id that is refused is told for its true reason, with one that would do."""

from __future__ import annotations

import pytest
from tinysite import Sites

from ballardwiki.slugs import id_fault, valid_id

PAGE = "---\ntitle: One\n---\nText.\n"


@pytest.mark.parametrize(
    ("text", "reason", "other"),
    [
        ("404", "every site has a file of that name", "404-series"),
        ("index", "every site has a file of that name", "index-series"),
        ("feed.xml", "every site has a file of that name", "feed-xml"),
        ("con", "Windows keeps that name for a device", "con-series"),
        ("nul.txt", "Windows keeps that name for a device", "nul-txt"),
        ("Ann", "A is a capital letter", "ann"),
        ("ann lee", "it holds a blank", "ann-lee"),
        ("ann\xa0lee", "it holds a blank", "ann-lee"),
        ("renée", "it holds é", "renee"),
        ("宮崎駿", "it holds 宮", ""),
        ("a/b", "it holds /", "a-b"),
        ("ann\u200b", "it holds the sign U+200B", "ann"),
        ("-a", "it must begin with a letter or a digit", "a"),
        ("a.", "it ends with a full stop", "a"),
        ("", "it is empty", ""),
        ("x" * 101, "it has more than 100 characters", None),
    ],
)
def test_why_a_text_is_no_id_and_what_is(text: str, reason: str, other: str | None) -> None:
    said, instead = id_fault(text, "series")
    assert said == reason
    assert instead == other if other is not None else valid_id(instead)


@pytest.mark.parametrize("text", ["maggie-q", "404b", "console", "index-2", "a.b_c"])
def test_ids_have_no_fault(text: str) -> None:
    assert id_fault(text) == ("", "")


def test_a_file_is_told_its_new_name(site: Sites) -> None:
    (problem,) = site({"content/series/404.md": PAGE}).problems()
    assert str(problem) == (
        "content/series/404.md:2:1: error[id-valid]: 404 can't be an id: every site has a file of that name. "
        "Name the file 404-series.md."
    )


def test_a_key_is_told_its_new_name(site: Sites) -> None:
    (problem,) = site({"content/people/p.yaml": "ann: {title: Ann}\ncon: {title: Con}\n"}).problems()
    assert (str(problem.at), problem.hint) == ("content/people/p.yaml:2:1", "Write con-person.")


def test_a_former_id_is_told_its_fault(site: Sites) -> None:
    (problem,) = site({"content/people/ann.md": "---\ntitle: Ann\nwas: [Old One]\n---\n"}).problems()
    assert (problem.message, str(problem.at)) == (
        "was must be an id: O is a capital letter. Write old-one.",
        "content/people/ann.md:3:7",
    )


# index.md


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("content/pages/one/index.md", "one"),
        ("content/pages/a/b/index.md", "b"),
        ("content/people/ann/index.md", "people/ann"),
    ],
)
def test_an_index_is_called_after_its_folder(site: Sites, path: str, page: str) -> None:
    assert "Text." in site({path: PAGE}).published().page(page)


def test_an_index_may_be_linked_and_renamed_like_all_others(site: Sites) -> None:
    made = site(
        {
            "content/pages/one/index.md": PAGE,
            "content/people/ann.md": "---\ntitle: Ann\n---\n[x](../pages/one/index.md) [[One]]\n",
        }
    )
    assert made.published().page("people/ann").count("one/index.html") == 2


def test_the_index_of_a_whole_type_is_no_page(site: Sites) -> None:
    (problem,) = site({"content/people/index.md": PAGE}).problems()
    assert problem.rule == "id-valid"
    assert "called after its folder" in problem.message and "content/people/NAME/index.md" in problem.hint


def test_a_page_and_an_index_of_one_name_are_told_with_both_files(site: Sites) -> None:
    made = site({"content/pages/one.md": PAGE, "content/pages/one/index.md": PAGE})
    told = " ".join(str(each) for each in made.problems() if each.rule == "id-unique")
    assert "content/pages/one.md" in told and "content/pages/one/index.md" in told


def test_a_list_file_called_index_holds_records_by_their_own_ids(site: Sites) -> None:
    assert site({"content/people/index.yaml": "ann: {title: Ann}\n"}).published().has("people/ann")


# Other files


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ann.MD", "Rename it ann.md."),
        ("ann.markdown", "Rename it ann.md."),
        ("ann.txt", "Rename it ann.md."),
        ("ann.YAML", "Rename it ann.yaml."),
        ("ann.Yml", "Rename it ann.yaml."),
        ("ann.json", "Rename it ann.yaml."),
        ("README", "Images belong into media/, other files out of content/."),
        ("ann.jpg", "Images belong into media/, other files out of content/."),
        ("ann.md.bak", "Images belong into media/, other files out of content/."),
    ],
)
def test_a_file_that_is_not_read_is_told_what_to_do(site: Sites, name: str, hint: str) -> None:
    (problem,) = site({f"content/people/{name}": PAGE}).problems()
    assert (problem.at.path, problem.rule, problem.hint) == (f"content/people/{name}", "file-known", hint)


def test_a_file_of_yml_is_read(site: Sites) -> None:
    assert site({"content/people/p.yml": "ann: {title: Ann}\n"}).published().has("people/ann")


def test_a_folder_in_capitals_is_told_the_right_one(site: Sites) -> None:
    (problem,) = site({"content/People/ann.md": PAGE}).problems()
    assert (problem.rule, problem.hint) == ("folder-known", "Did you mean content/people?")


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_newlines_make_no_difference(site: Sites, start: str, newline: str) -> None:
    text = start + "---\ntitle: Ann\nborn: 1980-99\n---\n[[Nobody\n".replace("\n", newline)
    found = site({"content/people/ann.md": text}).problems()
    assert "3:7" in [f"{each.at.line}:{each.at.column}" for each in found if each.rule == "field-valid"]
