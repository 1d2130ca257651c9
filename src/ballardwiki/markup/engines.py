"""Markdown engines: functions from Markdown to HTML that is not yet safe. Each loads its library when first used."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

DEFAULT = "python-markdown"


def python_markdown(text: str) -> str:
    """Python-Markdown with tables, definition lists, abbreviations, attribute lists, fenced code and sane lists."""
    convert = _python_markdown()
    try:
        return convert(text)
    except BaseException:
        _python_markdown.cache_clear()
        raise


def commonmark(text: str) -> str:
    """CommonMark with tables and strikethrough."""
    return _commonmark()(text)


ENGINES: dict[str, Callable[[str], str]] = {"python-markdown": python_markdown, "commonmark": commonmark}


@cache
def _python_markdown() -> Callable[[str], str]:
    from ballardwiki.markup.pythonmarkdown import converter  # noqa: PLC0415  # each engine costs only who uses it

    return converter()


@cache
def _commonmark() -> Callable[[str], str]:
    from cmarkgfm import markdown_to_html_with_extensions  # noqa: PLC0415  # each engine costs only who uses it
    from cmarkgfm.cmark import Options  # noqa: PLC0415  # each engine costs only who uses it

    extensions = ["table", "strikethrough"]

    def convert(text: str) -> str:
        html: str = markdown_to_html_with_extensions(text, options=Options.CMARK_OPT_UNSAFE, extensions=extensions)
        return html

    return convert
