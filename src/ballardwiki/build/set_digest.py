"""One number for a set of texts, from which some can be taken away and to which others can be added.

It is the sum of their digests: what tells two sets apart that nobody contrived. It does not withstand an attacker.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

_SIZE = 16


def set_digest(texts: Iterable[str]) -> str:
    """The digest of a set of texts."""
    return exchanged("0", (), texts)


def exchanged(digest: str, gone: Iterable[str], come: Iterable[str]) -> str:
    """The digest of a set in which some texts took the place of others."""
    total = int(digest, 16) + sum(map(_number, come)) - sum(map(_number, gone))
    return f"{total % (1 << 8 * _SIZE):x}"


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=_SIZE).digest(), "big")
