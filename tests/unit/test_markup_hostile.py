"""Hostile text: no script, no forged tokens, no exception, no quadratic time in our own steps."""

import re
from time import process_time

import pytest
from hypothesis import given, strategies as st
from selectolax.lexbor import LexborHTMLParser

from ballardwiki.content.markup import ENGINES, engines, read
from ballardwiki.content.markup.wikisyntax import mark
from ballardwiki.marks import Image, NameLink, NoteReference, Part, PathLink, Spoiler
from ballardwiki.model import Body

PAYLOADS = """
<script>alert(1)</script>
<ScRiPt src=//e></sCrIpT>
<img src=x onerror=alert(1)>
<svg/onload=alert(1)>
<svg><a xlink:href="javascript:alert(1)">x</a></svg>
<math><mtext><table><mglyph><style><img src onerror=alert(1)>
<iframe src="javascript:alert(1)"></iframe>
<a href="java&#10;script:alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href="java&NewLine;script:alert(1)">x</a>
[x](javascript:alert(1))
[x](JaVaScRiPt:alert(1))
[x](<java\tscript:alert(1)>)
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](vbscript:x)
![x](javascript:alert(1))
![x](data:image/svg+xml,<svg/onload=alert(1)>)
[x][y]

[y]: javascript:alert(1)
<javascript:alert(1)>
text {: onclick="alert(1)" style="color:red" id="x" }
## Head {: onclick=alert(1) }
## Head {#x" onclick="alert(1)}
## Head {#x"onclick="alert(1)" since="<script>"}
[[a|"><script>alert(1)</script>]]
[[<img src=x onerror=alert(1)>]]
||<script>alert(1)</script>||
> [!note] <script>alert(1)</script>
> [!note"onclick="alert(1)] x
```"><script>alert(1)</script>
x
```
```python" onclick="alert(1)
x
```
<code class="language-x" onclick=alert(1)>[[a]]</code>
<pre><code class='language-"><script>'>x</code></pre>
<a title="[[x]]" href='x" onclick="alert(1)'>x</a>
<div title='"[[<script>alert(1)</script>]]"'>x</div>
![" onerror="alert(1)](https://e.org/"onerror="x)
![x](a.png "\\" onerror=\\"alert(1)")
[^"><script>]: x

[^"><script>]
*[HTML]: " onclick="alert(1)

HTML
<form action=x><input type=submit formaction=javascript:alert(1)><button>x</button></form>
<base href=//e><meta http-equiv=refresh content=0><link rel=stylesheet href=x>
<object data=x></object><embed src=x>
<style>*{color:red}</style>
<x style="background:url(javascript:alert(1))">
<![CDATA[<script>alert(1)</script>]]>
<!--><script>alert(1)</script>-->
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<table><td background="javascript:x"><input onfocus=x autofocus></table>
\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03
&#xE000;&#xE010;&#xE001; [[x]]
<b id="location" class="callout" name="forms">x</b>
"""
ATTACKS = [payload for payload in re.split(r"\n(?=\S)(?<!\n\n)", PAYLOADS) if payload.strip()]
FORBIDDEN = "script,style,iframe,object,embed,form,input,button,svg,math,base,meta,link,img,noscript,template"
PIECES = st.sampled_from(
    "[[ ]] | || # [^1] [^1]: [!note] [!spoiler] > \\ ` ``` ~~~ * ** _ {#a} {since=s01e01} {since=''} <b> </b> <div> </div> "
    "<p> <td> <table> <h2> </h2> <code> </code> <pre> </pre> <a href=x> </a> <blockquote> </blockquote> <li> x y z 1. - + "
    "s01e05: [[A]] [[B|c]] ||d|| [x](y.md) ![i](j.png) \ue000 \ue010 \ue001 \ue003 \ue004 \ue005 &#xE000; &#57344; &amp; "
    "\x00 \x02 \x03 \ud800 <!-- --> <![ <? | --- ===".split()
)
TEXTS = st.lists(
    st.one_of(PIECES, st.sampled_from(["\n", "\n\n", " ", "\n    ", "\n> ", "\n| ", "\t", "\r"]), st.text(max_size=3)),
    max_size=40,
).map("".join)


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def markup(body: Body) -> list[str]:
    """All HTML of a body, by note."""
    rows = [body.parts, *body.notes.values(), body.excerpt]
    return ["".join(part for part in row if isinstance(part, str)) for row in rows]


def assert_safe(body: Body) -> None:
    for html in markup(body):
        tree = LexborHTMLParser(f"<body>{html}</body>")
        assert tree.css(FORBIDDEN) == []
        for node in tree.css("body *"):
            for name, value in node.attributes.items():
                assert not name.startswith("on") and name not in ("style", "name", "srcdoc", "formaction"), html
                if name in ("href", "src", "cite"):
                    scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*)[\x00-\x20]*:", value or "", re.IGNORECASE)
                    assert scheme is None or scheme[1].lower() in ("http", "https", "mailto", "tel"), html


@pytest.mark.parametrize("payload", ATTACKS)
def test_nothing_runs(engine: str, payload: str) -> None:
    body, _ = read(payload, engine=engine, path="content/x/y.md")
    assert_safe(body)


def test_nothing_runs_in_notes(engine: str) -> None:
    for payload in ATTACKS:
        body, _ = read(f"a[^n]\n\n[^n]: {payload}\n", engine=engine, path="content/x/y.md")
        assert_safe(body)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("<script>x</script>", 1), ("a <iframe src=x></iframe>", 3), ('<b style="x">a</b>', 4), ("<i onclick='x'>a</i>", 4),
        ("[x](javascript:alert)", 5), ("<form>x</form>", 1),
    ],
)  # fmt: skip
def test_removal_is_told(engine: str, text: str, column: int) -> None:
    _, problems = read(f"one\n\n{text}", engine=engine, path="content/x/y.md", line=5)
    assert [(p.rule, p.severity, str(p.at)) for p in problems] == [
        ("html-safe", "warning", f"content/x/y.md:7:{column}")
    ]


@pytest.mark.parametrize(
    "text", ["`<script>`", "```html\n<script>\n```", "a < b > c", "<b>x</b>", "5 <style", "x on = y"]
)
def test_nothing_removed_nothing_told(engine: str, text: str) -> None:
    assert read(text, engine=engine, path="content/x/y.md")[1] == ()


def test_ids_and_classes_live_in_their_own_space(engine: str) -> None:
    body, _ = read('<b id="main" class="callout x">y</b>', engine=engine, path="content/x/y.md")
    assert '<b id="user-main" class="user-callout user-x">' in markup(body)[0]


def test_attribute_values_hold_no_angle_brackets(engine: str) -> None:
    """The splitter counts on it."""
    body, _ = read("<b title='<a>[[x]]&lt;'>y</b>", engine=engine, path="content/x/y.md")
    (title,) = re.findall(r'title="([^"]*)"', markup(body)[0])
    assert "&lt;a&gt;[[x]]&lt;" in title and not {"<", ">"}.intersection(title)


def test_failing_engine_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> str:
        raise RecursionError

    monkeypatch.setitem(engines.ENGINES, "failing", fail)
    body, problems = read("x", engine="failing", path="content/x/y.md", line=3)
    assert body.parts == () and [(p.rule, str(p.at)) for p in problems] == [("markdown-valid", "content/x/y.md:3:1")]


def test_deep_nesting_is_a_problem_and_the_engine_lives_on() -> None:
    _body, problems = read(
        "\n".join(f"term\n{'    ' * n}: x" for n in range(400)), engine="python-markdown", path="x.md"
    )
    assert [p.rule for p in problems] in ([], ["markdown-valid"])
    assert read("*x*", engine="python-markdown", path="x.md")[0].parts == ("<p><em>x</em></p>",)


@pytest.mark.parametrize(
    "piece",
    ["[[", "||", "||a ", "|| ", "[^", "[^a]:\n", "[!a]", "> [!a]", "> ", "{#a}", "# a {#b}\n", "[[a|", "\\", "{", "a||b ", "- ",
     "\ue000", "&#", "[^a]: x\n\n", " ", "1. ", "> [!a]\n", "||Aa ", "> [!spoiler] A"],
)  # fmt: skip
def test_marking_is_linear(piece: str) -> None:
    def cost(count: int) -> float:
        text = piece * count
        began = process_time()
        mark(text)
        return process_time() - began

    few, many = (min(cost(count) for _ in range(5)) for count in (2_000, 16_000))
    assert many < 24 * few, "eight times the text takes eight times as long, or sixty-four times if each looks at all"


@pytest.mark.parametrize(
    "text",
    [
        "## h {{a}}{blanks}x",
        "## h{blanks}}}",
        "<a href={blanks}x",
        "## h {{a}}{blanks}",
        "h {{a}}{blanks}x\n---",
        "[!spoiler{blanks}x",
        "%%{blanks}",
    ],
)
def test_one_long_run_of_blanks_costs_what_it_is_long(engine: str, text: str) -> None:
    """Four times as many blanks cost four times as much; where time grows with the square, sixteen times."""

    def cost(length: int) -> float:
        began = process_time()
        read(text.format(blanks=" " * length), engine=engine, path="x.md")
        return process_time() - began

    cost(10)
    assert min(cost(64_000) for _ in range(3)) < max(0.5, 9 * min(cost(16_000) for _ in range(3)))


@pytest.mark.parametrize(
    "text",
    [
        "||a " * 5000,
        "[[a]] " * 20000,
        "## a\n\n" * 3000,
        "> [!spoiler]\n> a\n\n" * 2000,
        "a[^1]\n\n" * 5000,
        "[a](b.md)\n" * 20000,
        "[a](é.md) " * 20000,
    ],
)
def test_splitting_is_linear(text: str) -> None:
    began = process_time()
    read(text, engine="commonmark", path="x.md")
    assert process_time() - began < 10  # also when coverage is measured


def assert_balanced(row: tuple[Part, ...]) -> None:
    """Marks close what they open, and every stretch between holds balanced HTML."""
    waiting: list[list[str]] = []
    elements: list[str] = []
    for part in row:
        if not isinstance(part, str):
            if isinstance(part, (Spoiler, PathLink)):
                waiting.append(list(elements))
            elif not isinstance(part, (NameLink, NoteReference, Image)):
                assert waiting.pop() == elements
            continue
        for closing, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", part):
            if closing:
                assert elements.pop() == name
            elif name not in ("br", "hr", "img", "wbr", "col", "area"):
                elements.append(name)
    assert waiting == [] and elements == []


@given(TEXTS, st.sampled_from(sorted(ENGINES)))
def test_any_text(text: str, engine: str) -> None:
    body, _ = read(text, engine=engine, path="content/x/y.md")
    for row in (body.parts, *body.notes.values()):
        assert_balanced(row)
    assert_safe(body)
    if not re.search("\ue000|&#", text):
        assert not any("\ue000" in html for html in markup(body))


@given(st.text(), st.sampled_from(sorted(ENGINES)))
def test_any_text_at_all(text: str, engine: str) -> None:
    read(text, engine=engine, path="content/x/y.md")
