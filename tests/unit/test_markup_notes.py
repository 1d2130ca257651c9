"""Footnotes and headings."""

import pytest
from marks import joined

from ballardwiki.content.markup import ENGINES, heading_id, read
from ballardwiki.model import Body


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def body(text: str, engine: str, rules: tuple[str, ...] = ()) -> Body:
    found, problems = read(text, engine=engine, path="content/x/y.md")
    assert tuple(problem.rule for problem in problems) == rules
    return found


def test_note_and_reference(engine: str) -> None:
    found = body("a[^1] b\n\n[^1]: note *x*\n\nc", engine)
    assert joined(found.parts) == "<p>a«note:1» b</p>\n<p>c</p>"
    assert {label: joined(note) for label, note in found.notes.items()} == {"1": "<p>note <em>x</em></p>"}


def test_note_goes_on_in_indented_lines(engine: str) -> None:
    found = body("a[^1][^b]\n\n[^1]: one\ntwo\n\n    - three\n    - four\n[^b]: five\n\nsix", engine)
    assert joined(found.notes["1"]) == "<p>one\ntwo</p>\n<ul>\n<li>three</li>\n<li>four</li>\n</ul>"
    assert joined(found.notes["b"]) == "<p>five</p>"
    assert joined(found.parts) == "<p>a«note:1»«note:b»</p>\n<p>six</p>"


def test_note_knows_its_lines(engine: str) -> None:
    found = body("a[^1]\n\n[^1]: one [[A]]\n    two [[B]]", engine)
    assert [(mention.line, mention.column) for mention in found.mentions] == [(3, 11), (4, 9)]


def test_reference_without_definition_is_kept(engine: str) -> None:
    found = body("a[^variety-2025]", engine)
    assert joined(found.parts) == "<p>a«note:variety-2025»</p>" and found.notes == {}


def test_unused_and_double_notes(engine: str) -> None:
    body("a\n\n[^1]: x", engine, ("footnote-used",))
    found = body("a[^1]\n\n[^1]: x\n\n[^1]: y", engine, ("footnote-unique",))
    assert joined(found.notes["1"]) == "<p>x</p>"


def test_note_is_as_hidden_as_its_reference(engine: str) -> None:
    found = body("||s01e05: a[^1]||\n\n[^1]: see [[A]][^2]\n[^2]: and [[B]]", engine)
    assert {(mention.target, mention.since) for mention in found.mentions} == {("A", ("s01e05",)), ("B", ("s01e05",))}


def test_notes_that_refer_to_each_other(engine: str) -> None:
    assert set(body("a[^1]\n\n[^1]: x[^2]\n[^2]: y[^1]", engine).notes) == {"1", "2"}


def test_definition_in_code_defines_nothing(engine: str) -> None:
    found = body("a[^1]\n\n```\n[^1]: x\n```", engine)
    assert found.notes == {} and "[^1]: x" in joined(found.parts)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Life and career", "life-and-career"), ("Renée Ballard", "renee-ballard"), ("中国", "中国"),
        ("C++ & <x>", "c-x"), ("!!!", "section"), ("İstanbul", "istanbul"), ("a" * 200, "a" * 80),
    ],
)  # fmt: skip
def test_heading_ids(text: str, result: str) -> None:
    assert heading_id(text) == result


def test_headings_are_listed_with_unique_ids(engine: str) -> None:
    found = body(
        "# A\n\n## A\n\n## B [[X|y *z*]] `c`\n\nA\n---\n\n## D {#own}\n\n## own\n\n## a-2", engine, ("heading-ordered",)
    )
    assert [(heading.level, heading.id) for heading in found.headings] == [
        (1, "a"), (2, "a-3"), (2, "b-y-z-c"), (2, "a-4"), (2, "own"), (2, "own-2"), (2, "a-2"),
    ]  # fmt: skip
    assert found.headings[2].text == "B y *z* c"
    assert '<h2 id="own">D</h2>' in joined(found.parts)


def test_a_number_made_for_a_heading_is_no_other_headings_words(engine: str) -> None:
    found = body("## Part\n\n## Part\n\n## Part 2\n\n## Part 2\n\n## X {#part}", engine).headings
    assert [(each.text, each.id) for each in found] == [
        ("Part", "part-3"), ("Part", "part-4"), ("Part 2", "part-2"), ("Part 2", "part-2-2"), ("X", "part"),
    ]  # fmt: skip


def test_setext_heading_attributes(engine: str) -> None:
    assert '<h2 id="own">D</h2>' in joined(body("D {#own}\n---", engine).parts)


def test_braces_elsewhere_stay(engine: str) -> None:
    assert joined(body("text {#own}", engine).parts) == "<p>text {#own}</p>"


def test_words_and_empty_text(engine: str) -> None:
    assert body("one two\n\nthree", engine).words == 3
    assert body(" \n ", engine) == Body()


def test_line_ends_do_not_matter(engine: str) -> None:
    text = "a [[B]]\n\n> [!note] x\n> y\n\n- c\n"
    assert body(text.replace("\n", "\r\n"), engine) == body(text, engine) == body(text.replace("\n", "\r"), engine)


def ladder(steps: int, line: str) -> str:
    """Notes each of which refers to the next: `line` with the number of the next, and its own for moments."""
    notes = (f"[^{step}]: [[A{step}]] {line.format(next=step + 1, own=step)}" for step in range(steps))
    return "a[^0]\n\n" + "\n\n".join(notes) + f"\n\n[^{steps}]: end"


@pytest.mark.parametrize(
    "line",
    [
        "x [^{next}] y [^{next}]",
        "||s01e01: x [^{next}]|| ||s01e02: [^{next}]||",
        "||s01e{own:02}: x [^{next}]|| ||s02e{own:02}: [^{next}]||",
    ],
)
def test_notes_that_fan_out_cost_no_more_than_they_hold(engine: str, line: str) -> None:
    few, many = (body(ladder(steps, line), engine) for steps in (20, 40))
    assert {each.target for each in many.mentions} == {f"A{step}" for step in range(40)}
    assert len(many.mentions) <= 16 * 40
    assert max(len(each.since) for each in many.mentions) <= 16
    assert len(many.mentions) <= 2.3 * len(few.mentions)


def test_what_very_many_moments_hide_is_only_for_those_who_have_seen_all(engine: str) -> None:
    found = body(ladder(40, "||s01e{own:02}: x [^{next}]||"), engine)
    assert {each.target: each.since for each in found.mentions}["A39"][0] == ""


def test_a_note_is_known_where_one_of_its_references_is(engine: str) -> None:
    found = body("||s01e05: a[^1]|| b[^1] ||s01e06: c[^1]||\n\n[^1]: see [[A]]", engine)
    assert {each.since for each in found.mentions} >= {()}
