"""The engines: what our shortcuts for Python-Markdown must not change, and what each engine costs a process."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.content.markup.pythonmarkdown import dialect

STOCK = dialect()
PIECES = [
    "[a](b)", "*", "**", "_", "`", "\n\n", "\n", "- x\n", "> q\n", "    ", "# h\n", "&amp;", "&copy", "<b>", "<div>",
    "</div>", "\\*", "![a](b)", "{: #x .y}", "{: .k }", "| a | b |\n|---|---|\n| c | d |\n", "  \n", "term\n: def\n", "```\n",
    "HTML", "*[HTML]: x\n", "[a]: http://x\n", "<!-- c -->", "\x02", "\x03", "klzzwxh:0000", "x", "é", " ",
    "1. a\n", "---\n", "===\n", "\ue000\ue010\ue001", "<http://a.b>", "\t",
]  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=20).map("".join)


@given(LINES)
def test_shortcuts_change_nothing(text: str) -> None:
    assert ENGINES["python-markdown"](text) == STOCK.reset().convert(text)


@pytest.mark.parametrize(("engine", "library"), [("python-markdown", "pyromark"), ("commonmark", "markdown")])
def test_only_the_engine_in_use_is_loaded(engine: str, library: str) -> None:
    code = (
        "import sys; from ballardwiki.content.markup import read; "
        f"read('*x*', engine={engine!r}, path='x.md'); print({library!r} in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    )
    assert run.stdout.split() == ["False"]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("| a |\n|---|\n| b |", '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table>'),
        ("<b>x</b>", "<p><b>x</b></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ],
)
def test_both_engines(engine: str, text: str, html: str) -> None:
    assert str(read(text, engine=engine, path="x.md")[0].parts[0]).startswith(html)


@pytest.mark.parametrize(
    ("engine", "text", "html"),
    [
        ("python-markdown", "term\n: meaning", "<dl>\n<dt>term</dt>\n<dd>meaning</dd>\n</dl>"),
        ("python-markdown", "*[TV]: television\n\nTV", '<p><abbr title="television">TV</abbr></p>'),
        ("python-markdown", "a *b*{: .c #d }", '<p>a <em class="user-c" id="user-d">b</em></p>'),
        ("commonmark", "~~a~~", "<p><del>a</del></p>"),
    ],
)
def test_what_one_engine_has(engine: str, text: str, html: str) -> None:
    assert str(read(text, engine=engine, path="x.md")[0].parts[0]).strip() == html


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_reading_many_pages_leaks_nothing(engine: str) -> None:
    """A binding in C may leak what Python's own tools don't see: 34 KB a page was 170 MB in each worker."""
    text = "\n\n".join(f"## Part {number}\n\nSome *words* and [[A link|with text]]. " * 4 for number in range(20))

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    def grown_by_reading() -> int:
        before = resident()
        for _ in range(200):
            read(text, engine=engine, path="x.md")
        gc.collect()
        return resident() - before

    grown_by_reading()  # caches fill once
    assert grown_by_reading() < 4 << 20
