"""Whatever hides something: inline spoilers, spoiler callouts, hidden sections. And what must not show through."""

import pytest

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.marks import End, NameLink, NoteReference, Spoiler
from ballardwiki.model import Body
from ballardwiki.problems import Problem


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def both(text: str, engine: str) -> tuple[Body, tuple[Problem, ...]]:
    return read(text, engine=engine, path="content/x/y.md")


def html(text: str, engine: str) -> str:
    found, problems = both(text, engine)
    assert problems == ()
    return shown(found)


def shown(body: Body) -> str:
    """The body with `{designator:` and `}` for hidden stretches."""
    signs: dict[type, str] = {End: "}", NameLink: "", NoteReference: ""}
    return "".join(
        part if isinstance(part, str) else f"{{{part.since}:" if isinstance(part, Spoiler) else signs[type(part)]
        for part in body.parts
    ).strip()


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a ||b|| c", "<p>a {:b} c</p>"),
        ("||ballard s01e05: b||", "<p>{ballard s01e05:b}</p>"),
        ("||S01E05: b||", "<p>{s01e05:b}</p>"),
        ("||Bosch: Legacy s03e10: b||", "<p>{bosch: legacy s03e10:b}</p>"),
        ("||He dies: b||", "<p>{:He dies: b}</p>"),
        ("a ||b\nc|| d", "<p>a {:b\nc} d</p>"),
        ("x||b||y", "<p>x{:b}y</p>"),
        ("||*b* c||", "<p>{:<em>b</em> c}</p>"),
        ("*||b||*", "<p><em>{:b}</em></p>"),
        ("\\||b|| c", "<p>||b|| c</p>"),
        ("a \\|| b \\|| c", "<p>a || b || c</p>"),
        ("\\||b||", "<p>||b||</p>"),
        ("`||b||`", "<p><code>||b||</code></p>"),
        ("`a || b`", "<p><code>a || b</code></p>"),
        ("- ||b||\n- c", "<ul>\n<li>{:b}</li>\n<li>c</li>\n</ul>"),
    ],
)
def test_inline_spoilers(engine: str, text: str, result: str) -> None:
    assert html(text, engine) == result


def test_inline_spoiler_in_a_table_and_empty_cells(engine: str) -> None:
    found = html("| a | b | c |\n|---|---|---|\n| ||x|| || y |\n|p||q|", engine)
    assert "<td>{:x}</td>" in found and "<td>y</td>" in found
    assert "<td>p</td>" in found and "<td>q</td>" in found


def test_hidden_section_ends_with_the_next_heading_of_its_level(engine: str) -> None:
    text = 'a\n\n## B {since="ballard s01e05"}\n\nb\n\n### C {since="Ballard S01E06"}\n\nc\n\n### D\n\nd\n\n## E\n\ne'
    lines = html(text, engine).split("\n")
    assert lines == [
        "<p>a</p>", '{ballard s01e05:<h2 id="b">B</h2>', "<p>b</p>", '{ballard s01e06:<h3 id="c">C</h3>',
        "<p>c</p>", '}<h3 id="d">D</h3>', "<p>d</p>", '}<h2 id="e">E</h2>', "<p>e</p>",
    ]  # fmt: skip
    found, _ = both(text, engine)
    assert [heading.since for heading in found.headings] == [
        ("ballard s01e05",), ("ballard s01e05", "ballard s01e06"), ("ballard s01e05",), (),
    ]  # fmt: skip


def test_hidden_section_ends_with_its_container(engine: str) -> None:
    assert html('> ## B {since="s01e05"}\n>\n> b\n\nc', engine) == (
        '<blockquote>\n{s01e05:<h2 id="b">B</h2>\n<p>b</p>\n}</blockquote>\n<p>c</p>'
    )


def test_since_mentions_know_what_hides_them(engine: str) -> None:
    found, _ = both('## B [[X]] {since="s01e05"}\n\n||s01e06: [[Y]]|| [[Z]]\n\n## C\n\n[[Z]]', engine)
    assert {(mention.target, mention.since) for mention in found.mentions} == {
        ("X", ("s01e05",)), ("Y", ("s01e05", "s01e06")), ("Z", ("s01e05",)), ("Z", ()),
    }  # fmt: skip


def test_hidden_words_do_not_make_a_heading_or_its_id(engine: str) -> None:
    found, _ = both("## The ||terrible|| end", engine)
    assert [(heading.text, heading.id) for heading in found.headings] == [("The end", "the-end")]


def test_spoiler_callout(engine: str) -> None:
    assert html("> [!spoiler] Ballard  S01E05\n> He dies.\n\nb", engine) == (
        '{ballard s01e05:<aside class="callout callout-spoiler"><p class="callout-title">Spoiler</p>\n'
        "<p>He dies.</p>\n</aside>}\n<p>b</p>"
    )


@pytest.mark.parametrize(
    ("head", "since", "title"),
    [
        ("[!spoiler]", "", "Spoiler"),
        ("[!spoiler]- s01e05: The end", "s01e05", "The end"),
        ("[!SPOILER] Bosch: Legacy s03e10", "bosch: legacy s03e10", "Spoiler"),
        ("[!spoiler] The end", "", "The end"),
        ("[!spoiler] bosch s06", "bosch s06", "Spoiler"),
    ],
)
def test_spoiler_titles(engine: str, head: str, since: str, title: str) -> None:
    assert html(f"> {head}\n> x", engine).startswith(
        f'{{{since}:<aside class="callout callout-spoiler"><p class="callout-title">{title}</p>'
    )


def test_quotes_in_a_row_stay_apart(engine: str) -> None:
    assert html("> [!spoiler] s01e05\n> a\n\n> [!spoiler] s01e06\n> b\n\nc", engine).count("{s01e0") == 2
    assert html("> [!note]\n> a\n\n> c", engine).endswith("<blockquote>\n<p>c</p>\n</blockquote>")


def test_nested_callouts(engine: str) -> None:
    found = html("> [!note] A\n> a\n>\n> > [!spoiler] s01e05\n> > b\n>\n> c", engine)
    assert found == (
        '<aside class="callout callout-note"><p class="callout-title">A</p>\n<p>a</p>\n'
        '{s01e05:<aside class="callout callout-spoiler"><p class="callout-title">Spoiler</p>\n<p>b</p>\n</aside>}\n'
        "<p>c</p>\n</aside>"
    )


@pytest.mark.parametrize(
    ("kind", "title"), [("note", "Note"), ("tip", "Tip"), ("warning", "Warning"), ("info", "Info")]
)
def test_other_callouts(engine: str, kind: str, title: str) -> None:
    assert html(f"> [!{kind.upper()}]+\n> x", engine) == (
        f'<aside class="callout callout-{kind}"><p class="callout-title">{title}</p>\n<p>x</p>\n</aside>'
    )


def test_quote_callout_is_a_quote(engine: str) -> None:
    assert html("> [!quote]\n> x", engine) == '<blockquote class="callout callout-quote">\n<p>x</p>\n</blockquote>'


def test_unknown_callout(engine: str) -> None:
    _, problems = both("> [!noet] x\n> y", engine)
    assert [(p.rule, p.severity, p.hint) for p in problems] == [("callout-known", "warning", "Did you mean [!note]?")]


@pytest.mark.parametrize("text", ["> a\n>\n> [!spoiler] s01e05\n> b", "<div>\n> [!spoiler] s01e05\n> b\n</div>"])
def test_misplaced_spoiler_is_an_error(engine: str, text: str) -> None:
    found, problems = both(text, engine)
    assert {(p.rule, p.severity) for p in problems} == {("spoiler-valid", "error")}
    assert "[!spoiler] s01e05" in shown(found)


def test_other_misplaced_callouts_are_a_warning(engine: str) -> None:
    _, problems = both("> a\n>\n> [!note] b", engine)
    assert [(p.rule, p.severity) for p in problems] == [("callout-placed", "warning")]


def test_excerpt_is_open_text_of_the_first_paragraph(engine: str) -> None:
    text = '## A {since="s01e05"}\n\nsecret\n\n## B\n\n> q\n\n| a |\n|---|\n| b |\n\n*One* [[Two]][^n] ||three|| `[[4]]` &lt;.\n\nnext'
    found, _ = both(text, engine)
    assert [part.target if isinstance(part, NameLink) else part for part in found.excerpt] == [
        "One ",
        "Two",
        " [[4]] &lt;.",
    ]


def test_excerpt_is_cut_at_a_word(engine: str) -> None:
    found, _ = both("word " * 100, engine)
    assert str(found.excerpt[0]).endswith("word…") and len(str(found.excerpt[0])) <= 301
