"""Types: what is wrong is said with its place; what is right is taken."""

from __future__ import annotations

import pytest
from tinysite import Sites

from ballardwiki.config import type_files
from ballardwiki.pages import view
from ballardwiki.schema import KINDS, Index


def faults(text: str) -> list[str]:
    """The problems of types/thing.yaml, as `line:column message hint`."""
    found = type_files.load([("types/thing.yaml", text)])[1]
    return [f"{each.at.line}:{each.at.column} {each.message} {each.hint}".rstrip() for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a", "1:1 a type is a mapping such as `label: Person`."),
        ("lable: Thing", "1:1 a type has no setting lable. Did you mean label?"),
        ("label: [Thing]", "1:8 label must be text."),
        ("url: things", "1:1 url must begin and end with a slash, such as /people/{id}/."),
        ("index: {per_pge: 3}", "1:9 index has no setting per_pge. Did you mean per_page?"),
        ("fields: x", "1:9 fields must be a mapping of names to settings."),
        ("fields: {a: b}", "1:10 the field a needs settings such as {kind: text}."),
        ("fields: {since: {kind: text}}", "1:10 since can't be a field's name."),
        ("fields: {A: {kind: text}}", "1:10 A can't be a field's name."),
        ("fields: {a: {kind: txt}}", "1:13 the field a has the unknown kind txt. Did you mean text?"),
        (
            "fields: {a: {kind: number}}",
            f"1:13 the field a has the unknown kind number. Write one of: {', '.join(KINDS)}.",
        ),
        ("fields: {a: {kin: text}}", "1:14 the field a has no setting kin. Did you mean kind?"),
        ("fields: {a: {kind: ref}}", "1:1 the field a needs to: (the type it points at)."),
        ("fields: {a: {kind: choice}}", "1:1 the field a needs options: [one, another]."),
        (
            "fields: {a: {kind: ref, to: thingy}}",
            "1:1 the field a points at the type thingy, which does not exist. Did you mean thing?",
        ),
        ("fields: {a: {kind: date, after: b}}", "1:1 b names no field of thing."),
        ("fields: {a: {kind: episodes, except_from: b}}", "1:1 b names no field of thing."),
        (
            "fields: {a: {kind: choice, options: [x], review: soon}}",
            "1:50 review must say after how many days, as in {filming: 400}.",
        ),
        (
            "fields: {a: {kind: choice, options: [x], review: {x: soon}}}",
            "1:50 review must say after how many days, as in {filming: 400}.",
        ),
        ("url: /{nme}/\nfields: {name: {}}", "1:1 nme names no field of thing. Did you mean name?"),
        ("dated: when", "1:1 dated names when, which is no date of thing. Name one of its dates (it has none)."),
        (
            "dated: a\nfields: {a: {kind: text}, b: {kind: date}}",
            "1:1 dated names a, which is no date of thing. Name one of its dates (b).",
        ),
        (
            "released: on_\nfields: {on: {kind: date}}",
            "1:1 released names on_, which is no date of thing. Did you mean on?",
        ),
        ("index: {archive: yaer}", "1:8 archive is yaer, of which nothing is made. Write archive: year"),
        ("index: {per_page: ten}", "1:8 per_page is ten, which is no number. Write per_page: 50"),
        (
            "index: {archive: year}",
            "1:1 thing has no dates to make an archive of. Say which field dates it: dated: date",
        ),
        (
            "order: [a.nme]\nfields: {a: {kind: ref, to: thing}, name: {}}",
            "1:1 nme names no field of thing. Did you mean name?",
        ),
    ],
)
def test_a_wrong_type(text: str, expected: str) -> None:
    assert faults(text) == [expected]


def test_a_wrong_name_of_a_type() -> None:
    found = type_files.load([("types/Thing.yaml", "label: Thing")])[1]
    assert [each.message for each in found] == ["Thing can't be a type's name."]


def test_a_whole_type() -> None:
    text = "folder: things\nurl: /t/{id}/\nindex: {url: /t/, per_page: 5, archive: year}\ndated: a\nfields: {a: {kind: date}}"
    kinds, found = type_files.load([("types/thing.yaml", text), ("types/common.yaml", "fields: {title: {kind: text}}")])
    kind = kinds.types["thing"]
    assert found == [] and kind.index == Index("/t/", 5, "year") and list(kind.fields) == ["title", "a"]


# Names that are taken


def test_all_that_a_view_says_of_its_own_is_taken() -> None:
    names = view.taken()
    assert {"next", "previous", "owner", "type", "url", "path", "mentions", "reports", "changes", "id", "ref"} <= names
    assert not any(name.startswith("_") for name in names)
    assert {"title", "sources"}.isdisjoint(names)


@pytest.mark.parametrize("name", sorted(view.taken()))
def test_a_field_called_like_what_a_view_says_is_refused_at_its_place_with_the_list(site: Sites, name: str) -> None:
    toy = f"label: Toy\nfolder: toys\nurl: /toys/{{id}}/\nfields:\n  size: {{kind: text}}\n  {name}: {{kind: text}}\n"
    (problem,) = site({"types/toy.yaml": toy}).problems()
    assert (str(problem.at), problem.rule) == ("types/toy.yaml:6:3", "type-valid")
    assert problem.message.startswith(f"{name} can't be the name of a field") and "next, origin, owner" in problem.hint


def test_a_way_back_is_refused_alike(site: Sites) -> None:
    toy = "label: Toy\nfolder: toys\nurl: /toys/{id}/\nfields:\n  maker: {kind: ref, to: person, inverse: mentions}\n"
    (problem,) = site({"types/toy.yaml": toy}).problems()
    assert (str(problem.at), problem.rule) == ("types/toy.yaml:5:43", "type-valid")


@pytest.mark.parametrize("name", ["title", "sources", "text", "value", "kind"])
def test_fields_that_views_take_their_word_from_are_fine(site: Sites, name: str) -> None:
    toy = f"label: Toy\nfolder: toys\nurl: /toys/{{id}}/\nfields:\n  {name}: {{kind: text}}\n"
    assert site({"types/toy.yaml": toy}).rules() == []


def test_a_record_without_a_page_may_have_an_address_of_its_own(site: Sites) -> None:
    made = site({"types/toy.yaml": "label: Toy\nfolder: toys\nfields:\n  url: {kind: url}\n"})
    assert not [each for each in made.problems() if "can't be the name" in each.message]
