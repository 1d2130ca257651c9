"""The last step on HTML that nobody vouches for: an allow-list, and warnings about what it took away."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3

from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.expressions import expression
from ballardwiki.problems import Problem

_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
_ATTRIBUTES["*"] = {"class", "id", "title", "lang", "dir"}
_LANGUAGE = expression(r"language-[\w+#.-]{1,40}")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Classes and ids live in a name space of their own, so that an article cannot pass for part of the theme."""
    if name == "class":
        if tag == "code" and _LANGUAGE.fullmatch(value):
            return value
        return " ".join(word if word.startswith("user-") else f"user-{word}" for word in value.split()) or None
    if name == "id":
        return value if value.startswith("user-") else f"user-{value}"
    return value


_CLEANER = nh3.Cleaner(
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
)
clean = _CLEANER.clean

_SIGNS = ("<", "{", "script:", "data:", "file:")
"""Without any of these in its source, a text has nothing that is taken away."""

MOST = 50
"""Warnings told of one text."""

_TAGS = (
    "applet|audio|base|button|canvas|dialog|embed|fieldset|form|frame|frameset|iframe|input|link|math|meta|noscript|object|"
    "option|param|picture|plaintext|portal|script|select|slot|source|style|svg|template|textarea|title|track|video|xmp"
)
_UNSAFE = expression(
    rf"""<({_TAGS})(?=[\s/>])
    |<[a-z][^<>]{{0,500}}?[\s"'/](on[a-z]{{3,30}}|style|srcdoc|formaction)\s*+=
    |<[a-z][^<>]{{0,500}}?\s(?:href|src)\s*+=\s*+(?:["']\s*+)?+((?:javascript|vbscript|data|file):)
    """,
    re.VERBOSE | re.IGNORECASE,
)


_INSTEAD = {
    "ref": "Write [^1], and on a line below [^1]: the source.",
    "references": "Delete it: footnotes are listed below the text anyway.",
    "nowiki": "Write code between `, or a backslash before each sign that is to be seen.",
    "gallery": "Write a line such as ![what is to be seen](/media/file.jpg) for each image.",
    "font": "Write **words** or *words*.",
    "big": "Write **words**.",
}
"""What to write for elements of wikis and old pages."""
_ELEMENT = expression(r"<([a-z][\w:-]{0,60})(?=[\s/>])", re.IGNORECASE)
_KNOWN = frozenset((*nh3.ALLOWED_TAGS, *_TAGS.split("|"), "html", "head", "body"))


class Removed:
    """Warns about what `clean` takes away of what the editor wrote, each at its own place."""

    def __init__(self, source: NumberedText) -> None:
        self._source = source
        lower = source.text.lower()
        self._prose = source.prose.lower() if any(sign in lower for sign in _SIGNS) else ""
        self._done: dict[str, int] = {}
        self._told = 0

    def of(self, html: str) -> Iterator[Problem]:
        """What `clean(html)` takes away. The parts of a text come one after the other."""
        for match in _UNSAFE.finditer(html) if self._prose else ():
            what = (match[1] or match[2] or match[3]).lower()
            if self._told == MOST:
                return
            self._told += 1
            shown = f"<{what}>" if match[1] else f"the attribute {what}"
            shown = f"an address that begins with {what}" if match[3] else shown
            message = f"{shown} was removed: articles may not carry code, forms, frames or styles."
            hint = "Write it in Markdown, or ask for a template that shows it."
            written = f"<{what}" if match[1] else rf"\b{what}\s*=" if match[2] else what
            yield self._source.problem(self._place(written), "html-safe", message, hint, "warning")

        for match in _ELEMENT.finditer(html) if "<" in self._prose else ():
            name = match[1]
            if name.lower() in _KNOWN or self._told == MOST:
                continue
            self._told += 1
            message = f"<{name}> was removed: no page may have an element of that name."
            hint = _INSTEAD.get(name.lower(), f"Write &lt;{name}> if readers are to see it; else delete it.")
            place = self._place(f"<{re.escape(name.lower())}")
            yield self._source.problem(place, "html-safe", message, hint, "warning")

    def _place(self, written: str) -> int:
        """The next place where something is written; the last one if there are no more, the beginning if none."""
        start = self._done.get(written, -1)
        found = re.compile(written).search(self._prose, start + 1)
        self._done[written] = found.start() if found else max(start, 0)
        return self._done[written]
