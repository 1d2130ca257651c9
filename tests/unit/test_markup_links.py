"""Mentions, Markdown links and images."""

from typing import TypeVar

import pytest
from marks import joined
from msgspec.structs import replace

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.marks import End, Image, NameLink, PathLink
from ballardwiki.model import Body

PATH = "content/people/maggie-q.md"


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def body(text: str, engine: str) -> Body:
    found, problems = read(text, engine=engine, path=PATH)
    assert {each.rule for each in problems} <= {"mark-closed", "link-written"}
    return found


Kind = TypeVar("Kind", NameLink, PathLink, Image)


def marks(text: str, engine: str, kind: type[Kind]) -> list[Kind]:
    return [part for part in body(text, engine).parts if isinstance(part, kind)]


def html(text: str, engine: str) -> str:
    return joined(body(text, engine).parts)


@pytest.mark.parametrize(
    ("typed", "target", "fragment", "text"),
    [
        ("[[Maggie Q]]", "Maggie Q", "", ""),
        ("[[ Maggie Q | the star ]]", "Maggie Q", "", "the star"),
        ("[[person/maggie-q]]", "person/maggie-q", "", ""),
        ("[[Bosch#Seasons]]", "Bosch", "Seasons", ""),
        ("[[#Life|below]]", "", "Life", "below"),
        ("[[Sicario [Extended]]]", "Sicario [Extended]", "", ""),
        ("[[Sicario [Extended]|the [long] one]]", "Sicario [Extended]", "", "the [long] one"),
        ("[[[X]]]", "X", "", "[X]"),
        ("[[Take #]]", "Take", "", ""),
        ("[[Fog\nLine]]", "Fog Line", "", ""),
        ("[[Fog  \n  Line|the\nfirst]]", "Fog Line", "", "the first"),
        ("[[Fog\\\nLine#Part\ntwo]]", "Fog Line", "Part two", ""),
        ("[[Bosch: Legacy|<b>x</b>]]", "Bosch: Legacy", "", "<b>x</b>"),
        ("[[Renée Ballard]]", "Renée Ballard", "", ""),
    ],
)
def test_mention_is_read(engine: str, typed: str, target: str, fragment: str, text: str) -> None:
    (mark,) = marks(f"See {typed}.", engine, NameLink)
    assert replace(mark, typed="") == NameLink(target, text, fragment, 1, 5)


@pytest.mark.parametrize(
    ("link", "typed"), [("[[A]]", ""), ("[[A|b]]", "A|b"), ("[[ A # ]]", "A #"), ("[[A\nB|c]]", "A B|c")]
)
def test_a_link_with_signs_keeps_what_was_typed(engine: str, link: str, typed: str) -> None:
    assert [mark.typed for mark in marks(link, engine, NameLink)] == [typed]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a [[Fog\nLine]], b", "<p>a «mention:Fog Line», b</p>"),
        ("> a [[Fog\n> Line]]!", "<blockquote>\n<p>a «mention:Fog Line»!</p>\n</blockquote>"),
        ("> a [[Fog\nLine]]!", "<blockquote>\n<p>a «mention:Fog Line»!</p>\n</blockquote>"),
        ("- [[Fog\n  Line]]\n- b", "<ul>\n<li>«mention:Fog Line»</li>\n<li>b</li>\n</ul>"),
        ("**[[Fog\nLine]]**", "<p><strong>«mention:Fog Line»</strong></p>"),
        ("[[Fog\nLine]] [[Tide\nLine]]", "<p>«mention:Fog Line» «mention:Tide Line»</p>"),
        ("[[Fog\n\nLine]]", "<p>[[Fog</p>\n<p>Line]]</p>"),
        ("> [[Fog\n>\n> Line]]", "<blockquote>\n<p>[[Fog</p>\n<p>Line]]</p>\n</blockquote>"),
        ("a [[Fog\n> Line]]", "<p>a [[Fog</p>\n<blockquote>\n<p>Line]]</p>\n</blockquote>"),
        ("[[Fog [[Line\nend]]", "<p>[[Fog «mention:Line end»</p>"),
        ("```\nif [[ a &&\n  b ]]\n```", "<pre><code>if [[ a &amp;&amp;\n  b ]]\n</code></pre>"),
    ],
)
def test_a_link_may_go_on_in_the_next_line_of_its_paragraph(engine: str, text: str, shown: str) -> None:
    assert html(text, engine) == shown


def test_a_link_over_two_lines_is_one_in_the_excerpt(engine: str) -> None:
    assert body("A [[Fog\nLine]], b.", engine).excerpt == ("A ", NameLink("Fog Line", line=1, column=3), ", b.")


def test_a_spoiler_within_what_is_no_link_stays_hidden(engine: str) -> None:
    found = html("a [[Fog\n> ||s01e01: x||, Line]]", engine)
    assert "«since:inline»x«end:»" in found


@pytest.mark.parametrize(
    "text",
    [
        "- item [[X]]\n- other",
        "## Head [[X]]",
        "*so [[X]] it*",
        "**[[X]]**",
        "| a | b |\n|---|---|\n| [[X|y]] | c |",
        "| a | b |\n|---|---|\n| [[X\\|y]] | c |",
        "> quote [[X]]",
        "> [!note] [[X]]\n> text",
        "<b>[[X]]</b>",
        "1. [[X]]",
    ],
)
def test_mentions_work_everywhere(engine: str, text: str) -> None:
    assert [mark.target for mark in marks(text, engine, NameLink)] == ["X"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`[[a|b]]`", "<p><code>[[a|b]]</code></p>"),
        ("`` [[a]] ||b|| [^c] ``", "<p><code>[[a]] ||b|| [^c]</code></p>"),
        ("    [[a]] & ||b||", "<pre><code>[[a]] &amp; ||b||\n</code></pre>"),
        ("```\n> [!note] x\n> y\n## T {#id}\n```", "<pre><code>&gt; [!note] x\n&gt; y\n## T {#id}\n</code></pre>"),
        ("```\na\n\n[^1]: x\n    y\n\nb\n```", "<pre><code>a\n\n[^1]: x\n    y\n\nb\n</code></pre>"),
        ("\\[[a]]", "<p>[[a]]</p>"),
        ("[[ ]]", "<p>[[ ]]</p>"),
        ("[x]", "<p>[x]</p>"),
    ],
)
def test_code_and_escapes_stay_as_typed(engine: str, text: str, shown: str) -> None:
    assert html(text, engine) == shown


def test_highlighted_code_keeps_wiki_syntax(engine: str) -> None:
    found = body('```python\nx = "[[a]]"\n```', engine)
    assert "[[a]]" in str(found.parts[0]) and '<div class="highlight"><pre><code class="language-python">' in str(
        found.parts[0]
    )
    assert found.mentions == ()


def test_unknown_language_is_plain(engine: str) -> None:
    assert html("```nope\n<a>\n```", engine) == (
        '<div class="highlight"><pre><code class="language-nope">&lt;a&gt;\n</code></pre></div>'
    )


def test_mentions_are_unique_with_their_first_place(engine: str) -> None:
    found = body("x [[A]]\n\ny [[A|b]] [[A#c]]", engine).mentions
    assert [(m.target, m.fragment, m.line, m.column) for m in found] == [
        ("A", "", 1, 3),
        ("A", "", 3, 3),
        ("A", "c", 3, 11),
    ]


def test_place_counts_from_the_first_line(engine: str) -> None:
    found, _ = read("one\n\ntwo [[A]]", engine=engine, path=PATH, line=7)
    assert (found.mentions[0].line, found.mentions[0].column) == (9, 5)


def test_link_within_a_link_is_text(engine: str) -> None:
    assert html("[go [[A|there]]](https://example.org)", engine) == (
        '<p><a href="https://example.org" rel="noopener noreferrer">go there</a></p>'
    )


@pytest.mark.parametrize(
    ("href", "target", "fragment"),
    [
        ("titus-welliver.md", "content/people/titus-welliver.md", ""),
        ("../series/ballard.md#cast", "content/series/ballard.md", "cast"),
        ("../crew.yaml", "content/crew.yaml", ""),
        ("/content/x.md", "content/x.md", ""),
        ("a%20b.md", "content/people/a b.md", ""),
        ("/about/", "/about/", ""),
        ("/about/#us", "/about/", "us"),
        ("/about/?x=1", "/about/", ""),
        ("/a%20b/?x=1", "/a b/", ""),
        ("../people/", "content/people", ""),
        ("../../media/x.pdf?d=1#p2", "/media/x.pdf", "p2"),
        ("a.html?x#y", "content/people/a.html", "y"),
        ("../works/ann", "content/works/ann", ""),
        ("www.example.org", "content/people/www.example.org", ""),
        ("#life", "", "life"),
        ("#caf%C3%A9", "", "café"),
    ],
)
def test_links_into_the_project(engine: str, href: str, target: str, fragment: str) -> None:
    [mark] = marks(f"[x]({href})", engine, PathLink)
    assert (mark.target, mark.fragment) == (target, fragment)
    assert body(f"[x]({href})", engine).parts[-2:] == (End(), body(f"[x]({href})", engine).parts[-1])


@pytest.mark.parametrize(
    "href", ["https://example.org/a.md", "#", "?q=1", "mailto:a@example.org", "//example.org/x.md"]
)
def test_other_links_stay(engine: str, href: str) -> None:
    assert f'<a href="{href}"' in html(f"[x]({href})", engine)


def test_link_out_of_the_project(engine: str) -> None:
    found, problems = read("[x](../../../etc/passwd.md)", engine=engine, path=PATH)
    assert [problem.rule for problem in problems] == ["link-inside"]
    assert found.parts in (("<p>x</p>",), ("<p>x</p>\n",))


def test_markdown_link_is_a_mention_by_path(engine: str) -> None:
    [mention] = body("[x](a.md#b)", engine).mentions
    assert (mention.target, mention.fragment, mention.path) == ("content/people/a.md", "b", True)


def test_image_is_a_mark(engine: str) -> None:
    [mark] = marks('![A "pic"](../../media/a.png "Title")', engine, Image)
    assert (mark.path, mark.alt, mark.title) == ("media/a.png", 'A "pic"', "Title")


def test_remote_image_becomes_a_link(engine: str) -> None:
    found, problems = read("![alt](https://example.org/i.png)", engine=engine, path=PATH)
    assert "<img" not in str(found.parts) and '<a href="https://example.org/i.png"' in str(found.parts)
    assert [problem.rule for problem in problems] == ["image-local"]


def test_table_is_wrapped_and_aligned(engine: str) -> None:
    shown = html("| a | b |\n|---|:-:|\n| 1 | 2 |", engine)
    assert shown.startswith(
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table>'
    ) and shown.endswith("</table></div>")
    assert '<td align="center">2</td>' in shown and "style" not in shown


def test_tokens_in_attributes_are_given_back(engine: str) -> None:
    assert 'title="see [[A]]"' in html('<span title="see [[A]]">x</span>', engine)
    assert "%5B%5BA%5D%5D" in html("[x](https://example.org/[[A]])", engine) or "[[A]]" in html(
        "[x](https://example.org/[[A]])", engine
    )


def test_private_use_characters_survive(engine: str) -> None:
    assert html("a \ue000\ue010\ue001 [[B]] &#xE000;", engine) == "<p>a \ue000\ue010\ue001 «mention:B» \ue000</p>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x [[Odd [one]] y", "the brackets in [[Odd [one]] are no pairs, so it is no link."),
        ("`[[a [b]]` x\n\n[[c [d]]", "the brackets in [[c [d]] are no pairs, so it is no link."),
    ],
)
def test_a_name_whose_brackets_are_no_pairs_is_told(engine: str, text: str, message: str) -> None:
    _, problems = read(text, engine=engine, path=PATH)
    assert [(each.rule, each.message) for each in problems] == [("link-written", message)]


@pytest.mark.parametrize("text", ["![A b](/media/a b.png)", "[A](../people/a b.md)"])
def test_a_blank_in_an_address_is_told_where_it_makes_no_link(text: str) -> None:
    _, problems = read(text, engine="commonmark", path=PATH)
    (problem,) = problems
    assert problem.rule == "link-written" and problem.hint.startswith("Write (") and "a%20b" in problem.hint
    assert read(text, engine="python-markdown", path=PATH)[1] == ()


@pytest.mark.parametrize(
    "text", ['[A](a.md "A title")', "f[i](a, b)", "`[A](a b)` x", "\\[A](a b)", "[x] (a b)", "[[a]] [b](<c d.md>)"]
)
def test_ordinary_text_is_no_link_that_failed(engine: str, text: str) -> None:
    _, problems = read(text, engine=engine, path=PATH)
    assert "link-written" not in {each.rule for each in problems}
