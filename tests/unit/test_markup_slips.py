"""Remarks are published nowhere; what is opened and not closed, and what would arrive otherwise, is told at its place."""

import re

import pytest
from marks import kind

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.content.markup.manuscript import STAND_IN, NumberedText

TABLE = "| a | b |\n|---|---|\n| c | d |"


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def html(text: str, engine: str) -> str:
    body, problems = read(text, engine=engine, path="content/x/y.md")
    assert [str(problem) for problem in problems] == []
    return "".join(part if isinstance(part, str) else f"«{kind(part)}»" for part in body.parts).strip()


def told(text: str, engine: str) -> list[str]:
    _, problems = read(text, engine=engine, path="content/x/y.md")
    return [
        f"{each.at.line}:{each.at.column} {each.severity} {each.rule}: {each.message} {each.hint}" for each in problems
    ]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a %% SECRET %% b", "<p>a  b</p>"),
        ("a%%SECRET%%", "<p>a</p>"),
        ("a <!-- SECRET --> b", "<p>a  b</p>"),
        ("a\n%% SECRET %%\nb", "<p>a\nb</p>"),
        ("%% SECRET %%\n\nb", "<p>b</p>"),
        ("a\n\n%%\nSECRET\n\n- SECRET\n\n## SECRET\n%%\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a\n\n<!--\nSECRET\n\n## SECRET\n-->\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a <!-- x\n\nSECRET --> b", "<p>a  b</p>"),
        ("a <!-- <!-- SECRET --> b", "<p>a  b</p>"),
        ("%% ||SECRET [[SECRET]] [^1] > [!spoler] %%\n\nb", "<p>b</p>"),
        ("%% ``` %%\n\nb", "<p>b</p>"),
        ("> %% SECRET %%\n> b", "<blockquote>\n<p>\nb</p>\n</blockquote>"),
        ("- a %% SECRET %%\n- b", "<ul>\n<li>a </li>\n<li>b</li>\n</ul>"),
        ("*a %% SECRET %%*", "<p><em>a </em></p>"),
        ("[a %% SECRET %%](/x/)", "<p>«link»a «end»</p>"),
        ("## A %% SECRET %%", '<h2 id="a">A </h2>'),
        ("%%%% SECRET %%%%\n\nb", "<p>b</p>"),
        ("100% of 50 %", "<p>100% of 50 %</p>"),
        ("50\\%% of a", "<p>50%% of a</p>"),
        ("`%% a %%` `<!-- b -->`", "<p><code>%% a %%</code> <code>&lt;!-- b --&gt;</code></p>"),
        ("Begin with `%%` and end with `%%`.", "<p>Begin with <code>%%</code> and end with <code>%%</code>.</p>"),
        ("Begin with `<!--` or ``a ` b`` and end with `-->`.",
         "<p>Begin with <code>&lt;!--</code> or <code>a ` b</code> and end with <code>--&gt;</code>.</p>"),
        ("    a %% b %%\n    <!-- c -->", "<pre><code>a %% b %%\n&lt;!-- c --&gt;</code></pre>"),
    ],
)  # fmt: skip
def test_remarks_are_published_nowhere(engine: str, text: str, result: str) -> None:
    found = re.sub(r"\n+", "\n", html(text, engine)).replace("\n</code>", "</code>")
    assert found == result


def test_remarks_in_fenced_code_are_code(engine: str) -> None:
    assert "%% a %%\n&lt;!-- b --&gt;" in html("```\n%% a %%\n<!-- b -->\n```", engine)


def test_no_remark_is_in_the_rest_of_a_body(engine: str) -> None:
    text = "a %% SECRET [[SECRET]] %% [[B]][^1] <!-- ![SECRET](SECRET.png) -->\n\n[^1]: c %% SECRET %%"
    body, problems = read(text, engine=engine, path="content/x/y.md")
    assert problems == () and "SECRET" not in str(body)
    assert [(each.target, each.line, each.column) for each in body.mentions] == [("B", 1, 27)]


def test_a_table_stands_right_below_a_remark(engine: str) -> None:
    assert "<td>c</td>" in html(f"%% SECRET %%\n{TABLE}", engine)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\n\n```\ncode", "3:1 error mark-closed: this code block is not closed"),
        ("a\n\n````\ncode\n```", "3:1 error mark-closed: this code block is not closed"),
        ("a\n\n~~~text\n```\n||x", "3:1 error mark-closed: this code block is not closed"),
        ("- a\n\n  ```\n  code\n\nb", "3:3 error mark-closed: this code block is not closed"),
        ("> ```\n> code\n\nb", "1:3 error mark-closed: this code block is not closed"),
        ("a %% b", "1:3 error mark-closed: this remark is not closed"),
        ("a %% b %% c %%", "1:13 error mark-closed: this remark is not closed"),
        ("a\n\n<!-- b\n\nc", "3:1 error mark-closed: this comment is not closed"),
        ("a <!-- b", "1:3 error mark-closed: this comment is not closed"),
        ("one\n\na [[Fog Line and", "3:3 warning mark-closed: this [[ has no ]]"),
        ("a [[Fog Line] and", "1:3 warning mark-closed: this [[ has no ]]"),
        ("a [[Fog [[B]] and", "1:3 warning mark-closed: this [[ has no ]]"),
        ("a [[Fog\n\nLine]]", "1:3 warning mark-closed: this [[ has no ]]"),
    ],
)
def test_what_is_not_closed(engine: str, text: str, place: str) -> None:
    assert [each for each in told(text, engine) if each.startswith(place)], told(text, engine)


def test_the_end_of_code_to_write_is_that_of_its_beginning(engine: str) -> None:
    assert any(each.endswith("Write ~~~~ on a line below the code.") for each in told("~~~~\nx", engine))


@pytest.mark.parametrize(
    "text",
    [
        "```\n[[x\n%% x\n<!-- x\n```", "`[[x`", "`` ` ``", "```x``` y", "a `[[` b ``%%``", "\\[[x", "[[a](/b/)] c", "[[a] b](/c/)",
        "```` \n```\n````", "~~~\n```\n~~~", "- a\n\n  ```\n  b\n  ```\n- c", "[[A]] [[B|c]] [[D]]s", "1 <!2", "a ` b",
    ],
)  # fmt: skip
def test_what_is_closed_gives_no_alarm(engine: str, text: str) -> None:
    assert [each for each in told(text, engine) if "mark-closed" in each] == []


def test_merge_conflicts(engine: str) -> None:
    found = told("a\n\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n", engine)
    hint = "Keep what is right of both versions, and delete the lines of <<<<<<<, ======= and >>>>>>>."
    assert [each for each in found if "merge" in each] == [
        f"3:1 error merge-complete: a merge left a conflict here. {hint}",
        f"7:1 error merge-complete: a merge left a conflict here. {hint}",
    ]
    assert "merge-complete" not in "".join(told("```\n<<<<<<< HEAD\n=======\n>>>>>>> x\n```\n\n<<<<<< a", engine))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a\n\n| a | b |\n|---|\n| c | d |", "4:1 warning table-complete: the head of this table has 2 cells and the line below it 1, so it is no table. Write |---|---|"),
        ("a | b\n---|---|---\nc | d", "2:1 warning table-complete: the head of this table has 2 cells and the line below it 3, so it is no table. Write |---|---|"),
        (f"{TABLE}\n| e | f | g |", ("4:1 warning table-complete: this row has 3 cells, and the table's head 2: the last of them would not be seen. "
         "Add cells to the head and the line below it, or write \\| for a bar.")),
        (f"{TABLE}\n| e || f |", ("4:1 warning table-complete: this row has 3 cells, and the table's head 2: the last of them would not be seen. "
         "Add cells to the head and the line below it, or write \\| for a bar.")),
    ],
)  # fmt: skip
def test_tables_that_lose_something(engine: str, text: str, problem: str) -> None:
    assert told(text, engine) == [problem]


@pytest.mark.parametrize(
    "text",
    [
        TABLE, f"{TABLE}\n| e |", f"{TABLE}\n| [[A\\|b]] | ||c|| |", f"{TABLE}\n| `a` | b \\| c |", "a | b\n---|---\nc | d", "a | b and --- | x",
        "| a |\n|---|\n| b |", "---\n\na | b", f"> {TABLE}".replace("\n", "\n> "), "- a | b\n- c | d", f"```\n{TABLE}\n| x | y | z |\n```",
        "| a || b |\n|---|---|---|\n| c || d |", f"Text:\n\n{TABLE}\n\nText.", "| a | b |\n| :- | -: |\n| c | d |",
    ],
)  # fmt: skip
def test_tables_that_are_whole(engine: str, text: str) -> None:
    assert told(text, engine) == []


def test_a_table_right_below_other_text_where_that_makes_none(engine: str) -> None:
    problem = (
        "2:1 warning table-complete: this table stands right below other text, so it is no table. "
        "Leave an empty line before it."
    )
    assert told(f"Text:\n{TABLE}", engine) == ([problem] if engine == "python-markdown" else [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a ![[Fog Line]]", "1:3 warning syntax-known: ![[Fog Line]] does not bring in a page here: readers would see a sign and a link. Write [[Fog Line]] for the link, or the text itself."),
        ("![[Fog Line#Plot|x]]", "1:1 warning syntax-known: ![[Fog Line]] does not bring in a page here: readers would see a sign and a link. Write [[Fog Line]] for the link, or the text itself."),
        ("![[my desk.PNG|300]]", "1:1 warning syntax-known: ![[my desk.PNG]] shows no image here. Write ![what is to be seen](/media/my%20desk.PNG)."),
        ("![[media/a.jpg]]", "1:1 warning syntax-known: ![[media/a.jpg]] shows no image here. Write ![what is to be seen](/media/a.jpg)."),
        ("a ==b c== d", "1:3 warning syntax-known: == marks nothing here, and would be seen. Write **b c**."),
        ("a b ^block-1", "1:5 warning syntax-known: ^block-1 names no block here, and would be seen. Delete it; links can lead to headings."),
    ],
)  # fmt: skip
def test_marks_of_obsidian(engine: str, text: str, problem: str) -> None:
    assert told(text, engine) == [problem]


def test_a_line_of_tags() -> None:
    assert told("a\n\n#drama #los-angeles\n\nb", "commonmark") == [
        (
            "3:1 warning syntax-known: #drama #los-angeles gives no tags here, and would be seen. "
            "Write tags: [drama, los-angeles] above the text."
        )
    ]


@pytest.mark.parametrize(
    "text", ["a == b", "if a==b or c == d", "a=b", "`==a==`", "x^2 and y^2", "10^6", "A #MeToo report", "#1 of the week", "![x](y)"]
)  # fmt: skip
def test_plain_signs_are_no_marks(engine: str, text: str) -> None:
    assert [each for each in told(text, engine) if "syntax-known" in each] == []


def test_a_manuscript_knows_what_is_prose() -> None:
    text = "a `b` c\n\n```x\nd\n```\n%% e %%<!--f-->\\`g`"
    prose = NumberedText(text).prose
    assert len(prose) == len(text)
    assert prose.replace(STAND_IN, "") == "a  c\n\n\n\n\n\\`g`"
    assert [each.kind for each in NumberedText(text).regions] == ["code", "fence", "remark", "comment"]
    assert NumberedText(text, "a.md", 5).place(text.index("c\n")) == (5, 7)
    assert NumberedText(text, "a.md", 5).place(text.index("e %%")) == (10, 4)
