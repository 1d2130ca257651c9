"""Writing another value where one stands, whatever way it is written, and adding one to a field."""

from __future__ import annotations

import pytest

from ballardwiki import yaml_reader
from ballardwiki.edit.text_edits import Lines, applied
from ballardwiki.edit.yaml_edits import added, places, replaced, replaced_key, spelled
from ballardwiki.yaml_reader import Mapping, Scalar


def record(text: str) -> Mapping:
    node, problems = yaml_reader.parse(text, "a.yaml")
    assert not problems and isinstance(node, Mapping)
    return node


@pytest.mark.parametrize(
    "text", ["a: x y # z\n", "a: 'x y' # z\n", 'a: "x y"\nb: c\n', "{a: x y, b: c}\n", "a:\n  x\n  y\n"]
)
def test_a_value_is_replaced_in_its_own_quotes(text: str) -> None:
    scalar = record(text).items["a"]
    assert isinstance(scalar, Scalar)
    edit = replaced(text, Lines(text), scalar, "new")
    assert edit
    after = applied(text, [edit])
    changed = record(after).items["a"]
    assert isinstance(changed, Scalar) and changed.text == "new" and changed.plain == scalar.plain
    assert "# z" in after or "# z" not in text


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  x\n\n  y: z\nb: c\n",
        "a: >-\n  x\n  y\nb: c\n",
        "a: |2-\n    x\n   y\nb: c\n",
        "a: 'it''s\n  x'\nb: c\n",
        'a: "say \\"x\\" \\\\ y"\nb: c\n',
        "a: |\n  x\n\nb: c\n",
    ],
)
def test_every_character_of_a_value_has_its_place(text: str) -> None:
    scalar = record(text).items["a"]
    assert isinstance(scalar, Scalar)
    known = places(text, text.index(":") + 2, scalar)
    assert known
    for place, char in zip(known[0], scalar.text, strict=True):
        assert (
            text[place] == char
            or (text[place].isspace() and char.isspace())
            or text[place : place + 2] in ("''", '\\"', "\\\\")
        )
    assert text[known[1] :].lstrip().startswith("b: c")


def test_escapes_of_other_characters_have_no_place() -> None:
    text = 'a: "x\\u00e9"\n'
    scalar = record(text).items["a"]
    assert isinstance(scalar, Scalar) and places(text, 3, scalar) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Maggie Q", "Maggie Q"),
        ("Bosch: Legacy", '"Bosch: Legacy"'),
        ("a, b", '"a, b"'),
        ("null", '"null"'),
        ("#1", '"#1"'),
        ('The "Late" Show: x', "'The \"Late\" Show: x'"),
        ("it's", "it's"),
        ("[x]", '"[x]"'),
        ("x #y", '"x #y"'),
        ("no", "no"),
    ],
)
def test_a_text_is_quoted_where_it_must_be(value: str, expected: str) -> None:
    assert spelled(value) == expected
    for text in (f"a: {expected}\n", f"a: [{expected}, x]\n"):
        node = record(text).items["a"]
        scalar = node.items[0] if isinstance(node, yaml_reader.Sequence) else node
        assert isinstance(scalar, Scalar) and scalar.text == value and not yaml_reader.is_null(scalar)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: A\nborn: 1979\n", "title: A\nwas: [old]\nborn: 1979\n"),
        ("title: A # why\n", "title: A # why\nwas: [old]\n"),
        ("title: >-\n  A\n  B\n# about\nborn: 1979\n", "title: >-\n  A\n  B\nwas: [old]\n# about\nborn: 1979\n"),
        ("title: {value: A,\n  source: [x, y]} # z\nborn: 1979\n", "title: {value: A,\n  source: [x, y]} # z\nwas: [old]\nborn: 1979\n"),
        ("title:\n  value: A\n  source:\n    - x # y\nborn: 1979\n", "title:\n  value: A\n  source:\n    - x # y\nwas: [old]\nborn: 1979\n"),
        ("# one\nnumber: 1\n", "# one\nwas: [old]\nnumber: 1\n"),
        ("title: A\nwas: older # z\n", "title: A\nwas: [older, old] # z\n"),
        ("title: A\nwas: [older] # z\n", "title: A\nwas: [older, old] # z\n"),
        ("title: A\nwas: [] # z\n", "title: A\nwas: [old] # z\n"),
        ("title: A\nwas: # z\n", "title: A\nwas: [old] # z\n"),
        ("title: A\nwas: ~\n", "title: A\nwas: [old]\n"),
        ("title: A\nwas:\n- a # x\n- b # y\n# z\nborn: 1979\n", "title: A\nwas:\n- a # x\n- b # y\n- old\n# z\nborn: 1979\n"),
        ("title: A\nwas:\n  - {value: a, source: b}\n", "title: A\nwas:\n  - {value: a, source: b}\n  - old\n"),
        ("title: A\nwas: {value: a, source: [b]} # z\n", "title: A\nwas: [{value: a, source: [b]}, old] # z\n"),
        ("title: A\nwas:\n  value: a\n  source: b\nborn: 1979\n", "title: A\nwas:\n  - value: a\n    source: b\n  - old\nborn: 1979\n"),
        ("{title: A, born: 1979}\n", "{title: A, was: [old], born: 1979}\n"),
        ("{born: 1979, title: A}\n", "{was: [old], born: 1979, title: A}\n"),
        ("{}\n", "{was: [old]}\n"),
        ("title: A", "title: A\nwas: [old]"),
    ],
)  # fmt: skip
def test_a_value_is_added_to_a_field(text: str, expected: str) -> None:
    assert applied(text, added(text, Lines(text), record(text), "was", "old")) == expected


def test_a_key_is_replaced() -> None:
    text = "a: 1\n'old-id': {title: x} # old-id\n"
    assert applied(text, [replaced_key(text, Lines(text), record(text), "old-id", "new-id")]) == (
        "a: 1\n'new-id': {title: x} # old-id\n"
    )
