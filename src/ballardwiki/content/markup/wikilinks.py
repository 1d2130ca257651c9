"""What stands between `[[` and `]]`: a name, perhaps a part of its page, perhaps other words to show.

`#` begins the part and `|` the words, unless they belong to a name: then the whole name wins. Which names there are is
known only when all files have been read, so a link keeps what was typed (`Mark.typed`) until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ballardwiki.expressions import expression

SIGNS = frozenset("#|[]")
"""The characters that mean something in a link, and may all the same stand in a name."""

_MOST = 4
"""So many bars, and so many number signs, are tried as the end of a name."""

_ESCAPED = expression(r"\\([#|\[\]])")
_BALANCED = expression(r"(?:[^\[\]\n]|\[[^\[\]\n]*\])*")


class WikiLink(NamedTuple):
    """One way to read a link: `target` is a name or an address, `fragment` the part's name, `text` what is shown."""

    target: str
    fragment: str = ""
    text: str = ""


def plain(typed: str) -> WikiLink:
    """The reading where no name has signs: the first bar begins the words, the first number sign the part."""
    if typed[:1] == "[" and typed[-1:] == "]" and "[" not in typed[1:] and not SIGNS & {*typed[1:-1]}:
        return WikiLink(typed[1:-1].strip(), "", typed)
    head, _, text = typed.partition("|")
    target, _, fragment = head.partition("#")
    return WikiLink(_end(target), _end(fragment), text.strip())


def readings(typed: str) -> Iterator[WikiLink]:
    """All ways to read a link, the longest name first."""
    for head, text in _cuts(typed, "|"):
        for target, fragment in _cuts(head, "#"):
            yield WikiLink(_name(target), _end(fragment), text.strip())


def linkable(name: str) -> bool:
    """Whether a link by that name can be written: its brackets come in pairs."""
    return _BALANCED.fullmatch(name) is not None


def link(ref: str, words: str) -> str:
    """A link to an address that shows some words, or the page's title where they can't be written."""
    return f"[[{ref}|{words}]]" if words and linkable(words) else f"[[{ref}]]"


def _cuts(text: str, sign: str) -> Iterator[tuple[str, str]]:
    """The whole text, then the text cut at a sign, from the last one to the first."""
    yield text, ""
    at = len(text)
    for _ in range(_MOST):
        at = text.rfind(sign, 0, at)
        if at < 0:
            return
        yield text[:at], text[at + 1 :]


def _end(text: str) -> str:
    """Without the backslash that keeps a table from taking the bar after it for the end of a cell."""
    return text.rstrip().removesuffix("\\").strip()


def _name(text: str) -> str:
    return _end(_ESCAPED.sub(r"\1", text) if "\\" in text else text)
