"""The last step on HTML that nobody vouches for: an allow-list, and warnings about what it took away."""

from __future__ import annotations

import re

import nh3

from ballardwiki.problems import Location, Problem

_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
_ATTRIBUTES["*"] = {"class", "id", "title", "lang", "dir"}
_LANGUAGE = re.compile(r"language-[\w+#.-]{1,40}")


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

_TAGS = (
    "applet|audio|base|button|canvas|dialog|embed|fieldset|form|frame|frameset|iframe|input|link|math|meta|noscript|object|"
    "option|param|picture|plaintext|portal|script|select|slot|source|style|svg|template|textarea|title|track|video|xmp"
)
_UNSAFE = re.compile(
    rf"""<({_TAGS})(?=[\s/>])
    |<[a-z][^<>]{{0,500}}?[\s"'/](on[a-z]{{3,30}}|style|srcdoc|formaction)\s*=
    |<[a-z][^<>]{{0,500}}?\s(?:href|src)\s*=\s*["']?\s*((?:javascript|vbscript|data|file):)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def removed(source: str, html: str, path: str, line: int) -> list[Problem]:
    """Warnings about what `clean(html)` takes away of what the editor wrote in `source`."""
    lower = source.lower()
    if not any(sign in lower for sign in _SIGNS):
        return []
    problems: dict[str, Problem] = {}
    for match in _UNSAFE.finditer(html):
        what = (match[1] or match[2] or match[3]).lower()
        if what in problems:
            continue
        needle = f"<{what}" if match[1] else what
        at = lower.find(needle)
        row = line + source.count("\n", 0, at) if at >= 0 else line
        column = at - source.rfind("\n", 0, at) if at >= 0 else 1
        shown = (
            f"<{what}>" if match[1] else f"the attribute {what}" if match[2] else f"an address that begins with {what}"
        )
        problems[what] = Problem(
            Location(path, row, column),
            "html-safe",
            f"{shown} was removed: articles may not carry code, forms, frames or styles.",
            "Write it in Markdown, or ask for a template that shows it.",
            "warning",
        )
    return list(problems.values())
