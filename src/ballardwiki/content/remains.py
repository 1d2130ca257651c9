"""What can be told of a file that can't be read: the records that it seems to hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from ballardwiki import plain_files
from ballardwiki.expressions import expression
from ballardwiki.model import Ref, Source
from ballardwiki.problems import Problem, errors
from ballardwiki.slugs import valid_id

_KEY = expression(r"([^\s:#'\"-][^\s:]*):(?:\s|\Z)")


def records(source: Source) -> Iterator[tuple[Ref, int]]:
    """The addresses of records that a file seems to hold, each with its line: whatever is wrong inside them."""
    if source.path.endswith(".md"):
        yield Ref(f"{source.type}/{source.id}"), 1
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        key = _KEY.match(line)
        if key and valid_id(key[1]):
            yield Ref(f"{source.type}/{key[1]}"), number


def unread(found: Iterable[str], known: Collection[str], problems: Iterable[Problem]) -> list[str]:
    """The files of content/ of which nothing is known, and its folders that can't be looked into.

    found: the files to read. known: those of which something is.
    """
    barred = (each.at.path for each in errors(problems) if each.rule == "file-readable")
    places = {*found, *(path for path in barred if path.startswith("content/"))}
    return sorted(places.difference(known))


def words(path: Path) -> str:
    """What can be made out of a file that can't be read as it should; nothing of a link, a pipe or a folder."""
    try:
        with open(plain_files.opened(path), "rb") as file:
            return file.read(plain_files.LIMIT).decode(errors="replace")
    except OSError:
        return ""
