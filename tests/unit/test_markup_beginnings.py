"""What is looked for only where it can be is found as if it were looked for everywhere."""

import re
from html import escape
from unittest import mock

import pytest
from hypothesis import example, given, settings, strategies

from ballardwiki.content.markup import borrowed, foreign, manuscript, unclosed
from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.content.markup.shown import Shown

BEGINNING = re.compile(r"\(\?=(?:[^()\\]|\\.)*\)")
SIGNS = r"""\ ' '' ''' { {{ } }} {% %} {| [ ] [[ ]] ( ) [/b] [a*b="c"] [[File:a.png]] [[Category:B]] ~ ~~ ~~~ * ** *** ^[ $ $$
    > : ::: !!!*note [TOC] [[_TOC_]] __TOC__ __NOTOC__ #REDIRECT*[[a]] = == ==*a*== ##a #*a -*[*]* +*[x]* - + 1.* 10)*
    ` ``` ```` % %% < <!-- --> | word • – ![[ ^a #a*#b b==c==""".split()
PIECES = (*(each.replace("*", " ") if len(each) > 3 else each for each in SIGNS), *" \n\t\r\x1a\u00a0\u3000", "\n\n")
ITEMS = ("-a\n-b\n", "•a\n•b\n", "**a\n**b\n", "– a\n– b\n", "*a\n*b\n", "** a\n** b\n")


@pytest.mark.parametrize("expression", [borrowed._MARKS, manuscript._EDGE], ids=["borrowed", "manuscript"])
@settings(deadline=None, max_examples=400)
@given(text=strategies.lists(strategies.sampled_from(PIECES), max_size=20).map("".join))
def test_same(expression: re.Pattern[str], text: str) -> None:
    """Whatever stands in a text, in the middle of a line as at its beginning."""
    begins = BEGINNING.match(expression.pattern)
    assert begins
    without = re.compile(expression.pattern[begins.end() :], expression.flags)
    assert [each.regs for each in expression.finditer(text)] == [each.regs for each in without.finditer(text)]


@settings(deadline=None, max_examples=400)
@given(
    text=strategies.lists(strategies.sampled_from(["[[", "]]", "[", "]", "\\", "a", "`", "\n", "\n\n", "    "])).map(
        "".join
    )
)
def test_closings(text: str) -> None:
    """Brackets that end no link, beside links that are whole."""
    source = NumberedText(text)
    told = [each for each in unclosed.faults(source) if each.message.startswith("this ]]")]
    assert told == [*unclosed._closings(source, source.prose)]


@settings(deadline=None, max_examples=400)
@given(text=strategies.lists(strategies.sampled_from((*PIECES, *ITEMS)), max_size=6).map("".join))
@example(text="#a #b")
@example(text="[toc]")
def test_signs(text: str) -> None:
    """Each text may have what is looked for, where readers see all of it as typed."""
    source, shown = NumberedText(text), Shown(escape(text, quote=False))

    def told() -> list[str]:
        found = (*borrowed.faults(source, shown), *foreign.faults(source, shown))
        return [str(each) for each in found if "names no block" not in each.message]

    as_it_is = told()
    with mock.patch.object(borrowed, "_SIGNS", re.compile("")), mock.patch.object(foreign, "_SIGNS", ("",)):
        assert told() == as_it_is
