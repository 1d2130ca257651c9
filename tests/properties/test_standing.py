"""Where a name stands in a text: the quick way tells the same as reading the text with all links in it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings, strategies as st

from ballardwiki.content import markup
from ballardwiki.edit.autolink import _veiled
from ballardwiki.edit.autolink.context import Around, on_trial, quickly
from ballardwiki.edit.autolink.names import Hit, _whole
from ballardwiki.edit.manuscript import Manuscript, Passage
from ballardwiki.edit.text_edits import Lines
from ballardwiki.model import Ref, Source
from ballardwiki.problems import Location
from ballardwiki.schema import Schema

NAMES = ("Maggie Q", "Lola", "Bosch: Legacy", "A&B Corp", "M*A*S*H", "Note")
WORDS = st.sampled_from([*NAMES, *NAMES[:2], *NAMES[:2], "went", "to", "Maggie", "Q", "x"])
LINKS = ["[[Maggie Q]]", "[[x|Lola]]", "[[Lola#Note]]", "[[#Lola]]", "[[]]", "[Lola](lola.md)", "[see [a] Lola](https://x.test)", "[Lola][l]", "![Lola](a.jpg)", '![Lola](https://x.test/a.jpg "Lola")', "[^1]", "[^Lola]", "[see [[Lola]]](x.md)", "[see [[x/Lola]]](https://x.test)"]  # fmt: skip
SIGNS = ["*", "**", "_", "`", "``", "||", "\\", "<b>", "</b>", "<!-- Lola -->", "&amp;", "&#76;ola", "Maggie&nbsp;Q", "Maggie\tQ", "Maggie\nQ", "Maggie  \nQ", "Maggie\\ Q", "{.x}", "{: title=Lola}", "[", "]", "[[", "]]", "(", ")", '"', "\x02", "https://x.test/Lola", "|"]  # fmt: skip
LINES = ["# ", "## Lola {#x}", "> ", "> [!note] ", "> [!note]\n> ", "> [!spoiler] s01e01\n> ", "- ", "1. ", "    ", "\t", "```\n", "~~~\n", "[^1]: ", "[l]: /x 'Lola'", "*[Lola]: Maggie Q", "| a | b |\n|---|---|\n| ", "---\n", "===\n", ": ", "\n", "\n\n", "<div>\n", "</div>\n"]  # fmt: skip
PLAIN = st.lists(st.sampled_from(["Maggie Q", "Lola", "Bosch: Legacy", "went", "*Lola*", "[[Lola]]", "(Maggie Q)", "\n\n", "\n- "]), max_size=25)  # fmt: skip
WILD = st.lists(
    st.one_of(WORDS, WORDS, st.sampled_from(LINKS), st.sampled_from(SIGNS), st.sampled_from(LINES)), max_size=25
)


def hits(text: str) -> list[Hit]:
    """The names in a text that are not passed over at once, each as long as it can be."""
    veiled = _veiled(text)
    matches = re.finditer("|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))), veiled)
    return [Hit(*each.span(), each[0], Ref("page/x")) for each in matches if _whole(veiled, *each.span())]


def both(text: str, engine: str) -> tuple[Mapping[int, Around] | None, Mapping[int, Around]] | None:
    """What the quick way and reading with links tell; None where there is nothing to tell or no text to look into."""
    made = Manuscript(Source("content/pages/a.md", "page", "a", text), Schema({}, {}), engine)
    passage = Passage(Ref("page/a"), text, Lines(text), range(len(text)), Location("content/pages/a.md"))
    body, problems = markup.read(text, engine=engine, path="content/pages/a.md")
    names = hits(text)
    if not names or any(each.rule == "link-inside" for each in problems):
        return None
    return quickly(passage, body, names), on_trial(made, passage, names)


@pytest.mark.parametrize("engine", markup.ENGINES)
@settings(max_examples=400)
@given(WILD)
def test_the_quick_way_tells_the_same_or_nothing(engine: str, words: list[str]) -> None:
    told = both(" ".join(words).replace("\n ", "\n"), engine)
    assert told is None or told[0] is None or dict(told[0]) == dict(told[1])


@pytest.mark.parametrize("engine", markup.ENGINES)
@given(PLAIN)
def test_of_plain_text_the_quick_way_tells_all(engine: str, words: list[str]) -> None:
    told = both(" ".join(words).replace("\n ", "\n"), engine)
    assert told is None or told[0] == told[1]


MISLEADING = {
    "an entity": "![Lola](a.jpg) and Lola\n\n# &#76;ola",
    "an escape": "![Bosch: Legacy](a.jpg) and Bosch: Legacy\n\n# Bosch\\: Legacy",
    "a comment": "![Lola](a.jpg) and Lola\n\n# Lo<!-- -->la",
    "code over two lines": "![Maggie Q](a.jpg) and Maggie Q\n\n`Maggie\nQ`",
    "a callout's name": "![Note](a.jpg) and Note\n\n> [!note]\n> x",
    "a footnote": "Lola[^1]\n\n[^1]: x\nLola, too\n\n# x Lola",
    "a cell that is dropped": "| a |\n|---|\n| x | Lola |\n\nLola",
}
"""Texts in which a name vanishes and another appears, so that they seem to stand for each other."""


@pytest.mark.parametrize("engine", markup.ENGINES)
@pytest.mark.parametrize("name", MISLEADING)
def test_what_could_mislead_does_not(engine: str, name: str) -> None:
    told = both(MISLEADING[name], engine)
    assert told is not None and told[0] in (None, told[1])
