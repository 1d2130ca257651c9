"""What editors bring along from other programs, and links that are none: told at its place, with what to write."""

import re

import pytest

from ballardwiki.content.markup import ENGINES, read

OURS = ("syntax-known", "link-written", "table-complete", "mark-closed", "html-safe")


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def told(text: str, engine: str) -> list[str]:
    """What is told of a text: place, rule and hint."""
    _, problems = read(text, engine=engine, path="content/x/y.md")
    return [f"{each.at.line}:{each.at.column} {each.rule}: {each.hint}" for each in problems if each.rule in OURS]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a [[]] b", "1:3 link-written: Write the name of a page between [[ and ]]."),
        ("a [[#]] b", "1:3 link-written: Write the name of a page between [[ and ]]."),
        ("a [[|x y]] b", "1:3 link-written: Write [[x y]]."),
        ("a\n\nAda Lane]] b", "3:9 mark-closed: Write [[ before the name, or \\]] for two plain brackets."),
        ("[Ada Lane]] b", "1:10 mark-closed: Write [[ before the name, or \\]] for two plain brackets."),
        ("a [Ada][ada] b", "1:3 link-written: Write [Ada](address), or [[Ada]] for a page of that name."),
        ("a [Ada][1] b", "1:3 link-written: Write [Ada](address), or [[Ada]] for a page of that name."),
        ("a [Ada][] b", "1:3 link-written: Write [Ada](address), or [[Ada]] for a page of that name."),
        ("a [Ada] (../people/ada.md) b", "1:3 link-written: Write [Ada](../people/ada.md)."),
        ("a [Ada]\n(https://x.example/) b", "1:3 link-written: Write [Ada](https://x.example/)."),
        ("a [Ada] (ada.md) b", "1:3 link-written: Write [Ada](ada.md)."),
        ("a (Ada)[../people/ada.md] b", "1:3 link-written: Write [Ada](../people/ada.md)."),
        ("a [Ada](../people/ada.md and b", "1:3 link-written: Write [Ada](../people/ada.md)."),
        ("a [https://x.example the set] b", "1:3 link-written: Write [the set](https://x.example)."),
        ("a[^1]\n\n[^1]: [Ada][ada]", "3:7 link-written: Write [Ada](address), or [[Ada]] for a page of that name."),
        ("a '''b c''' d", "1:3 syntax-known: Write **b c**."),
        ("a ''b c'' d", "1:3 syntax-known: Write *b c*."),
        ("{{Infobox person\n| born = 1970\n}}", "1:1 syntax-known: Write facts as fields above the text, and sources as footnotes: [^1]."),
        ("a {{cite web|x}} b", "1:3 syntax-known: Write facts as fields above the text, and sources as footnotes: [^1]."),
        ("a {{< youtube x >}} b", "1:3 syntax-known: Write it in Markdown."),
        ("== Plot ==\n\na", "1:1 syntax-known: Write ## Plot"),
        ("a\n\n===Plot===\n\na", "3:1 syntax-known: Write ### Plot"),
        ("[[Category:Cast]]", "1:1 syntax-known: Write tags: [Cast] above the text."),
        ("a [[File:b c.jpg|thumb|x]] d", "1:3 syntax-known: Write ![what is to be seen](/media/b%20c.jpg)."),
        ("a\n\n__NOTOC__\n\nb", "3:1 syntax-known: Delete it; a long text has its contents anyway."),
        ("[TOC]\n\nb", "1:1 syntax-known: Delete it; a long text has its contents anyway."),
        ("#REDIRECT [[Ada]]", "1:1 syntax-known: Delete this file, and write its id into the field was: of Ada."),
        ("a\n\n*One\n*Two", "3:1 syntax-known: Write - One"),
        ("a\n\n-One\n-Two", "3:1 syntax-known: Write - One"),
        ("• One\n• Two", "1:1 syntax-known: Write - One"),
        ("– One\n– Two", "1:1 syntax-known: Write - One"),
        ("- a\n** b\n** c", "2:1 syntax-known: Write two blanks, - and a blank: - b"),
        ("- [ ] find it\n- b", "1:3 syntax-known: Say in words what is done; ☐ and ☑ are plain signs."),
        ("a **b ** c", "1:3 syntax-known: Write **b**."),
        ("a [b]c[/b] d", "1:7 syntax-known: Write **words**."),
        ('[gallery ids="1,2"]', "1:1 syntax-known: Write it in Markdown."),
        (":::note\na\n:::", "1:1 syntax-known: Begin a quote with > [!note]."),
        ("!!! note\n\na", "1:1 syntax-known: Begin a quote with > [!note]."),
        ("a ^[b c] d", "1:3 syntax-known: Write [^1], and on a line below [^1]: b c"),
        ("a $$b$$ c", "1:3 syntax-known: Write the formula in words, or as code between `."),
        ("a <name> b", "1:3 html-safe: Write &lt;name> if readers are to see it; else delete it."),
        ("a <ref>Book</ref>", "1:3 html-safe: Write [^1], and on a line below [^1]: the source."),
        ("a\n\n| a | b |\n| 1 | 2 |", "3:1 table-complete: Write |---|---| on a line below it."),
        ("> | a | b |\n> | 1 | 2 |", "1:1 table-complete: Write |---|---| on a line below it."),
        ("| a | b |\n|===|===|\n| 1 | 2 |", "1:1 table-complete: Write |---|---| in place of the line below it."),
        ("|---|---|\n| 1 | 2 |", "1:1 table-complete: Write a head of 2 cells above it."),
    ],
)  # fmt: skip
def test_what_would_be_seen_as_typed_is_told(engine: str, text: str, problem: str) -> None:
    assert told(text, engine) == [problem]


@pytest.mark.parametrize(
    ("text", "engine", "problem"),
    [
        ("a\n\n##Two", "commonmark", ["3:1 syntax-known: Write ## Two"]),
        ("a\n\n##Two", "python-markdown", []),
        ("#Heading\n\na", "python-markdown", []),
        ("a ~~b~~ c", "python-markdown", ["1:3 syntax-known: Write <del>b</del>."]),
        ("a ~~b~~ c", "commonmark", []),
    ],
)
def test_what_the_engine_understands_is_not_told(text: str, engine: str, problem: list[str]) -> None:
    assert told(text, engine) == problem


@pytest.mark.parametrize(
    "text",
    [
        "a [sic] (he said)", "a [sic] (and/or) b", "[1][2] and x[i][j]", "[he said [sic]] b", "`a ]] b` [[A]]", "    a ]] b", "a \\]] b",
        "[Ada][ada]\n\n[ada]: /x/", "[Ada][]\n\n[Ada]: /x/", "[Ada](/x/) (a/b)", "A #MeToo report", "#1 of them", "``[[]]``",
        "'a' ''", "6'' and 7''", "rock 'n' roll", "It's '90s", "{a: b}", "a {b} c", "$5 and $6", "a == b", "*a* b\n*c* d", "- a\n- b", "-5\n-6",
        "“%%” and 5%% of", "a 100%%, b", "e.g. `<name>`", "a < b and c > d", "[[A [b]]]", "|x| and\n|y| so", "||s01e02: x|| a",
        "`{{x}}`", "    {{x}}\n    '''a'''", "```\n| a | b |\n| 1 | 2 |\n[Ada][ada]\n```", "> “a” [...] b", "a [x] b", "f**k and s**t",
        "- [x](/y/)\n- b", "— Yes.", "—Yes.\n—No.", "a[^1]\n\n[^1]: b", "A: B", "a ** b", "2 ** 3 ** 4", "!!!", "Wow!!! no", "a ~ b",
        "Ada (born [1970])", 'see [Chapter 3](#chapter-3 "x")', "<b>a</b> <aside>b</aside>", "<ada@x.example> <https://x.example>",
    ],
)  # fmt: skip
def test_prose_and_code_are_not_told(engine: str, text: str) -> None:
    assert told(text, engine) == []


@pytest.mark.parametrize("text", ["see https://x.example/?a=b||c now", "https://x.example/?a=b||"])
def test_bars_in_an_address_are_written_otherwise(engine: str, text: str) -> None:
    _, problems = read(text, engine=engine, path="content/x/y.md")
    assert [(each.rule, each.hint) for each in problems] == [
        ("spoiler-valid", "Write %7C%7C in place of || in the address.")
    ]
    assert read(text.replace("||", "%7C%7C"), engine=engine, path="content/x/y.md")[1] == ()


@pytest.mark.parametrize("text", ["a {see s01e02} b", "a {cf. fog s01e02}"])
def test_an_aside_in_braces_is_no_mark(engine: str, text: str) -> None:
    assert read(text, engine=engine, path="content/x/y.md")[1] == ()


@pytest.mark.parametrize("text", ["a {fog s01e02} b", "a {since s01e02}", "a {see since=s01e02}"])
def test_a_moment_in_braces_still_is_one(engine: str, text: str) -> None:
    assert [each.rule for each in read(text, engine=engine, path="content/x/y.md")[1]] == ["spoiler-valid"]


@pytest.mark.parametrize(
    "text", ["*a**b*c", "*a **b*c* d", "x*a**bc*x", "xa***__**  **b*x", "*a**b* c *d**e*f", "x***  *ab**c*d*_**_x"]
)
def test_no_letter_is_lost_behind_signs_of_emphasis(engine: str, text: str) -> None:
    body, _ = read(text, engine=engine, path="content/x/y.md")
    html = "".join(part for part in body.parts if isinstance(part, str))
    assert re.sub("[^a-z]", "", re.sub("<[^>]*>", "", html)) == re.sub("[^a-z]", "", text)
