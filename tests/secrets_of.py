"""Everything that a published site says, in every way in which a file may say it, for tests that look for secrets."""

from __future__ import annotations

import gzip
import html
import json
import sqlite3
from contextlib import closing, suppress
from urllib.parse import unquote

from tinysite import Site


def told(data: bytes) -> str:
    """A file as one text in lower case: as written, unescaped as HTML, JSON and addresses are, with all a database holds."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    if data.startswith(b"SQLite format 3\0"):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(data)
            raw = "\n".join(connection.iterdump())
        return (raw + data.decode("latin-1")).casefold()
    text = data.decode("utf-8", "replace")
    texts = [text, html.unescape(text), unquote(text)]
    with suppress(ValueError):
        texts.append(json.dumps(json.loads(text), ensure_ascii=False))
    return "\n".join(texts).casefold()


def leaks(site: Site, *secrets: str) -> set[tuple[str, str]]:
    """Where a published site tells one of some words: (path, word), in paths and in files."""
    found = set()
    for path, data in site.tree().items():
        text = f"{unquote(path)}\n".casefold() + told(data)
        found |= {(path, secret) for secret in secrets if secret.casefold() in text}
    return found
