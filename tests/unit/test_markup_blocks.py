"""Lists, quotes, fenced code and headings: the default engine shows what GitHub shows, as the other engine does."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings, strategies as st

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.content.markup.blocks import arranged
from ballardwiki.content.markup.engines import commonmark, python_markdown
from ballardwiki.content.markup.sanitise import clean

PATH = "content/pages/a.md"
_BLOCK = r"</?(?:ul|ol|li|blockquote|pre|h\d|hr|table|thead|tbody|tr|td|th|div)\b[^>]*>"


def shown(html: str) -> str:
    """HTML without what readers do not see, and without the paragraphs in items, which only set them apart."""
    html = re.sub(r"</?p>", "", clean(html)).replace(' start="1"', "")
    html = re.sub(r"\s*\n\s*", "\n", re.sub(r"<br>\n?", "<br>", html))
    return re.sub(rf"\n*({_BLOCK})\n*", r"\1", html).strip()


TEXTS = (
    """
- step one

  ```yaml
  key: value
  other: 2
  ```
====
1. step two

    ```yaml
    key: value

    other: 2
    ```
====
> quote
> ```
> a: 1
>   b: 2
> ```
====
> - item
>   ```
>   x
>   ```
> - b
====
- ```
  code
  ```
- b
====
- a
  ~~~
  x
  ~~~
  b
====
~~~~
```
~~~~
====
  ```
  a
   b
  ```
====
text
```
code
```
text
====
> ```
> a
  b
====
Paragraph
- item
- item
====
Paragraph
1. item
====
Paragraph
2. no item
====
- outer
  - inner
    - innermost
  - inner
- outer
====
- outer
    - inner
        - innermost
====
1. a
   1. b
   2. c
2. d
====
10. a
    - b
11. c
====
1. a
  - b
====
- a
  more
  - b
====
- a

  para

- b
====
* a

  * b

    para

  * c
====
- a
lazy
- b
====
- a
  > q
  > r
- b
====
- > q
- b
====
- - a
====
- a
1. b
- c
====
1) a
2) b
====
3. a
4. b
====
-
  a
====
- a
## H
- b
====
- a
***
- b
====
* * *
====
- a

      indented code

- b
====
    indented
    - code
====
1. one

   two
   ```
   x
     y
   ```
   three
2. four
====
> a
lazy
====
> a
> - b
>
> c
====
> > a
> b
====
> a

> b
====
a
> b
c
====
## Rated C#
====
## Rated C# ##
====
# C#
====
- ## C#
====
## A \\#
====
verse\\
verse
====
- a\\
  b
====
> a\\
> b
====
`- a`
- b `c`
====
<div>
- a
</div>
====
<pre>
- a
  - b
</pre>
====
Title
---
- a
====
| a | b |
|---|---|
| 1 | 2 |
""".strip("\n")
    .replace("\\\\", "\\")
    .split("\n====\n")
)


@pytest.mark.parametrize("text", TEXTS)
def test_both_engines_show_the_same(text: str) -> None:
    assert shown(python_markdown(text)) == shown(commonmark(text))


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n\n  ```yaml\n  k: [[v]]\n  ```", '<pre><code class="language-yaml">'),
        ("- a\n\n  ```\n  k: <v>\n    ||x||\n  ```", "<pre><code>k: &lt;v&gt;\n  ||x||\n</code></pre>"),
        ("> [!note]\n> ```\n> a: 1\n>   b: 2\n> ```", "<pre><code>a: 1\n  b: 2\n</code></pre>"),
        ("> ```\n> [[ a\n>   b ]]\n> ```", "<pre><code>[[ a\n  b ]]\n</code></pre>"),
        ("> ```\n> > [!note] x\n> ```", "<pre><code>&gt; [!note] x\n</code></pre>"),
        ("## Rated C#", '<h2 id="rated-c">Rated C#</h2>'),
        ("## Rated C# {#c}", '<h2 id="c">Rated C#</h2>'),
    ],
)
def test_code_and_headings_arrive_as_written(engine: str, text: str, html: str) -> None:
    body, _ = read(text, engine=engine, path=PATH)
    found = "".join(part for part in body.parts if isinstance(part, str))
    assert html in found.replace(' class="language-">', ">")


def test_definition_lists_and_abbreviations_stay_python_markdowns() -> None:
    text = "HTML\n:   - a\n    - b\n\n    more\n\n- HTML\n\n*[HTML]: long\n"
    html = python_markdown(text)
    assert "<dl>" in html and "<p>more</p>" in html and html.count("<abbr") == 2


def test_what_needs_no_arranging_is_left_alone() -> None:
    lines = "a\n\n    code\n\n## B\n\n*c* - d\n1.5\n-e".split("\n")
    assert arranged(lines, str) is lines


PIECES = [
    "- a",
    "- b",
    "  - c",
    "    - d",
    "  text",
    "text",
    "",
    "> q",
    "> - r",
    "1. x",
    "   y",
    "  ```",
    "```",
    "## H",
]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text("->`#~*1. \n\\:<", max_size=6)), max_size=12))
def test_no_word_is_lost_and_nothing_fails(pieces: list[str]) -> None:
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(unescape(re.sub(r"<[^>]*>", "", html)))
        return ""

    lines = "\n".join([*pieces, "", "last"]).split("\n")
    found = arranged(lines, keep)
    letters, said = (sorted(re.findall(r"[a-zA-Z0-9]", "".join(each))) for each in (lines, [*found, *kept]))
    assert said == letters or any(
        sign in line for line in lines for sign in ("`", "~")
    )  # the language of code is no text
    python_markdown("\n".join(lines))


@pytest.mark.parametrize(
    "line", ["> " * 5000 + "a", "- " * 5000 + "a", "```\n" * 5000, "- a\n  > b\n" * 2500, "#" * 10000, "- a\n" * 5000]
)
def test_the_work_grows_with_the_text(line: str) -> None:
    """Neither more lines nor longer ones than four times those written: what is deep is text."""
    found = arranged(line.split("\n"), lambda _: "k")
    assert sum(map(len, found)) < 8 * len(line) + 1000 and len(found) <= 3 * line.count("\n") + 10
