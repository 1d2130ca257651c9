"""Whether one value, written where several may stand, was meant as several: `tags: crime, drama`."""

from __future__ import annotations

import re

from ballardwiki.expressions import expression

_SUFFIX = expression(r"(?:[JS]r|[IVX]+|M\.?D|Ph\.?D|Esq|M\.?A|B\.?A|Inc|Ltd|LLC)\.?", re.IGNORECASE)
"""What follows a name after a comma and is none by itself."""

_WORDS, _SIGNS = 3, 30
"""A part with more words or characters belongs to a sentence."""


def meant(kind: str, text: str) -> list[str]:
    """The parts of a value of that kind of field if it looks like several, or []."""
    parts = [each.strip() for each in text.replace(";", ",").split(",")]
    if len(parts) < 2 or not all(parts) or (kind == "url" and " " not in text):
        return []
    if kind == "text":
        sentence = text.endswith((".", "!", "?")) or any(_SUFFIX.fullmatch(each) for each in parts[1:])
        if sentence or any(len(each) > _SIGNS or len(each.split()) > _WORDS for each in parts):
            return []
    return parts
