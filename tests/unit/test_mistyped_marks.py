"""Comments, notes and openings that look as if they hid something, and are seen."""

import pytest
from tinysite import SETTINGS, Sites

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.lookalikes import find


def told(text: str, engine: str) -> list[tuple[str, str, int]]:
    problems = read(text, engine=engine, path="content/x/y.md")[1]
    return [
        (each.rule, each.severity, each.at.line) for each in problems if each.rule in ("spoiler-valid", "mark-closed")
    ]


COMMENTS = [
    "<!- KILLER ->",
    "< !-- KILLER -->",
    "<! -- KILLER -->",
    "<!— KILLER —>",
    "<--! KILLER -->",
    "{# KILLER #}",
    "{% comment %}KILLER{% endcomment %}",
    "{{! KILLER }}",
    "/* KILLER */",
    "<comment>KILLER</comment>",
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("comment", COMMENTS)
def test_what_looks_like_a_comment_is_one_or_an_error(engine: str, comment: str) -> None:
    assert told(f"One.\n\n{comment}", engine)[0] == ("mark-closed", "error", 3)


MARKS = [
    '??? note "Spoiler"\n    KILLER',
    '??? note "The SPOILERS of the end"\n    KILLER',
    '!!! note "Up to fog s01e02"\n    KILLER',
    '???+ info "spoiler"\n\n    KILLER',
    "SPOILER: fog s01e02 KILLER is Ann.",
    "**Spoilers for fog s01e02:** KILLER is Ann.",
    "- Spoiler alert (s01e02): KILLER is Ann.",
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("mark", MARKS)
def test_notes_and_openings_that_name_a_spoiler_hide_nothing(engine: str, mark: str) -> None:
    assert told(f"One.\n\n{mark}", engine) == [("spoiler-valid", "error", 3)]
    assert [*find(mark)], "in a field as well"


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("words", ["SPOILER: Ann did it.", "**Spoiler alert:** she lives.", "- *Spoilers*: she lives."])
def test_a_paragraph_that_calls_itself_a_spoiler_is_a_warning(engine: str, words: str) -> None:
    """It may be a joke, such as `Spoiler: everyone lives.`, and it may be meant."""
    assert told(f"One.\n\n{words}", engine) == [("spoiler-valid", "warning", 3)]


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_hidden_words_in_indented_code_are_an_error(engine: str) -> None:
    text = "One.\n\n    ||fog s01e02: KILLER||\n\nTwo."
    assert told(text, engine) == [("spoiler-valid", "error", 3)]
    assert told("One.\n\n```\n||fog s01e02: words||\n```\n\nA `||fog s01e02: word||`.", engine) == []
    assert told("One.\n\n    if (a || b || c) {}\n\nTwo.", engine) == []


ADDRESSES = [
    "One <https://e.example/||s01e02:killer||>.",
    "[one](https://e.example/||s01e02:killer||)",
    "[one](<https://e.example/||fog s01e02: killer||>)",
    "[one][x]\n\n[x]: https://e.example/||s01e02:killer||",
    "![one](/media/||s01e02:killer||.jpg)",
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("text", ADDRESSES)
def test_nothing_is_hidden_in_an_address(engine: str, text: str) -> None:
    assert ("spoiler-valid", "error") in [each[:2] for each in told(text, engine)]


SILENT = [
    "A -> B <- C <-- D <-> E, x<!y, 5 < !x, {x}, {{title}} and 100%.",
    "## The end {#the-end}\n\nOne.",
    "`<!- x ->` and `{# x #}` and `{% comment %}`.\n\n```\n<! -- x -->\n{{! x }}\n/* x */\n```",
    "<!-- a remark --> One. %% another %%",
    '??? What now?\n\n!!! Stop "that"',
    "The spoiler: a wing on a car. He spoiled it: the plan. No spoilers. The review (spoilers inside) is long.",
    "Spoiler warnings are shown at the beginning of each page.",
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("text", SILENT)
def test_prose_and_code_are_silent(engine: str, text: str) -> None:
    assert told(text, engine) == []


def test_a_link_that_looks_hidden_and_leads_to_no_page(site: Sites) -> None:
    """Unless a page is called so."""
    pages = {
        "content/pages/a.md": "---\ntitle: A\n---\n[[Spoiler: the Film]]\n",
        "content/pages/b.md": "---\ntitle: 'Spoiler: the Film'\n---\n[[spoiler: KILLER]] [[fog s01e02: KILLER]] [[Spoiler]]\n",
    }
    found = [str(each.at) for each in site(pages).problems() if each.rule == "spoiler-valid"]
    assert found == ["content/pages/b.md:4:1", "content/pages/b.md:4:21"]


def test_it_is_told_also_where_missing_pages_are_not(site: Sites) -> None:
    settings = f"{SETTINGS}rules: {{link-resolves: off}}\n"
    pages = {"site.yaml": settings, "content/pages/a.md": "---\ntitle: A\n---\n[[spoiler: KILLER]] [[Nobody]]\n"}
    assert site(pages).rules() == ["spoiler-valid"]


ESCAPED = [
    r"\|\|fog s01e02: KILLER\|\|",
    r"One. \|\|s01e02: KILLER.\|\|",
    "&#124;&#124;fog s01e02: KILLER&#124;&#124;",
    "| A | B |\n| --- | --- |\n| x | \\|\\|fog s01e02: KILLER\\|\\| |",
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("text", ESCAPED)
def test_bars_that_are_all_escaped_hide_nothing(engine: str, text: str) -> None:
    """As somebody writes them who knows that a table takes `|` for the end of a cell."""
    found = told(text, engine)
    assert found and {each[:2] for each in found} == {("spoiler-valid", "error")}


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_escaped_bars_without_a_moment_are_plain(engine: str) -> None:
    text = "Write `\\|\\|fog s01e02: words\\|\\|` or a \\|\\| b: c.\n\n| A | B |\n| --- | --- |\n| a \\|\\| b | x |"
    assert told(text, engine) == []


@pytest.mark.parametrize("comment", [*COMMENTS, "<!-- KILLER -->", "%% KILLER %%", "<!-- KILLER"])
@pytest.mark.parametrize("field", ["summary", "tags"])
def test_a_field_holds_no_comment(site: Sites, comment: str, field: str) -> None:
    """Readers would see it: no field is Markdown."""
    wiki = site({"content/people/ann.md": f"---\ntitle: Ann\n{field}:\n  '{comment} One.'\n---\nOne.\n"})
    found = [each for each in wiki.problems() if each.rule == "mark-closed"]
    assert [(each.severity, each.at.line) for each in found] == [("error", 4)]


def test_a_note_of_gone_holds_no_comment(site: Sites) -> None:
    wiki = site({"gone.yaml": "/people/ann/: She left. <!-- KILLER -->\n"})
    assert "mark-closed" in wiki.rules()


@pytest.mark.parametrize(
    "words", ["100 %% sure %%%", "5%%6%%7", "a <- b -> c", "C# and {#1}", "a /* b", "I <3 you!", "{{x}}"]
)
def test_plain_signs_in_a_field_are_no_comment(site: Sites, words: str) -> None:
    assert site({"content/people/ann.md": f"---\ntitle: Ann\nsummary: '{words}'\n---\nOne.\n"}).rules() == []
