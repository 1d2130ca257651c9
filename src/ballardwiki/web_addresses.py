"""Addresses as they stand in pages, feeds and redirects: percent-encoded, once.

The addresses of entities are encoded from the beginning (`encoded`), since what they are made of may hold any sign.
What editors write as an address is left as it is, but for what no address may hold (`tidy`).
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from ballardwiki.expressions import expression

_FREE = "/:@!$'()*,;=~+-._"
_PLAIN = expression(r"[A-Za-z0-9/._~#?=-]*")
_LONE = expression(r"%(?![0-9A-Fa-f]{2})")


def encoded(path: str) -> str:
    """A path in which every sign stands for itself, as an address."""
    return path if _PLAIN.fullmatch(path) and not {"#", "?"} & {*path} else quote(path, safe=_FREE)


def tidy(url: str) -> str:
    """An address, encoded where it has to be and is not; what is encoded stays as it is."""
    return url if _PLAIN.fullmatch(url) else quote(_LONE.sub("%25", url), safe=f"{_FREE}%#?&[]")


def decoded(url: str) -> str:
    """The path that an address names."""
    return unquote(url) if "%" in url else url
