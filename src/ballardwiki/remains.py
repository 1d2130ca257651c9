"""What can be told of a file that can't be read: the records that it seems to hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ballardwiki.model import Ref, Source
from ballardwiki.slugs import valid_id

_KEY = re.compile(r"([^\s:#'\"-][^\s:]*):(?:\s|\Z)")


def records(source: Source) -> Iterator[tuple[Ref, int]]:
    """The addresses of records that a file seems to hold, each with its line: whatever is wrong inside them."""
    if source.path.endswith(".md"):
        yield Ref(f"{source.type}/{source.id}"), 1
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        key = _KEY.match(line)
        if key and valid_id(key[1]):
            yield Ref(f"{source.type}/{key[1]}"), number
