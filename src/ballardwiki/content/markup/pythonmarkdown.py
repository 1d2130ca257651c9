"""Python-Markdown, set up for us.

What editors see is what Python-Markdown makes, except that lists, quotes and fenced code are read as on GitHub (see
`blocks`), a backslash ends a line, and two quotes with an empty line between them stay two quotes, as everywhere else.

Shortcuts save it work that changes nothing: each text meets only the steps that can find something in it, and its
stretches without special characters skip the inline patterns; a block without bars is asked for no table; what ends
emphasis is found by leaps; the names of block elements are looked up but once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.preprocessors import HtmlBlockPreprocessor, Preprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString

from ballardwiki.content.markup.blocks import arranged
from ballardwiki.expressions import expression

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPECIAL = expression(r"[\\`*_\[<&{\x02]|  \n")

_EMPHASIS = expression(r"[*_]")

_BREAK = r"\\\n *"
"""A backslash at the end of a line."""

_SIGNS = {
    "table": "|",
    "deflist": ":",
    "defindent": ":",
    "hashheader": "#",
    "quote": ">",
    "reference": "[",
    "abbr": "[",
    "backtick": "`",
    "escape": "\\",
    "backslash_break": "\\",
    "link": "[",
    "image_link": "[",
    "image_reference": "[",
    "short_reference": "[",
    "short_image_ref": "[",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
    "em_strong": "*_",
}
"""The steps of Python-Markdown that find nothing in a text in which none of these characters stands."""

_BLOCK_SIGNS = {"table": "|", "hashheader": "#"}
"""Those of them that find nothing in a single block without its sign."""


def dialect() -> Markdown:
    """Python-Markdown with its extensions and what we changed in it, but without shortcuts."""
    tables = TableExtension(use_align_attribute=True)
    # By name, each would be looked for in all packages that are installed.
    engine = Markdown(
        extensions=[DefListExtension(), AbbrExtension(), AttrListExtension(), SaneListExtension(), tables]
    )
    engine.parser.blockprocessors.register(_Quotes(engine.parser), "quote", 20)
    engine.preprocessors.register(_Blocks(engine), "blocks", 25)
    emphasis = engine.inlinePatterns["em_strong"]
    emphasis.handleMatch = _faithful(emphasis)
    engine.inlinePatterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "backslash_break", 185)
    return engine


def converter() -> Callable[[str], str]:
    """A function from Markdown to HTML that uses one instance again and again."""
    engine = dialect()
    engine.preprocessors.register(_HtmlBlocks(engine), "html_block", 20)
    engine.treeprocessors.register(_PlainText(engine.treeprocessors["abbr"].abbrs), "plain_text", 25)
    engine.is_block_level = lru_cache(maxsize=256)(engine.is_block_level)
    engine.ESCAPED_CHARS = [*engine.ESCAPED_CHARS, "%"]
    for name, sign in _BLOCK_SIGNS.items():
        step = engine.parser.blockprocessors[name]
        step.test = _needing(sign, step.test)
    code, emphasis = engine.inlinePatterns["backtick"], engine.inlinePatterns["em_strong"]
    code.compiled_re = re.compile(rf"(?=[\\`]){code.pattern}", code.compiled_re.flags)
    emphasis.search = _leaping(emphasis)
    inline, attributes, escapes = engine.treeprocessors["inline"], _Attributes(engine), _Escapes(engine)
    engine.treeprocessors.register(attributes, "attr_list", 8)
    engine.treeprocessors.register(escapes, "unescape", 0)
    lines, blocks, patterns = map(_steps, (engine.preprocessors, engine.parser.blockprocessors, engine.inlinePatterns))

    def convert(text: str) -> str:
        absent = {signs for signs in _SIGNS.values() if not any(sign in text for sign in signs)}
        escaping = "\\" in text or "#\n" in text or text.endswith("#")
        absent -= {"\\"} if escaping else set()
        engine.preprocessors = [step for signs, step in lines if signs not in absent]
        engine.parser.blockprocessors = [step for signs, step in blocks if signs not in absent]
        inline.inlinePatterns = [step for signs, step in patterns if signs not in absent]
        attributes.needed = "{" in text
        escapes.needed = escaping
        html: str = engine.reset().convert(text)
        return html

    return convert


def _steps(registry: Any) -> list[tuple[str, Any]]:  # the library has no types
    """The steps of a registry in their order, each with its signs, "" where it is always needed."""
    signs = {registry.get_index_for_name(name): each for name, each in _SIGNS.items() if name in registry}
    return [(signs.get(place, ""), step) for place, step in enumerate(registry)]


def _needing(sign: str, test: Callable[[Element, str], bool]) -> Callable[[Element, str], bool]:
    """A test of a block that is made only where the sign stands in it."""
    return lambda parent, block: sign in block and test(parent, block)


def _leaping(step: Any) -> Callable[[str, int], re.Match[str] | None]:  # the library has no types
    """The search for what may end emphasis: from sign to sign, where the library goes from letter to letter."""

    def search(text: str, start: int) -> re.Match[str] | None:
        for sign in step.compiled_re.finditer(text, start):
            delimiter = step.delimiters[sign[0]]
            found: re.Match[str] | None = delimiter.boundary.match(text, sign.start())
            if found and (delimiter.stack or found.lastgroup != "end"):
                return found
        return None

    return search


def _faithful(step: Any) -> Callable[..., tuple[Any, int | None, int | None]]:  # the library has no types
    """The handling of emphasis, but where it would lose a letter, as behind `*a**b*c`: there the signs stay signs."""
    handle = step.handleMatch

    def handled(match: re.Match[str], text: str) -> tuple[Any, int | None, int | None]:
        element, start, end = handle(match, text)
        if element is None or start is None:
            return element, start, end
        if _EMPHASIS.sub("", "".join(element.itertext())) == _EMPHASIS.sub("", text[start:end]):
            return element, start, end
        step.reset()
        return None, match.start(), match.end()

    return handled


class _Quotes(BlockQuoteProcessor):  # type: ignore[misc]
    def lastChild(self, parent: Element) -> Element | None:  # noqa: ARG002, N802  # the library's name
        """No earlier quote to go on with: each begins a new one."""
        return None


class _Blocks(Preprocessor):  # type: ignore[misc]
    def run(self, lines: list[str]) -> list[str]:
        return arranged(lines, self.md.htmlStash.store)


class _HtmlBlocks(HtmlBlockPreprocessor):  # type: ignore[misc]
    def run(self, lines: list[str]) -> list[str]:
        for line in lines:
            if "<" in line or "&" in line:
                found: list[str] = super().run(lines)
                return found
        return lines


class _AtEnd:
    """A pattern for attributes that end a text: looked for only in a text that ends so, once for each run of blanks."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = re.compile(f"(?<! ){pattern.pattern}")

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if text.removesuffix("\n").rstrip(" ").endswith("}") else None


class _Attributes(AttrListTreeprocessor):  # type: ignore[misc]
    HEADER_RE = _AtEnd(AttrListTreeprocessor.HEADER_RE)
    needed = True

    def run(self, doc: Element) -> None:
        if self.needed:
            super().run(doc)


class _Escapes(UnescapeTreeprocessor):  # type: ignore[misc]
    needed = True

    def run(self, root: Element) -> None:
        if self.needed:
            super().run(root)


class _PlainText(Treeprocessor):  # type: ignore[misc]
    def __init__(self, abbreviations: dict[str, str]) -> None:
        self.abbreviations = abbreviations

    def run(self, root: Element) -> None:
        if self.abbreviations:
            return
        special = _SPECIAL.search
        for element in root.iter():
            if (text := element.text) and not special(text):
                element.text = AtomicString(text)
