"""What looks like a spoiler mark hides something, or is an error at its place."""

import re

import pytest
from hypothesis import assume, given, settings, strategies

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.marks import End, Image, NameLink, PathLink, Spoiler
from ballardwiki.model import Body
from ballardwiki.problems import Problem

RULE = "spoiler-valid"


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def both(text: str, engine: str) -> tuple[Body, list[Problem]]:
    body, problems = read(text, engine=engine, path="content/x/y.md")
    return body, [problem for problem in problems if problem.severity == "error"]


def seen(body: Body) -> str:
    """All that readers see who know nothing yet."""
    found = []
    for row in (body.parts, *body.notes.values(), body.excerpt):
        hidden = 0
        for part in row:
            if isinstance(part, str):
                found.append("" if hidden else part)
            elif hidden or isinstance(part, (Spoiler, PathLink)):
                hidden += isinstance(part, (Spoiler, PathLink)) and bool(hidden or isinstance(part, Spoiler))
                hidden -= isinstance(part, End)
            elif isinstance(part, NameLink):
                found.append(f"{part.target} {part.text}")
            elif isinstance(part, Image):
                found.append(f"{part.path} {part.alt} {part.title}")
    return "".join(found)


BARS = """\
He waits. ||fog s01e02: KILLER is Ann
~
||fog s01e02: KILLER
~
KILLER fog s01e02||
~
He waits. || fog s01e02: KILLER is Ann ||
~
||fog s01e02: KILLER ||
~
|| fog s01e02: KILLER||
~
|| KILLER ||
~
a || KILLER
~
||KILLER
~
||fog s01e02: One.

KILLER||
~
||fog s01e02: KILLER|
~
|fog s01e02: KILLER||
~
|fog s01e02: KILLER|
~
| |fog s01e02: KILLER| |
~
|||fog s01e02: KILLER|||
~
||fog s01e02: KILLER|||
~
||||fog s01e02: KILLER||||
~
||fog s01e02: **KILLER|| is Ann**
~
*||fog s01e02: KILLER* is Ann||
~
- ||fog s01e02: one
- KILLER||
~
> ||fog s01e02: one

KILLER||
~
## The ||KILLER
~
## The || KILLER ||
~
| a | b |
|---|---|
| x || fog s01e02: KILLER || y |
~
| a | b |
|---|---|
| ||fog s01e02: KILLER | y |
~
| a | b |
|---|---|
| ||fog s01e02: a | KILLER|| |
~
a[^1]

[^1]: ||fog s01e02: KILLER
~
[||fog s01e02: KILLER](/x/)
~
[x](/x/ "||fog s01e02: KILLER||")
~
![||fog s01e02: KILLER||](/media/a.png)
~
![x](/media/a.png "||fog s01e02: KILLER||")
~
[[Ann||fog s01e02: KILLER||]]
~
[[Ann|| KILLER ||]]
~
<b title="||fog s01e02: KILLER||">x</b>
~
<div>|| fog s01e02: KILLER ||</div>
~
｜｜fog s01e02: KILLER｜｜
~
|｜fog s01e02: KILLER｜|
~
‖fog s01e02: KILLER‖
~
││KILLER││
"""
CALLOUTS = """\
> [! spoiler] fog s01e02
> KILLER
~
> [!spoiler ] fog s01e02
> KILLER
~
> [ !spoiler] fog s01e02
> KILLER
~
> [!spoler] fog s01e02
> KILLER
~
> [!spoilers] fog s01e02
> KILLER
~
> [!Spolier] fog s01e02
> KILLER
~
> [!spoiler-warning] fog s01e02
> KILLER
~
> [!hidden] fog s01e02
> KILLER
~
> [！spoiler] fog s01e02
> KILLER
~
> ［!spoiler］ fog s01e02
> KILLER
~
> [!ｓｐｏｉｌｅｒ] fog s01e02
> KILLER
~
> 【!spoiler】 fog s01e02
> KILLER
~
> [!!spoiler] fog s01e02
> KILLER
~
> [!\u200bspoiler] fog s01e02
> KILLER
~
> [!spoiler|fog s01e02]
> KILLER
~
> [!spoiler: fog s01e02]
> KILLER
~
> [!spoiler fog s01e02
> KILLER
~
> [spoiler] fog s01e02
> KILLER
~
> !spoiler fog s01e02
> KILLER
~
> ![spoiler] fog s01e02
> KILLER
~
    > [!spoiler] fog s01e02
    > KILLER
~
>     [!spoiler] fog s01e02
>     KILLER
~
> [!spoiler] fog s01e02
> [x]: https://e.example/ "KILLER"
>
> words

[x]
~
> [!spoiler] fog s01e02
> words
> *[AB]: KILLER
> **Spoiler** fog s01e02
> KILLER
~
[!spoiler] fog s01e02
KILLER
~
- [!spoiler] fog s01e02
- KILLER
~
Text. [!spoiler] fog s01e02: KILLER
~
> Text. [!spoiler] fog s01e02: KILLER
~
> Text.
> [!spoiler] fog s01e02: KILLER
~
> **[!spoiler]** fog s01e02
> KILLER
~
## [!spoiler] fog s01e02

KILLER
~
| a |
|---|
| [!spoiler] KILLER |
~
[[Ann|[!spoiler] KILLER]]
~
> [!spoiler] fog s01e02
KILLER
~
> [!spoiler] fog s01e02
> One.
KILLER
~
> [!spoiler] fog s01e02
> One.
- KILLER
~
> [!spoiler] fog s01e02
- KILLER
~
> [!spoiler] fog s01e02

KILLER
~
> [!spoiler] fog s01e02
>

KILLER
~
> [!spoiler] fog s01e02
> One.

> KILLER
~
> [!spoiler] fog s01e02
> One.


> KILLER
~
> > [!spoiler] fog s01e02
> > One.
>
> > KILLER
~
> > [!spoiler] fog s01e02
> > One.
> KILLER
~
- > [!spoiler] fog s01e02
  > One.

  > KILLER
"""
SECTIONS = """\
## End {sinse="fog s01e02"}

KILLER
~
## End {since = "fog s01e02"}

KILLER
~
## End {since:"fog s01e02"}

KILLER
~
## End {since: fog s01e02}

KILLER
~
## End {since=fog s01e02}

KILLER
~
## End {since “fog s01e02”}

KILLER
~
## End {since=“fog s01e02”}

KILLER
~
## End {Since="fog s01e02"}

KILLER
~
## End {since="fog"}

KILLER
~
## End {since}

KILLER
~
## End {fog s01e02}

KILLER
~
## End {spoiler="fog s01e02"}

KILLER
~
## End {.spoiler}

KILLER
~
## End {since="fog s01e02"

KILLER
~
## End {since="fog s01e02"}.

KILLER
~
## End (since="fog s01e02")

KILLER
~
## End ｛since="fog s01e02"｝

KILLER
~
## {since="fog s01e02"} End

KILLER
~
##End {since="fog s01e02" }x

KILLER
~
End {sicne="fog s01e02"}
---

KILLER
~
KILLER {since="fog s01e02"}
~
KILLER
{: since="fog s01e02"}
*KILLER*{since="fog s01e02"}
~
{{spoiler|fog s01e02|KILLER}}
~
since: fog s01e02

KILLER
~
- KILLER {since="fog s01e02"}
"""
FOREIGN = """\
>! KILLER
~
> ! [spoiler] fog s01e02
> KILLER
~
> <!spoiler> fog s01e02
> KILLER
~
[hide]KILLER[/hide]
~
<span style="background:black;color:black">KILLER</span>
~
<span style="opacity: 0">KILLER</span>
~
## End [since fog s01e02]

KILLER
~
He is >!KILLER!<.
~
>!KILLER!<
~
>!one
two KILLER!<
~
<spoiler>KILLER</spoiler>
~
<Spoiler since="fog s01e02">KILLER</Spoiler>
~
<span class="spoiler">KILLER</span>
~
<span hidden>KILLER</span>
~
<div data-since="fog s01e02">KILLER</div>
~
<span style="display: none">KILLER</span>
~
<details><summary>Spoiler</summary>KILLER</details>
~
<details>
<summary>fog s01e02</summary>

KILLER

</details>
~
[spoiler]KILLER[/spoiler]
~
Ann is [spoiler=fog s01e02]KILLER[/spoiler].
~
[KILLER](/spoiler "x")
~
:::spoiler
KILLER
:::
!!! spoiler
    KILLER
"""


def texts(table: str) -> list[str]:
    return table.rstrip("\n").split("\n~\n")


@pytest.mark.parametrize("text", [text for table in (BARS, CALLOUTS, SECTIONS, FOREIGN) for text in texts(table)])
def test_text_that_looks_hidden_and_is_not_is_an_error(engine: str, text: str) -> None:
    body, problems = both(text, engine)
    assert {problem.rule for problem in problems} == {RULE}, seen(body)
    assert all(problem.hint for problem in problems)
    assert len(problems) <= 2, "one mark, one problem"


HIDDEN = """\
> [!spoiler] fog s01e02
> ```yaml
> KILLER
> KILLER: KILLER
> ```
> KILLER

Open.
~
> [!spoiler] fog s01e02
> KILLER
>
> ~~~
> KILLER
> ~~~

Open.
~
||fog s01e02: KILLER||
~
x||KILLER||y
~
||fog s01e02: one
KILLER||
~
> [!SPOILER] fog s01e02
> KILLER
~
>[!spoiler]- fog s01e02: KILLER
>KILLER
~
> [!spoiler] fog s01e02 KILLER
~
> [!spoiler] fog s01e02
> - KILLER
>
> KILLER

Text.
~
> [!spoiler] fog s01e02
> ```
> KILLER
>
> KILLER
> ```
>
>     KILLER `KILLER`

Text.
~
> [!spoiler] fog s01e02
%% a remark %%
> KILLER
~
- > [!spoiler] fog s01e02
  > KILLER
- next
~
> [!spoiler] fog s01e02
> KILLER
## Next
~
> [!spoiler] fog s01e02
> KILLER

> [!quote] Open
> words
~
## End {since="fog s01e02"}

KILLER
~
## End {since=s01}

KILLER
~
## End { #end since='fog s01e02' } ##

KILLER
~
## End {: since="fog s01e02"}

KILLER
~
## End {since=""}

KILLER
~
| a | b |
|---|---|
| ||KILLER|| || x |
~
a[^1]

[^1]: ||fog s01e02: KILLER||
~
## The ||fog s01e02: KILLER|| end
~
Words [||fog s01e02: KILLER||](/x/) go on.
~
||fog s01e02: ![KILLER](/media/a.png "KILLER") [[KILLER|KILLER]] `KILLER`||
"""


@pytest.mark.parametrize("text", texts(HIDDEN))
def test_marks_that_are_understood_hide(engine: str, text: str) -> None:
    body, problems = both(text, engine)
    assert problems == []
    assert "KILLER" not in seen(body)


OPEN = """\
`a || b`, ``||fog s01e02: x||``, `[!spoiler]`, `{since="s01e02"}`, `>!x!<`
~
```
a || b ||fog s01e02: x
> [! spoiler] s01e02
## x {sinse="s01e02"}
>!x!<
```
~
    a || b
~
~~~text
|| fog s01e02: x ||
~~~
~
```
> [!spoiler] fog s01e02
words
```
~
- item

  ```
  ||fog s01e02: x
  ```
~
a \\|| b
~
\\||a|| and \\|| b
~
| a | b | c |
|---|---|---|
| x || y |
|| x | y |
|x||y|
| x |||
| S01E02: Two | s01e02: x | {} |
~
Bars: a | b, |x|, | s.
~
He was there since S01E05, since then: all good. Since 1999: nothing.
~
Words in {braces}, {1, 2}, {#id}, and sets such as {a: b}.
~
## A heading {#own}
~
[Spoilers](/pages/spoilers/), [spoiler][x], [[Spoilers]], [[page/spoilers|how we treat spoilers]]

[x]: /x/
~
[Hidden gems](/x/) [hidden] [since 1999] [Since S01E05](/x/) > ! and [Series] [Season 1]
~
<span style="opacity: 0.5; background: white; color: black">x</span>
~
> A quote with spoiler warnings in it.
~
> Spoiler warnings are a courtesy.
~
> [!warning] Spoilers ahead
> Words.
~
\\[!spoiler] is how a callout begins.
~
Wow! > I said !< nothing.
~
<details><summary>More</summary>words</details>
~
<b class="x">S01E05</b> <a href="/hidden/" title="hidden gems">x</a>
~
The hidden season of secrets !important [!note] [1] [!]
~
[[fog-s01e02|Fog S01E02: Two]] | words
~
![Two bars: a | b](/media/a.png)
"""


@pytest.mark.parametrize("text", texts(OPEN))
def test_what_hides_nothing_gives_no_alarm(engine: str, text: str) -> None:
    assert [str(problem) for problem in both(text, engine)[1] if problem.rule == RULE] == []


@pytest.mark.parametrize(
    ("text", "at", "hint"),
    [
        ("one\n\nHe waits. ||fog s01e02: K", (3, 11), "Write || on both sides of the hidden words, or write \\|| for two plain bars."),
        ("one\n\na || fog s01e02: K ||", (3, 3), "Write the bars right beside the words, as in ||series-id s01e05: words||, or write \\|| for two plain bars."),
        ("one\n\n> [! spoiler] fog s01e02\n> K", (3, 3), "Write ||fog s01e02: words||, or begin a quote with > [!spoiler] fog s01e02 for whole paragraphs."),
        ("one\n\n> [!spoler] fog s01e02\n> K", (3, 3), "Write [!spoiler]."),
        ("> [!spoiler] fog s01e02\nK", (1, 3), "Begin each line that it should hide with >."),
        ("> [!spoiler] fog s01e02\n> a\nK", (3, 1), "Begin it with > to hide it, or leave an empty line before it."),
        ("> [!spoiler] fog s01e02\n> a\n\n> K", (4, 3), "Write > in the empty line to hide it as well, or begin it with > [!quote] if all may read it."),
        ('a\n\n## End {sinse="fog s01e02"}\n\nK', (3, 8), 'Write ## End {since="fog s01e02"}.'),
        ('K {since="fog s01e02"}', (1, 3), "Write ||fog s01e02: words||, or begin a quote with > [!spoiler] fog s01e02 for whole paragraphs."),
    ],
)  # fmt: skip
def test_place_and_hint(engine: str, text: str, at: tuple[int, int], hint: str) -> None:
    _, problems = both(text, engine)
    assert [(problem.at.line, problem.at.column, problem.hint) for problem in problems] == [(*at, hint)]


@pytest.mark.parametrize("typed", ["[!spoiler] x", "||fog s01e02: x||", "[[Ann]]"])
def test_a_mark_that_the_engine_takes_apart_is_an_error(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "python-markdown", lambda text: f"<p>{text.replace(chr(0xE000), '')}</p>")
    _, problems = both(f"a{typed}", "python-markdown")
    assert "markdown-valid" in {problem.rule for problem in problems}


@pytest.mark.parametrize("typed", ["||fog s01e02: x||", "[[Ann]]"])
def test_a_mark_behind_signs_of_emphasis_is_understood(engine: str, typed: str) -> None:
    body, problems = both(f"*a**b*{typed}", engine)
    assert problems == [] and "x" not in seen(body)
    assert any(isinstance(part, (Spoiler, NameLink)) for part in body.parts)


def test_bars_in_an_abbreviation_hide_nothing() -> None:
    _, problems = both("ABC\n\n*[ABC]: ||fog s01e02: x||", "python-markdown")
    assert [problem.rule for problem in problems] == [RULE]


PIECES = strategies.sampled_from(
    [
        *("||", "|", "s01e02: ", "fog s01e02: ", "word", " ", "\n", "\n\n", "`", "```\n", "> ", "[!spoiler]", "[! spoiler]"),
        *("[!note] ", "*", "**", "[", "](/x/)", "![", "[[", "]]", "{since=s01e02}", "{sinse=s01e02}", "## ", "- ", "    "),
        *("<b>", "</b>", "<div>\n", "[^1]", "[^1]: ", "| a | b |\n|---|---|\n| ", "%%", "<!--", "-->", "~~~\n", "---\n", "\t"),
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=1000)
@given(strategies.lists(PIECES, max_size=25).map("".join), strategies.sampled_from(sorted(ENGINES)))
def test_no_mark_is_seen_without_a_word(text: str, engine: str) -> None:
    """Outside of code and of empty cells readers see bars, heads and braces only where an editor was told."""
    assume(not re.search(r"\|\s*(?:%%|<)|(?:%%|>)\s*\|", text))  # what is not shown may have held two bars apart
    body, problems = both(text, engine)
    if problems:
        return
    for row in (body.parts, *body.notes.values()):
        html = "".join(part if isinstance(part, str) else " " for part in row)
        html = re.sub(r"<(pre|code|table)\b.*?</\1>", " ", html, flags=re.DOTALL)
        assert not re.search(r"\|\||\[!\s*spoiler|\{sin[sc]e", html), html
