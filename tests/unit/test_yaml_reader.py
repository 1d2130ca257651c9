"""`yaml_reader` reads what is written, knows where it stands, and survives everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import example, given, strategies as st

from ballardwiki import yaml_reader
from ballardwiki.yaml_reader import Mapping, Node, Scalar, Sequence, is_null, parse

YAMLISH = st.text(
    st.sampled_from("ab01:-[]{},'\"|>+ \n\r\t#&*!?%@~<.\\xuN/é😀\x85\u2028\u2029\ufeff\ufdd0\0\x7f\ud800")
)


def read(text: str) -> Node | None:
    """Parse a text without problems."""
    node, problems = parse(text, "f.yaml")
    assert problems == ()
    return node


def faults(text: str, line: int = 1) -> list[str]:
    """The problems of a text as `line:column: message hint`."""
    _, problems = parse(text, "f.yaml", line)
    assert all(problem.rule == "yaml-valid" and problem.at.path == "f.yaml" for problem in problems)
    return [f"{problem.at.line}:{problem.at.column}: {problem.message} {problem.hint}" for problem in problems]


def plain(node: Node | None) -> object:
    """A node as lists, dicts and texts."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(item) for key, item in node.items.items()}
        case None:
            return None


def scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for item in node.items.values():
                yield from scalars(item)


# What is read


@pytest.mark.parametrize(
    "text",
    ["NO", "on", "yes", "1.10", "08", "010", "1_000", "12:30:45", "0x1F", ".inf", ".nan", "2001-02-30", "=", "1e3"],
)
def test_plain_text_stays_as_written(text: str) -> None:
    assert plain(read(f"a: {text}")) == {"a": text}


def test_lists_and_mappings_nest() -> None:
    assert plain(read("a: [b, {c: d}]\ne:\n  - f\n  - g: h\n")) == {"a": ["b", {"c": "d"}], "e": ["f", {"g": "h"}]}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_nothing_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "null"), [("~", True), ("null", True), ("", True), ("'~'", False), ('""', False), ("Null", False)]
)
def test_null_is_plain(text: str, null: bool) -> None:
    node = read(f"a: {text}")
    assert isinstance(node, Mapping)
    assert is_null(node.items["a"]) is null


def test_a_collection_is_not_null() -> None:
    assert not is_null(Sequence((), 1, 1))


def test_quoted_text_is_not_plain() -> None:
    assert [item.plain for item in scalars(read("[a, 'a', \"a\"]"))] == [True, False, False]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_every_newline_reads_the_same(newline: str) -> None:
    text = "a: |\n  b\n\n  c\nd: 'e\n  f'\n"
    assert read(text.replace("\n", newline)) == read(text)


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize(
    "text", ["a: b{}c\nd: é x\n", 'a: "b{}c"\nd: x', "a: 'b{}  c'\nd: x", "a: |\n  b{}  c\nd: x", "a{}: b # {}\nd: x"]
)
def test_only_newlines_end_lines(text: str, char: str) -> None:
    node = read(text.replace("{}", char))
    other = read(text.replace("{}", "_"))
    assert isinstance(node, Mapping)
    assert repr(node).replace(repr(char)[1:-1], "_") == repr(other)


def test_a_byte_order_mark_may_begin_a_file() -> None:
    assert read("\ufeffa: b") == read("a: b")


def test_one_document_may_have_its_marks() -> None:
    assert plain(read("---\na: b\n...\n")) == {"a": "b"}


# Where it stands


def test_keys_and_values_know_their_places() -> None:
    node, _ = parse("a: b\n😀é:\n  - 'c'\n", "f.yaml", 2)
    assert node == Mapping(
        {
            "a": Scalar("b", plain=True, line=2, column=4, text_line=2),
            "😀é": Sequence((Scalar("c", plain=False, line=4, column=5, text_line=4),), 4, 3),
        },
        {"a": (2, 1), "😀é": (3, 1)},
        2,
        1,
    )


def test_columns_count_characters() -> None:
    node = read("😀é: {é: 😀, x: y}")
    assert [item.column for item in scalars(node)] == [9, 15]


@pytest.mark.parametrize("head", ["|", ">", "|-", "|2+  # why"])
def test_a_block_knows_where_its_text_begins(head: str) -> None:
    (item,) = scalars(read(f"a: {head}\n  b\n"))
    assert (item.line, item.text_line) == (1, 2)


@given(
    st.lists(
        st.tuples(st.from_regex(r"[a-zé😀]{1,5}", fullmatch=True), st.integers(0, 3)),
        max_size=5,
        unique_by=lambda pair: pair[0],
    )
)
def test_places_survive_a_round_trip(pairs: list[tuple[str, int]]) -> None:
    text = "".join("\n" * gap + f"{key}:{' ' * (gap + 1)}{key[::-1]}\n" for key, gap in pairs)
    lines = text.split("\n")
    node = read(text)
    for key, (line, column) in node.keys.items() if isinstance(node, Mapping) else ():
        assert lines[line - 1][column - 1 :].startswith(f"{key}:")
    for item in scalars(node):
        assert lines[item.line - 1][item.column - 1 :] == item.text


@given(YAMLISH, st.integers(1, 3))
@example("a: 'x\r\n y'\n\ufeff", 1)
def test_any_text_gives_a_node_in_its_place_or_problems(text: str, first: int) -> None:
    node, problems = parse(text, "f.yaml", first)
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff") if first == 1 else text)
    for problem in problems:
        assert first <= problem.at.line <= first + len(lines)
        assert problem.at.column > 0
    for item in scalars(node) if not problems else ():
        there = lines[item.line - first][item.column - 1 :] if item.text else ""
        assert (
            there.startswith(re.split("[ \n]", item.text)[0]) if item.plain else there[:1] in ("", "'", '"', "|", ">")
        )


@given(st.text())
def test_any_text_survives_single_quotes_or_is_refused(text: str) -> None:
    quoted = text.replace("'", "''").replace("\r", " ").replace("\n", " ")
    node, problems = parse(f"a: '{quoted}'", "f.yaml")
    assert problems or plain(node) == {"a": quoted.replace("''", "'")}


@given(YAMLISH)
def test_the_pure_parser_reads_the_same(text: str) -> None:
    fast = parse(text, "f.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
        pure = parse(text, "f.yaml")
    if not fast[1] and not pure[1]:
        assert plain(fast[0]) == plain(pure[0])
        assert [item for item in scalars(fast[0]) if item.text] == [item for item in scalars(pure[0]) if item.text]


# What is refused


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\nb: 2\na: 3", "3:1: the key a stands here and on line 1. Keep one of them."),
        ("a: &b c", "1:4: anchors (&b) are not read. "),
        ("a: *b", "1:4: aliases (*b) are not read. "),
        ("a: !!binary b", "1:4: tags (!!binary) are not read. "),
        ("a: !!python/object:os.system b", "1:4: tags ("),
        ("a: ! b", "1:4: tags (!) are not read. "),
        ("<<: {a: b}", "1:1: merge keys (<<) are not read. "),
        ("a: 1\n---\nb: 2", "2:1: a second document begins here. "),
        ("[a]: b", "1:1: a key must be text, "),
        ("? {a: b}\n: c", "1:3: a key must be text, "),
        ("a: 1\n\ufeffb: 2", "2:1: the character U+FEFF must not stand in a text. "),
        ("a: b\0", "1:5: the character U+0000 must not stand in a text. "),
        ("a: b\x1b", "1:5: the character U+001B must not stand in a text. "),
        ("a: b\ud800", "1:5: the character U+D800 must not stand in a text. "),
        ("a: b\uffff", "1:5: the character U+FFFF must not stand in a text. "),
        ('a: "b\\0"', "1:4: an escape in this text makes a character "),
        ('a: "\u2028\\uFDD1"', "1:4: an escape in this text makes a character "),
        ("a:\n\tb: c", "2:1: a tab stands where spaces are needed. "),
        ("a: b\n\tc", "2:1: a tab stands where spaces are needed. "),
        ("a: b: c", "1:5: a second ': ' stands on this line. Put the whole value in quotes."),
        ("a: b\n  c: d", "2:4: this key does not fit the line above. "),
        ("a: b\nc\nd: e", "2:1: this line has no ': '. "),
        ("a:\n    b: c\n  d: e", "3:3: this line does not fit the lines above. "),
        ('a: "b" c', "1:8: text stands after the end of the value. Put the whole value in quotes."),
        ("a: @b", "1:4: a value cannot begin with '@'. Put the whole value in quotes."),
        ("a: **b**", "1:4: a value cannot begin with * or &. "),
        ("a: 'b\nc: d", "1:4: the quote that opens here is not closed. "),
        ("a: [b\nc: d", "1:4: the list that opens here with [ is not closed. "),
        ("a: {b", "1:4: the mapping that opens here with { is not closed. "),
        ("a: [b,,c]", "1:7: a value is missing here, before ','. "),
        ("a: |b", "1:4: text stands right after | or >. "),
        ("a: - b", "1:4: a list must begin on a line of its own. "),
        ('a: "\\d"', "1:5: a backslash in double quotes begins an escape. Use single quotes, "),
    ],
)
def test_what_is_refused_and_where(text: str, fault: str) -> None:
    (only,) = faults(text)
    assert only.startswith(fault)


def test_unknown_reasons_are_shown_as_they_are() -> None:
    reader = yaml_reader._Reader("f.yaml", 1)
    reader.explain(yaml.MarkedYAMLError(problem="of a new kind"), "", [])
    assert str(reader.problems[0]) == "f.yaml:1:1: error[yaml-valid]: this is not valid YAML: of a new kind."


def test_lines_count_from_the_front_matter() -> None:
    assert faults("a: 1\na: 2", line=2) == ["3:1: the key a stands here and on line 2. Keep one of them."]


def test_a_byte_order_mark_may_not_begin_a_part_of_a_file() -> None:
    assert faults("\ufeffa: b", line=2)


def test_all_problems_are_reported_in_order() -> None:
    text = "a: &x 1\na: 2\nb: {c: 1, c: *x}\n\0: 'd\n"
    assert [fault[:4] for fault in faults(text)] == ["1:4:", "2:1:", "3:11", "3:14", "4:1:", "4:4:"]


def test_the_first_of_equal_keys_is_kept() -> None:
    node, _ = parse("a: 1\na: 2\n", "f.yaml")
    assert plain(node) == {"a": "1"}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert plain(read("'<<': a")) == {"<<": "a"}


# What only a hostile hand writes


@pytest.mark.parametrize(
    "text",
    [
        "[" * 101,
        "[" * 30_000,
        "[" * 1_000_000,
        "- " * 1_000_000,
        "{a: " * 100_000,
        "? " * 100_000,
        "[a: " * 100_000,
        "[{}, " * 100_000,
    ],
    ids=lambda text: f"{text[:4]}*{len(text)}",
)
def test_too_deep_is_a_problem(text: str) -> None:
    (fault,) = faults(text)
    assert "more than 100 deep" in fault


@pytest.mark.parametrize("text", ["[a, [b], {c: [d]}, " * 40 + "*", "{a: " * 60 + "}} b"])
def test_another_fault_is_not_taken_for_depth(text: str) -> None:
    assert "deep" not in faults(text)[0]


def test_a_hundred_deep_is_read() -> None:
    assert read("[" * 100 + "]" * 100)


def test_too_long_is_a_problem_of_the_file() -> None:
    _, (problem,) = parse(" " * (yaml_reader.MAX_LENGTH + 1), "f.yaml")
    assert str(problem) == "f.yaml: error[yaml-valid]: the YAML is larger than 5 MB. Split the file."


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[" + "a," * 600_000 + "]", "a: 1\n" * 600_000], ids=["list", "mapping"])
def test_too_many_values_are_a_problem(text: str) -> None:
    assert "holds more than 500000" in faults(text)[-1]


@pytest.mark.parametrize(
    "text", ["a: 1\n" * 1_000, "- &a b\n" * 1_000, "\0" * 1_000], ids=["keys", "anchors", "characters"]
)
def test_problems_are_capped(text: str) -> None:
    assert len(faults(text)) == yaml_reader.MAX_PROBLEMS


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert faults(bomb)[0].startswith("1:4: anchors (&a)")


def test_long_names_are_cut_in_messages() -> None:
    assert all(len(fault) < 200 for fault in faults(f"a: *{'b' * 10_000}\n{'c' * 900}: 1\n{'c' * 900}: 1\n"))
