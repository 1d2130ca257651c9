"""Markdown engines: functions from Markdown to HTML that is not yet safe. Each loads its library when first used."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ballardwiki.expressions import expression

DEFAULT = "python-markdown"
_ALIGNED_CELL = expression(r'(<t[hd]) style="text-align: (left|center|right)"')


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
    from ballardwiki.content.markup.pythonmarkdown import converter  # noqa: PLC0415  # each engine costs only who uses it

    return converter()


@cache
def _commonmark() -> Callable[[str], str]:
    from pyromark import Markdown, Options  # noqa: PLC0415  # each engine costs only who uses it

    convert = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH).html

    def aligned(text: str) -> str:
        html = convert(text if text.endswith("\n") else f"{text}\n")
        return _ALIGNED_CELL.sub(r'\1 align="\2"', html) if "text-align" in html else html

    return aligned
