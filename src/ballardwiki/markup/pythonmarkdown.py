"""Python-Markdown, set up for us.

What editors see is what Python-Markdown makes, except that two quotes with an empty line between them stay two quotes,
as everywhere else.

Shortcuts save it work that changes nothing: text without special characters skips the inline patterns, a text without
`<` and `&` the search for HTML blocks, one without `{` the search for attributes; and what it looks up for every
element (the inline patterns, the names of block elements) is looked up in simpler things.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPECIAL = re.compile(r"[\\`*_\[<&!{\x02]|  \n")


def converter() -> Callable[[str], str]:
    """A function from Markdown to HTML that uses one instance again and again."""
    tables = TableExtension(use_align_attribute=True)
    engine = Markdown(extensions=["def_list", "abbr", "attr_list", "fenced_code", "sane_lists", tables])
    engine.parser.blockprocessors.register(_Quotes(engine.parser), "quote", 20)
    engine.preprocessors.register(_HtmlBlocks(engine), "html_block", 20)
    engine.treeprocessors.register(_PlainText(engine), "plain_text", 25)
    engine.treeprocessors["inline"].inlinePatterns = list(engine.inlinePatterns)
    engine.is_block_level = lru_cache(maxsize=256)(engine.is_block_level)
    attributes = _Attributes(engine)
    engine.treeprocessors.register(attributes, "attr_list", 8)

    def convert(text: str) -> str:
        attributes.needed = "{" in text
        html: str = engine.reset().convert(text)
        return html

    return convert


class _Quotes(BlockQuoteProcessor):  # type: ignore[misc]
    def lastChild(self, parent: Element) -> Element | None:  # noqa: ARG002, N802  # the library's name
        """No earlier quote to go on with: each begins a new one."""
        return None


class _HtmlBlocks(HtmlBlockPreprocessor):  # type: ignore[misc]
    def run(self, lines: list[str]) -> list[str]:
        for line in lines:
            if "<" in line or "&" in line:
                found: list[str] = super().run(lines)
                return found
        return lines


class _Attributes(AttrListTreeprocessor):  # type: ignore[misc]
    needed = True

    def run(self, doc: Element) -> None:
        if self.needed:
            super().run(doc)


class _PlainText(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        abbreviations = self.md.treeprocessors["abbr"].abbrs
        if abbreviations:
            return
        special = _SPECIAL.search
        for element in root.iter():
            if (text := element.text) and not special(text):
                element.text = AtomicString(text)
