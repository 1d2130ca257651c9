"""The shortcuts around Python-Markdown change nothing: each text becomes what the library without them makes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies

from ballardwiki.content.markup import engines, pythonmarkdown

PIECES = (
    *(
        "word",
        " ",
        "\n",
        "\n\n",
        "  \n",
        "    ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~~\n",
        "\\",
        "\\*",
        "&",
        "&amp;",
        "<",
        ">",
    ),
    *("[a](b)", "[a]", "[a]: http://x", "![i](s)", "<b>x</b>", "<div>\n", "<http://a.b>", "<a@b.c>", "- ", "1. ", "> "),
    *(
        "# ",
        "===\n",
        "---\n",
        "| a | b |\n| --- | :-: |\n| c | d |\n",
        "|",
        "\n:   def",
        "*[ABC]: long\n",
        "ABC",
        "{: .c}",
    ),
)


@pytest.fixture(scope="module")
def plain() -> Callable[[str], str]:
    """Python-Markdown as it is set up, without shortcuts."""
    engine = pythonmarkdown.dialect()
    return lambda text: str(engine.reset().convert(text))


@settings(deadline=None, max_examples=400)
@given(text=strategies.lists(strategies.sampled_from(PIECES), max_size=20).map("".join))
def test_same(plain: Callable[[str], str], text: str) -> None:
    """Whatever stands in a text, alone or beside anything else."""
    assert engines.python_markdown(text) == plain(text)


def test_reused(plain: Callable[[str], str]) -> None:
    """A text does not depend on those before it."""
    for text in (*PIECES, *reversed(PIECES), "".join(PIECES), *PIECES):
        assert engines.python_markdown(text) == plain(text)


@settings(deadline=None, max_examples=400)
@given(
    text=strategies.lists(strategies.sampled_from(["*", "**", "_", "__", "a", " ", "`", "\\"]), max_size=20).map(
        "".join
    )
)
def test_same_in_a_line(plain: Callable[[str], str], text: str) -> None:
    """Emphasis and code, within each other and across."""
    assert engines.python_markdown(text) == plain(text)
