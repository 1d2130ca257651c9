"""Colours for code, as classes that the theme's style sheet knows."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.formatter import Formatter  # only code in a known language needs it
    from pygments.lexer import Lexer  # only code in a known language needs it

_LONGEST = 20_000
"""Longer code stays plain: highlighting it costs more than it tells."""


def highlighted(language: str, code: str) -> str:
    """A block of `code`, with Pygments' classes when it knows the language."""
    tools = _tools(language) if len(code) <= _LONGEST else None
    if tools:
        from pygments import highlight  # noqa: PLC0415  # only code in a known language needs it

        inner = highlight(code, *tools)
    else:
        inner = escape(code, quote=False)
    return f'<div class="highlight"><pre><code class="language-{escape(language)}">{inner}</code></pre></div>'


@lru_cache(maxsize=64)
def _tools(language: str) -> tuple[Lexer, Formatter[str]] | None:
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415  # only code in a known language needs it
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  # only code in a known language needs it
    from pygments.util import ClassNotFound  # noqa: PLC0415  # only code in a known language needs it

    try:
        return get_lexer_by_name(language, stripnl=False), HtmlFormatter(nowrap=True)
    except ClassNotFound:
        return None
