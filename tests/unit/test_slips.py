"""What is YAML but hardly what was meant is told at its place, with what to write; ordinary writing is not."""

from __future__ import annotations

import pytest
from tinysite import Sites

from ballardwiki import yaml_reader
from ballardwiki.yaml_reader import MAX_PROBLEMS, parse


def told(text: str, line: int = 1) -> list[str]:
    """The problems of a text as `line:column severity: message hint`."""
    return [
        f"{each.at.line}:{each.at.column} {each.severity}: {each.message} {each.hint}"
        for each in parse(text, "f.yaml", line)[1]
    ]


# A value that ends at a #


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: Fog Line #1\nborn: 1", "1:17 warning: #1 is not read: a # after a blank begins a remark. "),
        ("title: #1 in Spain\nborn: 1", "1:8 warning: #1 in Spain is not read: "),
        ("title: Take #\nborn: 1", "1:13 warning: # is not read: "),
        ("title: Take\t#4", "1:13 warning: #4 is not read: "),
        ("title: A #1 # and why", "1:10 warning: #1 # and why is not read: "),
        ("tags:\n  - crime\n  - #noir\n", "3:5 warning: #noir is not read: "),
        ("tags:\n  - crime #noir\n", "2:11 warning: #noir is not read: "),
        ("tags: [\n  crime #noir\n]\n", "2:9 warning: #noir is not read: "),
        ("title: One\n  #1 hit\nborn: 1", "2:3 warning: #1 hit is not read: "),
        ("tags: [#noir]\n", "1:8 error: #noir] is not read: "),
        ("tags: [#noir, crime]\nborn: 1\n", "1:8 error: #noir, crime] is not read: "),
        ("fog: {title: Fog #1, number: 2}\nb: c\n", "1:18 error: #1, number: 2} is not read: "),
        ("{title: Fog #1,\n number: 2}", "1:13 error: #1, is not read: "),
    ],
)
def test_a_value_that_ends_at_a_sign_is_told_there(text: str, said: str) -> None:
    (only,) = told(text)
    assert only.startswith(said) and "quotes" in only


def test_the_value_is_shown_as_it_should_be_written() -> None:
    assert '"Fog Line #1"' in told("title: Fog Line #1")[0]


@pytest.mark.parametrize(
    "text",
    [
        "born: 1980  # from IMDb",
        "born: 1980 ## from IMDb",
        "born: 1980 #--------",
        "born: 1980\n#title: Ann\ndied: 2000",
        "tags:\n  - a\n  #- b\n  - c",
        "tags: # all of them\n  - a",
        "tags: #all\n  - a",
        "tags: [a, b] #all",
        "title: 'Fog Line #1' #why",
        "title: C#\nother: x#y\nlink: https://a.example/#b",
        "text: |\n  Fog #1\n  #2\nmore: >\n  x #3",
        "text: | #1\n  Fog",
        "",
        "#only a remark",
    ],
)
def test_remarks_and_quoted_signs_are_no_trouble(text: str) -> None:
    assert told(text) == []


# Lines that YAML joins


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "jobs:\n  - Clerk\n    - Sailor\n",
            "3:5 warning: - Sailor is joined to the line above. Begin all dashes of a list",
        ),
        ("jobs:\n  - Clerk\n    -Sailor\n", "3:5 warning: -Sailor is joined to the line above. Begin all dashes"),
        ("jobs:\n  - Clerk\n  -Sailor\n", "3:3 error: a blank is missing after the dash. Write - Sailor"),
        (
            "job: Clerk\n  - Sailor\n",
            "2:3 warning: - Sailor is joined to the line above. Begin a list on the line below",
        ),
        ("title: Ann\n  Los Angeles\nborn: 1\n", "2:3 warning: Los Angeles is joined to the line above; perhaps a key"),
        (
            "jobs:\n  - Clerk\n    Sailor\n",
            "3:5 warning: Sailor is joined to the line above; perhaps a dash is missing.",
        ),
        (
            "jobs: [\n  Clerk\n  Sailor,\n]",
            "3:3 warning: Sailor is joined to the line above; perhaps a comma is missing.",
        ),
        ("born: 1980\n  title:Zed\n", "2:3 warning: a blank is missing after title:. Write title: Zed"),
    ],
)
def test_a_joined_line_is_told_where_it_begins(text: str, said: str) -> None:
    (only,) = told(text)
    assert only.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "summary: A text that is wrapped at the right margin of an editor\n  and goes on below.",
        "summary: He is a cop.\n  He lives in a trailer.",
        "summary:\n  A short line\n  and another",
        "summary: >\n  A\n  - b\n  title:Zed",
        "jobs:\n  - 'Clerk\n    - Sailor'",
        "jobs:\n  - Clerk\n  - Sailor",
        "jobs:\n- Clerk\n- Sailor",
        "jobs: [Clerk,\n  Sailor]",
        "summary: See the list at this address of the web, which is long,\n  https://a.example/b",
    ],
)
def test_wrapped_texts_and_lists_are_no_trouble(text: str) -> None:
    assert told(text) == []


# Colons, quotes, blanks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title:Zed\n", "1:1 error: a blank is missing after title:. Write title: Zed"),
        ("title:Zed\nborn: 1980\n", "1:1 error: a blank is missing after title:. Write title: Zed"),
        ("born: 1980\ntitle:Zed\n", "2:1 error: a blank is missing after title:. Write title: Zed"),
        ("born: 1980\ntitle:Zed\ndied: 2000\n", "2:1 error: a blank is missing after title:. Write title: Zed"),
        ("ann:\n  title:Zed\n  born: 1980\n", "2:3 error: a blank is missing after title:. Write title: Zed"),
        ("{title:Zed, born: 1980}", "1:2 warning: a blank is missing after title:. Write title: Zed"),
        ("title:\xa0Zed\n", "1:1 error: a non-breaking space (U+00A0) stands after title:. Write title: Zed"),
        ("born: 1\ntitle:\u3000Zed\n", "2:1 error: the invisible sign U+3000 stands after title:. Write title: Zed"),
        (
            "born: 1\n\xa0\xa0title: Zed\n",
            "2:1 warning: this begins with a non-breaking space (U+00A0), which YAML takes",
        ),
        ("title: \xa0Zed", "1:8 warning: this begins with a non-breaking space (U+00A0)"),
        ("born: 1980\u200b", "1:7 warning: this ends with the invisible sign U+200B"),
        ("title\xa0: Zed", "1:1 warning: this ends with a non-breaking space (U+00A0)"),
        ("title：Zed\n", "1:1 error: the colon after title is a full-width one. Write title: Zed"),
        ("born: 1\ntitle： Zed\n", "2:1 error: the colon after title is a full-width one. Write title: Zed"),
        ("born: 1\ntitle :Zed\n", "2:1 error: a blank is missing after title:. Write title: Zed"),
        ('title: "Zed\nborn: 1980\nkind: "film"\n', "1:8 error: the quote that opens here is not closed on its line,"),
        ("title: “Zed”", "1:8 warning: the quotes “ and ” would become part of the text. Write straight quotes"),
        ("title: ‘Zed’", "1:8 warning: the quotes ‘ and ’ would become part of the text."),
        ("title: „Zed“", "1:8 warning: the quotes „ and “ would become part of the text."),
        ('title: “Zed"', '1:8 warning: the quotes “ and " would become part of the text.'),
        ("title: “Zed", "1:8 warning: the quote “ would become part of the text."),
        ("tags: [“a, b”, c]", "1:8 warning: the quote “ would become part of the text."),
        (
            'title: "Zed”\nborn: 1',
            "1:8 error: the quote that opens here is not closed. Close it with the same straight",
        ),
    ],
)
def test_a_slip_of_the_keyboard_is_told_where_it_is(text: str, said: str) -> None:
    (only,) = told(text)
    assert only.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "title: '“Zed”'",
        "title: “Heroes” Welcome",
        "title: “Heroes” and “Villains”",
        "title: ‘Tis the Season",
        "title: Rock ’n’ Roll",
        "title: «Zed»",
        "title: Ann\xa0Lee",
        "title: 👩\u200d🚀 in space",
        "link: https://a.example/",
        "time: 12:30:45",
        "title: note:this",
        "tags: [sci:fi]",
        "title:\tZed",
    ],
)
def test_other_quotes_colons_and_blanks_are_no_trouble(text: str) -> None:
    assert told(text) == []


# Merges


def test_a_conflict_is_told_once_at_its_first_line_and_nothing_else() -> None:
    text = "a: b\n<<<<<<< HEAD\nc: d\n||||||| base\nc: x\n=======\nc: e\n>>>>>>> other\nf: g\n"
    (only,) = told(text + text)[:1]
    assert only.startswith("2:1 error: a merge left a conflict here. Keep what is right of both versions")
    assert [each[:4] for each in told(text + text)] == ["2:1 ", "11:1"]


@pytest.mark.parametrize("text", ["a: 1\n=======\nb: 2\n", "a: 1\n>>>>>>> main\nb: 2\n"])
def test_what_is_left_of_a_conflict_is_told(text: str) -> None:
    (only,) = told(text)
    assert only.startswith("2:1 error: a merge left a conflict here.")


@pytest.mark.parametrize("text", ["a: |\n  =======\n  >>>>>>> x\nb: =======\n", "a: '<<<<<<< x'\n"])
def test_signs_inside_of_values_are_no_conflict(text: str) -> None:
    assert told(text) == []


# In a site


def test_a_slip_warns_and_the_page_is_made(site: Sites) -> None:
    (problem,) = site({"content/people/ann.md": "---\ntitle: Ann Lee #1\n---\n"}).problems()
    assert (str(problem.at), problem.rule, problem.severity) == (
        "content/people/ann.md:2:16",
        "yaml-plausible",
        "warning",
    )


def test_a_site_may_say_how_bad_a_slip_is(site: Sites) -> None:
    settings = "title: T\nrules: {yaml-plausible: error}\n"
    (problem,) = site({"site.yaml": settings, "content/people/ann.md": "---\ntitle: Ann #1\n---\n"}).problems()
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("\xa0born", "begins with a non-breaking space (U+00A0)"),
        ("born\u200b", "ends with the invisible sign U+200B"),
        ("\ufeffborn", "the character U+FEFF must not stand in a text."),
        ("“born”", "the quotes “ and ” would become part of the text."),
    ],
)
def test_a_key_with_a_sign_too_many_is_told_once(site: Sites, key: str, said: str) -> None:
    (problem,) = site({"content/people/ann.md": f"---\ntitle: Ann\n{key}: 1980\n---\n"}).problems()
    assert (str(problem.at), problem.severity) == ("content/people/ann.md:3:1", "error")
    assert said in problem.message


def test_a_refused_value_is_told_once_with_what_to_write(site: Sites) -> None:
    (problem,) = site({"content/people/ann.md": "---\ntitle: Ann\nborn: “1980”\n---\n"}).problems()
    assert (problem.rule, problem.message) == (
        "field-valid",
        "born must be a date such as 1999-12-31, 1999-12 or 1999.",
    )
    assert "straight quotes" in problem.hint


def test_an_unknown_key_is_told_once_with_what_to_write(site: Sites) -> None:
    (problem,) = site({"content/people/p.yaml": "ann: {title: Ann, born:1980}\n"}).problems()
    assert (problem.rule, problem.hint) == ("field-known", "Write born: 1980")


@pytest.mark.parametrize("file", ["site.yaml", "types/toy.yaml", "gone.yaml"])
def test_what_is_no_mapping_is_an_error_even_with_a_doubt_about_it(site: Sites, file: str) -> None:
    problems = site({"site.yaml": "title: T\n", file: "a text #1\n"}).problems()
    assert "error" in [each.severity for each in problems if each.at.path == file]


def test_places_are_counted_for_slips_that_are_told_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the work would grow with the square of a text full of slips."""
    calls = 0
    problem = yaml_reader._Reader.problem

    def counting(self: yaml_reader._Reader, *given: str) -> None:
        nonlocal calls
        calls += 1
        problem(self, *given)  # type: ignore[arg-type]  # as it is called

    monkeypatch.setattr(yaml_reader._Reader, "problem", counting)
    _, problems = parse("".join(f"k{number}: a #b\n" for number in range(2_000)), "f.yaml")
    assert len(problems) == calls == MAX_PROBLEMS
